"""Departures towards the transfer point, counted from feeds made here."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from plustur_world import FARM, ISLE, MOOR, STATION, VILLAGE, no_points, small_region, station_only, write_feed

from sim.riders.plustur.services import majority_threshold
from sim.riders.plustur.timetable import departures, read_calls
from tariffs.errors import DataError, InputError

WALK_M = 500.0
WEEK = (
    "hverdag,1,1,1,1,1,0,0,20200601,20200614\n"
    "loerdag,0,0,0,0,0,1,0,20200601,20200614\n"
    "soendag,0,0,0,0,0,0,1,20200601,20200614\n"
)


def in_and_out(hours: range, service: str) -> list:
    """Trips from the farm to the station at ten past each hour, and back at the half hour."""
    there = [
        (f"ind{service}{h}", service, [(str(FARM), f"{h:02}:10:00"), (str(STATION), f"{h:02}:20:00")]) for h in hours
    ]
    back = [
        (f"ud{service}{h}", service, [(str(STATION), f"{h:02}:30:00"), (str(FARM), f"{h:02}:40:00")]) for h in hours
    ]
    return there + back


@pytest.fixture(scope="module")
def counted(tmp_path_factory) -> np.ndarray:
    trips = (
        in_and_out(range(6, 25), "hverdag")
        + in_and_out(range(10, 12), "loerdag")
        + [("omvej", "soendag", [(str(STATION), "09:00:00"), (str(MOOR), "09:30:00")])]
    )
    path = write_feed(tmp_path_factory.mktemp("feed") / "uge.zip", trips, calendar=WEEK)
    calls, days, _ = read_calls(path)
    assert [day.weekday() < 5 for day in days] == [True, False, False]
    return departures(small_region(), station_only(), calls, WALK_M, "uge.zip")


def test_a_departure_an_hour_towards_the_station_counts_once_an_hour(counted: np.ndarray) -> None:
    assert counted[0, FARM].tolist() == [1] * 17  # 06 to 22; the trips at 23 and 24 are outside the hours of service


def test_trips_away_from_the_transfer_point_do_not_count(counted: np.ndarray) -> None:
    assert counted[2].sum() == 0  # Sunday's only trip leaves the station for the moor


def test_saturdays_and_weekdays_are_counted_apart(counted: np.ndarray) -> None:
    assert counted[1, FARM].tolist() == [0] * 4 + [1, 1] + [0] * 11  # 10 and 11


def test_places_beyond_walking_distance_of_a_stop_have_no_departures(counted: np.ndarray) -> None:
    assert counted[:, [VILLAGE, MOOR, ISLE]].sum() == 0


def test_a_trip_that_stops_twice_near_a_place_is_one_departure(tmp_path: Path) -> None:
    stops = "f1,f1,55.74497,11.7\nf2,f2,55.74317,11.7\ns,s,55.7,11.7\n"  # the farm lies at 55.74496
    path = write_feed(tmp_path / "to.zip", [("t", "alle", [("f1", "08:00:00"), ("f2", "08:02:00"), ("s", "08:15:00")])],
                      stops=stops)  # fmt: skip
    calls, *_ = read_calls(path)
    counts = departures(small_region(), station_only(), calls, WALK_M, "to.zip")
    assert counts[:, FARM].sum(axis=1).tolist() == [1, 1, 1]


def test_a_stop_without_a_time_lies_between_its_neighbours(tmp_path: Path) -> None:
    path = write_feed(
        tmp_path / "t.zip", [("t", "alle", [("4", "08:40:00"), (str(FARM), ""), (str(STATION), "09:30:00")])]
    )
    calls, *_ = read_calls(path)
    counts = departures(small_region(), station_only(), calls, WALK_M, "t.zip")
    assert np.flatnonzero(counts[0, FARM]).tolist() == [9 - 6]  # halfway from 08:40 to 09:30 is 09:05


def test_headways_are_unrolled_into_departures(tmp_path: Path) -> None:
    path = write_feed(tmp_path / "f.zip", [("t", "alle", [(str(FARM), "08:00:00"), (str(STATION), "08:10:00")])],
                      frequencies="t,08:00:00,10:00:00,1200\n")  # fmt: skip
    calls, *_ = read_calls(path)
    counts = departures(small_region(), station_only(), calls, WALK_M, "f.zip")
    assert counts[0, FARM].tolist()[:5] == [0, 0, 3, 3, 0]  # every 20 minutes from 8 to 10


def test_the_typical_day_is_the_one_with_the_middle_number_of_trips(tmp_path: Path) -> None:
    # Three Mondays to Fridays: one week with 1 trip a day, two with 2: the middle weekday has 2.
    calendar = (
        "fast,1,1,1,1,1,1,1,20200601,20200621\n"
        "ekstra,1,1,1,1,1,0,0,20200608,20200621\n"
    )  # fmt: skip
    at = [(str(FARM), "08:00:00"), (str(STATION), "08:10:00")]
    later = [(str(FARM), "09:00:00"), (str(STATION), "09:10:00")]
    path = write_feed(tmp_path / "m.zip", [("a", "fast", at), ("b", "ekstra", later)], calendar=calendar)
    calls, days, _ = read_calls(path)
    assert date(2020, 6, 8) <= days[0] <= date(2020, 6, 21)
    assert [len(c.trip) for c in calls] == [4, 2, 2]


def week(service: str, first: str, last: str, days: str = "1,1,1,1,1,1,1") -> str:
    return f"{service},{days},{first},{last}\n"


@pytest.mark.parametrize(
    ("counts", "least"),
    [
        ([100] * 9 + [300], 225),  # the place of 0.9 x 10 is the largest: 75 % of 300
        ([40] * 5 + [100] * 45 + [300] * 5, 75),  # of 55, place 49 has 100: the five of 300 are no measure
        ([100] * 300 + [20] * 400, 75),  # of 700, 30 from the end: one line that runs on for a year is no service
        ([0, 0, 1], 1),
        ([0, 0], 0),
    ],
)
def test_the_majority_service_is_three_quarters_of_a_full_date(counts: list[int], least: int) -> None:
    assert majority_threshold(counts) == least


def test_a_typical_day_is_one_of_the_majority_service(tmp_path: Path) -> None:
    """Four weeks with four trips a day, then nine with one: the middle of all 13 would be one trip."""
    calendar = week("fast", "20200601", "20200830") + week("fuld", "20200601", "20200628")
    at = [(str(FARM), "08:00:00"), (str(STATION), "08:10:00")]
    full = [(f"f{h}", "fuld", [(str(FARM), f"{h:02}:00:00"), (str(STATION), f"{h:02}:10:00")]) for h in (9, 10, 11)]
    calls, days, _ = read_calls(write_feed(tmp_path / "m.zip", [("a", "fast", at), *full], calendar=calendar))
    assert all(date(2020, 6, 1) <= day <= date(2020, 6, 28) for day in days)
    assert [len(c.trip) for c in calls] == [8, 8, 8]


def test_a_typical_day_is_of_the_scenarios_year_or_its_year_is_told(tmp_path: Path) -> None:
    """In 2020 only Christmas with a trip a day, in 2021 three months with four: no ordinary day of 2020 is there."""
    calendar = week("fast", "20201221", "20210328") + week("fuld", "20210104", "20210328")
    at = [(str(FARM), "08:00:00"), (str(STATION), "08:10:00")]
    full = [(f"f{h}", "fuld", [(str(FARM), f"{h:02}:00:00"), (str(STATION), f"{h:02}:10:00")]) for h in (9, 10, 11)]
    path = write_feed(tmp_path / "jul.zip", [("a", "fast", at), *full], calendar=calendar)
    for year, told in ((2020, ("Køreplanen er fra 2021; der regnes på 2020.",)), (2021, ())):
        _, days, notes = read_calls(path, year)
        assert {day.year for day in days} == {2021}
        assert notes == told


def test_days_on_which_nothing_runs_all_year_are_told(tmp_path: Path) -> None:
    calendar = week("hverdag", "20200601", "20200628", "1,1,1,1,1,0,0") + week("intet", "20200601", "20200628")
    at = [(str(FARM), "08:00:00"), (str(STATION), "08:10:00")]
    _, _, notes = read_calls(write_feed(tmp_path / "h.zip", [("a", "hverdag", at)], calendar=calendar), 2020)
    assert notes == ("Køreplanen har ingen afgange på lørdage.", "Køreplanen har ingen afgange på søn- og helligdage.")


def test_without_a_transfer_point_every_departure_counts(tmp_path: Path) -> None:
    path = write_feed(tmp_path / "u.zip", [("t", "alle", [(str(MOOR), "08:00:00"), (str(ISLE), "08:10:00")])])
    calls, *_ = read_calls(path)
    counts = departures(small_region(), no_points(), calls, WALK_M, "u.zip")
    assert counts[0, MOOR, 2] == counts[0, ISLE, 2] == 1


def test_a_timetable_of_somewhere_else_is_refused(tmp_path: Path) -> None:
    path = write_feed(tmp_path / "x.zip", [("t", "alle", [("a", "08:00:00"), ("b", "08:10:00")])],
                      stops="a,a,57.0,9.9\nb,b,57.1,9.9\n")  # fmt: skip
    calls, *_ = read_calls(path)
    with pytest.raises(InputError, match="ingen stop i Holbæk Kommune"):
        departures(small_region(), station_only(), calls, WALK_M, "x.zip")


def test_a_timetable_without_sundays_a_missing_file_and_a_broken_one_are_told_in_danish(tmp_path: Path) -> None:
    at = [(str(FARM), "08:00:00"), (str(STATION), "08:10:00")]
    weekdays = write_feed(tmp_path / "w.zip", [("t", "alle", at)], calendar="alle,1,1,1,1,1,1,0,20200601,20200606\n")
    with pytest.raises(DataError, match="ingen søn- og helligdage"):
        read_calls(weekdays)
    with pytest.raises(InputError, match="findes ikke"):
        read_calls(tmp_path / "nej.zip")
    (tmp_path / "b.zip").write_text("ikke en zip")
    with pytest.raises(DataError, match="kan ikke læses som køreplan"):
        read_calls(tmp_path / "b.zip")
