"""Copies of a store: taken while a server works in it, whole or not there at all, and put back only when every byte is right.

A copy is a folder as the store itself, with ``backup.json``: what was copied, the SHA-256 of every file, and a hash of that.
"""

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from itertools import count
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from api.store import job_file, uploads
from api.store.errors import StoreBusyError, StoreFullError
from api.store.files import free_mb, full_disk_said, json_hash, sync_folder, sync_tree
from api.store.inventory import ABOUT, JOBS, MISSING, NOT_AS_WRITTEN, Damage, entries, hash_of
from tariffs.errors import DataError, InputError

FORMAT = 1
COPY, DUMP = "backup.json", "jobs.sql"
UNFINISHED = ".ufaerdig"
"""Ends the name of a folder that is being made; what a kill leaves behind is cleared by the same command given again."""
CHUNK = 1024 * 1024
AT_FDCWD, EXCHANGE = -100, 2


@dataclass(frozen=True)
class Copied:
    """What a copy holds; ``damages`` tells what of the store is damaged and was left out."""

    files: int
    runs: int
    damages: tuple[Damage, ...]


@dataclass(frozen=True)
class Restored:
    """What was put back; with ``damages`` nothing was changed. ``moved`` is where the store that was there stands now."""

    files: int
    damages: tuple[Damage, ...] = ()
    moved: Path | None = None


def back_up(store: Path, target: Path, *, with_uploads: bool = False, dump: Path | None = None) -> Copied:
    """Copy a store to a folder that is not there yet, also while a server works in it.

    ``dump`` is what ``pg_dump`` wrote of the jobs before, where they are in PostgreSQL. Lists of own trips come along when
    they are asked for; what waits or is being made never does. Raises InputError, DataError, StoreBusyError, StoreFullError.
    """
    store, target = store.absolute(), target.absolute()
    about = _about(store)
    if store == target or store in target.parents:
        raise InputError(f"{target} ligger i lageret", next_step="vælg en mappe uden for lageret")
    if target.exists():
        raise InputError(f"{target} er der allerede", next_step="vælg et navn, der ikke er brugt, fx med dagens dato")
    _check_room(store, target)
    hashes: dict[str, str] = {}
    runs, damages = set(), []
    with full_disk_said(), _being_made(target) as work:
        for entry in entries(store):
            if entry.file.startswith(f"{uploads.FOLDER}/") and not with_uploads:
                continue
            copy = _copy_jobs if entry.file == JOBS else _copy
            found = None if entry.wrong else copy(store / entry.file, work / entry.file)
            damage = entry.damage(found)
            if damage is None and found is not None:
                hashes[entry.file] = found
                runs |= {entry.run} - {None}
                continue
            (work / entry.file).unlink(missing_ok=True)
            # What a user deleted while it was copied is no damage.
            if damage is not None and (entry.wrong or entry.run or (store / entry.file).exists()):
                damages.append(damage)
        if dump is not None:
            hashes[DUMP] = _copy(dump, work / DUMP) or ""
        _as_dated(store, work)
        content = {
            "format": FORMAT, "id": about["id"], "taken": datetime.now(UTC).isoformat(timespec="seconds"),
            "version": version("takstlab"), "uploads": with_uploads, "files": hashes,
        }  # fmt: skip
        text = json.dumps({**content, "sha256": json_hash(content)}, ensure_ascii=False, indent=1)
        (work / COPY).write_text(text + "\n", encoding="utf-8", newline="\n")
        sync_tree(work)
        os.rename(work, target)
        sync_folder(target.parent)
    return Copied(len(hashes), len(runs), tuple(damages))


def restore(backup: Path, store: Path, *, replace: bool = False) -> Restored:
    """Put a copy in a store's place, when every file of it is what was copied; else nothing is changed.

    A store that is there is replaced where that is asked for, in one step, and stands beside afterwards.
    Raises InputError, DataError, StoreBusyError, StoreFullError.
    """
    backup, store = backup.absolute(), store.absolute()
    files: dict[str, str] = _content(backup)["files"]
    there = store.exists() and (not store.is_dir() or any(store.iterdir()))
    if there and not replace:
        raise InputError(
            f"{store} er ikke tom",
            next_step="vælg en anden mappe med --store, eller giv --replace; så flyttes det gamle lager til side",
        )
    if there and not (store / ABOUT).exists():
        raise InputError(f"{store} er ikke et lager", next_step="vælg en anden mappe med --store")
    _check_room(backup, store)
    damages = []
    with full_disk_said(), _alone(store if there else None), _being_made(store) as work:
        for file, written in files.items():
            found = _copy(backup / file, work / file)
            if found != written:
                damages.append(
                    Damage(file, MISSING if found is None else NOT_AS_WRITTEN, "brug en anden sikkerhedskopi")
                )
        if damages:
            return Restored(len(files), tuple(damages))
        _as_dated(backup, work)
        if there:
            work.chmod(store.stat().st_mode & 0o777)
        sync_tree(work)
        moved = _put(work, store) if there else None
        if not there:
            _rename(work, store)
        sync_folder(store.parent)
    return Restored(len(files), moved=moved)


def changed_since(backup: Path) -> list[Damage]:
    """Return the files of a copy that are not what was copied; raises InputError, DataError."""
    found = []
    for file, written in _content(backup)["files"].items():
        now = hash_of(backup / file)
        if now != written:
            found.append(Damage(file, MISSING if now is None else NOT_AS_WRITTEN, "brug en anden sikkerhedskopi"))
    return found


def is_backup(folder: Path) -> bool:
    """Whether a folder is a copy of a store."""
    return (folder / COPY).exists()


def _content(backup: Path) -> dict[str, Any]:
    """Return what ``backup.json`` says; raises DataError when it is not what was written."""
    try:
        content: dict[str, Any] = json.loads((backup / COPY).read_bytes())
        whole = content.pop("sha256") == json_hash(content)
        whole = whole and not any(".." in Path(file).parts or Path(file).is_absolute() for file in content["files"])
        found = content["format"]
    except FileNotFoundError:
        raise InputError(
            f"{backup} er ikke en sikkerhedskopi",
            why=f"der er ingen {COPY}",
            next_step="angiv en mappe, som takstlab store backup har lavet færdig",
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        whole, found = False, None
    if not whole or found != FORMAT:
        raise DataError(
            "Sikkerhedskopien kan ikke bruges",
            where=str(backup / COPY),
            why=f"formatet er {found!r}, ikke {FORMAT}" if whole else NOT_AS_WRITTEN,
            next_step="brug en anden sikkerhedskopi",
        )
    return content


def _about(store: Path) -> dict[str, Any]:
    try:
        about: dict[str, Any] = json.loads((store / ABOUT).read_bytes())
        return {"id": str(about["id"])}
    except FileNotFoundError:
        raise InputError(f"{store} er ikke et lager", next_step="vælg lagerets mappe med --store") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            "Lageret kan ikke læses",
            where=str(store / ABOUT),
            why=str(error),
            next_step="hent filen fra en sikkerhedskopi",
        ) from None


def _check_room(source: Path, target: Path) -> None:
    size_mb = sum(_size(path) for path in source.rglob("*")) // 2**20 + 1
    free = free_mb(next(path for path in target.parents if path.exists()))
    if free < size_mb:
        raise StoreFullError(
            "Der er ikke plads på disken",
            where=str(target),
            why=f"der skal bruges {size_mb} MB, og der er {free} MB ledigt",
            next_step="skaf plads, eller vælg en anden disk",
        )


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # gone while the store was looked through


@contextmanager
def _being_made(target: Path) -> Iterator[Path]:
    """Yield an empty folder beside its place, for this process alone; it is gone after the block, moved or deleted."""
    work = target.with_name(target.name + UNFINISHED)
    try:
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"{target} kan ikke laves", why=error.strerror or str(error), next_step="vælg en anden mappe"
        ) from None
    lock = FileLock(f"{work}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreBusyError(
            "Den samme kommando er allerede i gang", where=str(work), next_step="vent, til den er færdig"
        ) from None
    try:
        shutil.rmtree(work)  # what a kill left
        work.mkdir(mode=0o700)
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        with suppress(OSError):
            Path(lock.lock_file).unlink()
        lock.release()


@contextmanager
def _alone(store: Path | None) -> Iterator[None]:
    """Keep servers out of a store that is to be replaced; raises StoreBusyError when one works in it."""
    if store is None:
        yield
        return
    lock = FileLock(store / "server.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreBusyError(
            "Lageret bruges af en tjeneste", where=str(store), next_step="stands den, og prøv igen"
        ) from None
    try:
        yield
    finally:
        lock.release()


def _copy(source: Path, place: Path) -> str | None:
    """Copy one file, and return the SHA-256 of what was read; None when it is gone or cannot be read."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        original = source.open("rb")
    except OSError:
        return None
    digest = hashlib.sha256()
    with original, place.open("wb") as copy:
        while chunk := _read(original.fileno()):
            digest.update(chunk)
            copy.write(chunk)
        status = os.fstat(original.fileno())
    os.chmod(place, status.st_mode & 0o777)
    os.utime(place, ns=(status.st_atime_ns, status.st_mtime_ns))
    return digest.hexdigest()


def _read(handle: int) -> bytes:
    """Return the next bytes; of a place that the disk cannot read none, so that the hash is another than what was written."""
    try:
        return os.read(handle, CHUNK)
    except OSError as error:
        if error.errno != errno.EIO:
            raise
        return b""


def _copy_jobs(source: Path, place: Path) -> str | None:
    """Copy the database of jobs as it is at one instant, also while it is written in."""
    try:
        with job_file.opened(source) as database, closing(sqlite3.connect(place)) as copy:
            database.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, whole without others beside it
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise OSError(errno.ENOSPC, str(error)) from None
        return None
    except sqlite3.DatabaseError:
        return None
    return hashlib.sha256(place.read_bytes()).hexdigest()


def _as_dated(source: Path, target: Path) -> None:
    """Give the folders of a copy the modes and times of the original's: a result's tells when it was made."""
    for path in target.rglob("*"):
        if path.is_dir():
            status = (source / path.relative_to(target)).stat()
            path.chmod(status.st_mode & 0o777)
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


def _put(work: Path, store: Path) -> Path:
    """Let a finished folder and the store that is there change places in one step; returns where the old one stands."""
    name = f"{store.name}.{datetime.now(UTC):%Y%m%d-%H%M%S}"
    beside = next(p for n in count(1) if not (p := store.with_name(name if n == 1 else f"{name}-{n}")).exists())
    # Renamed before: were it killed between, the old store would stand under the name that is cleared.
    os.rename(work, beside)
    try:
        _exchange(beside, store)
    except OSError as error:
        os.rename(beside, work)
        raise InputError(
            f"Lageret i {store} kan ikke skiftes ud i ét trin her",
            why=error.strerror or str(error),
            next_step="flyt selv den gamle mappe væk, mens tjenesten er standset, og kør kommandoen igen",
        ) from None
    return beside


def _exchange(one: Path, other: Path) -> None:
    """Let two folders change names in one step; raises OSError where the system has no such step."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None) if sys.platform == "linux" else None
    if rename is None:
        raise OSError(errno.ENOSYS, "styresystemet har intet sådant trin")
    if rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), EXCHANGE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


def _rename(work: Path, store: Path) -> None:
    try:
        os.rename(work, store)
    except OSError as error:
        raise InputError(
            f"{store} kan ikke tages i brug",
            why=error.strerror or str(error),
            next_step="vælg en mappe, der ikke findes, med --store, fx en inde i denne",
        ) from None
