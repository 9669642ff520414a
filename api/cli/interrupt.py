"""Ctrl-C that is heard also where it cannot be acted on: in a compiler's lock, its callbacks and its cleaning up."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

COMPILER = ("llvmlite", "numba")
"""What holds locks that other threads wait for: an exception raised in the middle of it could leave them held for good."""


class _Heard:
    """Whether Ctrl-C was pressed since the command began."""

    yes = False


def stop_if_interrupted() -> None:
    """Raise KeyboardInterrupt when Ctrl-C was pressed and nothing was raised then, or it came to nothing."""
    if _Heard.yes:
        raise KeyboardInterrupt


@contextmanager
def hearing_interrupts() -> Iterator[None]:
    """Remember Ctrl-C beside raising KeyboardInterrupt; a process that is to ignore it goes on doing so.

    Inside the compiler, and where an object is being deleted, it is remembered alone: `stop_if_interrupted` raises it.
    """
    _Heard.yes = False
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def hear(number: int, frame: FrameType | None) -> None:
        _Heard.yes = True
        if not _must_go_on(frame):
            signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def _must_go_on(frame: FrameType | None) -> bool:
    """Say whether the code that was interrupted, or what called it, is not to be stopped in the middle."""
    while frame is not None:
        room = str(frame.f_globals.get("__name__", "")).partition(".")[0]
        if room in COMPILER or frame.f_code.co_name == "__del__":
            return True
        frame = frame.f_back
    return False
