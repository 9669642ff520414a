"""Running tests against one mutant at a time.

Three generations of processes: the first imports the libraries; a child of it imports and computes what the modules to be changed rest on
(``warm``); and a child of that for each mutant puts the changed module in place, imports the rest, and runs the tests in itself.
"""

import importlib
import os
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.machinery import SourceFileLoader
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from types import CodeType

from tests.mutants.mutations import Mutant

LIBRARIES = (
    "numpy", "scipy.stats", "scipy.optimize", "scipy.sparse.csgraph", "pandas", "pyarrow.parquet", "pyarrow.compute", "numba",
    "pydantic", "hypothesis", "hypothesis.strategies", "simpy", "babel.numbers", "holidays", "jinja2", "duckdb", "pytest",
    "xlsxwriter", "click",
)  # fmt: skip
NOTICED_NOTHING, BROKEN = 0, 99
EXAMPLES = 25
"""Examples of a property for each mutant, where the test does not say itself."""
SLOWER = 5
"""A mutant that takes so many times the tests' own time, and ten seconds more, is taken to run for ever."""

Warm = Callable[[], None]
Tests = tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant: killed when a test failed, its module could not be imported, or it took far too long."""

    mutant: Mutant
    killed: bool
    seconds: float


def import_libraries() -> None:
    """Import what tests need of other people's, once for all children, and nothing of our own that could be changed."""
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
        os.environ[threads] = "1"  # children are made by forking, which other threads do not survive
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    for name in LIBRARIES:
        importlib.import_module(name)


def judged(
    chosen: Sequence[Mutant], tests_of: Mapping[str, Tests], root: Path, workers: int, warm: Warm
) -> Iterator[Outcome]:
    """Yield the outcome of each mutant as it is known; raises RuntimeError when tests fail without any change."""
    here, there = Pipe(duplex=False)
    warmed = _in_a_child(lambda: _serve(chosen, tests_of, root, workers, warm, there), limit=None)
    there.close()
    try:
        while (told := here.recv()) is not None:
            if isinstance(told, str):
                raise RuntimeError(told)
            number, killed, seconds = told
            yield Outcome(chosen[number], killed, seconds)
    finally:
        os.waitpid(warmed, 0)


def _serve(
    chosen: Sequence[Mutant], tests_of: Mapping[str, Tests], root: Path, workers: int, warm: Warm, answers: Connection
) -> int:
    """Warm up, then judge each mutant in a child; tells (number, killed, seconds) of each, and None at the end."""
    warm()
    takes: dict[Tests, float] = {}
    under_way: dict[int, tuple[int, float]] = {}
    waiting = iter(enumerate(chosen))
    while True:
        while len(under_way) < workers and (each := next(waiting, None)) is not None:
            number, mutant = each
            tests = tests_of[mutant.path]
            if tests not in takes:
                takes[tests] = _unchanged(root, tests)
                if takes[tests] < 0:
                    answers.send(f"tests fail without any change: {' '.join(tests)}")
                    return BROKEN
            child = _in_a_child(lambda m=mutant, t=tests: _pytest(root, t, m), SLOWER * takes[tests] + 10)  # type: ignore[misc]
            under_way[child] = number, time.monotonic()
        if not under_way:
            answers.send(None)
            return 0
        child, status = os.waitpid(-1, 0)
        if child in under_way:
            number, began = under_way.pop(child)
            killed = os.waitstatus_to_exitcode(status) != NOTICED_NOTHING
            answers.send((number, killed, time.monotonic() - began))


def _unchanged(root: Path, tests: Tests) -> float:
    """Return how many seconds of processor time tests take on the code as it is, -1 when one fails."""
    child = _in_a_child(lambda: _pytest(root, tests, None), limit=600)
    _, status, used = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != NOTICED_NOTHING:
        return -1.0
    print(f"  {used.ru_utime + used.ru_stime:.1f} s: {' '.join(tests)}", file=sys.stderr, flush=True)
    return used.ru_utime + used.ru_stime


def _in_a_child(work: Callable[[], int], limit: float | None) -> int:
    """Start ``work`` in a child that may take so many seconds of processor time, and ten times that by the clock."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child:
        return child
    status = BROKEN
    try:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (int(limit) + 1, int(limit) + 2))
            signal.alarm(int(10 * limit))
        status = work()
    except BaseException as error:
        print(repr(error), file=sys.stderr, flush=True)
    finally:
        os._exit(status)


def _pytest(root: Path, tests: Tests, mutant: Mutant | None) -> int:
    """Run tests in this process; returns pytest's exit status. What fails unchanged is shown, what fails by a change is not."""
    import pytest
    from hypothesis import Phase, settings

    settings.register_profile(
        "mutants", derandomize=True, database=None, deadline=None, max_examples=EXAMPLES, report_multiple_bugs=False,
        phases=(Phase.explicit, Phase.generate),  # one failure is enough, and need not be made small
    )  # fmt: skip
    settings.load_profile("mutants")
    os.chdir(root)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere if mutant is not None else 2, 1)
    if mutant is not None:
        os.dup2(nowhere, 2)
        _put_in_place(root, mutant)
    how = (
        "-x",
        "-q",
        "--no-header",
        "--no-summary" if mutant else "--tb=short",
        "-o",
        "addopts=",
        "-p",
        "no:cacheprovider",
    )
    usual = "not slow and not soak and not postgres and not sheets and not browser"
    return int(pytest.main([*how, "-m", usual, *tests]))


def _put_in_place(root: Path, mutant: Mutant) -> None:
    """Let every later import of the module see the changed one; it must not have been imported yet."""
    code = compile(mutant.tree(root), str(root / mutant.path), "exec")
    name = mutant.path.removesuffix(".py").replace("/", ".")
    if name in sys.modules:
        raise AssertionError(f"{name} was imported before it was changed")
    as_it_is = SourceFileLoader.get_code

    def get_code(self: SourceFileLoader, fullname: str) -> CodeType | None:
        return code if fullname == name else as_it_is(self, fullname)

    SourceFileLoader.get_code = get_code  # type: ignore[method-assign]
