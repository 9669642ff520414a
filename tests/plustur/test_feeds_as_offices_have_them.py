"""Timetables as they come: each has one trouble, and none of them gives another number without a word."""

from pathlib import Path

import numpy as np
import pytest

from sim.plustur.timetable import Calls, read_calls
from tariffs.errors import DataError

FEEDS = Path(__file__).parent / "feeds"
BUSES, STOPS = 16, 4
"""One bus an hour from 06 to 21, calling at four stops."""


def read(name: str, year: int = 2020) -> tuple[tuple[Calls, ...], str]:
    calls, _, notes = read_calls(FEEDS / f"{name}.zip", year)
    return calls, " ".join(notes)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("base", ""),
        ("padded", ""),
        ("latin1", "stops.txt er ikke UTF-8 og er læst som Windows-1252"),
        ("dup_stop", "stops.txt har 1 række to gange (den første er række 6)"),
        ("dup_trips_two_agencies", "Køreplanen har 16 ture om dagen to gange (samme stop og tider)"),
        ("flex", "Køreplanens fleksible kørsel (GTFS-Flex, 1 ture)"),
        ("year2026", "Køreplanen er fra 2026; der regnes på 2020."),
    ],
)
def test_a_bus_an_hour_is_read_as_that_and_what_was_done_is_told(name: str, words: str) -> None:
    calls, notes = read(name)
    assert [len(one.trip) for one in calls] == [BUSES * STOPS] * 3
    assert all(one.boards.all() for one in calls)
    assert words in notes
    assert bool(words) == bool(notes)


@pytest.mark.parametrize("name", ["pickup_none", "phone_bus"])
def test_where_nobody_may_board_or_only_by_telephone_there_is_no_departure(name: str) -> None:
    calls, notes = read(name)
    assert not any(one.boards.any() for one in calls)
    assert "ikke må stige på eller af, eller kun efter aftale pr. telefon" in notes


@pytest.mark.parametrize(
    ("name", "words"), [("drt_715", "behovsstyret kørsel (16 ture)"), ("school_712", "skolebusser (16 ture)")]
)
def test_a_timetable_of_services_that_are_no_ordinary_buses_is_refused_with_the_reason(name: str, words: str) -> None:
    with pytest.raises(DataError) as caught:
        read(name)
    assert "ingen almindelige afgange" in str(caught.value)
    assert words in str(caught.value)


def test_headways_next_to_a_stop_without_a_time_are_read() -> None:
    """Every half hour from 06 to 22 is 32 trips of two calls; the other trip has three, the middle one at 08:10."""
    calls, notes = read("frequencies_untimed", 2027)
    assert notes == ""
    assert [len(one.trip) for one in calls] == [32 * 2 + 3] * 3
    assert len(np.unique(calls[0].trip)) == 33
    assert np.bincount(calls[0].hour, minlength=24)[6] == 4


def test_one_stop_id_for_two_places_is_refused_by_file_and_row(tmp_path: Path) -> None:
    import zipfile

    with zipfile.ZipFile(FEEDS / "dup_stop.zip") as packed, zipfile.ZipFile(tmp_path / "to.zip", "w") as written:
        for name in packed.namelist():
            text = packed.read(name).decode()
            if name == "stops.txt":
                head, last = text.rstrip().rsplit("\n", 1)
                text = f"{head}\n{last.replace('55.80279', '55.9')}\n"
            written.writestr(name, text)
    with pytest.raises(DataError, match=r"stop_id 'A' to gange med forskelligt indhold.*stops.txt, række 2 og 6"):
        read_calls(tmp_path / "to.zip")
