"""Replications in processes of their own; what comes out does not depend on how many there are."""

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sim.study.draws import ParameterDraw
from sim.study.replicated.ends import blocks, enough
from sim.study.replicated.low_fidelity import ClosedForms
from sim.study.replicated.processes import pool
from sim.study.replicated.replication import run_replication
from sim.study.replicated.samples import Samples
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
    study: Study,
    draws: tuple[ParameterDraw, ...],
    *,
    workers: int,
    tables_to: Path | None,
    progress: Progress,
    closed_forms: Callable[[], ClosedForms | None] | None = None,
    all_draws: bool = False,
    watch: Callable[[Sequence[Replication]], None] = lambda central: None,
) -> Samples:
    """Run replications until the sequential rule is content, and parameter draws, each once, until the ends are known.

    Each draw runs on one of the first replications, so that draw and centre differ by the parameters alone. ``closed_forms`` gives
    the closed form under all of ``draws`` and the many; without it, and with ``all_draws``, all are run. ``watch`` is called with
    the replications under central parameters each time there is one more, in their order.
    """
    scenario = study.scenario
    first = min(scenario.min_replications + STEADY, scenario.max_replications)
    paired = [n % scenario.min_replications for n in range(len(draws))]
    steps = (len(draws),) if closed_forms is None or all_draws else blocks(len(draws))
    with _submitter(study, workers) as submit:
        expected = first + len(draws)
        done = 0

        def finish(later: Result) -> Replication:
            nonlocal done
            result = later()
            done += 1
            progress(done, expected)
            return result

        def begin(start: int, end: int) -> dict[int, Result]:
            """Put some draws to work, those of most riders first: they take longest, and no process is left with one at the end."""
            largest_first = sorted(range(start, end), key=lambda n: -draws[n].volume_factor)
            return {n: submit(Unit(paired[n], draws[n]), None) for n in largest_first}

        # The draws fill the time in which the sequential rule waits for its replications.
        pending = [submit(Unit(n), tables_to) for n in range(first)]
        pending_draws = begin(0, steps[0])
        central: list[Replication] = []

        def take(pending: Sequence[Result]) -> None:
            for later in pending:
                central.append(finish(later))
                watch(central)

        take(pending)
        while True:
            enough_runs = stopping_point(net_costs(central), scenario.min_replications, scenario.max_replications)
            if enough_runs is not None:
                break
            more = range(len(central), min(len(central) + max(2, workers), scenario.max_replications))
            expected += len(more)
            take([submit(Unit(n), tables_to) for n in more])
        found = Samples(central[:enough_runs], [], [])
        for end, following in zip(steps, (*steps[1:], None), strict=True):
            of_block = {n: finish(later) for n, later in pending_draws.items()}
            drawn = [*found.drawn, *(of_block[n] for n in range(len(found.drawn), end))]
            forms = None if closed_forms is None else closed_forms()
            found = Samples(found.central, drawn, paired[:end], forms and forms.of_first(end))
            if following is None or enough(found, len(study.packages)):
                if done < expected:
                    progress(done, done)
                return found
            pending_draws = begin(end, following)
    raise AssertionError("the last block of draws ends the run")
