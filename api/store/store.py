"""The store's folder: who may write in it, and each run's result in a folder of its own that is never changed.

runs/<run>/run.json             what the result is of, with the SHA-256 of every other file
runs/<run>/<municipality>/...   the result folder of a comparison
work/                           what is being made; emptied when a server starts
damaged/                        files, or whole results, that were not what had been written
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from api.store.errors import StoreBusyError
from api.store.files import full_disk_said, is_full, json_hash, sha256, sync_folder, sync_tree, write_whole
from tariffs.errors import DataError, InputError

FORMAT = 1
RUN = re.compile(r"[0-9a-f]{64}")
RUN_FILE = "run.json"
RUNS, WORK, DAMAGED = "runs", "work", "damaged"


class Store:
    """A store that this process may read; `take` makes it the one that writes runs in it."""

    def __init__(self, folder: Path) -> None:
        """Open a store, and make it when there is none.

        Raises InputError when the place cannot be used, DataError when it was made by another version.
        """
        self.folder = folder.absolute()
        try:
            for name in (RUNS, WORK, DAMAGED):
                (self.folder / name).mkdir(parents=True, exist_ok=True)
            self._check_format()
        except OSError as error:
            raise _unusable(folder, error) from None
        self._lock = FileLock(self.folder / "server.lock", thread_local=False)

    def _check_format(self) -> None:
        path = self.folder / "store.json"
        if not path.exists():
            write_whole(path, json.dumps({"format": FORMAT, "id": secrets.token_hex(8)}).encode() + b"\n")
        try:
            about = json.loads(path.read_bytes())
            found, self.id = about["format"], str(about["id"])
        except (ValueError, KeyError, TypeError):
            found = None
        if found != FORMAT:
            raise DataError(
                "Lageret er ikke lavet af denne udgave",
                where=str(path),
                why=f"formatet er {found!r}, ikke {FORMAT}",
                next_step="brug den udgave, der lavede lageret, eller vælg en anden mappe med --store",
            )

    def take(self) -> None:
        """Become the one server of the store, and clear what another left unfinished.

        Raises StoreBusyError, StoreFullError, InputError where it cannot be written in.
        """
        try:
            with full_disk_said():
                self._lock.acquire(timeout=0)
        except Timeout:
            raise StoreBusyError(
                "Lageret bruges af en anden server",
                where=str(self.folder),
                next_step="stands den anden server, eller vælg en anden mappe med --store",
            ) from None
        except OSError as error:
            raise _unusable(self.folder, error) from None
        for left in (self.folder / WORK).iterdir():
            shutil.rmtree(left, ignore_errors=True)

    def release(self) -> None:
        """Let another server take the store."""
        self._lock.release()

    def place(self, run: str) -> Path:
        """Return where a run's result stands or would stand; raises ValueError for what is no run's name."""
        if not RUN.fullmatch(run):
            raise ValueError(f"not a run: {run!r}")
        return self.folder / RUNS / run

    def has(self, run: str) -> bool:
        """Whether there is a result of a run."""
        return bool(RUN.fullmatch(run)) and (self.place(run) / RUN_FILE).exists()

    def is_whole(self, run: str) -> bool:
        """Whether there is a result of a run with every file of it; one that was damaged is set aside when it is read."""
        about = read_seal(self.place(run)) if self.has(run) else None
        return about is not None and all((self.place(run) / name).exists() for name in about["files"])

    def left(self, run: str, code: str, file: str) -> bool:
        """Whether a result still has a file of a municipality."""
        return (self.place(run) / code / file).exists()

    def runs(self) -> list[str]:
        """Return the runs that there are results of."""
        return sorted(path.name for path in (self.folder / RUNS).iterdir() if self.has(path.name))

    def new_work(self, run: str) -> Path:
        """Return a new empty folder to make a run's result in."""
        folder = self.folder / WORK / f"{run}.{secrets.token_hex(4)}"
        folder.mkdir()
        return folder

    def publish(self, work: Path, run: str, about: Mapping[str, Any]) -> None:
        """Seal what was made in ``work`` and move it to its place, whole; what stands there whole already stays."""
        seal(work, run, about)
        sync_tree(work)
        place = self.place(run)
        if self.has(run) and not self.is_whole(run):
            self.set_aside(run)
        try:
            os.rename(work, place)
        except OSError:
            if not self.has(run):
                raise
            shutil.rmtree(work, ignore_errors=True)
        sync_folder(place.parent)

    def set_aside(self, run: str, file: str = "") -> None:
        """Move a damaged result, or one file of it, out of the way, so that it is never read again and can be made anew."""
        target = self.folder / DAMAGED / ".".join([run, *file.split("/"), secrets.token_hex(4)])
        try:
            os.rename(self.place(run) / file, target)
        except OSError:
            return  # another reader was first; or it cannot be moved, and is found to be damaged each time


def seal(folder: Path, run: str, about: Mapping[str, Any]) -> None:
    """Write ``run.json``: what the result is of, the hash of each file, and a hash of all that."""
    files = {p.relative_to(folder).as_posix(): sha256(p) for p in sorted(folder.rglob("*")) if p.is_file()}
    content = {"format": FORMAT, "id": run, **about, "files": files}
    text = json.dumps({**content, "sha256": json_hash(content)}, ensure_ascii=False, indent=2)
    (folder / RUN_FILE).write_text(text + "\n", encoding="utf-8", newline="\n")


def read_seal(folder: Path) -> dict[str, Any] | None:
    """Return what ``run.json`` says, None when it is not what was written."""
    try:
        content = json.loads((folder / RUN_FILE).read_bytes())
        stated = content.pop("sha256")
        return content if stated == json_hash(content) and content["id"] == folder.name else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def broken(folder: Path, files: Mapping[str, str], names: Sequence[str]) -> list[str]:
    """Return which of the named files are gone or not what was written."""
    return [name for name in names if not _is_as_written(folder / name, files.get(name))]


def _is_as_written(path: Path, written: str | None) -> bool:
    try:
        return sha256(path) == written
    except OSError:
        return False


def _unusable(folder: Path, error: OSError) -> InputError:
    if is_full(error):
        return InputError(
            f"Lageret {folder} kan ikke bruges", why="disken er fuld", next_step="skaf plads, og start igen"
        )
    return InputError(
        f"Lageret {folder} kan ikke bruges",
        why=error.strerror or str(error),
        next_step="vælg en anden mappe med --store",
    )
