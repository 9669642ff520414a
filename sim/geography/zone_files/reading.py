"""The front door: a file of zones as GeoJSON, read by a process of its own under limits."""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sim.geography.zone_files.child import MEMORY_MB, SECONDS
from sim.geography.zone_files.drivers import environment
from sim.geography.zone_files.parts import FORMATS, IN_WORDS, parts_of
from tariffs.errors import InputError

NEEDED = ("pyogrio", "shapely")


@dataclass(frozen=True)
class ZoneFile:
    """The GeoJSON of a file's zones, which names its system, and what is to be said of how it was read, in Danish."""

    content: dict[str, Any]
    notes: tuple[str, ...]


def missing_packages() -> tuple[str, ...]:
    """Return the packages without which only GeoJSON can be read, and which are not installed."""
    return tuple(name for name in NEEDED if importlib.util.find_spec(name) is None)


def read_zone_file(file: Path, layer: str | None = None, crs: str | None = None) -> ZoneFile:
    """Return the zones of a file; raises InputError for one that cannot be used, or when a choice is the user's."""
    ending = file.suffix.lower()
    if ending not in FORMATS:
        raise InputError(f"Filtypen '{file.suffix}' kendes ikke", where=file.name, next_step=f"brug {IN_WORDS}")
    if missing := missing_packages():
        raise InputError(
            f"{ending} kan ikke læses her",
            where=file.name,
            why=f"pakken {' og '.join(missing)} er ikke installeret",
            next_step=f"installér den med pip install {' '.join(missing)}, eller gem zonerne som GeoJSON",
        )
    parts = parts_of(file)
    try:
        marks = tuple((part, part.stat().st_size, part.stat().st_mtime_ns) for part in parts)
    except OSError as error:
        raise InputError(
            f"Filen {file.name} kan ikke læses",
            why=error.strerror or str(error),
            next_step="se efter sti og rettigheder",
        ) from None
    return _read(file, marks, layer, crs)


@lru_cache(maxsize=16)
def _read(file: Path, marks: tuple[tuple[Path, int, int], ...], layer: str | None, crs: str | None) -> ZoneFile:
    """Read a file that is as ``marks`` says; the same again costs no new process."""
    told = _ask_child(file, {"layer": layer, "crs": crs})
    if "error" in told:
        raise InputError(where=file.name, **told["error"])
    return ZoneFile(told["content"], tuple(told["notes"]))


def valid_polygons(polygons: Sequence[Any], name: str) -> list[Any]:
    """Return the polygons of one area made valid by the rule of `sim.geography.zone_files.outlines`; in the child, as it may be much work.

    Raises InputError for an outline that is too entangled for that.
    """
    told = _run_child(["--mend"], {"polygons": polygons})
    if told is None:
        raise InputError(
            f"Omridset af '{name}' krydser sig selv for mange gange",
            next_step="ret det i GIS, i QGIS med Vektor > Geometriværktøjer > Ret geometrier, og gem det igen",
        )
    made: list[Any] = told["polygons"]
    return made


def _ask_child(file: Path, choices: dict[str, Any]) -> dict[str, Any]:
    with TemporaryDirectory(prefix="takstlab-") as folder:
        told = _run_child([str(file.absolute()), folder], choices)
    if told is None:
        raise InputError(
            "Filen kan ikke læses",
            where=file.name,
            why=f"den er beskadiget, eller den kræver over {MEMORY_MB // 1000} GB eller {SECONDS} sekunder",
            next_step="gem kun kommunens egne zoner i en fil for sig, helst som GeoPackage, og brug den",
        )
    return told


def _run_child(words: list[str], said: dict[str, Any]) -> dict[str, Any] | None:
    """Return the child's answer, None when it had none before its limits."""
    command = [sys.executable, "-m", "sim.geography.zone_files.child", *words]
    try:
        done = subprocess.run(
            command,
            input=json.dumps(said).encode(),
            capture_output=True,
            timeout=2 * SECONDS,
            env=environment(dict(os.environ)),
            check=False,
        )
        told: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.TimeoutExpired, ValueError):
        return None
    return told
