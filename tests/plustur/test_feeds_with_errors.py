"""Timetables whose rows or files are wrong: named by file and row, or left out and counted."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from reading_feeds import BUSES, STOPS, assert_a_bus_an_hour, changed

from sim.riders.plustur.timetable import read_calls
from tariffs.errors import DataError


def test_rows_of_unknown_trips_and_stops_are_left_out_and_counted(tmp_path: Path) -> None:
    def strays(text: str) -> str:
        return text.rstrip() + "\nT6,22:00:00,22:00:00,NEJ,9\nUKENDT,06:00:00,06:00:00,A,1\n"

    assert_a_bus_an_hour(
        changed(tmp_path, "base", {"stop_times.txt": strays}),
        "2 rækker med en tur eller et stop, der ikke er i trips.txt",
    )


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        ("trips.txt", lambda t: t + "R,XX,T6\n", r"trips.txt har trip_id 'T6' to gange.*trips.txt, række 2 og 18"),
        ("routes.txt", lambda t: t + "R,1,500,,700\n", r"route_id 'R' to gange.*routes.txt, række 2 og 3"),
        (
            "calendar_dates.txt",
            lambda _: "service_id,date,exception_type\nWK,20200601,2\nWK,20200601,1\n",
            r"service_id 'WK' og date '20200601' to gange.*calendar_dates.txt, række 2 og 3",
        ),
        (
            "calendar.txt",
            lambda t: t.replace("20200106", "06-01-2020"),
            r"start_date '06-01-2020', som ikke er en dato.*række 2",
        ),
        ("stops.txt", lambda t: t.replace("55.75828", "x"), r"stop_lat 'x', som ikke er et tal.*stops.txt, række 3"),
        ("stop_times.txt", lambda t: t.replace("06:10:00", "6.10"), r"tiden '6.10'.*stop_times.txt, række 3"),
        ("stop_times.txt", lambda t: t.replace(",A,1", ",A,først"), r"stop_sequence 'først'.*række 2"),
        ("stop_times.txt", lambda t: t.replace("stop_id", "stop"), r"stop_times.txt mangler kolonnen stop_id.*den har"),
        (
            "frequencies.txt",
            lambda _: "trip_id,start_time,end_time,headway_secs\nT6,,07:00:00,600\n",
            r"headway_secs '600' mellem to tider.*frequencies.txt, række 2",
        ),
        (
            "frequencies.txt",
            lambda _: "trip_id,start_time,end_time,headway_secs\nT6,06:00:00,07:00:00,0\n",
            r"headway_secs '0'.*frequencies.txt, række 2",
        ),
        (
            "frequencies.txt",
            lambda _: "trip_id,start_time,end_time,headway_secs\nT6,10:00:00,06:00:00,1800\n",
            r"headway_secs '1800' mellem to tider.*frequencies.txt, række 2",
        ),
        (
            "stops.txt",
            lambda t: t.replace("55.75828,11.80889", "6177890,670580"),
            r"stop_lat '6177890', som ikke er et tal i grader.*række 3",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_named_by_file_and_row(
    tmp_path: Path, part: str, change: Callable[[str], str], words: str
) -> None:
    with pytest.raises(DataError, match=rf"(?s){words}"):
        read_calls(changed(tmp_path, "base", {part: change}))


def test_trips_of_a_service_that_no_calendar_has_are_counted(tmp_path: Path) -> None:
    path = changed(tmp_path, "base", {"trips.txt": lambda text: text.rstrip() + "\nR,FERIE,T99\n"})
    assert_a_bus_an_hour(path, "trips.txt har 1 tur med et service_id, der ikke er i calendar.txt")


@pytest.mark.parametrize("unknown", [",", "0,0", "0.0,0.0"])
def test_stops_without_coordinates_are_left_out_and_counted(tmp_path: Path, unknown: str) -> None:
    path = changed(tmp_path, "base", {"stops.txt": lambda text: text.replace("55.75828,11.80889", unknown)})
    calls, _, notes = read_calls(path, 2020)
    assert [len(one.trip) for one in calls] == [BUSES * (STOPS - 1)] * 3
    assert notes == ("Køreplanens stops.txt har 1 stop uden koordinater; de er udeladt.",)


@pytest.mark.parametrize("row", [2, 60])
def test_a_row_of_more_fields_than_headings_is_refused_and_not_moved(tmp_path: Path, row: int) -> None:
    """A comma in a text without quotation marks moves what comes after it: here pickup_type would be 'st'."""

    def comma(text: str) -> str:
        head, *rows = text.splitlines()
        rows = [f"{one},Holbæk{', st' if number == row else ''},1" for number, one in enumerate(rows, 2)]
        return "\n".join([f"{head},stop_headsign,pickup_type", *rows, ""])

    with pytest.raises(
        DataError, match=rf"stop_times.txt har en række med 8 felter under 7 overskrifter.*række {row}\b"
    ):
        read_calls(changed(tmp_path, "base", {"stop_times.txt": comma}))


def test_a_quotation_mark_without_its_end_is_told(tmp_path: Path) -> None:
    path = changed(tmp_path, "base", {"stops.txt": lambda text: text.replace("Landsby", '"Landsby')})
    with pytest.raises(DataError, match=r"stops.txt kan ikke læses som tabel.*anførselstegn uden mage"):
        read_calls(path)


def test_a_file_that_is_missing_is_named(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "halv.zip", "w") as written:
        written.writestr("stops.txt", "stop_id,stop_lat,stop_lon\n")
    with pytest.raises(DataError, match=r"Køreplanen mangler routes.txt.*zip-filen har stops.txt"):
        read_calls(tmp_path / "halv.zip")


def test_one_stop_id_for_two_places_is_refused_by_file_and_row(tmp_path: Path) -> None:
    path = changed(
        tmp_path, "dup_stop", {"stops.txt": lambda text: text.rstrip().replace("55.80279", "55.9", 1) + "\n"}
    )
    with pytest.raises(DataError, match=r"stop_id 'A' to gange med forskelligt indhold.*stops.txt, række 2 og 6"):
        read_calls(path)


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("trips.txt", lambda text: text.replace("R,", "R9,", 1)),
        ("routes.txt", lambda text: text.replace(",3", ",")),
        ("routes.txt", lambda text: text.replace(",3", ",bus")),
        ("routes.txt", lambda text: text.replace(",3", ",-1")),
    ],
)
def test_trips_of_a_route_that_is_not_known_are_counted_and_told(
    part: str, change: Callable[[str], str], tmp_path: Path
) -> None:
    trips = "1 tur" if part == "trips.txt" else "16 ture"
    assert_a_bus_an_hour(changed(tmp_path, "base", {part: change}), f"trips.txt har {trips} af en rute, der ikke er i")


def test_a_trip_whose_times_go_backwards_is_told(tmp_path: Path) -> None:
    def backwards(text: str) -> str:
        return text.replace("06:10:00,06:10:00", "05:50:00,05:50:00")

    calls, _, notes = read_calls(changed(tmp_path, "base", {"stop_times.txt": backwards}), 2020)
    assert len(calls[0].trip) == BUSES * STOPS
    assert len(notes) == 1
    assert notes[0].startswith("Køreplanen har 1 tur om dagen med tider, der går baglæns")
