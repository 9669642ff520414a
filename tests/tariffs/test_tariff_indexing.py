"""The next edition drafted from a percentage."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from tariffs import InputError, Offer, Trip, draft_edition, load_price_book, parse_package, quote
from tariffs.indexing import indexed, parse_percent


def test_ten_point_three_percent_takes_the_2023_prices_to_the_published_2024_ones() -> None:
    # 54 * 1.103 = 59.562; 7 * 1.103 = 7.721; 14 * 1.103 = 15.442
    assert [indexed(oere, Fraction("10.3")) for oere in (5400, 700, 1400)] == [6000, 800, 1500]
    # 41, 27 and 68 give the levels marked as our own arithmetic: 45, 30, 75
    assert [indexed(oere, Fraction("10.3")) for oere in (4100, 2700, 6800)] == [4500, 3000, 7500]


def test_a_draft_is_an_edition_that_loads_and_is_marked_as_arithmetic(tmp_path: Path) -> None:
    text = draft_edition(load_price_book(), parse_percent("10,3"), date(2025, 1, 19), date(2026, 1, 17))
    file = tmp_path / "udkast.toml"
    file.write_text(text, encoding="utf-8")
    book = load_price_book([file])
    trip = Trip("0316", "0316", 13_000, date(2025, 2, 3), date(2025, 2, 3))
    answer = quote(trip, parse_package("kommunetakst"), book)
    assert isinstance(answer, Offer)
    assert answer.fare_oere == 3300 + 3 * 900  # 30 * 1.103 = 33.09; 8 * 1.103 = 8.824
    assert {(line.source.mark, line.source.projected) for line in answer.lines} == {("C", True)}
    assert "10,3 %" in answer.lines[0].source.note
    plustur = book.value("plustur/plusturtakst", date(2025, 2, 3))
    assert plustur is not None
    assert plustur.amount == 2900  # 26 * 1.103 = 28.678


def test_an_unknown_price_stays_unknown_in_a_draft(tmp_path: Path) -> None:
    file = tmp_path / "egne.toml"
    source = '{title = "Takstblad", page = 1, mark = "A"}'
    file.write_text(
        f'[[parameters."plustur/plusturtakst".values]]\nfrom = 2024-01-21\nunknown = true\nsource = {source}\n',
        encoding="utf-8",
    )
    assert "unknown = true" in draft_edition(load_price_book([file]), Fraction(3), date(2025, 1, 19))


def test_a_draft_can_start_from_an_earlier_edition() -> None:
    text = draft_edition(load_price_book(), Fraction("10.3"), date(2025, 1, 19), base="2023-01-15")
    assert 'value = "60"' in text
    assert "udgaven 2023-01-15 +10,3 %" in text


@pytest.mark.parametrize("text", ["ti", "10.3.1", "", "1e3", "100", "nan"])
def test_a_percentage_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="ikke en procent"):
        parse_percent(text)


def test_a_draft_that_ends_before_it_begins_or_has_no_base_is_refused() -> None:
    with pytest.raises(InputError, match="før den begynder"):
        draft_edition(load_price_book(), Fraction(1), date(2025, 1, 19), date(2025, 1, 1))
    with pytest.raises(InputError, match="ukendt udgave"):
        draft_edition(load_price_book(), Fraction(1), date(2025, 1, 19), base="1999")
