"""Ctrl-C in the middle of the compiler or of a deletion is remembered, and acted on at the next step."""

import os
import signal
from collections.abc import Iterator

import pytest

from api.cli.interrupt import hearing_interrupts, stop_if_interrupted

PRESSED = "import os, signal\ndef {name}():\n    os.kill(os.getpid(), signal.SIGINT)\n    went_on.append(True)\n"


@pytest.fixture(autouse=True)
def pythons_own_handler() -> Iterator[None]:
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def pressed_in(module: str, function: str, went_on: list[bool]) -> None:
    room = {"__name__": module, "went_on": went_on}
    exec(PRESSED.format(name=function), room)
    room[function]()  # type: ignore[operator]


@pytest.mark.parametrize(
    ("module", "function"), [("llvmlite.binding.ffi", "lock"), ("numba.core", "compile"), ("x", "__del__")]
)
def test_where_locks_are_held_it_goes_on_and_stops_at_the_next_step(module: str, function: str) -> None:
    went_on: list[bool] = []
    with hearing_interrupts():
        stop_if_interrupted()
        pressed_in(module, function, went_on)
        assert went_on == [True]
        with pytest.raises(KeyboardInterrupt):
            stop_if_interrupted()


def test_everywhere_else_it_stops_at_once() -> None:
    went_on: list[bool] = []
    with hearing_interrupts(), pytest.raises(KeyboardInterrupt):
        pressed_in("sim.road.kernel", "run", went_on)
    assert went_on == []


def test_a_process_that_is_to_ignore_it_goes_on() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with hearing_interrupts():
        os.kill(os.getpid(), signal.SIGINT)
        stop_if_interrupted()
