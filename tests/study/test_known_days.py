"""Days taken over from an option before go as if they had been driven anew."""

from dataclasses import fields, replace

import numpy as np
import pytest
from numpy.typing import NDArray

from sim.riders.demand.tours import draw_requests
from sim.road.kernel import EventLog, Kind, Workload
from sim.study.demand import curves, demand_model
from sim.study.prices import fare_table
from sim.study.reused_days import simulate_the_rest
from sim.study.run import OptionRun, pool_of, run_option
from sim.study.study import Study
from tests.study.conftest import study_of


def workload(days: list[int], outbound: list[int] | None = None) -> Workload:
    """Return one request a day number, each with a place of its own, asked for one after the other."""
    n = len(days)
    ones, planner = np.ones(n, dtype=np.int64), np.zeros((n, 9), dtype=np.int64)
    planner[:, 0] = np.arange(n)
    return Workload(
        asked_at_s=np.arange(n),
        service_day=np.array(days),
        decision=np.full(n, Kind.BOOKED, dtype=np.int8),
        outbound=-ones if outbound is None else np.array(outbound),
        planner=planner,
        pickup_drive_permille=ones,
        dropoff_drive_permille=ones,
        boarding_s=ones,
        alighting_s=ones,
        in_vain=ones > 1,
        in_vain_wait_s=0,
    )


class Road:
    """Books every request at once with the vehicle of its origin, and remembers which origins it was asked about."""

    def __init__(self) -> None:
        self.origins: list[int] = []

    def __call__(self, work: Workload) -> EventLog:
        n = len(work.asked_at_s)
        self.origins += work.planner[:, 0].tolist()
        columns = work.asked_at_s, np.full(n, Kind.BOOKED), np.arange(n), work.planner[:, 0], np.zeros(n)
        return EventLog(np.stack(columns, axis=1).astype(np.int64))


def declined(work: Workload, *rows: int) -> Workload:
    decision = work.decision.copy()
    decision[list(rows)] = Kind.DECLINED
    return replace(work, decision=decision)


def test_only_a_day_on_which_somebody_decides_otherwise_is_driven_again() -> None:
    first, road = workload([3, 4, 3, 5]), Road()
    known = simulate_the_rest(first, [], road)
    assert road.origins == [0, 1, 2, 3]
    then = simulate_the_rest(declined(first, 2), [known], road)
    assert road.origins[4:] == [0, 2]  # both of day 3, for they share its vehicles
    assert then.log.columns().tolist() == known.log.columns().tolist()


def test_a_request_more_moves_the_numbers_of_the_others_but_not_their_days() -> None:
    known = simulate_the_rest(workload([3, 4, 5]), [], Road())
    more = replace(workload([4, 3, 4, 5]), asked_at_s=np.array([0, 0, 1, 2]))
    more.planner[:, 0] = [9, 0, 1, 2]
    road = Road()
    log = simulate_the_rest(more, [known], road).log.columns()
    assert road.origins == [9, 1]
    assert sorted(map(tuple, log[:, 2:4].tolist())) == [(0, 9), (1, 0), (2, 1), (3, 2)]


def test_a_day_may_come_from_any_option_before() -> None:
    work = workload([3, 4])
    first = simulate_the_rest(work, [], Road())
    second = simulate_the_rest(declined(work, 0), [first], Road())
    road = Road()
    simulate_the_rest(declined(work, 0), [first, second], road)
    assert road.origins == []


def test_who_rides_home_from_another_trip_is_another_day() -> None:
    first, road = workload([3, 3, 3], outbound=[-1, -1, 0]), Road()
    known = simulate_the_rest(first, [], Road())
    simulate_the_rest(workload([3, 3, 3], outbound=[-1, -1, 1]), [known], road)
    assert road.origins == [0, 1, 2]


def test_a_tour_over_midnight_keeps_days_together() -> None:
    first, road = workload([3, 4, 5], outbound=[-1, 0, -1]), Road()
    simulate_the_rest(declined(first, 0), [simulate_the_rest(first, [], Road())], road)
    assert road.origins == [0, 1, 2]


@pytest.mark.parametrize("relocations", [0, 2])
def test_options_in_holbaek_go_as_if_each_was_driven_alone(relocations: int) -> None:
    study = study_of(
        "I dag: kommunetakst, bytakst=low",
        "Bytakst 60: kommunetakst, bytakst=high",
        "Plustur: kommunetakst, bytakst=low, plustur",
        passengers=3000.0,
        assumptions={"relocations_per_booking": relocations},
    )
    together = runs(study, share=True)
    for one, alone in zip(together, runs(study, share=False), strict=True):
        assert equal(one, alone)


def runs(study: Study, *, share: bool) -> list[OptionRun]:
    model, by_class, table = demand_model(study, None), curves(study, None), fare_table(study.book, study.switches)
    requests, pool = draw_requests(model, 1, 0), pool_of(study, model, 0)
    made: list[OptionRun] = []
    for package in study.packages:
        made.append(run_option(study, requests, package, by_class, pool, table, before=made if share else ()))
    return made


def equal(one: OptionRun, other: OptionRun) -> bool:
    """Say whether everything that tables and accounts are made of is the same."""

    def columns(run: OptionRun) -> dict[str, NDArray[np.generic]]:
        plain = {f.name: getattr(run, f.name) for f in fields(run) if f.name not in ("requests", "account", "days")}
        parts = {name: vars(plain.pop(name)) for name in ("stops", "duties")}
        return plain | {f"{name} {key}": value for name, part in parts.items() for key, value in part.items()}

    mine, theirs = columns(one), columns(other)
    return mine.keys() == theirs.keys() and all(np.array_equal(mine[name], theirs[name]) for name in mine)
