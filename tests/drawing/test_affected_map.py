"""Where affected trips start and end, on a table of trips that can be counted by hand."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sim.telling.drawing import NARROW, WIDE
from sim.telling.drawing.affected_map import HIDDEN, _spread, affected_layer, affected_map
from sim.telling.drawing.choropleth import BLUES
from sim.telling.drawing.trip_ends import OUTSIDE, trip_ends
from tests.answer.building import answer_of
from tests.drawing.reading_svg import checked, every, text_of
from tests.drawing.whole_comparison import Json, figure, whole_comparison

SORO, PEDERSBORG, ROSKILDE = (55.4337, 11.5585), (55.4543, 11.5678), (55.64, 12.08)
"""In Sorø Sogn, in Pedersborg Sogn, and outside the municipality."""
TODAY, OTHER = "I dag", "Bytakst 60"
Place = tuple[float, float]


def row(
    option: str, request: int, start: Place, end: Place, kroner: int | None, status: str = "trip", replication: int = 0
) -> Json:
    return {
        "option": option, "replication": replication, "request_id": request, "product": "flextur", "status": status,
        "level_oere": None if kroner is None else 100 * kroner,
        "from_lat": start[0], "from_lon": start[1], "to_lat": end[0], "to_lon": end[1],
    }  # fmt: skip


def written(folder: Path, rows: list[Json]) -> Path:
    table = pa.Table.from_pylist(rows)
    for name in ("option", "product", "status"):
        table = table.set_column(table.column_names.index(name), name, table[name].dictionary_encode())
    table = table.set_column(
        table.column_names.index("replication"), "replication", table["replication"].cast(pa.int32())
    )
    pq.write_table(table, folder / "trips.parquet", row_group_size=7)
    return folder / "trips.parquet"


def rows() -> list[Json]:
    """Two replications: in each, of the trips whose price changes, eight within Sorø (six after) and one to Pedersborg."""
    found = []
    for n in (0, 1):
        for request in range(8):
            found.append(row(TODAY, request, SORO, SORO, 48, replication=n))
            found.append(row(OTHER, request, SORO, SORO, 60, "trip" if request < 6 else "declined", n))
        found.append(row(TODAY, 8, SORO, PEDERSBORG, 48, replication=n))
        found.append(row(OTHER, 8, SORO, PEDERSBORG, 60, replication=n))
        found += [row(option, 9, SORO, ROSKILDE, 36, replication=n) for option in (TODAY, OTHER)]
        found.append(row(TODAY, 10, SORO, SORO, 48, "in_vain", n))
        found.append(row(OTHER, 10, SORO, SORO, 60, "declined", n))
    return found


def parish(name: str) -> str:
    from sim.geography.records import parishes

    return next(p.code for p in parishes() if p.name == name and p.municipality_code == "0340")


def test_only_trips_made_at_another_price_count_and_each_once_in_a_parish(tmp_path: Path) -> None:
    (ends,) = trip_ends(written(tmp_path, rows()), (TODAY, OTHER), "0340")
    assert ends.trips_today.tolist() == [9, 9]
    assert ends.trips_after.tolist() == [7, 7]
    assert {code: counts.tolist() for code, counts in ends.today.items()} == {
        parish("Sorø"): [9, 9],
        parish("Pedersborg"): [1, 1],
    }
    assert ends.after[parish("Sorø")].tolist() == [7, 7]


def test_trips_that_only_one_option_has_are_touched_by_it(tmp_path: Path) -> None:
    more = [*rows(), row(OTHER, 99, SORO, ROSKILDE, 0)]
    (ends,) = trip_ends(written(tmp_path, more), (TODAY, OTHER), "0340")
    assert ends.trips_after.tolist() == [8, 7]
    assert ends.after[OUTSIDE].tolist() == [1, 0]
    assert ends.trips_today.tolist() == [9, 9]


def test_a_closed_rule_is_another_price_too(tmp_path: Path) -> None:
    two = [row(TODAY, 0, SORO, SORO, 36), row(OTHER, 0, SORO, SORO, None, "refused")]
    (ends,) = trip_ends(written(tmp_path, two), (TODAY, OTHER), "0340")
    assert (ends.trips_today.tolist(), ends.trips_after.tolist()) == ([1], [0])


def shown(folder: Path, width: int = WIDE):  # type: ignore[no-untyped-def]
    comparison = whole_comparison(TODAY, OTHER)
    comparison["options"][1]["affected_riders"]["trips"] = figure(9)
    return affected_map(answer_of(comparison), 1, folder, width)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_parish_with_fewer_than_five_trips_is_not_told(tmp_path: Path, width: int) -> None:
    written(tmp_path, rows())
    drawing = shown(tmp_path, width)
    root = checked(drawing)
    told = {row[0].text: [str(cell) for cell in row[1:]] for row in drawing.table.rows}
    assert told == {"Sorø Sogn": ["9 (9-9)", "7 (7-7)"], "Pedersborg Sogn": [HIDDEN, HIDDEN]}
    assert len([e for e in every(root, "path") if e.get("fill") in BLUES]) == 1
    assert HIDDEN in text_of(root)
    assert "Sorø Sogn 9 (9-9)" in drawing.alt
    assert "Pedersborg" not in drawing.alt


def test_no_place_of_a_trip_is_drawn(tmp_path: Path) -> None:
    written(tmp_path, rows())
    assert not every(checked(shown(tmp_path)), "circle")


def test_without_trips_or_their_table_there_is_no_map(tmp_path: Path) -> None:
    assert shown(tmp_path) is None
    written(tmp_path, [row(name, 0, SORO, SORO, 36) for name in (TODAY, OTHER)])
    assert shown(tmp_path) is None


def test_a_table_that_was_replaced_is_read_again(tmp_path: Path) -> None:
    path = written(tmp_path, rows())
    first = trip_ends(path, (TODAY, OTHER), "0340")
    assert trip_ends(path, (TODAY, OTHER), "0340")[0] is first[0]
    written(tmp_path, [one for one in rows() if one["request_id"] != 8])
    assert np.all(trip_ends(path, (TODAY, OTHER), "0340")[0].trips_today == 8)


def test_the_layer_of_the_map_tells_what_the_picture_tells(tmp_path: Path) -> None:
    comparison = whole_comparison(TODAY, OTHER)
    assert affected_layer(answer_of(comparison), 1, tmp_path) is None
    written(tmp_path, rows())
    layer = affected_layer(answer_of(comparison), 1, tmp_path)
    assert layer is not None
    told = {one["properties"]["name"]: one["properties"] for one in layer["features"]}
    assert (told["Sorø"]["said"], told["Sorø"]["figure"]) == ("9", {"mean": 9.0, "p10": 9.0, "p90": 9.0})
    assert (told["Pedersborg"]["said"], told["Pedersborg"]["figure"]) == ("", None)
    assert layer["classes"] == [
        {"color": told["Sorø"]["color"], "label": "over 5"},
        {"color": told["Pedersborg"]["color"], "label": HIDDEN},
    ]


def test_a_class_alone_has_the_middle_colour_and_few_are_spread_over_all(tmp_path: Path) -> None:
    """One parish in the lightest blue could not be told from those left blank."""
    written(tmp_path, rows())
    layer = affected_layer(answer_of(whole_comparison(TODAY, OTHER)), 1, tmp_path)
    assert layer is not None
    assert layer["classes"][0]["color"] == BLUES[2]
    assert [_spread(place, (8.0, 15.0)) for place in range(3)] == [0, 2, 4]


def test_an_option_that_brings_trips_where_there_were_none_has_a_map_of_those_after(tmp_path: Path) -> None:
    """Six trips a year within Sorø, none of them made today: the map of today's would be empty."""
    later = [row(OTHER, request, SORO, SORO, 60, replication=n) for n in (0, 1) for request in range(6)]
    today = [row(TODAY, 0, SORO, PEDERSBORG, 48, replication=n) for n in (0, 1)]
    written(tmp_path, [*today, *later])
    drawing = affected_map(answer_of(whole_comparison()), 1, tmp_path, WIDE)
    assert drawing is not None
    assert drawing.title.endswith("efter valget")
    assert any(fill in drawing.svg for fill in BLUES)
