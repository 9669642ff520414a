"""Inputs with their origin: geography, population, assumptions, scenarios.

This room knows where the reference files lie, where they come from and that they are undamaged. It does not know what
they mean: `sim.geography` reads them. Only `reference_file`, `attribution` and `data_version` are its front door.
"""

import hashlib
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from tariffs.errors import DataError

__all__ = ["attribution", "data_version", "reference_file"]

_ROOM = Path(str(files("data")))
_REINSTALL = "installér takstlab igen, så filerne følger med uændret"


@cache
def _manifest_bytes() -> bytes:
    path = _ROOM / "manifest.toml"
    try:
        return path.read_bytes()
    except OSError as error:
        raise DataError(
            "Listen over referencedata kan ikke læses", where=str(path), why=str(error), next_step=_REINSTALL
        ) from error


@cache
def _manifest() -> dict[str, dict[str, Any]]:
    try:
        entries: dict[str, dict[str, Any]] = tomllib.loads(_manifest_bytes().decode("utf-8"))["files"]
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(
            "Listen over referencedata er beskadiget",
            where=str(_ROOM / "manifest.toml"),
            why=str(error),
            next_step=_REINSTALL,
        ) from error
    return entries


@cache
def reference_file(name: str) -> Path:
    """Return the path of a reference file whose SHA-256 agrees with the manifest.

    The check is made once per process and file. Raises DataError when the file is unlisted, missing or damaged.
    """
    path = _ROOM / "reference" / name
    entry = _manifest().get(name)
    if entry is None:
        raise DataError(
            f"Referencefilen {name} findes ikke i listen",
            where=str(_ROOM / "manifest.toml"),
            next_step="brug en af filerne " + ", ".join(sorted(_manifest())),
        )
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise DataError(
            f"Referencefilen {name} mangler eller kan ikke læses", where=str(path), why=str(error), next_step=_REINSTALL
        ) from error
    if found != entry["sha256"]:
        raise DataError(
            f"Referencefilen {name} er ændret eller beskadiget",
            where=str(path),
            why=f"SHA-256 er {found}, men skulle være {entry['sha256']}",
            next_step=_REINSTALL,
        )
    return path


def attribution() -> str:
    """Return the Danish source text that every report and page must show, one source per line."""
    lines: dict[str, None] = {}
    for entry in _manifest().values():
        lines.update(dict.fromkeys(entry["attribution"]))
    return "\n".join(line + "." for line in lines)


def data_version() -> str:
    """Return 16 hexadecimal digits that change whenever any reference file or its provenance changes."""
    return hashlib.sha256(_manifest_bytes()).hexdigest()[:16]
