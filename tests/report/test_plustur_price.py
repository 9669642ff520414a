"""The price of a trip with plustur stands in every table of what riders pay, with its mark, where an option has plustur."""

from typing import Any

from api.http.fields import price_mark
from api.web.translation import is_translated
from sim.telling.drawing.prices import prices
from sim.telling.report.priced_trips import PLUSTUR, priced_trips
from sim.telling.report.table import citizen_table
from tests.answer.building import answer_of
from tests.drawing.whole_comparison import whole_comparison
from tests.report.test_today_is_no_year import said

OPTIONS = ("kommunetakst",), ("kommunetakst", "plustur")


def with_plustur(certainty: str | None = "projected") -> dict[str, Any]:
    """28 kr. in the answer's last option; an answer from before the certainty was kept has none."""
    answer = whole_comparison()
    for option in answer["options"]:
        option["elements"] = ["kommunetakst"]
    answer["options"][-1]["elements"] = ["kommunetakst", "plustur"]
    ticket = {"value": 2400, "low": 1200, "high": 6000}
    return {**answer, "plustur_prices": {"fare_oere": 2800, "ticket_oere": ticket, "certainty": certainty}}


def test_the_table_has_a_row_for_plustur_with_the_price_that_everybody_pays_and_its_mark() -> None:
    *_, row = citizen_table(answer_of(with_plustur())).rows
    assert str(row[0]) == PLUSTUR
    assert {str(cell) for cell in row[1:-1]} == {"tilbydes ikke"}
    assert str(row[-1]) == "28 fremskrevet"
    assert all(is_translated(cell.text) and is_translated(cell.under) for cell in row)
    *_, older = citizen_table(answer_of(with_plustur(None))).rows
    assert str(older[-1]) == "28"


def test_without_plustur_there_is_no_such_row() -> None:
    assert PLUSTUR not in [str(row[0]) for row in citizen_table(answer_of(whole_comparison())).rows]


def test_report_paper_page_and_drawing_have_the_row() -> None:
    doors = {door: " ".join(text.replace("\u00a0", " ").split()) for door, text in said(with_plustur())}
    having = {
        door
        for door, text in doors.items()
        if "plustur til eller fra bus eller tog, uanset længden; kun på nettet" in text
    }
    assert having == {"report", "paper", "page", "prices"}
    assert "tilbydes ikke" in doors["terminal"]


def test_the_drawing_has_a_bar_for_plustur_and_its_table_the_row() -> None:
    drawn = prices(answer_of(with_plustur()))
    assert "plustur til eller fra bus eller tog" in drawn.alt
    assert "28 kr." in drawn.alt.replace("\u00a0", " ")
    assert str(drawn.table.rows[-1][0]) == PLUSTUR


def test_a_projected_plustur_marks_the_option_in_a_sheet() -> None:
    answer = with_plustur()
    for trip in answer["citizen_prices"]:
        trip["certainty"] = ["known"] * len(answer["options"])
    trips = priced_trips(answer_of(answer))
    assert price_mark(trips, 1, "price_mark") == "kendt"
    assert price_mark(trips, len(answer["options"]), "price_mark") == "fremskrevet"
