"""The town areas on the map: their cells, the user's own line, and the points that were chosen."""

import json
from pathlib import Path

import numpy as np
import pytest

from sim.telling.drawing import NARROW, WIDE
from sim.telling.drawing.frame import Frame
from sim.telling.drawing.labels import Label, placed
from sim.telling.drawing.svg import BLUE, INK, PALE, VERMILION
from sim.telling.drawing.zones import zones_map
from tariffs.errors import InputError
from tests.drawing.reading_svg import checked, every, text_of


def test_the_area_is_as_many_cells_as_the_model_fills() -> None:
    # docs/geography.md: Holbæk (28,264 persons) becomes 55 cells, 13.75 km2.
    drawing = zones_map("0316")
    root = checked(drawing)
    (patch,) = every(root, "path", fill=PALE)
    assert patch.attrib["d"].count("M") == 55
    assert [str(cell) for cell in drawing.table.rows[0]] == ["byområde", "Holbæk", "13,8 km²"]
    assert "1 byområde: Holbæk" in drawing.alt


def test_the_line_around_an_area_is_its_outer_edges_only() -> None:
    # Each of the 55 cells has four edges; those between two cells of the area are not drawn, and so an even number falls away.
    (edge,) = every(checked(zones_map("0316")), "path", stroke=BLUE)
    edges = edge.attrib["d"].count("M")
    assert 4 * np.ceil(np.sqrt(55)) <= edges < 4 * 55
    assert (4 * 55 - edges) % 2 == 0


def test_the_users_own_line_is_dashed_around_the_cells(tmp_path: Path) -> None:
    ring = [[11.68, 55.70], [11.74, 55.70], [11.74, 55.73], [11.68, 55.73], [11.68, 55.70]]
    feature = {
        "type": "Feature",
        "properties": {"name": "<Midtbyen>"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path = tmp_path / "by.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    drawing = zones_map("0316", areas=path)
    (line,) = every(checked(drawing), "path", stroke=INK)
    assert line.get("stroke-dasharray")
    assert drawing.table.rows[0][1].text == "<Midtbyen>"


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_what_was_chosen_is_marked_and_named(width: int) -> None:
    drawing = zones_map("0159", destinations=["Telefonfabrikken"], transfer_points=["Buddinge"], width=width)
    root = checked(drawing)
    assert len([e for e in every(root, "polygon") if e.get("fill") == VERMILION]) == 2  # on the map and in its legend
    assert "Telefonfabrikken" in text_of(root)
    assert "Gratis destinationer: Telefonfabrikken. Skiftesteder: Buddinge Station." in drawing.alt
    assert "gratis destination" in text_of(root)


def test_a_destination_that_is_not_there_is_refused() -> None:
    with pytest.raises(InputError):
        zones_map("0316", destinations=["Telefonfabrikken"])


def test_names_that_would_lie_on_each_other_give_way() -> None:
    crowded = [Label(50, 50 + n / 10, f"Stednavn {n}") for n in range(12)]
    pieces, left_out = placed(crowded, [], 220, 100)
    assert len(pieces) + len(left_out) == 12
    assert left_out
    assert not placed([Label(5, 5, "et navn, der er bredere end kortet")], [], 60, 60)[0]


def test_a_frame_keeps_north_up() -> None:
    frame = Frame(0, 1000, 0, 0, 10)
    assert frame.place(0, 900)[1] < frame.place(0, 100)[1]
