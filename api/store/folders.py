"""Folders that users' files are kept in, each under its hash: made aside and moved, so that one is there whole or not at all.

<folder>/<name>/        what is kept under a name (64 hex digits)
work/<kind>.<random>/   one as it arrives; emptied when a server starts
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from api.store.files import full_disk_said, sync_folder, sync_tree
from tariffs.errors import InputError, TakstlabError

NAME = re.compile(r"[0-9a-f]{64}")
ARRIVING = "work"


class Folders:
    """The folders of one kind in a store. Nothing is held in memory: several may look at the same ones.

    ``changing`` is held by whoever publishes or removes.
    """

    def __init__(self, store: Path, folder: str, kind: str) -> None:
        self.store = store.absolute()
        self.changing = FileLock(self.store / f"{folder}.lock")
        self._folder, self._kind = self.store / folder, kind

    def names(self) -> list[str]:
        """Return the names that there are, in order; what is under them may be damaged."""
        try:
            return sorted(path.name for path in self._folder.iterdir() if NAME.fullmatch(path.name))
        except FileNotFoundError:
            return []

    def __truediv__(self, name: str) -> Path:
        """Return where a name's folder is, whether it is there or not."""
        return self._folder / name

    @contextmanager
    def arriving(self) -> Iterator[Path]:
        """Yield a folder of its own, nobody else's to read, that is gone with all in it when the block ends.

        Raises StoreFullError in place of the system's fault when there is no more room.
        """
        with full_disk_said():
            (self.store / ARRIVING).mkdir(parents=True, exist_ok=True)
            folder = Path(tempfile.mkdtemp(prefix=f"{self._kind}.", dir=self.store / ARRIVING))
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def publish(self, work: Path, name: str) -> None:
        """Move what has arrived to its name, safely on disk when this returns; one that is damaged or expired gives way."""
        sync_tree(work)
        self._folder.mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(self._folder / name, ignore_errors=True)
        os.rename(work, self._folder / name)
        sync_folder(self._folder)

    def remove(self, name: str) -> None:
        """Remove a name's folder: moved first, so that it is never half there; raises FileNotFoundError."""
        with self.arriving() as work:
            os.rename(self._folder / name, work / name)
            sync_folder(self._folder)


def without_place(error: TakstlabError, file: Path) -> InputError:
    """Return an error about a file as it arrived without where the service had put it."""
    what, where, why = (text.replace(str(file), "filen") for text in (error.what, error.where, error.why))
    return InputError(what, where=where, why=why, next_step=error.next_step)
