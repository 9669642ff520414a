"""Where no line may end: a unit stays with its number, and two prices with the arrow between them."""

import pytest

from sim.telling.figures import Shown
from sim.telling.report.html import unbroken
from sim.telling.widths import column_widths


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("it may rise by about DKK 126,000 a year", "it may rise by about DKK_126,000 a year"),
        ("om året, 48 → 64 kr.; ca. 44 færre ture", "om året, 48_→_64_kr.; ca._44 færre ture"),
        ("a year, DKK 48 → DKK 32", "a year, DKK_48_→_DKK_32"),
        ("DKK 1.2 million; valg → svar", "DKK_1.2_million; valg → svar"),
    ],
)
def test_a_unit_stays_with_its_number_and_an_arrow_with_its_prices(text: str, held: str) -> None:
    assert unbroken(text).replace("\u00a0", "_") == held


def test_a_column_has_room_for_the_words_under_its_numbers_and_for_a_long_heading() -> None:
    """The last column of the paper's third appendix broke "fremskrevet" in two, and its heading stood in nine lines."""
    title = "plustur til eller fra bus eller tog, uanset længden; kun på nettet"
    told = [[Shown("Bytakst 64", "", "da", "da"), Shown("29", "fremskrevet", "da", "da")]]
    width = column_widths(["valgmulighed", title], told, words=False)[1]
    assert width >= 0.88 * len("fremskrevet") + 2
    assert width >= len(title) / 4
