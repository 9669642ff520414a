"""The parts of the calibration: each fits one thing to its declared facts and hands back files, numbers and pages.

A new part is a module with a ``PART`` and one line in PARTS; modules are imported only when their part is run.
"""

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from sim.evidence.calibration.found import Evidence, VehicleFit
from sim.words.table import Table
from tariffs.errors import InputError

Progress = Callable[[int, int], None]
"""Called with steps done and steps expected."""

PARTS: Final = {"response": "sim.evidence.calibration.response", "vehicles": "sim.evidence.calibration.vehicles"}
"""Name of each part and the module that holds its ``PART``, in the order in which they are run."""


@dataclass(frozen=True)
class Section:
    """A piece of the report: a heading, paragraphs, tables, and drawings as finished SVG."""

    title: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartResult:
    """What a part gives: parameter files by their name under ``data/``, what it found, and its pages."""

    files: dict[str, str]
    found: Evidence | VehicleFit
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Part:
    """One fit: its name on the command line, what it is called, which facts it may use, and how it is run.

    ``fits`` are the words that its facts carry in data/facts.toml. ``run`` takes the number of worker processes and a progress
    function; the result does not depend on the number.
    """

    name: str
    title_da: str
    fits: tuple[str, ...]
    run: Callable[[int, Progress], PartResult]


def load_part(name: str) -> Part:
    """Return the part called ``name``; raises InputError when there is none."""
    if name not in PARTS:
        raise InputError(f"Delen {name!r} findes ikke", next_step=f"vælg {', '.join(PARTS)} eller all")
    part: Part = importlib.import_module(PARTS[name]).PART
    return part


def shipped(name: str) -> Path:
    """Return where a parameter file lies among the data that the simulator loads."""
    return Path(str(files("data"))).joinpath(*name.split("/"))


SAME, SAME_NUMBERS, OTHER = "same", "same_numbers", "other"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?")
ROUNDING = 1e-9


def agreement(name: str, text: str) -> str:
    """Say how a newly written file agrees with the shipped one: SAME, SAME_NUMBERS or OTHER.

    Another processor may differ in the last digits of a logarithm; SAME_NUMBERS is the same text with numbers no further
    apart than ROUNDING.
    """
    place = shipped(name)
    if not place.is_file():
        return OTHER
    theirs = place.read_text(encoding="utf-8").replace("\r\n", "\n")
    if theirs == text:
        return SAME
    if _NUMBER.sub("#", theirs) != _NUMBER.sub("#", text):
        return OTHER
    pairs = zip(_NUMBER.findall(theirs), _NUMBER.findall(text), strict=True)
    near = all(abs(float(a) - float(b)) <= ROUNDING * max(1.0, abs(float(a))) for a, b in pairs)
    return SAME_NUMBERS if near else OTHER
