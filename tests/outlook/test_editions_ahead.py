"""Fare editions of the years ahead: known where known, projected and labelled where not, never the nearest in silence."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from sim.answer.outlook.editions import editions_of
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.study.prices import price_book
from tariffs import InputError, Level, PriceBook, last_known, load_price_book, parse_package
from tariffs.projection import FURTHEST_YEAR, grown, third_sunday_of_january


@pytest.fixture
def book() -> PriceBook:
    return load_price_book(last_year=2029, growth_percent=Fraction(10))


def test_fare_years_begin_on_the_third_sunday_of_january_as_they_did() -> None:
    assert [third_sunday_of_january(year) for year in (2016, 2023, 2024)] == [
        date(2016, 1, 17),
        date(2023, 1, 15),
        date(2024, 1, 21),
    ]


def test_growth_of_several_years_compounds() -> None:
    assert float(grown(Fraction(10), 3)) == pytest.approx(33.1)  # 1.1 ** 3 = 1.331
    assert float(grown(Fraction("2.8"), 2)) == pytest.approx(5.678)  # 1.028 ** 2 = 1.056784


def test_each_year_grows_from_the_last_edition_of_ours_so_that_rounding_does_not_add_up(book: PriceBook) -> None:
    # Grundtakst 47 kr in 2026: 51.7 -> 52; 47 x 1.21 = 56.87 -> 57; 47 x 1.331 = 62.557 -> 63. A krone: 8, 8.8 -> 9,
    # 9.68 -> 10, 10.648 -> 11.
    days = [date(year, 7, 1) for year in (2026, 2027, 2028, 2029)]
    assert [book.level(Level.GRUNDTAKST, day).amount for day in days] == [4700, 5200, 5700, 6300]
    assert [book.amount("flextur/kilometertakst_fra_km_11", day) for day in days] == [800, 900, 1000, 1100]


def test_projected_editions_cover_every_day_without_overlap(book: PriceBook) -> None:
    assert [str(edition.start) for edition in book.editions[-5:]] == [
        "2025-01-19",
        "2026-01-18",
        "2027-01-17",
        "2028-01-16",
        "2029-01-21",
    ]
    for before, after in zip(book.editions, book.editions[1:], strict=False):
        assert (after.start - before.end).days == 1
    assert book.edition_on(date(2029, 12, 31)) is not None


def test_a_projected_edition_says_so_and_a_known_one_how_surely_it_is_known(book: PriceBook) -> None:
    def certainties(year: int, package: str) -> list[str]:
        return [e.certainty for e in editions_of(book, year, (parse_package(package),))]

    assert last_known(book).id == "2024-01-21"
    assert certainties(2022, "") == ["known"]
    # 2024: the 54 kr level became 60 by Movia's word; the 68 kr level became 75 by arithmetic alone.
    assert certainties(2024, "bytakst=low") == ["known", "calculated"]  # grundtakst 45 across the border is arithmetic
    assert certainties(2025, "") == ["calculated", "projected"]
    assert certainties(2026, "") == ["projected", "projected"]


def test_the_models_growth_of_fares_is_that_of_the_price_book_until_it_is_replaced() -> None:
    def grundtakst(year: int, **assumptions: float) -> int:
        values = {"municipality": "0316", "options": [{"name": "a"}], "year": year, "assumptions": assumptions}
        scenario = build_scenario(values, "test")
        return price_book(scenario, load_assumptions().overriding(scenario.assumptions)).amount(
            "flextur/grundtakst", date(year, 7, 1)
        )

    day = date(2027, 7, 1)
    # 47 x 1.028 = 48.3; 47 x 1.10 = 51.7; and to 2029 47 x 1.028 ** 3 = 51.06
    assert grundtakst(2027) == load_price_book().amount("flextur/grundtakst", day) == 4800
    assert grundtakst(2027, fare_index_percent=10.0) == 5200
    assert grundtakst(2029) == 5100


def test_a_scenario_that_asks_for_known_prices_only_is_refused_a_projected_year() -> None:
    values = {"municipality": "0316", "options": [{"name": "a"}], "year": 2027, "known_prices_only": True}
    with pytest.raises(InputError, match="kun kendte priser er valgt"):
        prepare(build_scenario(values, "test"), "0316")


def test_no_year_is_projected_beyond_the_furthest() -> None:
    scenario = build_scenario({"municipality": "0316", "options": [{"name": "a"}], "year": 2090}, "test")
    book = price_book(scenario, load_assumptions())
    assert book.edition_on(date(FURTHEST_YEAR, 12, 31)) is not None
    assert book.edition_on(date(FURTHEST_YEAR + 1, 12, 31)) is None


def test_the_users_own_edition_is_the_base_of_what_is_projected_after_it(tmp_path: Path) -> None:
    source = '{title = "Prisblad", section = "1", mark = "A"}'
    values = "\n".join(
        f'[[parameters."flextur/{key}".values]]\nfrom = 2025-01-19\nvalue = "{kroner}"\nsource = {source}'
        for key, kroner in (("grundtakst", 47), ("kilometertakst_fra_km_11", 9), ("kilometertakst_fra_km_21", 16))
    )
    own = tmp_path / "2025.toml"
    own.write_text(
        f'[[editions]]\nid = "2025"\nfrom = 2025-01-19\nto = 2026-01-17\nname_da = "2025"\nname_en = "2025"\n'
        f"source = {source}\n{values}\n",
        encoding="utf-8",
    )
    book = load_price_book([own], growth_percent=Fraction(10))
    assert last_known(book).id == "2025"
    assert [edition.start.year for edition in book.editions[-3:]] == [2025, 2026, 2027]
    assert book.level(Level.GRUNDTAKST, date(2025, 7, 1)).amount == 4700
    assert book.level(Level.GRUNDTAKST, date(2026, 7, 1)).amount == 5200  # 51.7
