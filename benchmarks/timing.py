"""Timing a piece of work: the middle of several runs and how far they lie apart, or the quickest of a few."""

import statistics
import time
from collections.abc import Callable

REPEATS = 7


def median_seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Return the median and the spread (largest less smallest) of `REPEATS` timings, after one unmeasured run."""
    work()
    timings = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        timings.append(time.perf_counter() - start)
    return statistics.median(timings), max(timings) - min(timings)


def quickest_seconds(work: Callable[[], object], repeats: int = 3) -> float:
    """Return the quickest of a few timings: what the work takes when nobody else is at the machine."""
    timings = []
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        timings.append(time.perf_counter() - start)
    return min(timings)


def alternating_cpu_seconds(*works: Callable[[], object], rounds: int = 5) -> list[float]:
    """Return the least processor time of each piece of work, done in turn, so that what else the machine does meets all alike."""
    least = [float("inf")] * len(works)
    for _ in range(rounds):
        for number, work in enumerate(works):
            start = time.process_time()
            work()
            least[number] = min(least[number], time.process_time() - start)
    return least
