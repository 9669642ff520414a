"""Who works: this process, processes of its own, or a Dask cluster; a worker that dies is replaced and its units go on."""

import multiprocessing
import os
import signal
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for_connection

from sim.batch.units import Unit, run_unit
from sim.study.replicated.processes import pool
from tariffs.errors import DataError, InputError, TakstlabError

MOST_BREAKS = 3
"""So many times in a row, with no unit finished in between, workers may die before the batch gives up."""
AHEAD = 3
"""Units handed out per worker, so that none waits for the next."""


@dataclass(frozen=True)
class Done:
    """What became of a unit: its file's bytes, or why there are none; and the seconds it took."""

    content: bytes | None
    seconds: float
    why: str = ""


class Crew:
    """Who works on units; this one is the process itself, one unit at a time."""

    ahead = 1

    def executor(self) -> AbstractContextManager[Executor]:
        """Return a context in which units can be handed out; entered again after workers have died."""
        return _Here()

    def gave_up(self, units: Sequence[Unit]) -> InputError:
        """Return what to say when workers keep dying over these units."""
        names = ", ".join(sorted({f"{u.place.municipality} {u.place.year}" for u in units}))
        return InputError(
            "Arbejdsprocesserne standser igen og igen",
            where=names,
            why="styresystemet standser dem, som regel fordi der mangler hukommelse",
            next_step="kør den samme kommando igen med færre --workers; det, der er regnet, er gemt",
        )


class Processes(Crew):
    """Processes of this machine, that end when this one does, however it ends."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self.ahead = AHEAD * workers

    @contextmanager
    def executor(self) -> Iterator[Executor]:
        """Yield a new pool of processes; they are ended at once when the block ends badly, as by Ctrl-C or a full disk."""
        with pool(self.workers, _die_with_the_parent) as made:
            with _leaving_ctrl_c_to_this_process():
                for _ in range(self.workers):
                    made.submit(os.getpid)  # starts a process
            yield made


class _Here(Executor):
    """An executor that works at once, in this process."""

    def submit(self, fn: Callable[..., Done], /, *args: object, **kwargs: object) -> "Future[Done]":  # type: ignore[override]
        future: Future[Done] = Future()
        future.set_result(fn(*args, **kwargs))
        return future


@contextmanager
def _leaving_ctrl_c_to_this_process() -> Iterator[None]:
    """Let processes that are started in the block not hear Ctrl-C, from their first instant on."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, heard)


def _die_with_the_parent() -> None:
    """Let a worker end when its parent is gone, also when the parent could not tell it."""
    parent = multiprocessing.parent_process()
    assert parent is not None

    def watch() -> None:
        wait_for_connection([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def work(unit: Unit, expected: Mapping[str, str]) -> Done:
    """Run a unit in a worker; a fault of the unit's own is told, one of the whole batch is raised."""
    started = time.perf_counter()
    try:
        content = run_unit(unit, expected)
    except DataError:
        raise
    except TakstlabError as error:
        return Done(None, time.perf_counter() - started, str(error))
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{os.path.basename(last.filename)} linje {last.lineno}"
        return Done(None, time.perf_counter() - started, f"{type(error).__name__}: {error} ({where})")
    return Done(content, time.perf_counter() - started)


def run_all(
    units: Sequence[Unit], crew: Crew, expected: Mapping[str, str], finish: Callable[[Unit, Done], None]
) -> None:
    """Run every unit, in any order, and hand each result to ``finish`` in this process.

    Raises InputError when workers die over and over, and whatever ``finish`` raises; what it was handed stays its own.
    """
    waiting, breaks = deque(units), 0
    while waiting:
        flying: dict[Future[Done], Unit] = {}
        try:
            with crew.executor() as executor:
                while waiting or flying:
                    while waiting and len(flying) < crew.ahead:
                        flying[executor.submit(work, waiting[0], expected)] = waiting[0]
                        waiting.popleft()
                    for future in wait(flying, return_when=FIRST_COMPLETED).done:
                        result = future.result()
                        finish(flying.pop(future), result)
                        breaks = 0
        except (BrokenProcessPool, CancelledError):
            breaks += 1
            left = list(flying.values())
            if breaks > MOST_BREAKS:
                raise crew.gave_up(left) from None
            # One of them may be what killed its worker: the others go first.
            waiting.extend(left)
