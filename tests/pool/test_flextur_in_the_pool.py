"""Flextur and the referred traffic in the same vehicles: who is whose, and who pays what."""

from dataclasses import replace

import numpy as np
import pytest

from sim.riders.demand.requests import Requests
from sim.riders.demand.tours import draw_requests
from sim.road.dispatch.plan import GARANTIVOGN, R_DESTINATION, R_ORIGIN, R_PASSENGERS, VARIABEL
from sim.road.dispatch.travel import Travel
from sim.road.kernel import Kind, simulate
from sim.road.pool import Pool
from sim.road.stops import stops_and_duties
from sim.study.accounts.operator import duty_payments, operator_rates, planner_rates, trip_payments, unused_payment
from sim.study.demand import demand_model
from sim.study.drive import Driven, background_work, drive, workload
from sim.study.run import pool_of
from sim.study.study import Study
from tests.pool.conftest import holbaek


def world(study: Study) -> tuple[Requests, Pool]:
    model = demand_model(study, None)
    return draw_requests(model, study.scenario.seed, 0), pool_of(study, model, 0)


def everybody(requests: Requests) -> np.ndarray:
    return np.full(len(requests), Kind.BOOKED, dtype=np.int8)


@pytest.fixture(scope="module")
def run(study: Study) -> Driven:
    requests, pool = world(study)
    return drive(study, requests, everybody(requests), pool)


def test_two_workloads_become_one_and_every_row_is_found_again(study: Study) -> None:
    requests, pool = world(study)
    mine, theirs = workload(study, requests, everybody(requests)), background_work(study, pool.background)
    both, row = mine.joined(theirs)
    assert (np.diff(both.asked_at_s) >= 0).all()
    assert row[row >= 0].tolist() == list(range(len(requests)))
    own = row >= 0
    assert np.array_equal(both.planner[own], mine.planner)
    assert np.array_equal(both.planner[~own], theirs.planner)
    # A way home still points to its way out, which is of the same kind.
    for part, rows in ((mine, np.flatnonzero(own)), (theirs, np.flatnonzero(~own))):
        pointed = np.where(part.outbound >= 0, rows[part.outbound], -1)
        assert np.array_equal(both.outbound[rows], pointed)


def test_without_referred_traffic_the_pool_is_paid_what_flextur_is_billed() -> None:
    alone = holbaek(pool_scale=0.0)
    requests, pool = world(alone)
    run = drive(alone, requests, everybody(requests), pool)
    assert run.pool_parts == run.operator_parts.sum()
    assert run.referred == 0
    assert (run.stops.request >= 0).all()
    assert (run.duties.contract == VARIABEL).all()


def test_every_part_of_an_oere_belongs_to_a_trip_to_a_referred_rider_or_to_the_pool(study: Study, run: Driven) -> None:
    requests, pool = world(study)
    rates, weekend = operator_rates(study.rates, study.assumptions, study.prices.operator), study.year.weekend
    work, row = workload(study, requests, everybody(requests)).joined(background_work(study, pool.background))
    log = simulate(
        work,
        vehicles=pool.fleet,
        travel=Travel.by_table(study.region.drive_s),
        rates=planner_rates(rates, study.year),
        weekend=weekend,
    )
    stops, duties = stops_and_duties(log, work.service_day, work.planner[:, R_PASSENGERS], pool.fleet)
    direct_s = study.region.drive_s[work.planner[:, R_ORIGIN], work.planner[:, R_DESTINATION]].astype(np.int64)
    parts = trip_payments(stops, duties, rates, weekend, direct_s, len(row))
    unused = unused_payment(pool.fleet, duties, rates, weekend)
    assert parts.sum() + unused == run.pool_parts
    assert np.array_equal(parts[row >= 0], run.operator_parts)
    # The duties that carried flextur are paid more than flextur's part of them, and less than the whole pool.
    with_flextur = int(duty_payments(run.duties, rates, weekend).sum())
    assert 0 < run.operator_parts.sum() < with_flextur < run.pool_parts


def test_referred_stops_have_no_request_and_duties_without_flextur_are_left_out(run: Driven) -> None:
    referred = run.stops.request < 0
    assert 0 < referred.sum() < len(referred)
    has_flextur = np.zeros(len(run.duties.vehicle), dtype=bool)
    has_flextur[run.stops.duty[~referred]] = True
    assert has_flextur.all()
    assert len(run.stop_place) == len(run.stops.duty)
    assert (np.bincount(run.stops.duty, weights=run.stops.load - run.stops.load_before) == 0).all()


def test_flextur_rides_with_garantivogne_too_and_is_coordinated_oftener_in_company(run: Driven) -> None:
    assert set(run.duties.contract.tolist()) == {VARIABEL, GARANTIVOGN}
    assert (run.coordinated | ~run.shared).all()
    alone = holbaek(pool_scale=0.0)
    requests, pool = world(alone)
    lonely = drive(alone, requests, everybody(requests), pool)
    assert run.coordinated.mean() > lonely.coordinated.mean()


def test_garantivogn_hours_remain_when_flextur_falls_away(study: Study, run: Driven) -> None:
    """Half of flextur declines: its bill falls by more than what the pool saves."""
    requests, pool = world(study)
    decision = np.where(requests.tour % 2 == 0, Kind.BOOKED, Kind.DECLINED).astype(np.int8)
    half = drive(study, requests, decision, pool)
    assert half.referred == run.referred
    billed = run.operator_parts.sum() - half.operator_parts.sum()
    assert 0 < run.pool_parts - half.pool_parts < billed


def test_the_same_pool_drives_the_same_day_twice(study: Study, run: Driven) -> None:
    requests, pool = world(study)
    again = drive(study, requests, everybody(requests), replace(pool))
    assert np.array_equal(again.operator_parts, run.operator_parts)
    assert again.pool_parts == run.pool_parts
