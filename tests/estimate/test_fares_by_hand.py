"""Expected fares worked out by hand: grundtakst 36, 6 kr per km from km 11, children half, online 10 % off, whole kroner."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.estimate.fares import Fares
from sim.estimate.party import Parties, Party, party
from sim.estimate.ways import Ways
from sim.inputs.assumptions import load_assumptions
from sim.study.prices import fare_table
from tariffs import Level, Switches, load_price_book
from tariffs.fare_table import day_number

SUMMER_2020 = day_number(date(2020, 7, 1))


@pytest.fixture(scope="module")
def table():
    return fare_table(load_price_book((), ""), Switches())


def period(table) -> int:
    return int(table.period_of(np.array([SUMMER_2020]))[0])


TWO_PLACES = Ways(np.ones(1), np.array([3_000, 13_000]), np.array([[0.75, 0.25]]), np.array([600.0]), np.zeros((2, 1)))


def mean_fare(table, level, *each: Party, ways: Ways = TWO_PLACES) -> list[float]:
    tables = [table] * len(each)
    fares = Fares(tables, ways.metres).mean(period(table), level, ways, Parties.of(each))
    return [float(fare) for fare in fares]


def test_one_adult_by_phone_pays_the_mean_over_both_ways(table) -> None:
    """0.75 × 36 + 0.25 × (36 + 3 × 6) = 27 + 13.50 = 40.50 kr."""
    alone = Party(1.0, (1.0, 0.0), (0.0, 0.0), 0.0, 0.0)
    assert mean_fare(table, Level.GRUNDTAKST, alone) == pytest.approx([4050])


def test_each_passenger_is_rounded_before_the_party_is_summed(table) -> None:
    """Half an adult by phone (36, 54), half online (32, 48), a quarter of a child online (16, 24).

    0.5 × 40.50 + 0.5 × (0.75 × 32 + 0.25 × 48) + 0.25 × (0.75 × 16 + 0.25 × 24) = 20.25 + 18 + 4.50 = 42.75 kr.
    """
    mixed = Party(1.25, (0.5, 0.5), (0.0, 0.25), 0.0, 0.0)
    assert mean_fare(table, Level.GRUNDTAKST, mixed) == pytest.approx([4275])


def test_each_draw_has_its_own_distances_and_its_own_parties(table) -> None:
    """A child online who goes the short way (16 kr), and two adults by phone who go the long one (2 × 54 kr)."""
    ways = replace(TWO_PLACES, weight=np.array([[1.0, 0.0], [0.0, 1.0]]))
    child, two = Party(1.0, (0.0, 0.0), (0.0, 1.0), 0.0, 0.0), Party(2.0, (2.0, 0.0), (0.0, 0.0), 0.0, 0.0)
    assert mean_fare(table, Level.GRUNDTAKST, child, two, ways=ways) == pytest.approx([1600, 10_800])


def test_a_free_destination_costs_nothing_however_far(table) -> None:
    alone = Party(1.0, (1.0, 0.0), (0.0, 0.0), 0.0, 0.0)
    assert mean_fare(table, Level.GRATIS, alone) == [0.0]


def test_a_mean_party_holds_everybody_once() -> None:
    """Mean party 1.20; children 0.15 × 0.20 companions + 2 % bookers under 16 = 0.05; the rest are adults."""
    who = party(load_assumptions(), Switches(), in_town=False, town_share=0.0)
    assert who.passengers == pytest.approx(1.20)
    assert sum(who.children) == pytest.approx(0.15 * 0.20 + 0.02)
    assert sum(who.adults) + sum(who.children) == pytest.approx(1.20)


def test_thirty_eight_per_cent_of_bookings_are_online_over_town_and_country() -> None:
    """Where nobody is likelier to be old in town, the online share is the overall one."""
    who = party(load_assumptions().at({"town_older_tilt": 1.0}), Switches(), in_town=True, town_share=0.3)
    assert who.adults[1] + who.children[1] == pytest.approx(0.38 * 1.20, rel=1e-3)


def test_boarding_is_longer_by_the_aids_and_wheelchairs_there_are() -> None:
    """Aids for all and no wheelchairs: 180 + 60 s, and 0.6 of it to get out."""
    register = load_assumptions().overriding({"aids_share_by_age": (1.0,) * 6, "wheelchair_share": 0.0})
    who = party(register, Switches(), in_town=False, town_share=0.0)
    assert who.boarding_s == pytest.approx(240.0)
    assert who.alighting_s == pytest.approx(0.6 * 240.0)
