"""One replication: the year's people drawn once, and every option run on them."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.requests import Requests
from sim.riders.demand.tours import draw_requests
from sim.road.kernel import Kind
from sim.study.choice import effective_days
from sim.study.demand import curves, demand_model
from sim.study.draws import ParameterDraw
from sim.study.own_trips import own_requests
from sim.study.prices import fare_table
from sim.study.replicated.introduced_volume import before_start, not_yet, settled_months
from sim.study.replicated.measures import (
    across,
    by_month,
    in_town,
    part_year_runs,
    part_year_totals,
    plustur,
    rider_counts,
    run_totals,
    transition_days,
    transition_rows,
)
from sim.study.replicated.neighbours import across_by_neighbour
from sim.study.replicated.rider_bands import by_age, by_distance, by_place
from sim.study.replicated.totals import Replication, shape
from sim.study.replicated.trial_trips import free_totals, town_totals
from sim.study.replicated.turned_away import turned_away
from sim.study.replicated.waterfall_parts import waterfall_parts
from sim.study.run import OptionRun, option_levels, pool_of, run_option
from sim.study.study import Study
from sim.study.tables.columns import write_tables
from tariffs.operator_payment import payment_to_oere


def run_replication(
    study: Study, number: int, draw: ParameterDraw | None = None, tables_to: Path | None = None
) -> Replication:
    """Run every option on replication ``number``, under central parameters or one draw of them.

    ``tables_to`` is a folder that gets the replication's trips, stops and duties as Parquet parts.
    """
    study = study.under(draw)
    table = fare_table(study.book, study.switches)
    model = demand_model(study, draw)
    by_class = curves(study, draw)
    if study.own_trips is None:
        requests = draw_requests(model, study.scenario.seed, number)
    else:
        requests = own_requests(study, model, by_class, table, number)
    pool = pool_of(study, model, number)

    runs: list[OptionRun] = []
    part_years: list[NDArray[np.int64]] = []
    lacking, begun = (np.zeros(shape(name, study), dtype=np.int64) for name in ("not_yet", "begun"))
    for place, package in enumerate(study.packages):
        placed = requests.under(study.lines[place], any_town=study.any_town)
        same = next((n for n in range(place) if study.alike(n, place)), None)
        if same is None:
            run = run_option(study, placed, package, by_class, pool, table, before=runs)
        else:
            run = replace(runs[same], requests=runs[same].requests.under(study.lines[place], any_town=study.any_town))
        runs.append(run)
        if study.start_day is not None:
            transition = None
            if not study.alike(0, place) or study.list_from is not None:
                some = placed.take(transition_rows(study, placed))
                days = pool.among(transition_days(study))
                base = option_levels(study, some, 0)
                transition = run_option(study, some, package, by_class, days, table, until_start=base, before=runs)
            lacking[place] = not_yet(study, place, runs[0], part_year_runs(study, run, transition))
            part_years.append(part_year_totals(study, run, transition) - lacking[place].sum(axis=0))
            lacking[place] += before_start(study, place, run)
        elif study.begun is not None:
            begun[place] = settled_months(study, place, runs[0], run)
    if tables_to is not None:
        write_tables(study, number, runs, table, tables_to)

    touched = [_touched(study, run.requests, place) for place, run in enumerate(runs)]
    touched_base = [_touched(study, runs[0].requests, place) for place in range(len(runs))]
    both = [((runs[0], touched_base[n]), (run, touched[n])) for n, run in enumerate(runs)]
    return Replication(
        number=number,
        year=np.stack([run_totals(run, np.ones(len(run.requests), dtype=bool)) for run in runs]),
        part_year=np.stack(part_years) if part_years else None,
        affected=np.stack([run_totals(run, rows) for run, rows in zip(runs, touched, strict=True)]),
        affected_base=np.stack([run_totals(runs[0], rows) for rows in touched_base]),
        across=np.stack([run_totals(run, across(run)) for run in runs]),
        across_to=across_by_neighbour(study, runs[0]),
        in_town=np.stack([run_totals(run, in_town(run)) for run in runs]),
        plustur=np.stack([run_totals(run, plustur(run)) for run in runs]),
        months=np.stack([by_month(run, study.year.month) for run in runs]),
        not_yet=lacking,
        begun=begun,
        riders=np.stack([rider_counts(runs[0], rows) for rows in touched_base]),
        riders_by_age=np.array([[by_age(run, rows) for run, rows in pair] for pair in both]),
        riders_by_place=np.array(
            [[by_place(study, run, rows, n) for run, rows in pair] for n, pair in enumerate(both)]
        ),
        riders_by_distance=np.array([[by_distance(run, rows) for run, rows in pair] for pair in both]),
        waterfall=np.stack([waterfall_parts(runs[0], run) for run in runs]),
        town_fare=np.stack([town_totals(study, (runs[0], run), n) for n, run in enumerate(runs)]),
        free_visits=np.stack([free_totals(study, (runs[0], run), n) for n, run in enumerate(runs)]),
        turned_away=np.array(
            [turned_away(runs[0], run, study.packages[n], study.free_names) for n, run in enumerate(runs)]
        ),
        prebooked=_prebooked(study, runs[0]),
        shared=np.array([np.count_nonzero(run.shared) for run in runs]),
        coordinated=np.array([np.count_nonzero(run.coordinated) for run in runs]),
        standing_s=np.array([run.standing_s.sum() for run in runs]),
        refused=np.array([np.count_nonzero(run.outcome == Kind.NO_VEHICLE) for run in runs]),
        pool_payment=np.array([payment_to_oere(run.pool_parts) for run in runs]),
        editions=tuple(sorted({table.editions[p] for run in runs for p in np.unique(run.period)})),
    )


def _touched(study: Study, requests: Requests, place: int) -> NDArray[np.bool_]:
    """Return the requests whose price or rule the option changes, by where they go, not by who rides."""
    if study.alike(0, place):
        return np.zeros(len(requests), dtype=bool)
    touched: NDArray[np.bool_] = option_levels(study, requests, 0) != option_levels(study, requests, place)
    return touched


def _prebooked(study: Study, base: OptionRun) -> NDArray[np.int64]:
    """Count trips on or after the start date that still pay the old way: all, their passengers, standing ones."""
    if study.start_day is None:
        return np.zeros(shape("prebooked", study), dtype=np.int64)
    requests = base.requests
    old = (
        (requests.service_day >= study.start_day)
        & (effective_days(requests, study.standing_delay_days) < study.start_day)
        & (base.outcome == Kind.DROPPED_OFF)
    )
    return np.array([old.sum(), base.carried[old].sum(), (old & requests.standing).sum()], dtype=np.int64)
