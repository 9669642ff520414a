"""That the first months have not the settled volume is said at every door, and only where something is introduced."""

import re

from tests.drawing.whole_comparison import whole_comparison
from tests.report.test_today_is_no_year import said

SENTENCE = "De første måneder har ikke hele trafikken: plustur i »Plus« begynder 1. juli 2027."


def doors_that_say_it(begins: dict[str, object] | None) -> set[str]:
    answer = {**whole_comparison(), "introduction": begins}
    plain = {door: re.sub(r"\s+", " ", text.replace("\u00a0", " ")) for door, text in said(answer)}
    return {door for door, text in plain.items() if SENTENCE in text}


def test_terminal_report_paper_and_page_say_it() -> None:
    assert doors_that_say_it({"sentence": SENTENCE}) == {"terminal", "report", "paper", "page"}


def test_nothing_is_said_where_nothing_is_introduced() -> None:
    assert doors_that_say_it(None) == set()
