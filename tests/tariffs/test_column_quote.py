"""The quote over columns and the quote of one trip are the same rule."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tariffs import (
    FareTable,
    Level,
    Offer,
    Refusal,
    ServicePackage,
    Switches,
    Trip,
    TripColumns,
    day_number,
    fare_columns,
    load_price_book,
    quote,
    quote_columns,
)
from tariffs.elements import elements
from tariffs.errors import InputError, TariffError
from tariffs.offer import REASONS

CODES = ("0316", "0326", "0265", "0101", "0185", "0217", "0253", "0751", "0370", "0390")
TOWNS = ("", "Holbæk", "Jyderup")
CHANGES = [edition.start for edition in load_price_book().editions] + [
    date(2016, 9, 1),
    date(2018, 3, 1),
    date(2019, 1, 1),
    date(2022, 3, 4),
    date(2023, 9, 1),
    date(2023, 12, 1),
    date(2025, 1, 19),
]

packages = st.one_of(
    st.builds(
        ServicePackage,
        kommunetakst=st.booleans(),
        bytakst=st.sampled_from([None, "low", "high"]),
        plustur=st.booleans(),
    ),
    st.builds(ServicePackage, kommunetakst=st.booleans(), schemes=st.sampled_from([(), ("dobbelt_grundtakst",)])),
    st.builds(ServicePackage, schemes=st.just(("lukket_by",))),
    st.builds(ServicePackage, schemes=st.just(("stoppested",))),
)
switches = st.builds(
    Switches,
    kilometre_counting=st.sampled_from(["started", "exact", "nearest"]),
    town_scope=st.sampled_from(["same_town", "any_town"]),
    companion_price=st.sampled_from(["full", "half"]),
    online_discount_before_2019=st.booleans(),
    own_fare_across=st.booleans(),
)


@st.composite
def trips(draw: st.DrawFn) -> Trip:
    near = draw(st.sampled_from(CHANGES)) + timedelta(days=draw(st.integers(-20, 20)))
    booked = draw(st.one_of(st.just(near), st.dates(date(2011, 6, 1), date(2025, 6, 1))))
    adults, children = draw(st.integers(0, 4)), draw(st.integers(0, 3))
    code = draw(st.sampled_from(CODES))
    return Trip(
        code,
        draw(st.sampled_from([code, code, *CODES])),
        draw(st.one_of(st.integers(0, 60_000), st.integers(0, 1_000_000), st.sampled_from([10_000, 20_000, 20_001]))),
        booked,
        booked + timedelta(days=draw(st.integers(-2, 30))),
        product=draw(st.sampled_from(["flextur", "flextur", "plustur"])),
        channel=draw(st.sampled_from(["phone", "online"])),
        adults=adults or (0 if children else 1),
        children=children,
        standing=draw(st.booleans()),
        from_town=draw(st.sampled_from(TOWNS)),
        to_town=draw(st.sampled_from(TOWNS)),
        free_destination=draw(st.booleans()),
    )


@cache
def table_for(chosen: Switches, variant: str) -> FareTable:
    return FareTable.build(load_price_book(variant=variant), chosen)


def as_columns(trip: Trip, package: ServicePackage) -> TripColumns:
    places = [m.code for m in load_price_book().choices.municipalities]
    return TripColumns(
        product=np.array([trip.product == "plustur"], np.int8),
        booked=np.array([day_number(trip.booked_on)], np.int32),
        travel=np.array([day_number(trip.travel_on)], np.int32),
        standing=np.array([trip.standing]),
        from_municipality=np.array([places.index(trip.from_municipality)], np.int16),
        to_municipality=np.array([places.index(trip.to_municipality)], np.int16),
        distance_m=np.array([trip.distance_m], np.int32),
        from_town=np.array([TOWNS.index(trip.from_town)], np.int32),
        to_town=np.array([TOWNS.index(trip.to_town)], np.int32),
        free_destination=np.array([trip.free_destination]),
        online=np.array([trip.channel == "online"]),
        adults=np.array([trip.adults], np.int32),
        children=np.array([trip.children], np.int32),
        kommunetakst=np.array([package.kommunetakst]),
        bytakst=np.array([{None: 0, "low": 1, "high": 2}[package.bytakst]], np.int8),
        schemes=np.array([sum(1 << list(elements()).index(name) for name in package.schemes)]),
        plustur=np.array([package.plustur]),
    )


@settings(max_examples=500, deadline=None)
@given(trips(), packages, switches, st.sampled_from(["", "memo-2019"]))
def test_a_column_quote_gives_the_same_oere_and_the_same_reason_as_a_quote_of_one_trip(
    trip: Trip, package: ServicePackage, chosen: Switches, variant: str
) -> None:
    one = quote(trip, package, load_price_book(variant=variant), chosen)
    table = table_for(chosen, variant)
    many = quote_columns(as_columns(trip, package), table)
    if isinstance(one, Refusal):
        assert REASONS[many.reason[0] - 1] is one.reason
        assert many.fare_oere[0] == -1
        assert one.edition == (table.editions[many.period[0]] if many.period[0] >= 0 else "")
    else:
        assert many.reason[0] == 0
        assert many.fare_oere[0] == one.fare_oere
        assert table.editions[many.period[0]] == one.edition
        assert sum(line.amount_oere for line in one.lines) == one.fare_oere
        assert all(line.each_oere * line.count == line.amount_oere for line in one.lines)


@settings(max_examples=400, deadline=None)
@given(trips(), packages, switches, st.integers(0, 40_000))
def test_a_longer_trip_never_costs_less(trip: Trip, package: ServicePackage, chosen: Switches, more: int) -> None:
    longer = replace(trip, distance_m=min(trip.distance_m + more, 1_000_000))
    book = load_price_book()
    short, long = quote(trip, package, book, chosen), quote(longer, package, book, chosen)
    assert isinstance(short, Offer) is isinstance(long, Offer)
    if isinstance(short, Offer) and isinstance(long, Offer):
        assert long.fare_oere >= short.fare_oere


def test_a_level_without_a_price_is_never_a_silent_zero_in_the_fare_columns() -> None:
    table = table_for(Switches(), "")
    period = table.period_of(np.array([day_number(date(2015, 1, 1))]))
    one = np.ones(1, np.int32)
    with pytest.raises(TariffError, match="uden pris"):
        fare_columns(table, period, one * Level.KOMMUNETAKST, one == 0, one * 5000, one, one * 0)


def test_a_trip_to_a_free_destination_costs_nothing_in_the_fare_columns_either() -> None:
    table = table_for(Switches(), "")
    day = np.array([day_number(date(2019, 8, 3))] * 4)
    level, metres = np.full(4, Level.GRATIS, np.int32), np.array([0, 5_000, 13_000, 90_000])
    adults, children, online = np.array([1, 2, 1, 0]), np.array([0, 1, 0, 1]), np.array([False, True, True, False])
    assert fare_columns(table, table.period_of(day), level, online, metres, adults, children).tolist() == [0, 0, 0, 0]


def test_a_distance_beyond_denmark_is_refused_in_the_fare_columns() -> None:
    table = table_for(Switches(), "")
    one = np.ones(1, np.int32)
    for metres in (-1, 1_000_001):
        with pytest.raises(InputError, match="distance_m"):
            fare_columns(table, one * 5, one * 0, one == 0, one * metres, one, one * 0)


def test_an_empty_table_of_trips_is_quoted_as_empty() -> None:
    trip = as_columns(Trip("0316", "0316", 1, date(2020, 1, 1), date(2020, 1, 1)), ServicePackage())
    assert len(quote_columns(trip.rows(slice(0, 0)), table_for(Switches(), "")).fare_oere) == 0
