"""Intervals and waterfall of a comparison small enough to lay out by hand."""

import pytest

from sim.telling.drawing import NARROW, WIDE, Drawing
from sim.telling.drawing.intervals import intervals
from sim.telling.drawing.svg import BLUE, GREEN, VERMILION
from sim.telling.drawing.waterfall import waterfall
from tests.answer.building import answer_of
from tests.drawing.reading_svg import checked, every, text_of
from tests.drawing.whole_comparison import whole_comparison
from tests.report.small_comparison import Json, small_comparison


def test_the_intervals_lie_where_the_scale_puts_them() -> None:
    # -260 (-410 to -140) and -130 (-200 to +50) thousand kroner. A fifth of 460 is 92, so the ticks stand 100 apart, from -500 to
    # 100. The marks' column goes from 44 % of 640 and 12, 294, to 640 - 24 = 616: 322 / 600 pixels to a thousand kroner.
    pixels = 322 / 600
    zero = 294 + 500 * pixels
    root = checked(intervals(answer_of(small_comparison("I dag", "Gratis")), WIDE))
    (dot,) = every(root, "circle", fill=BLUE)
    assert float(dot.attrib["cx"]) == pytest.approx(zero - 260 * pixels, abs=0.06)
    (bar,) = every(root, "line", stroke=BLUE)
    assert float(bar.attrib["x1"]) == pytest.approx(zero - 410 * pixels, abs=0.06)
    assert float(bar.attrib["x2"]) == pytest.approx(zero - 140 * pixels, abs=0.06)


def test_a_change_that_may_be_either_way_is_hollow_and_says_so() -> None:
    root = checked(intervals(answer_of(small_comparison("I dag", "Gratis")), NARROW))
    (part,) = every(root, "polygon")
    assert (part.get("fill"), part.get("stroke")) == ("#ffffff", VERMILION)
    assert "usikker: kan blive" in " ".join(text_of(root))


def test_the_words_name_the_option_the_number_and_the_interval() -> None:
    drawing = intervals(answer_of(small_comparison("I dag", "Gratis")))
    assert "Gratis: mindreudgift på 260.000 kr. (140.000-410.000)" in drawing.alt
    assert [str(cell) for cell in drawing.table.rows[0]][:2] == ["Gratis", "-260 (-410 til -140)"]


def test_the_bars_of_the_waterfall_start_where_the_last_one_ended() -> None:
    root = checked(waterfall_of(whole_comparison(), WIDE))
    bars = [e for e in every(root, "rect") if e.get("fill") in (GREEN, VERMILION, BLUE)]
    # +40, then -60 to -20, -200 to -220, -40 to -260, and the whole from 0: lengths in thousand kroner of the same scale.
    per_thousand = float(bars[-1].attrib["width"]) / 260
    assert [round(float(bar.attrib["width"]) / per_thousand) for bar in bars] == [40, 60, 200, 40, 260]
    assert [bar.get("fill") for bar in bars] == [VERMILION, GREEN, GREEN, GREEN, BLUE]
    ends = [float(bar.attrib["x"]) for bar in bars]
    zero = ends[0]
    assert [round((x - zero) / per_thousand) for x in ends] == [0, -20, -220, -260, -260]


def test_the_waterfall_tells_both_ends_and_every_part_with_its_interval() -> None:
    drawing = waterfall_of(whole_comparison(), NARROW)
    said = text_of(checked(drawing))
    assert "1.105 (880-1.440)" in said
    assert "-200 (-300 til -100)" in said
    assert "Plustur i alt" not in said
    assert [row[0].text for row in drawing.table.rows] == [
        "Nettoudgift, uændret 2020",
        "Brugerbetaling fra ture, der falder bort",
        "Brugerbetaling fra ture, der køres som før",
        "Vognmandsbetaling",
        "Betaling til Movia",
        "Ændring i alt",
        "Nettoudgift efter: Bytakst 60",
    ]
    assert "Bytakst 60: mindreudgift på 260.000 kr. (140.000-410.000) om året" in drawing.alt


def test_without_parts_there_is_no_waterfall() -> None:
    assert waterfall(answer_of(small_comparison()), 1) is None


def waterfall_of(comparison: Json, width: int) -> Drawing:
    drawing = waterfall(answer_of(comparison), 1, width)
    assert drawing is not None
    return drawing
