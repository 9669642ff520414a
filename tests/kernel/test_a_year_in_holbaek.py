"""A whole year of real geography and drawn people, judged stop by stop by the independent checker."""

from dataclasses import replace

import numpy as np
import pytest
from checker import complaints
from instances import World

from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.riders.demand.tours import draw_requests
from sim.road.dispatch.fleet import variable_fleet
from sim.road.kernel import Kind
from sim.study.accounts.operator import operator_rates, planner_rates
from sim.study.demand import demand_model
from sim.study.drive import workload
from sim.study.prepare import prepare


@pytest.fixture(scope="module")
def year() -> World:
    scenario = build_scenario(
        {"municipality": "0316", "options": [parse_option("I dag: kommunetakst")], "passengers": 10_000.0}, "test"
    )
    study = prepare(scenario, "0316")
    model = demand_model(study, None)
    requests = draw_requests(model, 1, 0)
    everybody = np.full(len(requests), Kind.BOOKED, dtype=np.int8)
    fleet = variable_fleet(study.region, model.rates.total * 2 / study.year.days, study.assumptions)
    rates = planner_rates(operator_rates(study.rates, study.assumptions), study.year)
    return World(workload(study, requests, everybody), fleet, study.region.drive_s, rates)


def test_a_year_with_late_drives_and_trips_in_vain_is_consistent(year: World) -> None:
    events = year.run().columns()
    assert (events[:, 1] == Kind.DROPPED_OFF).sum() > 5000
    assert not complaints(year.work, year.vehicles, year.drive_s, events)


def test_a_year_without_surprises_keeps_every_window_and_ride_limit(year: World) -> None:
    n = len(year.work.asked_at_s)
    exact = np.full(n, 1000)
    calm = replace(
        year.work, pickup_drive_permille=exact, dropoff_drive_permille=exact, in_vain=np.zeros(n, dtype=bool)
    )
    events = replace(year, work=calm).run().columns()
    assert not complaints(calm, year.vehicles, year.drive_s, events, as_planned=True)
