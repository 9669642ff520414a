"""The feeds in feeds/, read as they are or changed in a copy."""

import zipfile
from collections.abc import Callable
from pathlib import Path

from sim.riders.plustur.timetable import Calls, read_calls

FEEDS = Path(__file__).parent / "feeds"
BUSES, STOPS = 16, 4
"""One bus an hour from 06 to 21, calling at four stops."""


def read(name: str, year: int = 2020) -> tuple[tuple[Calls, ...], str]:
    calls, _, notes = read_calls(FEEDS / f"{name}.zip", year)
    return calls, " ".join(notes)


def changed(folder: Path, name: str, parts: dict[str, Callable[[str], str | bytes]]) -> Path:
    """A feed with some of its files written anew; one that it lacks is made from nothing."""
    with zipfile.ZipFile(FEEDS / f"{name}.zip") as packed, zipfile.ZipFile(folder / "ny.zip", "w") as written:
        for part in [*packed.namelist(), *(part for part in parts if part not in packed.namelist())]:
            text = packed.read(part).decode() if part in packed.namelist() else ""
            written.writestr(part, parts.get(part, str)(text))
    return folder / "ny.zip"


def assert_a_bus_an_hour(path: Path, *told: str) -> None:
    calls, _, notes = read_calls(path, 2020)
    assert [len(one.trip) for one in calls] == [BUSES * STOPS] * 3
    assert len(notes) == len(told)
    for note, words in zip(notes, told, strict=True):
        assert words in note
