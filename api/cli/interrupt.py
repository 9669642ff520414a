"""Ctrl-C that is heard also where it cannot be acted on: an exception raised inside a compiler's callback is lost."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class _Heard:
    """Whether Ctrl-C was pressed since the command began."""

    yes = False


def stop_if_interrupted() -> None:
    """Raise KeyboardInterrupt when Ctrl-C was pressed and what it raised then came to nothing."""
    if _Heard.yes:
        raise KeyboardInterrupt


@contextmanager
def hearing_interrupts() -> Iterator[None]:
    """Remember Ctrl-C beside raising KeyboardInterrupt; a process that is to ignore it goes on doing so."""
    _Heard.yes = False
    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield
        return

    def hear(number: int, frame: FrameType | None) -> None:
        _Heard.yes = True
        signal.default_int_handler(number, frame)

    signal.signal(signal.SIGINT, hear)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)
