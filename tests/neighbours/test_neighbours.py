"""Neighbours beside a municipality: each by itself, and what falls away when one leaves."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from sim.answer.compare import Comparison, compare
from sim.answer.neighbours.common_fee import fee_move
from sim.answer.neighbours.side_by_side import check_neighbours
from sim.geography.municipalities import find_municipality
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from tariffs import fee_terms, load_price_book
from tariffs.errors import InputError

HOLBÆK, SORØ, TÅRNBY = "0316", "0340", "0185"


def scenario(**values: object) -> Scenario:
    given = {
        "municipality": SORØ, "options": [parse_option("I dag:")], "passengers": 1500.0, "draws": 2,
        "min_replications": 2, "max_replications": 2, "neighbours": ["Holbæk", "Tårnby"],
    }  # fmt: skip
    return build_scenario(given | values, "test")


@pytest.fixture(scope="module")
def result() -> Comparison:
    return compare(prepare(scenario(), SORØ), workers=1)


def test_the_municipality_stands_first_with_its_own_figures(result: Comparison) -> None:
    own, holbæk, tårnby = result.json["neighbours"]["rows"]
    assert (own["own"], holbæk["own"]) == (True, False)
    assert own["volume_origin"] == "own"
    assert own["net_cost_oere"] == result.json["options"][0]["net_cost_oere"]
    assert holbæk["volume_origin"] == "allocated"
    assert tårnby == {"municipality": TÅRNBY, "name": "Tårnby", "own": False, "offers_flextur": "no"}


def test_a_neighbour_has_its_own_package_and_prices(result: Comparison) -> None:
    """Holbæk 2020: kommunetakst 24 and bytakst 48 in Holbæk town (2016, edition of July 2019)."""
    holbæk = result.json["neighbours"]["rows"][1]
    assert {"kommunetakst", "bytakst=low"} <= set(holbæk["package"])
    assert (holbæk["price_3_km_oere"], holbæk["price_8_km_oere"]) == (4800, 2400)


def test_cost_is_told_for_each_resident_of_seventy_or_older(result: Comparison) -> None:
    holbæk = result.json["neighbours"]["rows"][1]
    older = find_municipality(HOLBÆK).older_2020
    assert holbæk["net_cost_per_older_resident_oere"]["mean"] == pytest.approx(holbæk["net_cost_oere"]["mean"] / older)
    assert holbæk["trips_per_1000_older"]["p90"] == pytest.approx(1000 * holbæk["trips"]["p90"] / older)


def test_the_trips_to_all_neighbours_are_the_trips_across() -> None:
    """Whoever lies in reach is asked about: then every trip across ends in one of them."""
    study = prepare(scenario(), SORØ)
    reach = sorted({code for code in study.region.municipality_code if code not in ("", SORØ)})
    asked = replace(study, scenario=study.scenario.model_copy(update={"neighbours": tuple(reach)}))
    run = run_replication(asked, 0)
    assert np.array_equal(run.across_to.sum(axis=0), run.across[0])
    assert run.across[0, Measure.TRIPS] > 0


def test_what_falls_away_when_a_neighbour_leaves_is_the_trips_that_end_there(result: Comparison) -> None:
    across = result.json["neighbours"]["across"][0]
    for key, measure in (("trips", Measure.TRIPS), ("net_cost_oere", Measure.NET_COST)):
        mean = np.mean([r.across_to[0, measure] for r in result.samples.central])
        assert across[key]["mean"] == pytest.approx(mean)


def test_a_neighbour_leaves_the_common_fee_alone_unless_part_of_it_is_fixed() -> None:
    """389,000 passengers pay 34.50 kr each. With phi the fixed part of what is no calls, and 38,900 leaving, n is 0.9.

    Calls: 0.83 x 17.20 x 0.62 = 8.85112 kr; the rest 25.64888 kr. At phi 0.5 the rest becomes 25.64888 x (0.5 + 0.5 / 0.9),
    which is 25.64888 x 0.05555... = 1.42494 kr more for each passenger who stays.
    """
    terms = fee_terms(load_price_book(), date(2020, 7, 1), Fraction("0.83"), Fraction(0))
    assert fee_move(terms, 38_900).per_passenger == 0
    moved = fee_move(terms, 38_900, Fraction(1, 2))
    assert float(moved.per_passenger) == pytest.approx(142.494, abs=0.001)


def test_the_fee_is_told_as_assumed_and_at_the_highest_fixed_part(result: Comparison) -> None:
    now, highest = result.json["neighbours"]["across"][0]["fee"]
    assert (now["fixed_part"], now["year_oere"]) == (0, 0)
    assert highest["fixed_part"] == 0.5
    assert highest["year_oere"] > 0
    assert result.json["neighbours"]["across"][1]["fee"] is None


def test_neighbours_do_not_change_the_municipalitys_own_figures(result: Comparison) -> None:
    alone = compare(prepare(scenario(neighbours=[]), SORØ), workers=1)
    assert alone.json["options"] == result.json["options"]
    assert alone.json["neighbours"] is None


def test_a_neighbour_must_be_another_of_movias_municipalities() -> None:
    with pytest.raises(InputError, match="sin egen nabo"):
        check_neighbours(scenario(neighbours=["Sorø"]), SORØ)
    with pytest.raises(InputError, match="Movia"):
        check_neighbours(scenario(neighbours=["Aarhus"]), SORØ)
