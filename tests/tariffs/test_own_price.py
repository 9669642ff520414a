"""A bytakst or kommunetakst in kroner that no price list has: the rule prices it, to the oere, and says that it is one's own."""

from datetime import date

import numpy as np
import pytest

from tariffs import (
    Certainty,
    FareTable,
    Level,
    Offer,
    Refusal,
    Switches,
    Trip,
    fare_columns,
    load_price_book,
    parse_package,
    quote,
)
from tariffs.fare_table import day_number
from tariffs.level_choice import in_price_list
from tariffs.own_price import HIGHEST_KR, LOWEST_KR, own_kroner, own_level

BOOK, DAY = load_price_book(), date(2020, 7, 1)


def _town_trip(metres: int = 13_000, channel: str = "phone", children: int = 0) -> Trip:
    return Trip(
        "0316", "0316", metres, DAY, DAY, channel=channel, children=children, from_town="Holbæk", to_town="Holbæk"
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("elements", "channel", "metres", "oere"),
    [
        ("bytakst=52", "phone", 3_000, 5200),
        ("bytakst=52", "phone", 13_000, 7000),  # 52 + 3 x 6
        ("bytakst=52", "online", 13_000, 6300),  # 70 less 10 %
        ("bytakst=55", "online", 3_000, 4900),  # 49.50, rounded down
        ("kommunetakst=30", "phone", 3_000, 3000),
        ("kommunetakst=30, bytakst=52", "phone", 3_000, 5200),
    ],
)
def test_an_own_price_takes_the_place_of_the_level(elements: str, channel: str, metres: int, oere: int) -> None:
    offer = quote(_town_trip(metres, channel), parse_package(elements), BOOK)
    assert isinstance(offer, Offer)
    assert (offer.fare_oere, offer.level, offer.price_certainty) == (oere, "egen_pris", Certainty.OWN)
    assert sum(line.amount_oere for line in offer.lines) == oere


def test_kroner_are_the_level_that_the_price_list_of_the_day_has() -> None:
    package = parse_package("kommunetakst=24, bytakst=60")
    assert str(in_price_list(package, BOOK, DAY)) == "kommunetakst, bytakst=high"
    assert str(in_price_list(package, BOOK, date(2024, 7, 1))) == "kommunetakst=24, bytakst=low"
    assert str(in_price_list(package, BOOK, date(2023, 7, 1))) == "kommunetakst=24, bytakst=60"
    offer = quote(_town_trip(), package, BOOK)
    assert isinstance(offer, Offer)
    assert (offer.level, offer.price_certainty) == ("bytakst_high", Certainty.KNOWN)


def test_60_kr_in_2023_is_60_kr_and_not_68() -> None:
    day = date(2023, 7, 1)
    trip = Trip("0316", "0316", 3_000, day, day, from_town="Holbæk", to_town="Holbæk")
    offer = quote(trip, parse_package("bytakst=60"), BOOK)
    assert isinstance(offer, Offer)
    assert (offer.fare_oere, offer.price_certainty) == (6000, Certainty.OWN)


def test_an_own_price_is_no_known_price() -> None:
    refused = quote(_town_trip(), parse_package("bytakst=52"), load_price_book(known_only=True))
    assert isinstance(refused, Refusal)
    assert "kun kendte priser" in refused.text_da


@pytest.mark.parametrize("switches", [Switches(), Switches(kilometre_counting="exact", companion_price="half")])
def test_the_table_has_own_prices_as_the_quote_has_them(switches: Switches) -> None:
    package = parse_package("kommunetakst=30, bytakst=87")
    table = FareTable.build(BOOK.with_own_levels(package.own_levels), switches)
    rng = np.random.default_rng(1)
    metres = rng.integers(0, 40_000, 200)
    online, children = rng.integers(0, 2, 200).astype(bool), rng.integers(0, 3, 200)
    period = np.full(200, table.period_of(np.array([day_number(DAY)]))[0])
    fares = fare_columns(
        table, period, np.full(200, own_level(87), np.int8), online, metres, np.ones(200, int), children
    )
    for n in range(200):
        trip = _town_trip(int(metres[n]), "online" if online[n] else "phone", int(children[n]))
        offer = quote(trip, package, BOOK, switches)
        assert isinstance(offer, Offer)
        assert offer.fare_oere == fares[n]
    with pytest.raises(IndexError):  # no price is ever taken for another's
        fare_columns(table, period, np.full(200, own_level(86), np.int8), online, metres, np.ones(200, int), children)


def test_own_levels_follow_the_tariffs_and_fit_in_a_byte() -> None:
    assert own_level(LOWEST_KR) == len(Level)
    assert own_level(HIGHEST_KR) == np.iinfo(np.int8).max
    assert [own_kroner(level) for level in Level] == [None] * len(Level)


def test_the_same_own_prices_make_the_same_book_so_that_its_fares_are_worked_out_once() -> None:
    with_both = BOOK.with_own_levels([own_level(52), own_level(30)])
    assert BOOK.with_own_levels([own_level(30), Level.KOMMUNETAKST, own_level(52)]) is with_both
    assert with_both.with_own_levels([own_level(52), own_level(30)]).own_levels == with_both.own_levels
    assert BOOK.with_own_levels([own_level(31)]) is not with_both
