"""The 45 municipalities: every one there once, borders shared, and each a link the keyboard can reach."""

from itertools import combinations

import numpy as np
import pytest

from sim.geography import movia_municipalities
from sim.geography.polygons import Area
from sim.telling.drawing import NARROW, WIDE
from sim.telling.drawing.frame import Frame, room_for
from sim.telling.drawing.maps import CAPITAL, PHONE, layout, municipality_map, picker_svg
from sim.telling.drawing.names_outside import Ground, Named, outside
from sim.telling.drawing.shapes import Shape, municipality_shapes, simplified, surface_m2
from sim.telling.drawing.text_width import breadth
from tests.drawing.reading_svg import checked, every, opened, text_of


def ring(*points: tuple[float, float]) -> np.ndarray:
    return np.array([*points, points[0]], dtype=np.float64)


def area(code: str, *points: tuple[float, float]) -> Area:
    return Area({"code": code, "name": code}, (ring(*points),))


def test_neighbours_still_share_their_border_when_it_is_made_simple() -> None:
    # Two squares side by side; the border between them bulges 10 m, one corner of the left one 300 m.
    border = [(1000.0, 0.0), (1010.0, 500.0), (1000.0, 1000.0)]
    left = area("left", (0.0, 0.0), *border, (500.0, 1300.0), (0.0, 1000.0))
    right = area("right", *border[::-1], (2000.0, 0.0), (2000.0, 1000.0))
    simple = {shape.code: {tuple(p) for p in shape.rings[0].tolist()} for shape in simplified([left, right], 100.0)}
    assert (1010.0, 500.0) not in simple["left"] | simple["right"]
    assert (500.0, 1300.0) in simple["left"]
    assert {(1000.0, 0.0), (1000.0, 1000.0)} <= simple["left"] & simple["right"]


def test_an_island_too_small_to_draw_is_left_out_unless_it_is_all_there_is() -> None:
    big, small = ring((0, 0), (5000, 0), (5000, 5000), (0, 5000)), ring((9000, 0), (9050, 0), (9050, 50), (9000, 50))
    (both,) = simplified([Area({"code": "1", "name": "Ø"}, (big, small))], 200.0)
    (alone,) = simplified([Area({"code": "2", "name": "Holm"}, (small,))], 200.0)
    assert (len(both.rings), len(alone.rings)) == (1, 1)


def test_the_municipalities_keep_their_areas() -> None:
    published = {m.code: m.area_km2 for m in movia_municipalities()}
    for shape in municipality_shapes(200.0):
        km2 = abs(sum(surface_m2(one) for one in shape.rings)) / 1e6  # a hole, Frederiksberg, counts against
        assert km2 == pytest.approx(published[shape.code], rel=0.06), shape.name


def test_a_place_lies_where_the_frame_says() -> None:
    frame = Frame(west=600_000, north=6_200_000, left=10, top=20, metres=250)
    assert frame.place(625_000, 6_175_000) == (110, 120)
    assert frame.path([ring((600_000, 6_200_000), (625_000, 6_200_000), (625_000, 6_175_000))]) == "M10 20l100 0 0 100z"


def test_a_name_stands_where_the_shape_is_wide_enough_or_nowhere() -> None:
    frame = Frame(0, 10_000, 0, 0, 100)
    square = Shape("1", "Sorø", (ring((0, 0), (10_000, 0), (10_000, 10_000), (0, 10_000)),))
    x, y = room_for(square, frame, "Sorø", 11) or (0, 0)
    assert x == pytest.approx(50)
    assert 0 < y < 100
    assert room_for(square, frame, "Lyngby-Taarbæk og omegn", 11) is None


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_every_municipality_is_one_link_with_its_name(width: int) -> None:
    root = opened(picker_svg(lambda code: f"/vælg?kommune={code}&side=1", chosen="0316", width=width))
    links = every(root, "a")
    assert sorted(link.attrib["href"] for link in links) == sorted(
        f"/vælg?kommune={m.code}&side=1" for m in movia_municipalities()
    )
    names = {m.code: m.name for m in movia_municipalities()}
    for link in links:
        code = link.attrib["href"].split("=")[1][:4]
        assert link[0].text == names[code]
    (chosen,) = [link for link in links if link.get("aria-current")]
    assert (chosen[0].text, chosen.get("class")) == ("Holbæk", "municipality chosen")


def test_a_link_cannot_break_out_of_the_map() -> None:
    svg = picker_svg(lambda code: f'/x?"><script>{code}')
    assert "<script" not in svg
    opened(svg)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_the_map_holds_all_45_and_the_enlarged_part_lies_beside_or_below(width: int) -> None:
    drawing = municipality_map(width)
    root = checked(drawing)
    assert len(every(root, "path")) == 45 + len(CAPITAL)
    assert len(drawing.table.rows) == 45
    assert {"Holbæk", "Slagelse", "Rudersdal", "Hovedstadsområdet, forstørret"} <= set(text_of(root))
    parts = layout(width)
    assert 2 * parts.near.metres < parts.whole.metres


@pytest.mark.parametrize("width", [PHONE, WIDE])
def test_every_municipality_has_its_name_on_the_map_and_no_name_lies_on_another(width: int) -> None:
    root = opened(picker_svg(lambda code: code, width=width))
    placed = {}
    for text in every(root, "text"):
        wide, size = breadth(text.text or "", float(text.attrib["font-size"])), float(text.attrib["font-size"])
        left = float(text.attrib["x"]) - (wide / 2 if text.get("text-anchor") == "middle" else 0)
        base = float(text.attrib["y"])
        placed[text.text] = (left, base - 0.8 * size, left + wide, base)
        assert size >= 11
        assert left >= 0
        assert left + wide <= width
    assert {m.name for m in movia_municipalities()} <= set(placed)
    for one, other in combinations(placed.values(), 2):
        assert not (one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]), (one, other)


def test_a_name_beside_a_small_shape_stands_in_free_space_with_a_line_to_it() -> None:
    frame = Frame(0, 10_000, 0, 0, 100)
    small = Shape("1", "Sorø", (ring((1_000, 5_000), (1_500, 5_000), (1_500, 5_500), (1_000, 5_500)),))
    wall = Shape("2", "Mur", (ring((2_000, 0), (3_000, 0), (3_000, 10_000), (2_000, 10_000)),))
    ground = Ground(100, 100, [(small, frame), (wall, frame)], [])
    found = outside([Named(small, frame, "Sorø")], ground, 11, farthest=100)
    assert ">Sorø<" in found["1"].text
    assert "<line" in found["1"].line
    assert outside([Named(small, frame, "Sorø")], ground, 11, farthest=1) == {}
