"""Memory that is free again goes back to the machine: the C library keeps it, a heap a thread, until it is asked for it.

Seen with glibc 2.36: after estimates of 45 municipalities on several threads a service held 623 MB, of which 228 were free; limits
by ``MALLOC_ARENA_MAX`` and ``MALLOC_MMAP_THRESHOLD_`` changed nothing.
"""

import ctypes
import threading
from collections.abc import Callable

EVERY_S = 2.0


def trimmer() -> Callable[[], None] | None:
    """Return what gives free memory back, None where the C library has no such call (it is glibc's)."""
    try:
        trim = ctypes.CDLL(None).malloc_trim
    except (OSError, AttributeError):
        return None
    return lambda: trim(ctypes.c_size_t(0))


def give_back(ended: threading.Event, every_s: float = EVERY_S) -> None:
    """Give free memory back beside the answering, every few seconds until ``ended``; a few milliseconds each time."""
    trim = trimmer()
    if trim is None:
        return

    def watch() -> None:
        while not ended.wait(every_s):
            trim()

    threading.Thread(target=watch, name="give-back", daemon=True).start()
