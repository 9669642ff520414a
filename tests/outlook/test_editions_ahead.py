"""Fare editions of the years ahead: known where known, drafted and labelled where not, never the nearest in silence."""

from datetime import date
from pathlib import Path

import pytest

from sim.outlook.editions import editions_of, grown, third_sunday_of_january, with_drafts
from tariffs import Level, PriceBook, load_price_book, parse_package

PACKAGE = (parse_package("bytakst=high"),)
KNOWN = frozenset(edition.id for edition in load_price_book().editions)


@pytest.fixture
def drafted() -> PriceBook:
    with with_drafts((), "", 2027, 10.0) as files:
        return load_price_book([Path(file) for file in files])


def test_fare_years_begin_on_the_third_sunday_of_january_as_they_did() -> None:
    assert [third_sunday_of_january(year) for year in (2016, 2023, 2024)] == [
        date(2016, 1, 17),
        date(2023, 1, 15),
        date(2024, 1, 21),
    ]


def test_growth_of_several_years_compounds() -> None:
    assert float(grown(10.0, 3)) == pytest.approx(33.1)  # 1.1 ** 3 = 1.331
    assert float(grown(2.8, 2)) == pytest.approx(5.678)  # 1.028 ** 2 = 1.056784


def test_years_with_known_fares_get_no_draft() -> None:
    with with_drafts((), "", 2024, 10.0) as files:
        assert files == ()


def test_each_draft_grows_from_the_last_known_edition_so_that_rounding_does_not_add_up(drafted: PriceBook) -> None:
    # Grundtakst 45 kr in 2024: 49.5 -> 50; 45 x 1.21 = 54.45 -> 54; 45 x 1.331 = 59.895 -> 60. A krone: 8, 8.8 -> 9,
    # 9.68 -> 10, 10.648 -> 11.
    days = [date(year, 7, 1) for year in (2024, 2025, 2026, 2027)]
    assert [drafted.level(Level.GRUNDTAKST, day).amount for day in days] == [4500, 5000, 5400, 6000]
    assert [drafted.amount("flextur/kilometertakst_fra_km_11", day) for day in days] == [800, 900, 1000, 1100]


def test_the_drafts_cover_every_day_without_overlap(drafted: PriceBook) -> None:
    assert [str(edition.start) for edition in drafted.editions[-3:]] == ["2025-01-19", "2026-01-18", "2027-01-17"]
    for before, after in zip(drafted.editions, drafted.editions[1:], strict=False):
        assert (after.start - before.end).days == 1
    assert drafted.edition_on(date(2027, 12, 31)) is not None


def test_a_drafted_edition_says_so_and_a_known_one_how_surely_it_is_known(drafted: PriceBook) -> None:
    def certainties(year: int, package: str) -> list[str]:
        return [e["certainty"] for e in editions_of(drafted, year, (parse_package(package),), KNOWN)]

    assert certainties(2022, "") == ["known"]
    # 2024: the 54 kr level became 60 by Movia's word; the 68 kr level became 75 by arithmetic alone.
    assert certainties(2024, "bytakst=low") == ["known", "calculated"]  # grundtakst 45 across the border is arithmetic
    assert certainties(2025, "") == ["calculated", "drafted"]
    assert certainties(2026, "") == ["drafted", "drafted"]


def test_the_users_own_edition_is_the_base_of_what_is_drafted_after_it(tmp_path: Path) -> None:
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
    with with_drafts((str(own),), "", 2026, 10.0) as files:
        book = load_price_book([Path(file) for file in files])
    assert len(files) == 2
    assert book.level(Level.GRUNDTAKST, date(2025, 7, 1)).amount == 4700
    assert book.level(Level.GRUNDTAKST, date(2026, 7, 1)).amount == 5200  # 51.7
