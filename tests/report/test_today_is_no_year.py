"""The option in force is "uændret 2027", whatever year is asked about: "i dag" is the calendar's alone."""

import re
from collections.abc import Iterator

import pytest

from api.web.results import sections
from sim.answer.quantities import quantities
from sim.telling.drawing.drawings import drawings
from sim.telling.paper import decision_paper, to_html
from sim.telling.report.html import render_html
from sim.telling.report.text import text_report
from tests.answer.building import answer_of
from tests.drawing.whole_comparison import Json, whole_comparison

TODAY = re.compile(r".{0,60}\b(?:i dag|dagens|today)\b.{0,20}", re.IGNORECASE)
MANIFEST: Json = {
    "run_id": "0123456789abcdef",
    "versions": {"takstlab": "1", "model": "2"},
    "town_zones": {"names": [], "source": ""},
}


def said(answer: Json) -> Iterator[tuple[str, str]]:
    """What every door says of an answer, by the door."""
    yield "terminal", text_report(answer_of(answer), "resultat")
    yield "report", render_html(answer_of(answer), attribution="", manifest=MANIFEST)
    yield "paper", to_html(decision_paper(answer_of(answer), MANIFEST))
    yield (
        "page",
        str(
            {
                key: part
                for key, part in sections("0" * 64, answer_of(answer), drawings(answer_of(answer)), "da").items()
                if key != "figures"
            }
        ),
    )
    for name, drawn in drawings(answer_of(answer)).items():
        yield name, f"{drawn.title} {drawn.alt} {drawn.svg} {drawn.table}"
    yield "sheet", str([quantity.da for quantity in quantities().values()])


@pytest.mark.parametrize("year", [2020, 2027])
def test_no_door_calls_a_years_option_today(year: int) -> None:
    answer = whole_comparison("Nuværende ordning", "Bytakst 60") | {
        "year": year,
        "price_level": year,
        "start": f"{year}-05-01",
    }
    told = dict(said(answer))
    assert {door: found for door, text in told.items() if (found := TODAY.findall(text))} == {}
    for door in ("report", "paper", "page", "intervals", "waterfall-2", "riders-2"):
        assert f"uændret {year}" in told[door], door
    for door in ("report", "paper", "terminal", "intervals", "waterfall-2"):
        assert f"{year}-priser" in told[door], door
