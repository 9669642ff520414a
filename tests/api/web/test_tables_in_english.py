"""The captions and columns of tables that only some answers have, in English."""

import pytest

from api.web.translation import english, is_translated
from sim.telling.report.neighbours_section import neighbours_tables
from sim.telling.report.pool_section import WORDS as POOL
from sim.telling.report.waterfall_table import WORDS as WATERFALL
from tests.answer.building import answer_of


def test_the_neighbours_tables_are_english() -> None:
    tables = neighbours_tables(answer_of({"neighbours": {"rows": [], "across": []}}))
    told = [text for table in tables for text in (table.caption, *table.header)]
    assert len(told) > 10
    assert [text for text in told if not is_translated(text)] == []


@pytest.mark.parametrize(
    ("danish", "expected"),
    [
        (
            "Forventet regnskab 2027, mio. kr. (+ er merforbrug)",
            "Expected outturn 2027, DKK million (+ is over budget)",
        ),
        ("Til og med 30. april 2027 (dag 120 af 365), kr.", "To 30 April 2027 (day 120 of 365), DKK"),
        ("Nettoudgift, mio. kr., faste priser", "Net cost, DKK million, fixed prices"),
        ("2027-priser", "prices of 2027"),
        ("(0 til +2,5)", "(0 to +2.5)"),
        ("gratis til og fra Biblioteket", "free to and from Biblioteket"),
        ("gratis til og fra Biblioteket; plustur", "free to and from Biblioteket; plustur"),
        ("ture til og fra Biblioteket og plusture", "trips to and from Biblioteket and plustur trips"),
    ],
)
def test_budget_and_years_ahead_are_english(danish: str, expected: str) -> None:
    assert english(danish) == expected


@pytest.mark.parametrize(
    "danish", ["ture til og fra Biblioteket og ture, der er nye", "gratis til og fra Biblioteket; en ny ordning"]
)
def test_half_a_text_is_not_translated(danish: str) -> None:
    assert english(danish) == danish


@pytest.mark.parametrize("words", [POOL, WATERFALL])
def test_what_is_said_under_a_table_is_english(words: str) -> None:
    assert is_translated(words)


def test_a_scheme_has_its_english_from_its_declaration() -> None:
    assert english("ingen ture inden for byområdet") == "no trips inside town areas"
