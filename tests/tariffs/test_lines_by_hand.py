"""The lines of a fare, each by hand: what a line is paid, not only what they sum to. Prices of 2020: 36, 24, 6 and 12 kr. a kilometre."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from tariffs import (
    FareTable,
    Level,
    Offer,
    ServicePackage,
    Switches,
    Trip,
    day_number,
    fare_columns,
    load_price_book,
    quote,
)
from tariffs.errors import InputError, TariffError
from tariffs.fare import distance_charge
from tariffs.fare_table import _narrow
from tariffs.price_book import LEVEL_PARAMETER
from tariffs.trip import MAX_DISTANCE_M

BOOK = load_price_book()
DAY = date(2020, 7, 1)
LOCAL = ServicePackage(kommunetakst=True)


def offer(metres: int, *, to: str = "0316", switches: Switches | None = None, **trip: object) -> Offer:
    asked = Trip("0316", to, metres, DAY, DAY + timedelta(days=2), **trip)  # type: ignore[arg-type]
    found = quote(asked, LOCAL, BOOK, switches or Switches())
    assert isinstance(found, Offer)
    return found


def lines(of: Offer) -> list[tuple[str, str, int]]:
    return [(line.passenger, line.rule, line.each_oere) for line in of.lines]


def test_a_long_trip_across_the_border_has_a_line_for_each_rate() -> None:
    """25,300 m are 26 started km: 36 kr.; 10 km a 6 = 60 kr.; 6 km a 12 = 72 kr."""
    found = offer(25_300, to="0326")
    assert lines(found) == [
        ("adult", "grundtakst", 3600), ("adult", "kilometertakst", 6000), ("adult", "kilometertakst", 7200),
    ]  # fmt: skip
    assert [line.text_da for line in found.lines] == [
        "Grundtakst (over kommunegrænsen), de første 10 km", "Kilometertakst, 10 km a 6 kr.", "Kilometertakst, 6 km a 12 kr.",
    ]  # fmt: skip
    assert found.fare_oere == 16_800


def test_a_trip_of_twenty_kilometres_has_no_line_beyond_them() -> None:
    assert lines(offer(20_000, to="0326")) == [("adult", "grundtakst", 3600), ("adult", "kilometertakst", 6000)]
    assert lines(offer(25_000)) == [("adult", "kommunetakst", 2400), ("adult", "kilometertakst", 9000)]


def test_a_child_online_pays_half_then_a_tenth_less_and_is_rounded_once() -> None:
    """13 km at kommunetakst: 24 + 18 = 42 kr.; half 21; a tenth of what is left 2.10; 18.90 is rounded down to 18."""
    assert lines(offer(13_000, channel="online", adults=0, children=1)) == [
        ("child", "kommunetakst", 2400), ("child", "kilometertakst", 1800), ("child", "boernerabat", -2100),
        ("child", "online_rabat", -210), ("child", "afrunding", -90),
    ]  # fmt: skip


def test_a_child_by_phone_has_no_online_line_and_an_adult_online_no_childs() -> None:
    assert lines(offer(11_000, to="0326", adults=0, children=1)) == [
        ("child", "grundtakst", 3600), ("child", "kilometertakst", 600), ("child", "boernerabat", -2100),
    ]  # fmt: skip
    assert lines(offer(9_000, to="0326", channel="online")) == [
        ("adult", "grundtakst", 3600), ("adult", "online_rabat", -360), ("adult", "afrunding", -40),
    ]  # fmt: skip


def test_a_half_price_companion_pays_as_a_child_does_and_the_first_adult_in_full() -> None:
    found = offer(9_000, adults=3, switches=Switches(companion_price="half"))
    assert lines(found) == [
        ("adult", "kommunetakst", 2400), ("companion", "kommunetakst", 2400), ("companion", "boernerabat", -1200),
    ]  # fmt: skip
    assert [line.count for line in found.lines] == [1, 2, 2]
    assert found.fare_oere == 2400 + 2 * 1200


def test_a_free_trip_is_told_without_kilometres() -> None:
    found = offer(15_000, free_destination=True)
    assert found.fare_oere == 0
    assert [("km" in line.text_da, line.amount_oere) for line in found.lines] == [(False, 0)]


def test_one_metre_beyond_twenty_kilometres_counted_exactly() -> None:
    """10,001 m at 6 kr. are 60.006 kr., and one metre 6 kr. a km more: 60.012, so 6001 oere."""
    assert distance_charge(20_001, 600, 1200, 10_000, 20_000) == 6001
    assert distance_charge(20_000, 600, 1200, 10_000, 20_000) == 6000


def price(table: FareTable, day: date, level: Level, metres: int, online: bool = False) -> int:
    def column(value: int) -> np.ndarray:
        return np.array([value])

    period = table.period_of(column(day_number(day)))
    asked = column(metres)
    return int(fare_columns(table, period, column(level), np.array([online]), asked, column(1), column(0))[0])


@pytest.mark.parametrize("level", [Level.KOMMUNETAKST, Level.GRUNDTAKST_ACROSS])
def test_the_longest_distance_there_can_be_is_priced_like_any_other(level: Level) -> None:
    """1000 km: 990 a 6 kr.; across a border 10 a 6 and 980 a 12 kr."""
    by_hand = {Level.KOMMUNETAKST: 2400 + 990 * 600, Level.GRUNDTAKST_ACROSS: 3600 + 10 * 600 + 980 * 1200}[level]
    for counting in ("started", "exact"):
        table = FareTable.build(BOOK, Switches(kilometre_counting=counting))  # type: ignore[arg-type]
        assert price(table, DAY, level, MAX_DISTANCE_M) == by_hand
        with pytest.raises(InputError, match="distance_m"):
            price(table, DAY, level, MAX_DISTANCE_M + 1)
        with pytest.raises(InputError, match="distance_m"):
            price(table, DAY, level, -1)


@pytest.mark.parametrize("counting", ["started", "exact"])
def test_a_level_that_its_edition_lacks_has_no_price_however_far(counting: str) -> None:
    table = FareTable.build(load_price_book(known_only=True), Switches(kilometre_counting=counting))  # type: ignore[arg-type]
    lacking, unknown = (
        table.amounts[table.period_of(np.array([day_number(day)]))[0], level]
        for day, level in ((date(2015, 7, 1), Level.BYTAKST_HIGH), (date(2024, 7, 1), Level.PLUSTUR))
    )
    assert lacking < 0 > unknown
    assert lacking != unknown
    for day, level in ((date(2015, 7, 1), Level.BYTAKST_HIGH), (date(2024, 7, 1), Level.PLUSTUR)):
        with pytest.raises(TariffError, match="niveau uden pris"):
            price(table, day, level, 15_000)


def test_every_end_of_an_edition_and_of_a_price_begins_a_period_the_day_after() -> None:
    starts = set(FareTable.build(BOOK).starts.tolist())
    ended = [v.end for key, p in BOOK.parameters.items() if key.startswith(("flextur/", "plustur/")) for v in p.values]
    ended += [edition.end for edition in BOOK.editions]
    for last in filter(None, ended):
        assert day_number(last + timedelta(days=1)) in starts, last


def test_an_edition_that_ends_in_the_middle_of_its_prices_prices_its_last_day_and_not_the_day_after() -> None:
    first, *rest = BOOK.editions
    last = date(2020, 8, 15)
    cut = [replace(e, end=last) if e.start <= last and (e.end is None or e.end >= last) else e for e in (first, *rest)]
    table = FareTable.build(replace(BOOK, editions=tuple(e for e in cut if e.start <= last)))
    label = {
        day: table.editions[table.period_of(np.array([day_number(day)]))[0]] for day in (last, last + timedelta(days=1))
    }
    assert label == {last: "2019-07-01", last + timedelta(days=1): ""}


def test_a_price_that_ends_in_the_middle_of_an_edition_is_there_on_its_last_day_and_not_the_day_after() -> None:
    key, last = LEVEL_PARAMETER[Level.PLUSTUR], date(2020, 8, 15)
    kept = tuple(v for v in BOOK.parameters[key].values if v.start <= last)
    ended = replace(BOOK.parameters[key], values=(*kept[:-1], replace(kept[-1], end=last)))
    table = FareTable.build(replace(BOOK, parameters={**BOOK.parameters, key: ended}))
    assert price(table, last, Level.PLUSTUR, 5000) == 2100
    with pytest.raises(TariffError, match="niveau uden pris"):
        price(table, last + timedelta(days=1), Level.PLUSTUR, 5000)


def test_a_price_is_refused_only_where_a_party_of_eight_would_no_longer_fit() -> None:
    most = np.iinfo(np.int32).max // 8
    assert _narrow(np.array([most])).tolist() == [most]
    with pytest.raises(InputError, match="for høj"):
        _narrow(np.array([most + 1]))
