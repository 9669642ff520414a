"""The batch's folder: one writer, files that are there whole or not at all, and units whose names check their bytes."""

import contextlib
import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sim.inputs.whole_folder import refuse_a_file
from tariffs.errors import InputError

UNITS = "units"
RESULTS = "results"
MANIFEST = "manifest.json"
IDENTITY = "identity.json"
NOT_AS_WRITTEN = "den er ikke, som den blev skrevet"
TIMINGS = "timings.csv"
LOCK = ".lock"
UNFINISHED = ".ufaerdig"
HASH_DIGITS = 16


@dataclass(frozen=True)
class Found:
    """Which of the units asked for the folder holds, and the names of files that are not as they were written."""

    whole: dict[str, Path]
    damaged: tuple[str, ...]


@contextlib.contextmanager
def opened(folder: Path) -> Iterator["Store"]:
    """Yield the folder as a store that nobody else writes to; made if it is not there.

    Raises InputError when it cannot be written, or when another process has it open.
    """
    from filelock import FileLock, Timeout

    refuse_a_file(folder)
    with saying_what_failed(folder):
        (folder / UNITS).mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise InputError(
                f"Mappen {folder} er i brug",
                why="en anden batch skriver i den lige nu",
                next_step="vent, til den er færdig, eller vælg en anden mappe med --out",
            ) from None
    try:
        store = Store(folder)
        with saying_what_failed(folder):
            store.clear_unfinished()
        yield store
    finally:
        lock.release()


@contextlib.contextmanager
def saying_what_failed(folder: Path) -> Iterator[None]:
    """Turn a failure to write into an InputError that says what to do; what was there before is untouched."""
    try:
        yield
    except OSError as error:
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        raise InputError(
            "Disken er fuld" if full else f"Der kan ikke skrives i {folder}",
            where=str(folder),
            why=str(error),
            next_step="skaf plads, og kør den samme kommando igen; det, der er regnet, er gemt"
            if full
            else "kontrollér mappens rettigheder, eller vælg en anden mappe med --out",
        ) from None


class Store:
    """An open folder; only the process that holds its lock has one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def clear_unfinished(self) -> None:
        """Remove what an interrupted process left half written."""
        for place in (self.folder, self.folder / UNITS):
            for entry in place.glob(f"*{UNFINISHED}"):
                if entry.is_dir():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()

    def write(self, name: str, content: bytes) -> Path:
        """Write a file whole or not at all: under another name first, then renamed.

        Raises InputError when there is no room or no permission; a file of that name is then as it was.
        """
        path = self.folder / name
        temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{UNFINISHED}")
        with saying_what_failed(self.folder):
            try:
                with temporary.open("xb") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                os.replace(temporary, path)
            except BaseException:
                with contextlib.suppress(OSError):
                    temporary.unlink()
                raise
        return path

    def write_unit(self, name: str, content: bytes) -> Path:
        """Keep a unit's file under its name and the hash of its bytes."""
        return self.write(f"{UNITS}/{name}-{_hash(content)}.parquet", content)

    def find(self, names: Iterable[str]) -> Found:
        """Look for units by name and read each to see that its bytes are those that its file name tells."""
        there: dict[str, list[Path]] = {}
        for path in sorted((self.folder / UNITS).glob("*.parquet")):
            there.setdefault(path.stem.rpartition("-")[0], []).append(path)
        whole, damaged = {}, []
        for name in names:
            for path in there.get(name, ()):
                if read_unit(path) is None:
                    damaged.append(path.name)
                else:
                    whole[name] = path
                    break
        return Found(whole, tuple(damaged))

    def discard(self, damaged: Iterable[str]) -> None:
        """Remove damaged units, so that they are made again."""
        with saying_what_failed(self.folder):
            for name in damaged:
                (self.folder / UNITS / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def replacing_results(self) -> Iterator[Path]:
        """Yield an empty folder that takes the place of the results when the block ends well; else they are untouched."""
        work = self.folder / f".{RESULTS}.{secrets.token_hex(4)}{UNFINISHED}"
        old = self.folder / f".{RESULTS}.{secrets.token_hex(4)}{UNFINISHED}"
        target = self.folder / RESULTS
        with saying_what_failed(self.folder):
            try:
                work.mkdir()
                yield work
                if target.exists():
                    os.replace(target, old)
                os.replace(work, target)
            finally:
                for left in (work, old):
                    shutil.rmtree(left, ignore_errors=True)

    def append(self, name: str, line: str) -> None:
        """Add a line to a file of notes that no result rests on; a failure to do so is of no consequence."""
        with contextlib.suppress(OSError), (self.folder / name).open("a", encoding="utf-8") as file:
            file.write(line + "\n")


def read_unit(path: Path) -> bytes | None:
    """Return a unit's bytes, None when they are not those its name tells."""
    try:
        content = path.read_bytes()
    except OSError:
        return None
    return content if path.stem.rpartition("-")[2] == _hash(content) else None


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:HASH_DIGITS]
