"""One figure for each municipality: classes, doubt and the words on the colours."""

import pytest

from sim.geography import movia_municipalities
from sim.telling.drawing import NARROW, WIDE
from sim.telling.drawing.choropleth import BLUES, DARK, ORANGES, UNSURE_FILL, choropleth
from sim.telling.drawing.svg import BLUE, GREEN, INK, PAPER, QUIET, VERMILION
from sim.words.figure import Figure
from tests.drawing.reading_svg import checked, every, text_of

CODES = [m.code for m in movia_municipalities()]
HOLBAEK, LOLLAND, FAXE = "0316", "0360", "0320"


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG 2.1 counts it."""

    def light(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    brighter, darker = sorted((light(one), light(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21.0)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("steps", [BLUES, ORANGES])
def test_words_can_be_read_on_every_step_and_each_step_is_darker(steps: tuple[str, ...]) -> None:
    for level, fill in enumerate(steps):
        assert contrast(fill, PAPER if level >= DARK else INK) >= 4.5, fill
    against_white = [contrast(fill, PAPER) for fill in steps]
    assert against_white == sorted(against_white)


def test_words_and_marks_stand_out_from_the_paper() -> None:
    assert all(contrast(ink, PAPER) >= 4.5 for ink in (INK, QUIET))
    assert all(contrast(mark, PAPER) >= 3.0 for mark in (BLUE, VERMILION, GREEN))


def test_five_values_have_five_steps_and_the_table_has_all_45() -> None:
    values = {code: Figure(n + 1.0, n + 0.5, n + 2.0) for n, code in enumerate(CODES)}
    drawing = choropleth(values, "Nettoudgift pr. indbygger", "kr.")
    root = checked(drawing)
    assert {e.get("fill") for e in every(root, "path")} == set(BLUES)
    assert {"1-9", "10-18", "19-27", "28-36", "37-45"} <= set(text_of(root))
    assert len(drawing.table.rows) == 45
    assert "45 kommuner, kr.: lavest København 1 (1-2)" in drawing.alt


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_a_change_has_its_side_and_one_that_may_be_either_way_says_so(width: int) -> None:
    values = {HOLBAEK: Figure(-5, -8, -2), LOLLAND: Figure(5, 2, 8), FAXE: Figure(1, -3, 4)}
    drawing = choropleth(values, "Ændring", "1.000 kr.", change=True, width=width)
    root = checked(drawing)
    fills = [e.get("fill") for e in every(root, "path")]
    assert (fills.count(BLUES[0]), fills.count(ORANGES[0]), fills.count(UNSURE_FILL)) == (1, 1, 1)
    assert {"-5", "+5", "usikker", "intet tal"} <= set(text_of(root))
    told = {row[0].text: [str(cell) for cell in row[1:]] for row in drawing.table.rows}
    assert told["Lolland"] == ["+5", "+2 til +8"]
    assert told["Faxe"] == ["usikker", "-3 til +4"]
    assert told["Stevns"] == ["–", "–"]


def test_without_any_number_the_map_says_so() -> None:
    assert choropleth({}, "Nettoudgift", "kr.").alt == "Nettoudgift: ingen tal."
