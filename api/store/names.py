"""Names that people give answers: as typed, with a note, and short as sheets write them, which need not change when the run does."""

import json
import re
import threading
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from filelock import FileLock

from api.store.errors import NotFoundError
from api.store.files import full_disk_said, write_whole
from tariffs.errors import DataError, InputError

NAME = re.compile(r"(?!-)[a-zæøå0-9_-]{1,60}")
UNFIT = re.compile(r"[^a-zæøå0-9_-]+")
"""What a short name cannot have, since sheets write it in an address: a hyphen stands there instead."""
LONGEST_TITLE, LONGEST_NOTE = 60, 1000
HALVES = re.compile(r"[\ud800-\udfff]")
"""Half characters, which JSON can name and no file can hold."""
YEARS = range(2000, 2101)
"""When an answer can have been saved; of other years not every instant has a time of day in Denmark."""


@dataclass(frozen=True)
class Saved:
    """An answer that was saved: ``title`` as it was typed, ``name`` the short one, ``at`` when, None where nobody wrote it down."""

    name: str
    run: str
    title: str = ""
    note: str = ""
    at: datetime | None = None


class NameInUseError(InputError):
    """A name stands for another answer; ``there`` is that one."""

    def __init__(self, there: Saved) -> None:
        self.there = there
        super().__init__(
            f"Navnet {there.title!r} står allerede for et andet svar", next_step="erstat det, eller vælg et andet navn"
        )


def as_kept(name: str) -> str:
    """Return a name as it is kept: small letters, composed, as a Mac may send å in two parts."""
    return unicodedata.normalize("NFC", name).lower()


def short_name(title: str) -> str:
    """Return the name by which sheets ask for what was saved under a title.

    A title that is such a name already is its own, also one that ends in a hyphen.

    >>> short_name("Budget 2027, forslag Å"), short_name("Budget-2027-")
    ('budget-2027-forslag-å', 'budget-2027-')
    """
    kept = as_kept(title).strip()
    return kept if NAME.fullmatch(kept) else UNFIT.sub("-", kept).strip("-")


def checked(title: str, run: str, note: str = "", at: datetime | None = None) -> Saved:
    """Return what is to be saved; raises InputError for a title or note that cannot be kept."""
    title = re.sub(r"\s", " ", unicodedata.normalize("NFC", title)).strip()
    note = unicodedata.normalize("NFC", note.replace("\r\n", "\n")).strip()
    name, next_step = short_name(title), "vælg et andet navn, fx Budget 2027"
    if not name:
        raise InputError("Navnet kan ikke bruges", why="det skal have mindst ét bogstav eller tal", next_step=next_step)
    if not title.isprintable():
        raise InputError("Navnet kan ikke bruges", why="det har tegn, der ikke kan ses", next_step="skriv det igen")
    if len(title) > LONGEST_TITLE:
        raise InputError(
            f"Navnet har {len(title)} tegn; der er plads til {LONGEST_TITLE}", next_step="skriv resten i noten"
        )
    if re.fullmatch("[0-9a-f]{64}", name):
        raise InputError("Navnet kan ikke bruges", why="det ligner en simulerings id", next_step=next_step)
    if len(note) > LONGEST_NOTE:
        raise InputError(f"Noten har {len(note)} tegn; der er plads til {LONGEST_NOTE}", next_step="gør den kortere")
    if HALVES.search(note):
        raise InputError("Noten kan ikke bruges", why="den har tegn, der ikke kan gemmes", next_step="skriv den igen")
    if at is not None and (at.tzinfo is None or at.year not in YEARS):
        raise InputError(
            "Tidspunktet kan ikke bruges", why="det er ikke skrevet af Takstlab", next_step="gem svaret igen"
        )
    return Saved(name, run, title, note, at)


class Names:
    """The file of saved names; a short name is letters, digits, hyphen and underscore, small and large alike.

    A name that was given over the API, or by an older build, stands in the file with its run alone; one with a title, a note or a
    time with them.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_suffix(".lock"))
        self._kept: tuple[int, dict[str, Saved]] | None = None
        self._reading = threading.Lock()
        self._writing = threading.Lock()

    def all(self) -> dict[str, str]:
        """Return every name and the run it stands for; raises DataError when the file is damaged."""
        return {name: saved.run for name, saved in self.saved().items()}

    def saved(self) -> dict[str, Saved]:
        """Return everything that is kept under each name; raises DataError when the file is damaged."""
        with self._reading:
            try:
                changed = self._path.stat().st_mtime_ns
            except FileNotFoundError:
                return {}
            if self._kept is None or self._kept[0] != changed:
                self._kept = changed, self._read()
            return dict(self._kept[1])

    def _read(self) -> dict[str, Saved]:
        try:
            read = json.loads(self._path.read_bytes())
            return {str(name): _of_file(str(name), kept) for name, kept in read.items()}
        except (OSError, ValueError, AttributeError, KeyError, TypeError) as error:
            raise DataError(
                "Filen med gemte navne er beskadiget",
                where=self._path.name,
                why=str(error),
                next_step="hent den fra en sikkerhedskopi, eller slet den og gem navnene igen",
            ) from None

    def run_of(self, name: str) -> str:
        """Return the run a name stands for; raises NotFoundError."""
        return self.get(name).run

    def get(self, name: str) -> Saved:
        """Return what is kept under a name; raises NotFoundError."""
        found = self.saved().get(as_kept(name))
        if found is None:
            raise NotFoundError(f"Der er intet gemt navn {name[:80]!r}", next_step="se listen over gemte navne")
        return found

    def save(self, name: str, run: str) -> None:
        """Let a name stand for a run; raises InputError for what cannot be a name, StoreFullError."""
        name = as_kept(name)
        if not NAME.fullmatch(name) or re.fullmatch("[0-9a-f]{64}", name):
            raise InputError(
                f"{name[:80]!r} kan ikke være et navn",
                why="et navn er 1-60 bogstaver, cifre, bindestreger og understreger",
                next_step="vælg et andet navn, fx budget-2027",
            )
        with self._writing, full_disk_said(), self._lock:
            kept = self.saved()
            self._write(kept | {name: replace(kept.get(name, Saved(name, run)), run=run)})

    def keep(self, answers: Iterable[Saved], *, was: str = "", instead_of: str = "") -> None:
        """Keep answers under their names, all or none; ``was`` is the name that one had before and gives up.

        Raises NameInUseError where a name stands for another run than ``instead_of``, NotFoundError for a ``was`` that is gone,
        StoreFullError.
        """
        with self._writing, full_disk_said(), self._lock:
            kept = self.saved()
            if was and kept.pop(as_kept(was), None) is None:
                raise NotFoundError(f"Der er intet gemt navn {was[:80]!r}", next_step="se listen over gemte navne")
            for answer in answers:
                there = kept.get(answer.name)
                if there is not None and there.run not in (answer.run, instead_of):
                    raise NameInUseError(there)
                kept[answer.name] = answer
            self._write(kept)

    def forget(self, name: str) -> None:
        """Remove a name; raises NotFoundError, StoreFullError."""
        with self._writing, full_disk_said(), self._lock:
            self.run_of(name)
            self._write({n: kept for n, kept in self.saved().items() if n != as_kept(name)})

    def _write(self, names: Mapping[str, Saved]) -> None:
        told = {name: _for_file(kept) for name, kept in names.items()}
        write_whole(self._path, json.dumps(told, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n")
        with self._reading:
            self._kept = None


def _of_file(name: str, kept: Any) -> Saved:
    if isinstance(kept, str):
        return Saved(name, kept, name)
    at = kept.get("saved")
    return Saved(
        name,
        str(kept["run"]),
        str(kept.get("title") or name),
        str(kept.get("note", "")),
        None if at is None else datetime.fromisoformat(at),
    )


def _for_file(kept: Saved) -> Any:
    told = {
        "title": kept.title if kept.title != kept.name else "",
        "note": kept.note,
        "saved": "" if kept.at is None else kept.at.isoformat(),
    }
    more = {key: value for key, value in told.items() if value}
    return {"run": kept.run, **more} if more else kept.run
