"""A folder that is written whole or not at all: made next to its place under a temporary name and moved there."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tariffs.errors import InputError

LONGEST_NAME = 220
"""Bytes of a folder's name that leave room for what stands around it while it is under way."""


def refuse_a_file(folder: Path) -> None:
    """Raise InputError where a file has the folder's name."""
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} er en fil, ikke en mappe", next_step="vælg et andet navn med --out")


def refuse_unwritable(folder: Path) -> None:
    """Raise InputError where the folder cannot be made: what it is to stand in is a file, or cannot be written."""
    parent = next(p for p in folder.absolute().parents if p.exists())
    if not parent.is_dir():
        raise InputError(f"{parent} er en fil, ikke en mappe", next_step="vælg en anden mappe med --out")
    if not os.access(parent, os.W_OK):
        raise InputError(f"Der kan ikke skrives i {parent}", next_step="vælg en anden mappe med --out")


@contextlib.contextmanager
def taking_place_of(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder that takes the place of ``folder`` when the block ends well, and is gone when not."""
    folder = folder.absolute()
    made = [p for p in (folder.parent, *folder.parent.parents) if not p.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".ufaerdig", dir=folder.parent))
    except OSError as error:
        raise InputError(
            f"Mappen {folder} kan ikke oprettes", why=str(error), next_step="vælg en anden --out"
        ) from None
    work.chmod(0o755)
    try:
        yield work
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".gammel", dir=folder.parent))
            os.replace(folder, old / folder.name)
            os.replace(work, folder)
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.replace(work, folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        for empty in made:
            with contextlib.suppress(OSError):
                empty.rmdir()
        raise
