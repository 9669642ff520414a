"""Rounding for people: sums confirm as printed, and no interval leaves out its own ends."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.words.figure import Figure, Interval
from sim.words.numbers import nearest
from sim.words.rounding import Printed, adding_up, moved_by, outwards, thousands_for

amounts = st.floats(-1e10, 1e10, allow_nan=False)
steps = st.sampled_from((0.1, 1.0, 100.0, 10_000.0, 100_000.0))


@given(st.lists(st.floats(-1e7, 1e7), min_size=1, max_size=12))
@settings(max_examples=200)
def test_parts_add_up_to_the_nearest_of_their_sum_and_none_moves_a_whole_step(parts: list[float]) -> None:
    total = nearest(math.fsum(parts))
    shown = adding_up(parts, total)
    assert sum(shown) == total
    assert all(abs(one - part) < 1 + 1e-6 for one, part in zip(shown, parts, strict=True))


@given(amounts, amounts)
@settings(max_examples=200)
def test_what_is_printed_before_and_the_change_give_what_is_printed_after(before: float, change: float) -> None:
    first = nearest(before)
    after, moved = moved_by(first, change)
    assert first + moved == after
    assert abs(moved - change) <= 0.5 + 1e-6
    assert abs(after - (before + change)) <= 1 + 1e-5


@given(amounts, amounts, steps)
@settings(max_examples=300)
def test_an_interval_as_printed_holds_the_true_one_and_is_little_wider(one: float, other: float, least: float) -> None:
    low, high = min(one, other), max(one, other)
    first, last = outwards(low, high, least)
    slack = 1e-5 * least
    assert first <= low + slack
    assert last >= high - slack
    # Each end moves by less than a step, which is at most a tenth of the width.
    step = max(least, (high - low) / 10)
    assert low - first <= step + slack
    assert last - high <= step + slack


@given(amounts, st.floats(0.01, 1e8), steps)
@settings(max_examples=200)
def test_an_interval_as_printed_holds_its_mean_as_printed(mean: float, half: float, least: float) -> None:
    printed = Printed(least)
    first, last = outwards(mean - half, mean + half, least)
    if half >= least:
        assert first - 1e-6 * least <= printed.steps(mean) * least <= last + 1e-6 * least


def test_two_digits_of_the_width_by_hand() -> None:
    """75,200 to 152,400 kr. were once printed as 0.1-0.2 million, which leaves out 75,200."""
    thousands = Printed(100_000)
    assert thousands.ends(Interval(7_520_000, 15_240_000)) == (7_500_000, 15_300_000)
    assert outwards(6_640, 10_790) == (6_600, 10_800)
    assert outwards(-90.2, 51.7) == (-100, 60)
    assert outwards(0.0, 41.0) == (0.0, 41.0)
    assert outwards(5.0, 5.0) == (5.0, 5.0)


def test_a_small_end_is_not_printed_as_zero_while_a_smaller_step_can_be() -> None:
    assert outwards(3.2, 145.0) == (3.0, 150.0)
    assert outwards(-145.0, -3.2) == (-150.0, -3.0)
    assert outwards(0.4, 145.0) == (0.0, 150.0)
    assert outwards(0.4, 145.0, 0.1) == (0.4, 150.0)


def test_a_total_that_is_not_the_sum_is_refused() -> None:
    with pytest.raises(ValueError, match="rounding cannot make it so"):
        adding_up([10.2, 20.3], 40)


def test_decimals_give_the_smallest_change_two_digits() -> None:
    change = Figure.known
    assert thousands_for([change(-6_828_000), change(22_000_000)]) == Printed(100_000)
    assert thousands_for([change(0), change(-430_000)]) == Printed(100_000, 1)
    assert thousands_for([change(0)]) == Printed(100_000)
    assert thousands_for([change(2)]) == Printed(100_000, 2)
