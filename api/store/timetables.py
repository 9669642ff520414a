"""Timetables: a feed (GTFS) as it came, for plustur, kept until it is deleted.

timetables/<id>/koereplan.zip      the feed, byte for byte; the id is its hash
timetables/<id>/timetable.json     when it came, its typical days, what was left out when it was read
work/timetable.<random>/           a feed as it arrives, while it is read; emptied when a server starts
"""

import json
import shutil
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import structlog

from api.settings import Settings
from api.store.errors import NotFoundError, StoreFullError
from api.store.files import free_mb, sha256
from api.store.folders import NAME, Folders, without_place
from sim.riders.plustur.receipt import TypicalDay, read_receipt
from tariffs.errors import TakstlabError

FOLDER = "timetables"
FEED, ABOUT = "koereplan.zip", "timetable.json"

log = structlog.get_logger("takstlab.timetables")


@dataclass(frozen=True)
class Timetable:
    """A timetable that is kept.

    Attributes
    ----------
    id : hash of the file (64 hex digits)
    days : the typical days of all its dates; a run takes those of its year where there are such
    notes : what was put right or left out, in Danish
    received : instant (UTC)
    size : bytes of the file
    """

    id: str
    days: tuple[TypicalDay, ...]
    notes: tuple[str, ...]
    received: datetime
    size: int


class Timetables:
    """The timetables of one store. Nothing is held in memory: several may look at the same folder."""

    def __init__(self, store: Path, settings: Settings) -> None:
        self._settings, self._folders = settings, Folders(store, FOLDER, "timetable")

    def all(self) -> list[Timetable]:
        """Return the timetables that are kept, the newest first."""
        found = [timetable for name in self._folders.names() if (timetable := self._read(name)) is not None]
        return sorted(found, key=lambda timetable: (timetable.received, timetable.id), reverse=True)

    def get(self, timetable: str) -> Timetable:
        """Return a timetable by its id; raises NotFoundError."""
        found = self._read(timetable)
        if found is None:
            raise NotFoundError(
                "Køreplanen er ikke gemt her",
                where=f"timetable:{timetable[:64]}",
                why="den er slettet, eller den har aldrig været der",
                next_step="indlæs filen igen",
            )
        return found

    def place(self, timetable: str) -> Path:
        """Return the file of a timetable, which is what it was; raises NotFoundError."""
        file = self._folders / self.get(timetable).id / FEED
        if sha256(file) != timetable:
            raise NotFoundError(
                "Køreplanen er ikke gemt her",
                where=f"timetable:{timetable}",
                why="filen er beskadiget",
                next_step="slet den, og indlæs filen igen",
            )
        return file

    def delete(self, timetable: str) -> None:
        """Remove a timetable; raises NotFoundError."""
        with self._folders.changing:
            name = self.get(timetable).id
            self._folders.remove(name)
        log.info("timetable deleted", timetable=name)

    def arriving(self) -> AbstractContextManager[Path]:
        """Return a folder of its own that is gone with all in it when the block ends, see `Folders.arriving`."""
        return self._folders.arriving()

    def keep(self, file: Path) -> tuple[Timetable, bool]:
        """Read a feed from end to end and keep it, whole and safely on disk; returns it, and whether it is new.

        Raises InputError for what cannot be used, which does not say where the file was; StoreFullError.
        """
        name = sha256(file)
        known = self._read(name)
        if known is not None and sha256(self._folders / name / FEED) == name:
            return known, False
        self.check_room(file.stat().st_size)
        about = _looked_at(file)
        with self.arriving() as work:
            shutil.move(file, work / FEED)
            (work / ABOUT).write_bytes(json.dumps(about, ensure_ascii=False, indent=2).encode() + b"\n")
            with self._folders.changing:
                self.check_room((work / FEED).stat().st_size)
                self._folders.publish(work, name)
                kept = self.get(name)
        log.info("timetable kept", timetable=name)
        return kept, True

    def check_room(self, new_bytes: int = 0) -> None:
        """Raise StoreFullError when no more timetables are taken in."""
        settings, kept = self._settings, self.all()
        why = ""
        if len(kept) >= settings.most_timetables:
            why = f"tjenesten gemmer højst {settings.most_timetables}"
        elif sum(timetable.size for timetable in kept) + new_bytes > settings.timetables_mb * 2**20:
            why = f"køreplanerne må højst fylde {settings.timetables_mb} MB"
        elif free_mb(self._folders.store) < settings.least_free_mb:
            why = f"der er under {settings.least_free_mb} MB ledig plads på disken"
        if why:
            raise StoreFullError(
                "Der er ikke plads til flere køreplaner", why=why, next_step="slet en, der ikke bruges"
            )

    def _read(self, name: str) -> Timetable | None:
        """Return a timetable, None when there is none or it does not say what it is."""
        if not NAME.fullmatch(name):
            return None
        folder = self._folders / name
        try:
            size = (folder / FEED).stat().st_size
            about = json.loads((folder / ABOUT).read_bytes())
            days = tuple(
                TypicalDay(str(one["name"]), date.fromisoformat(one["day"]), int(one["trips"])) for one in about["days"]
            )
            received, notes = datetime.fromisoformat(about["received"]), tuple(map(str, about["notes"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return Timetable(name, days, notes, received, size)


def _looked_at(file: Path) -> dict[str, object]:
    """Return what is to be known of a feed; raises InputError, which does not say where the file was."""
    try:
        receipt = read_receipt(file)
    except TakstlabError as error:
        raise without_place(error, file) from None
    days = [{"name": one.name, "day": one.day.isoformat(), "trips": one.trips} for one in receipt.days]
    received = datetime.now(UTC).replace(microsecond=0).isoformat()
    return {"days": days, "notes": receipt.notes, "received": received}


def timetables_of(settings: Settings) -> Timetables:
    """Return the timetables of the store that the settings name."""
    return Timetables(Path(settings.store), settings)
