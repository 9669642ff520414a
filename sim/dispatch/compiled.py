"""The one place that knows how a function is compiled, so that the rest stays typed."""

from collections.abc import Callable
from typing import TypeVar

import numba

F = TypeVar("F", bound=Callable[..., object])


def compiled(function: F) -> F:
    """Return ``function`` compiled by numba, its machine code kept between runs.

    The plain Python function stays reachable as ``.py_func``.
    """
    try:
        decorated: F = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # nowhere to keep the machine code: compile anew in every process
        decorated = numba.njit(nogil=True)(function)
    return decorated
