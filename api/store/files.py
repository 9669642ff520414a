"""Writing so that a crash leaves either the old or the new, and knowing afterwards that it is what was written."""

import errno
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.store.errors import StoreFullError

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""Numbers of the faults that mean that there is no room for a file."""


SMALL = 256 * 1024
"""Bytes that the database of jobs writes when it is opened, and some more."""


def is_full(error: OSError) -> bool:
    """Whether a fault says that there is no more room."""
    return error.errno in FULL


def no_room() -> StoreFullError:
    """Return what is said when the disk is full."""
    return StoreFullError("Der er ikke plads på disken", why="intet er ændret", next_step="skaf plads, og prøv igen")


@contextmanager
def full_disk_said() -> Iterator[None]:
    """Raise StoreFullError in place of the system's own fault when there is no more room."""
    try:
        yield
    except OSError as error:
        if not is_full(error):
            raise
        raise no_room() from None


def has_room(folder: Path) -> bool:
    """Whether a small file can be written below a folder now."""
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(bytes(SMALL))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        return not is_full(error)
    return True


def free_mb(folder: Path) -> int:
    """Return whole megabytes that this user may still write below a folder."""
    return shutil.disk_usage(folder).free // 2**20


def write_whole(path: Path, content: bytes) -> None:
    """Put a file in its place in one move, safely on disk when this returns."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(folder: Path) -> None:
    """Make everything below a folder safe on disk."""
    for path in (folder, *folder.rglob("*")):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def sha256(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def json_hash(content: object) -> str:
    """Return the SHA-256 of a JSON document, whatever its layout and the order of its keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
