"""Who gains and who loses, from a table of trips small enough to count by hand; and what example citizens pay in a week."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from small_comparison import small_comparison

from sim.telling.report.example_citizens import citizens_table
from sim.telling.report.gains import gains, gains_table
from sim.words.cells import Cell
from tests.answer.building import answer_of
from tests.drawing.whole_comparison import band

TODAY, OTHER = "I dag", "Gratis"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two replications. The first: request 1 pays 45 and then 60, 2 stops, 3 begins, 4 is as before; the second: 1 alone, dearer."""
    rows = [
        (TODAY, 0, 1, "trip", "80+", "in_town", 3_000, 4_500), (OTHER, 0, 1, "trip", "80+", "in_town", 3_000, 6_000),
        (TODAY, 0, 2, "trip", "70-79", "in_town", 5_000, 4_500), (OTHER, 0, 2, "declined", "70-79", "in_town", 5_000, None),
        (TODAY, 0, 3, "declined", "80+", "inside", 5_001, None), (OTHER, 0, 3, "trip", "80+", "inside", 5_001, 3_200),
        (TODAY, 0, 4, "trip", "0-15", "across", 12_000, 8_800), (OTHER, 0, 4, "trip", "0-15", "across", 12_000, 8_800),
        (TODAY, 1, 1, "trip", "80+", "in_town", 3_000, 4_500), (OTHER, 1, 1, "trip", "80+", "in_town", 3_000, 6_000),
    ]  # fmt: skip
    return with_trips(tmp_path, rows)


def with_trips(folder: Path, rows: list[tuple[Any, ...]]) -> Path:
    """Write the rows as a run's table of trips."""
    names = ("option", "replication", "request_id", "status", "age_band", "place_class", "distance_m", "fare_oere")
    columns = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    table = pa.table(columns)
    for name in ("option", "status", "age_band", "place_class"):
        table = table.set_column(table.column_names.index(name), name, table[name].dictionary_encode())
    pq.write_table(table, folder / "trips.parquet")
    return folder


def test_each_request_is_compared_with_itself_and_the_groups_add_up(folder: Path) -> None:
    """A year: 1 trip pays more (80+), half a trip stops (70-79), half begins (80+); paid +15, −22.50 and +16 kr. a year."""
    groups = gains(answer_of(small_comparison()), 1, folder)
    assert groups is not None
    by_age = {group.name: group for group in groups if group.of == "by_age"}
    assert set(by_age) == {"70-79 år", "80 år eller ældre"}
    old = by_age["80 år eller ældre"]
    assert {kind: counts.tolist() for kind, counts in old.counts.items()} == {
        "more": [1, 1], "less": [0, 0], "stopped": [0, 0], "new": [1, 0],
    }  # fmt: skip
    assert old.paid_oere.tolist() == [1_500 + 3_200, 1_500]
    assert by_age["70-79 år"].counts["stopped"].tolist() == [1, 0]
    assert {group.name for group in groups if group.of == "by_distance"} == {"0-5 km", "5-10 km"}
    for of in ("by_age", "by_place_class", "by_distance"):
        assert sum(group.paid_oere.sum() for group in groups if group.of == of) == 1_500 + 3_200 - 4_500 + 1_500


def test_a_town_line_of_its_own_places_a_trip_alike_before_and_after(tmp_path: Path) -> None:
    """The option's line has requests 1 and 2 inside: 60 → 64 kr. and 60 kr. lost, so +4 − 60 in town; 3 lies only in today's town.

    Request 4 exists in today's option alone, as a flextur that plustur replaces does: it stays where today has it.
    """
    rows = [
        (TODAY, 0, 1, "trip", "80+", "inside", 3_000, 6_000), (OTHER, 0, 1, "trip", "80+", "in_town", 3_000, 6_400),
        (TODAY, 0, 2, "trip", "80+", "inside", 3_000, 6_000), (OTHER, 0, 2, "declined", "80+", "in_town", 3_000, None),
        (TODAY, 0, 3, "trip", "80+", "in_town", 3_000, 6_000), (OTHER, 0, 3, "trip", "80+", "inside", 3_000, 6_000),
        (TODAY, 0, 4, "trip", "80+", "across", 3_000, 6_000),
    ]  # fmt: skip
    groups = gains(answer_of(small_comparison()), 1, with_trips(tmp_path, rows))
    assert groups is not None
    paid = {group.name: int(group.paid_oere.sum()) for group in groups if group.of == "by_place_class"}
    assert paid == {"inden for samme byområde": 400 - 6_000, "over kommunegrænsen": -6_000}
    assert [int(group.paid_oere.sum()) for group in groups if group.of == "by_distance"] == [400 - 6_000 - 6_000]


def test_the_table_has_a_row_for_each_group_that_is_touched(folder: Path) -> None:
    table = gains_table(answer_of(small_comparison()), 1, gains(answer_of(small_comparison()), 1, folder) or [])
    assert table is not None
    assert [row[1].text for row in table.rows] == [
        "70-79 år", "80 år eller ældre", "inden for samme byområde", "i øvrigt i kommunen", "0-5 km", "5-10 km",
    ]  # fmt: skip
    assert [cell.text for cell in table.rows[1][2:5]] == ["1", "–", "–"]


def test_without_the_table_of_trips_nothing_is_said(tmp_path: Path) -> None:
    assert gains(answer_of(small_comparison()), 1, tmp_path) is None
    assert gains_table(answer_of(small_comparison()), 1, []) is None


def week_of(comparison: dict[str, Any]) -> tuple[tuple[Cell, ...], ...]:
    table = citizens_table(answer_of(comparison))
    assert table is not None
    return table.rows


def test_an_answer_that_does_not_say_its_trips_has_no_examples() -> None:
    assert citizens_table(answer_of(small_comparison())) is None


def test_a_rider_of_82_pays_four_trips_a_week() -> None:
    """4 × 36 = 144 kr.; free: 0, which is 144 less; the group went from 400 to 600 trips, half as many again."""
    comparison = small_comparison()
    price, free = comparison["citizen_prices"][0]["oere"]
    comparison["citizen_prices"] = [{"trip": "3 km", "km": 3, "place_class": "in_town", "oere": [price, free]}]
    comparison["options"][1]["affected_riders"]["by_age"] = [band("80+", 400, 600)]
    (row,) = week_of(comparison)
    assert row[0].text.startswith("82 år, til dagcenter")
    assert str(row[1]) == "144 4 ture om ugen"
    assert str(row[2]) == "0 (-144) gruppen (80 år eller ældre) kører ca. 50 % flere af turene"


def test_a_closed_trip_has_no_price_and_a_small_group_no_per_cent() -> None:
    comparison = small_comparison("I dag", "Lukket", "Billig")
    price = comparison["citizen_prices"][0]["oere"][0]
    half = {key: oere // 2 for key, oere in price.items()}
    comparison["citizen_prices"] = [{"trip": "3 km", "km": 3, "place_class": "in_town", "oere": [price, None, half]}]
    comparison["options"][2]["affected_riders"]["by_age"] = [band("80+", 14, 57)]
    (row,) = week_of(comparison)
    assert [str(cell) for cell in row[2:]] == ["køres ikke", "72 (-72)"]
