"""Estimates that are worked out together are those made one by one, and rest on sums that the trip pattern's pairs have."""

from dataclasses import astuple
from datetime import date
from typing import Any

import numpy as np
import pytest

from sim.estimate.alternatives import with_assumptions
from sim.estimate.draws import estimated_draws
from sim.estimate.estimate import Estimate, estimate, estimates
from sim.estimate.ground import Ordinary, ground, ordinary
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.trip_pattern import TourKind
from sim.study.demand import sums_of
from sim.study.free_destinations import free_places
from sim.study.prepare import prepare
from sim.study.study import Study

TODAY, LOW, HIGH = "I dag: kommunetakst", "Lav: kommunetakst, bytakst=low", "Høj: kommunetakst, bytakst=high"
FREE, PLUS = "Gratis: kommunetakst, gratis=Mega Bowl", "Plus: kommunetakst, bytakst=high, plustur"
KINDS: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "town fares": ("0316", (TODAY, LOW, HIGH, "Lukket: kommunetakst, lukket_by", "Ingen: "), {"passengers": 12_000.0}),
    "an allocated volume": ("0316", (TODAY, LOW), {}),
    "free destinations and plustur": ("0316", (TODAY, FREE, PLUS), {"passengers": 6_000.0}),
    "a start date": ("0316", (TODAY, LOW), {"passengers": 6_000.0, "year": 2019, "start": date(2019, 7, 1)}),
    "projected fares, and plustur from a day": ("0250", (TODAY, PLUS), {"year": 2026, "start": date(2026, 3, 1)}),
    "exact kilometres": ("0326", (TODAY, LOW), {"passengers": 3_000.0, "switches": {"kilometre_counting": "exact"}}),
    "home pays, any town, companions half": (
        "0376",
        (TODAY, LOW, "Stop: kommunetakst, stoppested"),
        {"switches": {"border_payer": "home", "town_scope": "any_town", "companion_price": "half"}},
    ),
    "its own share in town": ("0390", (TODAY, LOW), {"passengers": 3_000.0, "assumptions": {"town_share": 0.2}}),
    "flextur introduced": (
        "0101",
        ("I dag: ", "By: kommunetakst"),
        {"offers_flextur": True, "start": date(2020, 5, 1)},
    ),
    "two town areas": ("0217", ("I dag: plustur", "Uden: ", HIGH), {}),
}


def study_of(kind: str) -> Study:
    code, options, values = KINDS[kind]
    given = {"municipality": code, "passengers": 5_000.0, "options": [parse_option(o) for o in options], **values}
    if kind in ("an allocated volume", "two town areas"):
        del given["passengers"]
    return prepare(build_scenario(given, "test"), code)


def numbers(found: Estimate) -> np.ndarray:
    columns = []
    for option in found.options:
        for amounts in (option.year, option.change, option.part_year, option.part_year_change):
            columns += [] if amounts is None else list(astuple(amounts))
        columns.append(option.turned_away)
    return np.array(columns)


def agree(one: Estimate, other: Estimate) -> bool:
    """The same to a 1e-12 of the first option's net cost: sums over distances are added in another order."""
    room = 1e-12 * abs(one.options[0].year.net_cost_oere)
    return bool(np.allclose(numbers(one), numbers(other), rtol=1e-12, atol=room))


@pytest.mark.parametrize("kind", KINDS)
def test_an_estimate_is_the_same_alone_and_among_others(kind: str) -> None:
    study = study_of(kind)
    draws = estimated_draws(64, study.assumptions, study.volume)
    under = [study, *(study.under(draws[n]) for n in (0, 21, 42, 63))]
    # The first of another register is alone in its block and the last one among many, in whatever order they come.
    together = estimates(under)
    turned = estimates([*reversed(under), *(study.under(draw) for draw in draws[: 2 if study.pattern.tilt else 20])])[
        : len(under)
    ]
    for alone, one, other in zip(
        [estimate(each, each.draw) for each in under], together, reversed(turned), strict=True
    ):
        assert agree(alone, one)
        assert agree(alone, other)


def test_other_driving_times_among_the_draws_are_met_each_by_its_own() -> None:
    study = study_of("town fares")
    slow = with_assumptions(study, {"speed_town_kmh": 20.0})
    found = estimates([study, slow, study])
    assert [agree(each, estimate(of)) for each, of in zip(found, (study, slow, study), strict=True)] == [True] * 3
    assert found[1].options[0].year.net_cost_oere > 1.01 * found[0].options[0].year.net_cost_oere


def ordinary_of(study: Study) -> Ordinary:
    return ordinary(ground(study), [study.assumptions])


@pytest.mark.parametrize(
    "kind", ["free destinations and plustur", "home pays, any town, companions half", "its own share in town"]
)
def test_sums_over_distances_are_those_over_all_pairs_of_places(kind: str) -> None:
    study = study_of(kind)
    for draw in (None, estimated_draws(64, study.assumptions, study.volume)[7]):
        under = study.under(draw)
        (found,) = ordinary_of(under).sums(free_places(under), plustur=under.plustur is not None)
        expected = sums_of(under)
        assert found.crosses == expected.crosses
        assert found.town_share == pytest.approx(expected.town_share, rel=1e-11)
        assert found.to_place.keys() == expected.to_place.keys()
        pairs = [(found.local, expected.local), (found.touching, expected.touching)]
        pairs += [(found.to_place[place], expected.to_place[place]) for place in found.to_place]
        for mine, theirs in pairs:
            assert [astuple(part) for part in mine] == [
                pytest.approx(astuple(part), rel=1e-9, abs=1e-12) for part in theirs
            ]


def test_trips_have_the_distances_and_drives_of_their_pairs() -> None:
    """Started kilometres of all trips out of Holbæk and within it, pair by pair."""
    study = study_of("town fares")
    region, found = study.region, ordinary_of(study)
    for kind in TourKind:
        pairs = study.pattern.pairs[kind]
        assert pairs is not None
        kilometres = -(-region.fare_distance_m[pairs.origin, pairs.destination] // 1000)
        expected = np.bincount(kilometres, weights=pairs.steps)
        by_km, drive = np.zeros(len(expected)), 0.0
        for group, ways in found.parts:
            if group.kind == kind:
                np.add.at(by_km, ways.metres // 1000, ways.share[0] * ways.weight[0])
                drive += ways.share[0] * ways.direct_s[0]
        assert by_km == pytest.approx(expected, rel=1e-9, abs=1e-13)
        assert drive == pytest.approx(float(pairs.steps @ region.drive_s[pairs.origin, pairs.destination]), rel=1e-11)
