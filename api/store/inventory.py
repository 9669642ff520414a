"""What a store holds that is meant to last, file by file, with what each must be; read while a server works in it too."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.store import areas, job_file, price_lists, saved_columns, timetables, uploads
from api.store.files import sha256
from api.store.folders import NAME
from api.store.store import RUN, RUN_FILE, RUNS, read_seal
from sim.inputs.intake.imported import ACCOUNT, TRIPS

ABOUT, NAMES, KEYS, JOBS = "store.json", "names.json", "keys.json", "jobs.sqlite"
NOT_AS_WRITTEN, MISSING = "er ikke det, der blev skrevet", "mangler"
FROM_COPY = "hent filen fra en sikkerhedskopi"


@dataclass(frozen=True)
class Entry:
    """A file of a store.

    Attributes
    ----------
    file : its place below the store
    next_step : what to do when it is damaged
    written : SHA-256 of what was written, None where nothing in the store knows it
    wrong : what is wrong with it, as far as is known without its hash; '' for nothing
    """

    file: str
    next_step: str
    written: str | None = None
    wrong: str = ""

    @property
    def run(self) -> str | None:
        """The run whose result it belongs to, None for none."""
        room, _, rest = self.file.partition("/")
        return rest.partition("/")[0] if room == RUNS else None

    def damage(self, found: str | None) -> "Damage | None":
        """Return what is wrong with the file whose hash was found to be ``found`` (None: it is gone), None for nothing."""
        wrong = self.wrong or (MISSING if found is None else "" if self.written in (None, found) else NOT_AS_WRITTEN)
        return Damage(self.file, wrong, self.next_step) if wrong else None


@dataclass(frozen=True)
class Damage:
    """A damaged file, what is wrong with it, and what to do."""

    file: str
    wrong: str
    next_step: str


def entries(folder: Path) -> Iterator[Entry]:
    """Yield every file in the order in which a copy is consistent: what refers before what it refers to.

    A name is saved for a run there is, and a run is taken on with what it needs in the store: a copy that is made in this
    order while a server works has everything that its names and jobs ask for.
    """
    yield from _json(folder, ABOUT, lambda read: read["id"], f"{FROM_COPY}; uden den kan lageret ikke bruges")
    yield from _json(folder, NAMES, dict.items, f"{FROM_COPY}, eller slet den og gem navnene igen")
    yield from _json(folder, KEYS, lambda read: read["keys"], f"{FROM_COPY}, eller slet den og lav nye nøgler")
    if (folder / JOBS).exists():
        yield Entry(
            JOBS,
            "stands tjenesten, og hent filen fra en sikkerhedskopi; uden den kan færdige resultater læses, men simuleringer i kø er væk",
            wrong=_database_fault(folder / JOBS),
        )
    yield from _saved_columns(folder)
    yield from _price_lists(folder)
    yield from _areas(folder)
    yield from _timetables(folder)
    yield from _uploads(folder)
    yield from _results(folder)


def _json(folder: Path, name: str, look: Callable[[Any], object], next_step: str) -> Iterator[Entry]:
    try:
        look(json.loads((folder / name).read_bytes()))
    except FileNotFoundError:
        return
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        yield Entry(name, next_step, wrong=f"kan ikke læses ({type(error).__name__})")
    else:
        yield Entry(name, next_step)


def _database_fault(path: Path) -> str:
    try:
        with job_file.opened(path) as database:
            found = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.Error as error:
        return f"kan ikke læses ({error})"
    return "" if found == "ok" else f"er beskadiget ({found})"


def _saved_columns(folder: Path) -> Iterator[Entry]:
    for name in _names(folder / saved_columns.FOLDER):
        if saved_columns.ID.fullmatch(name.removesuffix(".json")):
            file = f"{saved_columns.FOLDER}/{name}"
            yield from _json(folder, file, lambda read: read["choices"].items(), "slet filen, og vælg kolonnerne igen")


def _price_lists(folder: Path) -> Iterator[Entry]:
    for name in _names(folder / price_lists.FOLDER):
        written = name.removesuffix(".toml")
        if price_lists.ID.fullmatch(written):
            yield Entry(f"{price_lists.FOLDER}/{name}", f"{FROM_COPY}, eller indtast prislisten igen", written)


def _areas(folder: Path) -> Iterator[Entry]:
    next_step = f"{FROM_COPY}, eller indlæs byområderne igen"
    for name in _names(folder / areas.FOLDER):
        if NAME.fullmatch(name):
            yield Entry(f"{areas.FOLDER}/{name}/{areas.LINES}", next_step, name)
            yield from _json(folder, f"{areas.FOLDER}/{name}/{areas.ABOUT}", lambda read: read["names"], next_step)


def _timetables(folder: Path) -> Iterator[Entry]:
    next_step = f"{FROM_COPY}, eller indlæs køreplanen igen"
    for name in _names(folder / timetables.FOLDER):
        if NAME.fullmatch(name):
            yield Entry(f"{timetables.FOLDER}/{name}/{timetables.FEED}", next_step, name)
            file = f"{timetables.FOLDER}/{name}/{timetables.ABOUT}"
            yield from _json(folder, file, lambda read: read["days"], next_step)


def _uploads(folder: Path) -> Iterator[Entry]:
    next_step = "indlæs turlisten igen; tjenesten sletter den, der er beskadiget"
    for name in _names(folder / uploads.FOLDER):
        if not NAME.fullmatch(name):
            continue
        place = f"{uploads.FOLDER}/{name}"
        yield from _json(folder, f"{place}/{uploads.TIMES}", lambda read: read["expires"], next_step)
        try:
            account = json.loads((folder / place / ACCOUNT).read_bytes())
            wrong = "" if uploads.id_of(account) == name else NOT_AS_WRITTEN
        except FileNotFoundError:
            continue  # deleted meanwhile, or of no use to anybody: the next sweep takes it
        except (OSError, ValueError, KeyError, TypeError):
            account, wrong = {}, NOT_AS_WRITTEN
        yield Entry(f"{place}/{ACCOUNT}", next_step, wrong=wrong)
        yield Entry(f"{place}/{TRIPS}", next_step, None if wrong else account["trips_sha256"])


def _results(folder: Path) -> Iterator[Entry]:
    for run in _names(folder / RUNS):
        place = folder / RUNS / run
        if not RUN.fullmatch(run) or not (place / RUN_FILE).exists():
            continue
        again = f"{FROM_COPY}, eller regn simuleringen igen (siden /koersel/{run}, eller POST /v1/runs/{run}/again)"
        seal = read_seal(place)
        if seal is None:
            yield Entry(
                f"{RUNS}/{run}/{RUN_FILE}", f"{again}; til da kan intet af resultatet læses", wrong=NOT_AS_WRITTEN
            )
            continue
        for name, written in seal["files"].items():
            yield Entry(f"{RUNS}/{run}/{name}", again, written)
        yield Entry(f"{RUNS}/{run}/{RUN_FILE}", again)


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return []


@dataclass(frozen=True)
class Looked:
    """What a look through a store found: how many files and results there are, how many were set aside, what is damaged."""

    files: int
    runs: int
    set_aside: int
    damages: tuple[Damage, ...]


def look_through(folder: Path) -> Looked:
    """Read every file of a store, and say which are not as they were written; changes nothing."""
    found, runs, damages = 0, set(), []
    for entry in entries(folder):
        damage = entry.damage(hash_of(folder / entry.file))
        found += 1
        runs |= {entry.run} - {None}
        if damage is not None:
            damages.append(damage)
    return Looked(found, len(runs), len(_names(folder / "damaged")), tuple(damages))


def hash_of(path: Path) -> str | None:
    """Return the SHA-256 of a file, None when it is gone or cannot be read."""
    try:
        return sha256(path)
    except OSError:
        return None
