"""Regions kept on disk between runs. A damaged or unwritable cache costs time, never a wrong answer."""

import hashlib
import json
import math
import os
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, fields, replace
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from data import data_version
from sim.geography.build import Request
from sim.geography.municipalities import find_municipality
from sim.geography.region import Region

_MAGIC = b"takstlab-region\n"


def cache_folder() -> Path:
    """Return the cache's folder: TAKSTLAB_CACHE, else takstlab in the platform's user cache folder."""
    chosen = os.environ.get("TAKSTLAB_CACHE")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
        return Path(base) / "takstlab" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "takstlab"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "takstlab"


@cache
def _code_version() -> str:
    import scipy

    digest = hashlib.sha256(f"{np.__version__} {scipy.__version__} {sys.byteorder}".encode())
    for path in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()


def key(request: Request) -> str:
    """Return the name under which a region is kept: a hash of every input, the data and this room's code.

    Of the year it is the bridges and ferries open then that count: years with the same ones share a region.
    """
    inputs = {
        "municipality": request.municipality.code,
        "crossings": [crossing.id for crossing in request.crossings],
        "speeds": asdict(request.speeds),
        "weights": asdict(request.weights),
        "road": asdict(request.road),
        "density": asdict(request.density),
        "ferries": request.ferries,
        "data": data_version(),
        "code": _code_version(),
    }
    return hashlib.sha256(json.dumps(inputs, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


IN_MEMORY_MB = 40
"""What the regions held in memory fill at most: those of all municipalities in one year."""
_held: dict[tuple[str, int], Region] = {}
"""By name and year; regions of the same name share their arrays."""
_named: WeakKeyDictionary[Region, str] = WeakKeyDictionary()
_building: dict[str, Lock] = {}
"""Who asks for a region that is being computed waits for it."""
_guard = Lock()
_measuring = Lock()
"""One region is measured at a time: each takes some 100 MB while it is, and all the cores there are."""


def through(request: Request, compute: Callable[[Request], Region]) -> Region:
    """Return the region from this process's memory or the cache, or compute it and keep it; regions never change."""
    name = key(request)
    with _guard:
        one_at_a_time = _building.setdefault(name, Lock())
    with one_at_a_time:
        held = _held.get((name, request.year))
        if held is None:
            with _guard:
                other = next((region for (known, _), region in _held.items() if known == name), None)
            held = other or _through_disk(request, name, compute)
            if held.year != request.year:
                held = replace(held, year=request.year)
            with _guard:
                _held[name, request.year] = held
                _named[held] = name
                _let_go(IN_MEMORY_MB * 1_000_000)
                _building.pop(name, None)
    return held


def _let_go(most: int) -> None:
    """Let the oldest regions go until the rest fill at most so many bytes, but not the newest."""
    while len(_held) > 1 and filled() > most:
        _held.pop(next(iter(_held)))


def filled() -> int:
    """Return the bytes of the regions in memory; those of one name share their arrays and count once."""
    return sum(_bytes_of(region) for region in {name: region for (name, _), region in _held.items()}.values())


def _bytes_of(region: Region) -> int:
    return sum(v.nbytes for f in fields(region) if isinstance(v := getattr(region, f.name), np.ndarray))


def name_of(region: Region) -> str | None:
    """Return the name of a region that came through here, which is another's too where their arrays are equal; None of any other."""
    return _named.get(region)


def is_kept(request: Request) -> bool:
    """Whether a region is at hand, in memory or on the disk, so that nobody waits until it is computed."""
    name = key(request)
    with _guard:
        in_memory = any(known == name for known, _ in _held)
    return in_memory or _file(request, name).is_file()


def _file(request: Request, name: str) -> Path:
    return cache_folder() / f"region-{request.municipality.code}-{name[:32]}.bin"


def _through_disk(request: Request, name: str, compute: Callable[[Request], Region]) -> Region:
    path = _file(request, name)
    with suppress(OSError, ValueError, KeyError, TypeError, EOFError):
        return unpack(path.read_bytes())
    with _measuring:
        region = compute(request)
    with suppress(OSError):
        write_whole(path, pack(region))
    return region


def pack(region: Region) -> bytes:
    """Return the region as bytes: a line to know it by, the SHA-256 of the rest, a line of texts and of where arrays are, and the arrays.

    They are not packed tighter: of distances that saves half the room, and reading them takes five times as long.
    """
    arrays = {f.name: v for f in fields(region) if isinstance(v := getattr(region, f.name), np.ndarray)}
    texts = {f.name: getattr(region, f.name) for f in fields(region) if f.name not in arrays}
    texts["municipality"] = region.municipality.code
    shapes = {name: (array.dtype.str, array.shape) for name, array in arrays.items()}
    head = json.dumps({"texts": texts, "arrays": shapes}, ensure_ascii=False).encode() + b"\n"
    body = head + b"".join(array.tobytes() for array in arrays.values())
    return _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n" + body


def unpack(content: bytes) -> Region:
    """Return the region that `pack` wrote; raises ValueError when a single bit is not as it was written."""
    head = len(_MAGIC) + 65
    body = content[head:]
    if content[:head] != _MAGIC + hashlib.sha256(body).hexdigest().encode() + b"\n":
        raise ValueError("the cached region is damaged")
    end = body.index(b"\n") + 1
    told = json.loads(body[:end])
    values: dict[str, Any] = {}
    for name, (kind, shape) in told["arrays"].items():
        stored = np.frombuffer(body, kind, count=math.prod(shape), offset=end)
        end += stored.nbytes
        values[name] = stored.reshape(shape).copy()
        values[name].setflags(write=False)
    for name, value in told["texts"].items():
        values[name] = tuple(value) if isinstance(value, list) else value
    values["municipality"] = find_municipality(told["texts"]["municipality"])
    return Region(**values)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file of the cache whole or not at all: under another name first, then renamed; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary)
        raise
