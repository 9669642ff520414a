"""Timetables as they come: each has one trouble, and none of them gives another number without a word."""

import zipfile
from pathlib import Path

import numpy as np
import pytest
from reading_feeds import BUSES, FEEDS, STOPS, assert_a_bus_an_hour, changed, read

from sim.geography.projection import to_metres
from sim.riders.plustur import day_calls, timetable
from sim.riders.plustur.feed import Feed
from sim.riders.plustur.timetable import read_calls
from tariffs.errors import DataError


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("base", ""),
        ("padded", ""),
        ("latin1", "stops.txt er ikke UTF-8 og er læst som Windows-1252"),
        ("dup_stop", "stops.txt har 1 række to gange (den første er række 6)"),
        ("dup_trips_two_agencies", "Køreplanen har 16 ture om dagen to gange (samme stop og tider)"),
        ("flex", "Køreplanens fleksible kørsel (GTFS-Flex: 1 tur, 2 rækker i stop_times.txt) er ikke ordinære afgange"),
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
    assert "ikke må stige på eller af, eller kun efter aftale" in notes


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


def padded(text: str, delimiter: str = ",") -> str:
    """Heads and values with spaces round them, an empty line in the middle, and a mark at the start."""
    rows = [f" {delimiter} ".join(row.split(",")) + " " for row in text.splitlines()]
    return "\ufeff " + "\r\n".join([rows[0], "", *rows[1:], ""])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_padding_round_heads_and_values_in_every_file_changes_nothing(tmp_path: Path, delimiter: str) -> None:
    files = ("stops.txt", "routes.txt", "trips.txt", "calendar.txt", "stop_times.txt")
    assert_a_bus_an_hour(changed(tmp_path, "base", dict.fromkeys(files, lambda text: padded(text, delimiter))))


def test_a_feed_in_a_folder_of_its_zip_is_read_and_a_table_that_is_there_twice_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(FEEDS / "base.zip") as packed, zipfile.ZipFile(tmp_path / "mappe.zip", "w") as written:
        for part in packed.namelist():
            written.writestr(f"GTFS/{part}", packed.read(part))
            written.writestr(f"__MACOSX/GTFS/._{part}", b"\x00\xff")
    assert_a_bus_an_hour(tmp_path / "mappe.zip")
    with zipfile.ZipFile(tmp_path / "mappe.zip", "a") as written:
        written.writestr("forår/stops.txt", "stop_id,stop_lat,stop_lon\n")
    with pytest.raises(DataError, match=r"stops.txt flere gange.*GTFS/stops.txt og forår/stops.txt"):
        read_calls(tmp_path / "mappe.zip")


def test_codes_that_a_data_frame_wrote_with_decimals_are_the_same_codes(tmp_path: Path) -> None:
    """pandas writes a column of whole numbers with a gap in it as 1.0: nobody may board, and a school bus is one."""

    def nobody_boards(text: str) -> str:
        head, *rows = text.splitlines()
        return "\n".join([f"{head},pickup_type", *(f"{row},1.0" for row in rows), ""])

    calls, _, _ = read_calls(changed(tmp_path, "base", {"stop_times.txt": nobody_boards}), 2020)
    assert not any(one.boards.any() for one in calls)
    with pytest.raises(DataError, match=r"skolebusser \(16 ture\)"):
        read_calls(changed(tmp_path, "base", {"routes.txt": lambda text: text.replace(",3\n", ",712.0\n")}), 2020)
    week = {"calendar.txt": lambda text: text.replace("1,1,1,1,1,1,1", "1.0,1.0,1.0,1.0,1.0,1.0,1.0")}
    assert_a_bus_an_hour(changed(tmp_path, "base", week))


@pytest.mark.parametrize(
    ("part", "old", "new", "words"),
    [
        ("calendar.txt", "1,1,1,1,1,1,1", "2,1,1,1,1,1,1", r"calendar.txt har monday '2'.*0 eller 1.*række 2"),
        ("calendar.txt", "20200106,20200705", "20200705,20200106", r"ingen almindelige afgange"),
        ("agency.txt", "Europe/Copenhagen", "Europe/London", r"tidszonen Europe/London.*agency.txt, række 2"),
        ("calendar_dates.txt", "", "service_id,date,exception_type\nWK,20200110,3\n", r"exception_type '3'.*1 eller 2.*række 2"),
    ],
)  # fmt: skip
def test_days_and_clocks_that_say_nothing_certain_are_refused_by_row(
    tmp_path: Path, part: str, old: str, new: str, words: str
) -> None:
    with pytest.raises(DataError, match=words):
        read_calls(changed(tmp_path, "base", {part: lambda text: text.replace(old, new) if old else new}), 2020)


def test_a_clock_that_shows_the_same_time_is_read(tmp_path: Path) -> None:
    same = {"agency.txt": lambda text: text.replace("Europe/Copenhagen", "Europe/Stockholm")}
    assert_a_bus_an_hour(changed(tmp_path, "base", same))


def test_every_year_takes_its_days_from_one_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read_feed, reads = timetable.read_feed, []

    def counted(path: Path, notes: list[str]) -> Feed:
        reads.append(path)
        return read_feed(path, notes)

    monkeypatch.setattr(timetable, "read_feed", counted)
    path = changed(tmp_path, "base", {})
    first = [read_calls(path, year) for year in (2020, 2021, 2020)]
    assert len(reads) == 1
    assert "der regnes på 2021" in first[1][2][0]
    assert not first[2][2], "what is said of one year does not stay for the next"
    changed(tmp_path, "base", {"agency.txt": lambda text: text + "2,B,http://b.test,Europe/Copenhagen\n"})
    read_calls(path, 2020)
    read_calls(FEEDS / "base.zip", 2020)
    assert len(reads) == 3, "a file that was changed is read anew"
    assert len(timetable._HELD) == 1


@pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
def test_ids_with_danish_letters_are_the_same_in_files_of_different_encodings(tmp_path: Path, encoding: str) -> None:
    def named(text: str) -> str:
        return text.replace("A,", "Tølløse,")

    path = changed(tmp_path, "base", {"stops.txt": lambda text: named(text).encode(encoding), "stop_times.txt": named})
    told = ("stops.txt er ikke UTF-8 og er læst som Windows-1252",) if encoding == "latin-1" else ()
    assert_a_bus_an_hour(path, *told)


def test_two_agencies_that_lay_one_stop_a_few_metres_apart_have_one_departure(tmp_path: Path) -> None:
    """The second agency's stops lie 0.0003 degrees, 33 m, farther north; 0.001 degrees, 111 m, are stops of its own."""
    for north, trips in ((0.0003, BUSES), (0.001, 2 * BUSES)):

        def stops(text: str, north: float = north) -> str:
            rows = [row.split(",") for row in text.splitlines()[1:]]
            other = [f"{stop}2,{name},{float(lat) + north:.5f},{lon}" for stop, name, lat, lon in rows]
            return "\n".join([text.rstrip(), *other, ""])

        def calls(text: str) -> str:
            rows = [row.split(",") for row in text.splitlines()[1:]]
            return "\n".join([text.rstrip(), *(f"{t}x,{a},{d},{stop}2,{n}" for t, a, d, stop, n in rows), ""])

        def both(text: str) -> str:
            return "\n".join([text.rstrip(), *(f"{row}x" for row in text.splitlines()[1:]), ""])

        path = changed(tmp_path, "base", {"stops.txt": stops, "stop_times.txt": calls, "trips.txt": both})
        days, _, notes = read_calls(path, 2020)
        assert len(np.unique(days[0].trip)) == trips
        assert bool(notes) == (trips == BUSES)


def test_a_stop_that_must_be_booked_by_a_rule_is_no_departure(tmp_path: Path) -> None:
    def booked(text: str) -> str:
        head, *rows = text.splitlines()
        return "\n".join([f"{head},pickup_booking_rule_id", *(f"{row},ring" for row in rows), ""])

    calls, _, notes = read_calls(changed(tmp_path, "base", {"stop_times.txt": booked}), 2020)
    assert not calls[0].boards.any()
    assert calls[0].alights.all()
    assert "eller en bestillingsregel), tæller ikke som afgange" in notes[0]


FLEX_FILES = {
    "locations.geojson": '{"type":"FeatureCollection","features":[{"type":"Feature","id":"Z1"},{"type":"Feature","id":"Z2"}]}',
    "location_groups.txt": "location_group_id,location_group_name\nG1,Landsbyer\n",
    "booking_rules.txt": "booking_rule_id,booking_type\nB1,1\nB2,1\n",
}


def with_flex(text: str) -> str:
    """Stop times with two flexible trips; the second, as before 2024, has an area where others have a stop."""
    head, *rows = text.splitlines()
    extra = "location_group_id,start_pickup_drop_off_window,end_pickup_drop_off_window,pickup_booking_rule_id"
    flexible = ("X1,,,,1,G1,06:00:00,22:00:00,B1", "X1,,,,2,G1,06:00:00,22:00:00,B1", "X2,,,Z1,1,,,,", "X2,,,Z2,2,,,,")
    return "\n".join([f"{head},{extra}", *(f"{row},,,," for row in rows), *flexible, ""])


def test_what_there_is_of_gtfs_flex_is_counted_and_left_out(tmp_path: Path) -> None:
    parts = {name: lambda _, content=content: content for name, content in FLEX_FILES.items()}
    trips = {"trips.txt": lambda text: text.rstrip() + "\nR,WK,X1\nR,WK,X2\n"}
    assert_a_bus_an_hour(
        changed(tmp_path, "base", {"stop_times.txt": with_flex} | trips | parts),
        "(GTFS-Flex: 2 ture, 4 rækker i stop_times.txt, 2 områder, 1 gruppe af stop, 2 bestillingsregler)",
    )


def test_fixed_stops_of_a_trip_that_deviates_between_them_count(tmp_path: Path) -> None:
    """As scheduled buses that leave their line on request: two stops with times, and an area in between."""

    def deviating(text: str) -> str:
        head, *rows = text.splitlines()
        extra = "start_pickup_drop_off_window,end_pickup_drop_off_window"
        return "\n".join([f"{head},{extra}", *(f"{row},," for row in rows), "T6,,,Z1,9,06:10:00,06:20:00", ""])

    parts = {"stop_times.txt": deviating, "locations.geojson": lambda _: FLEX_FILES["locations.geojson"]}
    assert_a_bus_an_hour(
        changed(tmp_path, "base", parts),
        "(GTFS-Flex: 1 tur, 1 række i stop_times.txt, 2 områder) er ikke ordinære afgange og er udeladt. 1 af turene har også faste stop",
    )


def test_a_feed_of_flexible_trips_alone_is_refused_with_what_it_has(tmp_path: Path) -> None:
    def flexible(text: str) -> str:
        return "\n".join([with_flex(text).splitlines()[0], *with_flex(text).splitlines()[-4:], ""])

    parts = {name: lambda _, content=content: content for name, content in FLEX_FILES.items()}
    trips = {"trips.txt": lambda _: "route_id,service_id,trip_id\nR,WK,X1\nR,WK,X2\n"}
    with pytest.raises(DataError, match=r"ingen almindelige afgange.*GTFS-Flex: 2 ture, 4 rækker"):
        read_calls(changed(tmp_path, "base", {"stop_times.txt": flexible} | trips | parts))


def test_trips_far_from_the_municipality_are_left_out_and_change_nothing_near_it(tmp_path: Path) -> None:
    """Sixteen buses near; far off two trips that are one, of which one stop lies in the same longitude."""
    far = {
        "stops.txt": lambda text: text + "X,Langt borte,57.0,11.7\nY,Længere borte,57.1,9.9\n",
        "trips.txt": lambda text: text + "R,WK,F1\nR,WK,F2\n",
        "stop_times.txt": lambda text: text + "".join(
            f"{trip},09:00:00,09:00:00,X,1\n{trip},09:30:00,09:30:00,Y,2\n" for trip in ("F1", "F2")
        ),
    }  # fmt: skip
    path = changed(tmp_path, "base", far)
    all_of_it, _, told = read_calls(path, 2020)
    assert [len(one.trip) for one in all_of_it] == [BUSES * STOPS + 2] * 3
    assert "Køreplanen har 1 tur om dagen to gange" in " ".join(told)
    east, north = to_metres(np.array([55.69, 55.81]), np.array([11.70, 11.83]))
    around = timetable.Surroundings((east.min() - 400, east.max() + 400), (north.min() - 400, north.max() + 400))
    near, _, told = read_calls(path, 2020, around)
    assert told == ()
    plain, _, _ = read_calls(FEEDS / "base.zip", 2020)
    for one, other in zip(near, plain, strict=True):
        assert np.array_equal(one.hour, other.hour)
        assert np.array_equal(one.east, other.east)
    assert near[0] is near[1], "the same services run on both days, so they are made once"


@pytest.mark.parametrize("code", ["9", "nej"])
def test_a_way_of_boarding_that_is_not_defined_is_told(tmp_path: Path, code: str) -> None:
    def coded(text: str) -> str:
        head, *rows = text.splitlines()
        return "\n".join([f"{head},pickup_type", f"{rows[0]},{code}", *(f"{row},3" for row in rows[1:]), ""])

    path = changed(tmp_path, "base", {"stop_times.txt": coded})
    assert_a_bus_an_hour(path, "stop_times.txt har 1 række med en pickup_type eller drop_off_type, der ikke er 0-3")


def test_headways_of_a_trip_that_is_not_there_are_told(tmp_path: Path) -> None:
    path = changed(
        tmp_path, "base",
        {"frequencies.txt": lambda _: "trip_id,start_time,end_time,headway_secs\nX,06:00:00,10:00:00,1800\n"},
    )  # fmt: skip
    assert_a_bus_an_hour(path, "frequencies.txt har 1 række med en tur, der ikke er i trips.txt")


def test_calls_are_the_same_however_many_are_made_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Trips in another order than their calls, some twice, one of them with headways and one without any time."""

    def scattered(text: str) -> str:
        head, *rows = text.splitlines()
        return "\n".join(
            [head, *rows[::-1], *(row.replace("T8,", "X8,") for row in rows if row.startswith("T8,")), "Q,,,A,1", ""]
        )

    parts = {
        "stop_times.txt": scattered,
        "trips.txt": lambda text: text + "R,WK,X8\nR,WK,Q\n",
        "frequencies.txt": lambda _: (
            "trip_id,start_time,end_time,headway_secs\nT9,09:00:00,12:00:00,3600\nQ,09:00:00,12:00:00,3600\n"
        ),
    }
    path = changed(tmp_path, "base", parts)
    whole, _, told = read_calls(path, 2020)
    assert whole[0].trips == BUSES, "at 9, 10 and 11 in place of one at 9; two of them are the buses of 10 and 11"
    assert "3 ture om dagen to gange" in " ".join(told)
    for part in (1, 3, 10):
        monkeypatch.setattr(day_calls, "_PART", part)
        again, _, words = read_calls(path, 2020)
        assert words == told
        for one, other in zip(whole, again, strict=True):
            assert all(
                np.array_equal(getattr(one, name), getattr(other, name)) for name in ("trip", "hour", "stop", "boards")
            )


@pytest.mark.parametrize("closed", ["T", "X"])
def test_of_a_trip_that_is_there_twice_the_one_that_people_may_board_counts(tmp_path: Path, closed: str) -> None:
    """As two agencies list one bus, of which one sells no tickets for it."""

    def both(text: str) -> str:
        head, *rows = text.splitlines()
        every = [*rows, *("X" + row[1:] for row in rows)]
        return "\n".join(
            [
                f"{head},pickup_type,drop_off_type",
                *(row + (",1,1" if row[0] == closed else ",0,0") for row in every),
                "",
            ]
        )

    twice = {"trips.txt": lambda text: text + "".join(f"{row.replace(',T', ',X')}\n" for row in text.splitlines()[1:])}
    assert_a_bus_an_hour(changed(tmp_path, "base", twice | {"stop_times.txt": both}), "16 ture om dagen to gange")
