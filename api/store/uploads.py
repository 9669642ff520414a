"""Uploads: a municipality's own trips, minimised, kept for as long as was said and no longer.

uploads/<id>/trips.parquet, import.json   what ``takstlab import trips`` writes
uploads/<id>/upload.json                  when it came, and until when it is kept
work/upload.<random>/                     the file as it came, while it is read; emptied when a server starts
"""

import hashlib
import json
from collections.abc import Mapping
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from api.settings import Settings
from api.store.errors import NotFoundError, StoreFullError
from api.store.files import free_mb, json_hash, write_whole
from api.store.folders import NAME, Folders
from sim.inputs.intake.imported import ACCOUNT, TRIPS, account_of
from sim.inputs.intake.trip_list import TripList, write_trips

FOLDER, TIMES = "uploads", "upload.json"
CONTENT = ("municipality", "period", "notes", "trips_sha256")
"""What of ``import.json`` a comparison rests on; the upload's id is a hash of these."""

log = structlog.get_logger("takstlab.uploads")


@dataclass(frozen=True)
class Upload:
    """A list of trips that is kept.

    Attributes
    ----------
    id : hash of the minimised trips and of what a comparison rests on beside them (64 hex digits)
    account : what ``import.json`` says: municipality, rows, period, what was left out, how the file was read
    received, expires : instants (UTC); from ``expires`` on it is not there any more
    size : bytes on the disk
    """

    id: str
    account: Mapping[str, Any]
    received: datetime
    expires: datetime
    size: int


class Uploads:
    """The uploads of one store. Nothing is held in memory: several may look at the same folder."""

    def __init__(self, store: Path, settings: Settings) -> None:
        self._settings, self._folders = settings, Folders(store, FOLDER, "upload")

    def all(self) -> list[Upload]:
        """Return the uploads that are kept, the newest first."""
        found = [upload for name in self._folders.names() if (upload := self._read(name)) is not None]
        return sorted(found, key=lambda upload: (upload.received, upload.id), reverse=True)

    def has(self, upload: str) -> bool:
        """Whether an upload is kept."""
        return self._read(upload) is not None

    def get(self, upload: str) -> Upload:
        """Return an upload; raises NotFoundError when there is none, or none any more."""
        found = self._read(upload)
        if found is None:
            raise NotFoundError(
                "Turlisten er ikke gemt her",
                where=f"upload:{upload[:64]}",
                why="den er slettet, dens frist er udløbet, eller den har aldrig været der",
                next_step="indlæs den igen",
            )
        return found

    def place(self, upload: str) -> Path:
        """Return the folder of an upload, as ``takstlab import trips`` writes it; raises NotFoundError."""
        return self._folders / self.get(upload).id

    def delete(self, upload: str) -> None:
        """Remove an upload; raises NotFoundError."""
        with self._folders.changing:
            self._remove(self.get(upload).id, "asked")

    def sweep(self) -> int:
        """Remove what has been kept long enough, and what does not say how long; returns how many."""
        names = self._folders.names()
        if not names:
            return 0
        with self._folders.changing:
            gone = [name for name in names if self._read(name) is None]
            for name in gone:
                self._remove(name, "expired")
        return len(gone)

    def check_room(self, new_bytes: int = 0) -> None:
        """Raise StoreFullError when no more uploads are taken in."""
        settings, kept = self._settings, self.all()
        why = ""
        if len(kept) >= settings.most_uploads:
            why = f"tjenesten gemmer højst {settings.most_uploads}"
        elif sum(upload.size for upload in kept) + new_bytes > settings.uploads_mb * 2**20:
            why = f"turlisterne må højst fylde {settings.uploads_mb} MB"
        elif free_mb(self._existing()) < settings.least_free_mb:
            why = f"der er under {settings.least_free_mb} MB ledig plads på disken"
        if why:
            raise StoreFullError("Der er ikke plads til flere turlister", why=why, next_step="slet en, der ikke bruges")

    def arriving(self) -> AbstractContextManager[Path]:
        """Return a folder of its own that is gone with all in it when the block ends, see `Folders.arriving`."""
        return self._folders.arriving()

    def keep(self, trips: TripList, stated: tuple[date, date] | None = None) -> tuple[Upload, bool]:
        """Keep a minimised list, whole and safely on disk; returns it, and whether it is new.

        The same trips again are the same upload, kept from now on. ``stated`` is the period that the list is said to
        cover. Raises StoreFullError.
        """
        with self.arriving() as work:
            write_trips(trips.table, work / TRIPS)
            digest = hashlib.sha256((work / TRIPS).read_bytes()).hexdigest()
            account = account_of(trips, stated, digest)
            name = id_of(account)
            now = datetime.now(UTC).replace(microsecond=0)
            times = {"received": now, "expires": now + timedelta(days=self._settings.upload_days)}
            written = {ACCOUNT: account, TIMES: times}
            with self._folders.changing:
                new = not self.has(name)
                if new:
                    self.check_room((work / TRIPS).stat().st_size)
                    for file, content in written.items():
                        (work / file).write_bytes(_json(content))
                    self._folders.publish(work, name)
                else:
                    for file, content in written.items():
                        write_whole(self._folders / name / file, _json(content))
                kept = self.get(name)
        log.info("upload kept", upload=name, new=new)
        return kept, new

    def _remove(self, name: str, why: str) -> None:
        with suppress(FileNotFoundError):
            self._folders.remove(name)
        log.info("upload deleted", upload=name, why=why)

    def _read(self, name: str) -> Upload | None:
        """Return an upload, None when there is none, its time is up, or it does not say what it is."""
        if not NAME.fullmatch(name):
            return None
        folder = self._folders / name
        try:
            account = json.loads((folder / ACCOUNT).read_bytes())
            times = json.loads((folder / TIMES).read_bytes())
            received, expires = (datetime.fromisoformat(times[key]) for key in ("received", "expires"))
            size = sum(path.stat().st_size for path in folder.iterdir())
            told = id_of(account)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        # A shorter time counts for what is there already, a longer one does not.
        expires = min(expires, received + timedelta(days=self._settings.upload_days))
        if told != name or expires <= datetime.now(UTC):
            return None
        return Upload(name, account, received, expires, size)

    def _existing(self) -> Path:
        store = self._folders.store
        return next(path for path in (store, *store.parents) if path.exists())


def uploads_of(settings: Settings) -> Uploads:
    """Return the uploads of the store that the settings name."""
    return Uploads(Path(settings.store), settings)


def id_of(account: Mapping[str, Any]) -> str:
    """Return the id of a list by what its ``import.json`` says; raises KeyError when it does not say it."""
    return json_hash({key: account[key] for key in CONTENT})


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2, default=lambda at: at.isoformat()).encode() + b"\n"
