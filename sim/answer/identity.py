"""What a result is a result of: hashes of the scenario, the data, the tariff and the model that made it.

A hash changes with what can change a number: values, rules, data, libraries that calculate. Comments, docstrings and layout are not
in it, in the program as in the TOML files, so that another wording leaves results, and runs that wait, as they are.
"""

import hashlib
import json
import platform
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from data import data_version
from sim.answer.kept_version import kept_version
from sim.answer.source_code import code_without_words
from sim.geography.zone_files.parts import parts_of
from sim.inputs.intake.imported import trips_file
from sim.inputs.scenario import Scenario
from sim.riders.response.response import load_response
from tariffs.errors import InputError

LIBRARIES = ("numpy", "numba", "simpy", "scipy", "pyarrow", "holidays")
DECIDING = (
    "model", "tariffs", "data", "assumptions", "response", "numpy", "numba", "simpy", "scipy", "holidays",
)  # fmt: skip
"""The versions in a run's identity; pyarrow decides how tables are written, not what is in them."""
IGNORED = {"name", "municipalities"}


@cache
def model_version() -> str:
    """Return a hash over the program of the rooms that decide a result, without its words (16 hex digits).

    Reading the program without its words takes most of a second, so the hash is kept in the cache under the hash of the same
    files' bytes, which takes a hundredth of that.
    """
    modules = [
        path.read_bytes() for room in ("sim", "tariffs") for path in _walk(files(room)) if path.name.endswith(".py")
    ]
    as_written = hashlib.sha256()
    for source in modules:
        as_written.update(len(source).to_bytes(8) + source)
    return kept_version(as_written.hexdigest(), lambda: _program_version(modules))


def _program_version(modules: list[bytes]) -> str:
    digest = hashlib.sha256()
    for source in modules:
        digest.update(code_without_words(source).encode())
    return digest.hexdigest()[:16]


@cache
def tariff_version() -> str:
    """Return a hash over the packaged tariff files (16 hex digits)."""
    digest = hashlib.sha256()
    for path in _walk(files("tariffs")):
        if path.name.endswith(".toml"):
            digest.update(_values(path))
    return digest.hexdigest()[:16]


REGISTER_FILES = (
    "assumptions.toml",
    "calibration/draws.csv",
    "calibration/estimate.toml",
    "calibration/many.csv",
    "calibration/vehicles.toml",
    "free_destinations.toml",
)
"""The register under ``data/`` and what a fit or a publication puts beside it; a result rests on all of them."""


@cache
def assumptions_version() -> str:
    """Return a hash of the assumptions register and of what is fitted to it (16 hex digits)."""
    digest = hashlib.sha256()
    for name in REGISTER_FILES:
        digest.update(_values(files("data").joinpath(*name.split("/"))))
    return digest.hexdigest()[:16]


def _values(file: Traversable) -> bytes:
    """Return what a file holds: of TOML its values, in the file's order, of any other its bytes."""
    content = file.read_bytes()
    if not file.name.endswith(".toml"):
        return content
    return json.dumps(tomllib.loads(content.decode("utf-8")), ensure_ascii=False, default=str).encode()


def _walk(folder: Traversable) -> Iterable[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            if not entry.name.startswith("__pycache__"):
                yield from _walk(entry)
        else:
            yield entry


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file; raises InputError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"Filen {path} kan ikke læses", why=str(error), next_step="kontrollér stien") from None


def input_files(scenario: Scenario) -> tuple[str, ...]:
    """Return the user's files that a result rests on, in the order in which the scenario names them."""
    trips = None if scenario.trips is None else str(trips_file(Path(scenario.trips)))
    lines = dict.fromkeys((scenario.town_areas, *(option.town_areas for option in scenario.options)))
    parts = [str(part) for line in lines if line for part in parts_of(Path(line))]
    single = (*parts, trips, scenario.observed, scenario.gtfs)
    return (*scenario.tariff_files, *dict.fromkeys(filter(None, single)))


def versions() -> dict[str, str]:
    """Return the versions that stand behind a result."""
    return {
        "takstlab": version("takstlab"),
        "model": model_version(),
        "tariffs": tariff_version(),
        "data": data_version(),
        "assumptions": assumptions_version(),
        "response": load_response().version,
        "python": platform.python_version(),
    } | {name: version(name) for name in LIBRARIES}


def run_id(scenario: Scenario, municipality: str, told: Scenario | None = None) -> str:
    """Return the identity of a run: equal for equal inputs, whatever the scenario is called.

    ``told`` is the scenario as it was told, where it has other names for its files than the paths they are read at.
    """
    values: dict[str, Any] = (told or scenario).model_dump(mode="json")
    content = {
        "scenario": {key: value for key, value in values.items() if key not in IGNORED},
        "municipality": municipality,
        "files": [file_hash(Path(f)) for f in input_files(scenario)],
        "versions": {k: v for k, v in versions().items() if k in DECIDING},
    }
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
