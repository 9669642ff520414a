"""The one place that knows how a function is compiled, so that the rest stays typed."""

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numba

F = TypeVar("F", bound=Callable[..., object])

# Numba keeps machine code as long as the file of the function itself stays the same, but the code it calls is compiled into it:
# a place of its own for each state of the planner's and the clock's files, so that no old planner works on inside a new clock.
_HERE = Path(__file__).parent
_FILES = sorted((*_HERE.glob("*.py"), *(_HERE.parent / "kernel").glob("*.py")))
_STATE = hashlib.sha256(b"".join(path.read_bytes() for path in _FILES)).hexdigest()[:12]


def compiled(function: F) -> F:
    """Return ``function`` compiled by numba, its machine code kept between runs.

    It makes no arrays: those it is given outlive it, so that nobody counts who holds them, which took more than half of the
    planner's time. The plain Python function stays reachable as ``.py_func``.
    """
    numba.config.CACHE_DIR = str(_HERE / "__pycache__" / f"compiled-{_STATE}")
    try:
        decorated: F = numba.njit(cache=True, nogil=True, _nrt=False)(function)
    except RuntimeError:  # nowhere to keep the machine code: compile anew in every process
        decorated = numba.njit(nogil=True, _nrt=False)(function)
    return decorated
