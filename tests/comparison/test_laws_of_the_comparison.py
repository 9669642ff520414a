"""What must not change, and what must change by just so much, when the question is put another way: whole simulated years."""

from dataclasses import fields, replace
from datetime import date
from functools import cache
from typing import Any

import numpy as np
import pytest

from sim.answer.compare import compare
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from tests.study.conftest import study_of

OPTIONS = (
    "I dag: kommunetakst",
    "Bytakst: kommunetakst, bytakst=high",
    "Lukket: kommunetakst, lukket_by",
    "Grundtakst:",
)
PRICES = {"operator_start_kr": 40.0, "operator_driving_kr_per_hour": 360.0, "pool_chaining_kr": 30.0}
KEPT = {
    "operator_waiting_share": 0.5,
    "operator_weekend_factor": 1.25,
    "garantivogn_rate_share": 0.8,
    "garantivogn_planning_share": 0.5,
    "price_level": 2017.0,
}


def study(*options: str, dearer: float = 1.0, **values: Any) -> Study:
    stated = KEPT | {key: dearer * price for key, price in PRICES.items()}
    told = {"municipality": "0155", "passengers": 1500.0, "reference": ["kommunetakst"], "start": date(2020, 7, 1)}
    return study_of(*options, assumptions=stated, draws=0, min_replications=2, max_replications=2, **(told | values))


@cache
def year(*options: str, dearer: float = 1.0) -> Replication:
    return run_replication(study(*options, dearer=dearer), 0)


def by_option(replication: Replication) -> dict[str, np.ndarray]:
    """Return the totals that have the options on their first axis."""
    count = len(replication.year)
    every = {f.name: getattr(replication, f.name) for f in fields(replication)}
    return {
        name: values
        for name, values in every.items()
        if isinstance(values, np.ndarray) and name not in ("across_to", "prebooked") and len(values) == count
    }


def test_the_options_after_todays_in_another_order_are_the_same_to_the_oere() -> None:
    order = [0, 3, 1, 2]
    asked, again = by_option(year(*OPTIONS)), by_option(year(*(OPTIONS[n] for n in order)))
    assert {"year", "part_year", "months", "affected", "waterfall", "shared", "pool_payment"} <= asked.keys()
    for name, values in asked.items():
        assert again[name].tolist() == values[order].tolist(), name


def test_another_option_first_changes_no_options_own_year() -> None:
    order = [2, 0, 3, 1]
    asked, again = year(*OPTIONS), year(*(OPTIONS[n] for n in order))
    for name in ("year", "months", "in_town", "across", "shared", "coordinated", "pool_payment"):
        assert getattr(again, name).tolist() == getattr(asked, name)[order].tolist(), name


@pytest.mark.parametrize(
    "added", ["Plus: kommunetakst, plustur", "Gratis: kommunetakst, gratis=55.5934 12.6722", "To: dobbelt_grundtakst"]
)
def test_an_option_more_changes_no_other_options_figure(added: str) -> None:
    asked, more = by_option(year(*OPTIONS[:2])), by_option(year(*OPTIONS[:2], added))
    for name in asked.keys() - {"free_visits"}:
        assert more[name][:2].tolist() == asked[name].tolist(), name


def test_twice_the_operators_rates_pay_twice_for_the_same_trips() -> None:
    """Everything that the planner weighs is doubled, so it plans the same; a year is rounded once, so to the oere."""
    once, twice = year(*OPTIONS), year(*OPTIONS, dearer=2.0)
    for block in ("year", "part_year", "affected"):
        before, after = getattr(once, block), getattr(twice, block)
        unpaid = [m for m in Measure if m not in (Measure.OPERATOR_PAYMENT, Measure.NET_COST)]
        assert after[..., unpaid].tolist() == before[..., unpaid].tolist(), block
    for block in ("year", "part_year"):
        paid = (
            getattr(twice, block)[:, Measure.OPERATOR_PAYMENT] - 2 * getattr(once, block)[:, Measure.OPERATOR_PAYMENT]
        )
        assert np.abs(paid).max() <= 1
    assert np.abs(twice.pool_payment - 2 * once.pool_payment).max() <= 1


def test_a_krone_more_in_fee_is_a_krone_for_each_passenger_in_the_year_and_the_part_year() -> None:
    asked = study(*OPTIONS)
    dearer = run_replication(replace(asked, fee_oere=asked.fee_oere + 100), 0)
    for block in ("year", "part_year", "months"):
        before, after = getattr(year(*OPTIONS), block), getattr(dearer, block)
        more = after - before
        off = np.abs(more[..., Measure.MOVIA_FEE] - 100 * before[..., Measure.PASSENGERS])
        assert off.max() == 0
        assert more[..., Measure.NET_COST].tolist() == more[..., Measure.MOVIA_FEE].tolist()
        assert not more[..., : Measure.MOVIA_FEE].any()


def test_a_start_a_week_later_moves_todays_part_year_by_that_week_and_no_years_figure() -> None:
    """Three starts a week apart: the two weeks between them are what lies between their part years, whatever the order."""
    starts = [run_replication(study(*OPTIONS[:2], start=date(2020, 7, day)), 0) for day in (1, 8, 15)]
    for later in starts[1:]:
        assert later.year.tolist() == starts[0].year.tolist()
        assert later.months.tolist() == starts[0].months.tolist()
    parts = [r.part_year for r in starts if r.part_year is not None]
    counted = slice(Measure.REQUESTS, Measure.FARES + 1)
    assert (parts[0][0, counted] > parts[1][0, counted]).all()
    assert (parts[1][0, counted] > parts[2][0, counted]).all()
    july, rest = starts[0].months[0, 6], starts[0].months[0, 7:].sum(axis=0)
    assert parts[0][0, counted].tolist() == (july + rest)[counted].tolist()


def test_a_municipality_under_another_name_has_the_same_figures_and_its_name_in_the_sentences() -> None:
    asked = study(*OPTIONS[:2])
    renamed = replace(
        asked, region=replace(asked.region, municipality=replace(asked.region.municipality, name="Nykommune"))
    )
    old, new = (compare(s, workers=1).json for s in (asked, renamed))
    assert new["municipality_name"] == "Nykommune"
    assert _renamed(old, "Dragør", "Nykommune") == _renamed(new, "Dragør", "Nykommune")


def _renamed(told: Any, old: str, new: str) -> Any:
    if isinstance(told, dict):
        return {key: _renamed(value, old, new) for key, value in told.items()}
    if isinstance(told, list):
        return [_renamed(value, old, new) for value in told]
    return told.replace(old, new) if isinstance(told, str) else told
