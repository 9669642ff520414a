"""The same pieces of work on one process and on two, timed from the first to the last with the processes warm."""

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def timed(
    work: Callable[[T], R], pieces: Sequence[T], processes: int, warm: Callable[[], object]
) -> tuple[float, list[R]]:
    """Return the seconds that all the pieces take on that many processes, and their results in order.

    Each process has done ``warm`` before the clock starts: imports, and machine code from the cache. Each has a core of its own
    where the system lets one choose: left to themselves, two were seen to share one for seconds while the other idled. The pieces
    are handed out one by one in the order given, so the long ones belong first.
    """
    context = multiprocessing.get_context("spawn")
    ready, cores = context.Barrier(processes + 1), context.Queue()
    for number in range(processes):
        cores.put(number)
    with context.Pool(processes, initializer=_get_ready, initargs=(warm, ready, cores)) as pool:
        ready.wait()
        start = time.perf_counter()
        results = pool.map(work, pieces, chunksize=1)
        seconds = time.perf_counter() - start
    return seconds, results


def _get_ready(warm: Callable[[], object], ready: Barrier, cores: "multiprocessing.Queue[int]") -> None:
    number = cores.get()
    if hasattr(os, "sched_setaffinity"):
        mine = sorted(os.sched_getaffinity(0))
        os.sched_setaffinity(0, {mine[number % len(mine)]})
    warm()
    ready.wait()
