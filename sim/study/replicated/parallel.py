"""Replications in processes of their own; what comes out does not depend on how many there are."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sim.study.draws import ParameterDraw
from sim.study.replicated.processes import pool
from sim.study.replicated.replication import run_replication
from sim.study.replicated.sequential import STEADY, stopping_point
from sim.study.replicated.totals import Replication, net_costs
from sim.study.study import Study

Progress = Callable[[int, int], None]
"""Called with units done and units expected so far."""

_study: Study | None = None


def default_workers() -> int:
    """Return the number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True)
class Unit:
    """A piece of work: a replication under central parameters (``draw`` None) or under one draw."""

    number: int
    draw: ParameterDraw | None = None


@dataclass
class Samples:
    """All replications of a comparison: the central ones in order, and one for each parameter draw."""

    central: list[Replication]
    drawn: list[Replication]
    paired_with: list[int] = field(default_factory=list)


def _receive(study: Study) -> None:
    """Keep the study in a worker, so that it is sent once and not with every unit."""
    global _study  # noqa: PLW0603 - a worker process holds exactly one study
    _study = study


def _work(unit: Unit, tables_to: Path | None) -> Replication:
    assert _study is not None
    return run_replication(_study, unit.number, unit.draw, tables_to)


Result = Callable[[], Replication]
"""Gives the replication of a unit once it is there."""


@contextmanager
def _submitter(study: Study, workers: int) -> Iterator[Callable[[Unit, Path | None], Result]]:
    """Yield a function that puts a unit to work: in a pool of processes, or here, when it is asked for, with one worker."""
    if workers == 1:
        yield lambda unit, tables_to: lambda: run_replication(study, unit.number, unit.draw, tables_to)
        return
    with pool(workers, _receive, (study,)) as made:
        yield lambda unit, tables_to: made.submit(_work, unit, tables_to).result


def gather(
    study: Study, draws: tuple[ParameterDraw, ...], *, workers: int, tables_to: Path | None, progress: Progress
) -> Samples:
    """Run replications until the sequential rule is content, and each parameter draw once.

    Each draw runs on one of the first replications, so that draw and centre differ by the parameters alone.
    """
    scenario = study.scenario
    first = min(scenario.min_replications + STEADY, scenario.max_replications)
    paired = [n % scenario.min_replications for n in range(len(draws))]
    with _submitter(study, workers) as submit:
        expected = first + len(draws)
        done = 0

        def finish(later: Result) -> Replication:
            nonlocal done
            result = later()
            done += 1
            progress(done, expected)
            return result

        # The draws fill the time in which the sequential rule waits for its replications; those of most riders take longest and
        # go first, so that no process is left with one at the end.
        pending = [submit(Unit(n), tables_to) for n in range(first)]
        largest_first = sorted(range(len(draws)), key=lambda n: -draws[n].volume_factor)
        pending_draws = {n: submit(Unit(paired[n], draws[n]), None) for n in largest_first}
        central = [finish(later) for later in pending]
        while True:
            enough = stopping_point(net_costs(central), scenario.min_replications, scenario.max_replications)
            if enough is not None:
                break
            more = range(len(central), min(len(central) + max(2, workers), scenario.max_replications))
            expected += len(more)
            central += [finish(later) for later in [submit(Unit(n), tables_to) for n in more]]
        drawn = {n: finish(later) for n, later in pending_draws.items()}
    return Samples(central[:enough], [drawn[n] for n in range(len(draws))], paired)
