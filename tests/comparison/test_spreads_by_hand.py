"""Spreads, ratios and sure signs by hand where one step more or less would show; whatever quantile is read off between them."""

import numpy as np
import pytest

from sim.study.replicated.figures import Figure, Spread, figure, ratio, ratio_change


def spread(central: list[float], drawn: list[float] | None = None) -> Spread:
    drawn = drawn or []
    return Spread(np.array(central, float), np.array(drawn, float), np.zeros(len(drawn), np.int64))


def interval(p10: float, p90: float) -> Figure:
    return Figure((p10 + p90) / 2, p10, p90, (p10, p90), (p10, p90))


def test_a_difference_is_taken_replication_by_replication_and_draw_by_draw() -> None:
    less = spread([10, 20], [30, 40]) - spread([1, 2], [3, 4])
    assert less.central.tolist() == [9, 18]
    assert less.drawn.tolist() == [27, 36]


def test_a_ratio_over_less_than_one_is_a_number_and_over_nothing_unknown() -> None:
    over = spread([1, 1, 1, 1], [1, 1, 1, 1]) / spread([0.5, 1, 0, 2], [0.25, 0, 1, 4])
    assert over.central.tolist()[:2] == [2, 1]
    assert over.central.tolist()[3] == 0.5
    assert np.isnan(over.central[2])
    assert over.drawn.tolist()[:1] + over.drawn.tolist()[2:] == [4, 1, 0.25]
    assert np.isnan(over.drawn[1])


@pytest.mark.parametrize(
    ("p10", "p90", "sure"),
    [
        (0.5, 0.9, True),
        (-0.9, -0.5, True),
        (0, 1, False),
        (-1, 0, False),
        (0, 0, True),
        (-1, 1, False),
        (0.25, 0.75, True),
    ],
)
def test_a_sign_is_sure_when_both_ends_are_on_one_side_and_an_end_at_nothing_is_on_neither(
    p10: float, p90: float, sure: bool
) -> None:
    assert interval(p10, p90).sign_is_sure is sure


def test_a_ratio_and_its_change_stand_over_half_a_trip_and_fall_over_none() -> None:
    """3 kr. over half a trip is 6 kr. a trip, 1 over a quarter 4: two more, half as much again."""
    half, quarter = spread([0.5]), spread([0.25])
    found = ratio(spread([3]), half)
    assert found is not None
    assert found.mean == 6
    moved, percent = ratio_change(spread([3]), half, spread([1]), quarter)
    assert moved is not None
    assert percent is not None
    assert (moved.mean, percent.mean) == (2, 50)
    assert ratio(spread([3]), spread([0])) is None
    assert ratio_change(spread([3]), half, spread([1]), spread([0])) == (None, None)
    assert ratio_change(spread([3]), spread([0]), spread([1]), quarter) == (None, None)
    assert ratio_change(spread([3]), half, spread([0.5]), quarter)[1] is not None


def test_the_percent_of_a_ratios_change_say_the_same_for_every_draw() -> None:
    """100 a passenger in the centre and 110 in every draw, 50 before in both: 100 % more, and in each draw 120."""
    _, percent = ratio_change(
        spread([100, 100], [110, 110]), spread([1, 1], [1, 1]), spread([50, 50], [50, 50]), spread([1, 1], [1, 1])
    )
    assert percent is not None
    assert percent.mean == 100
    assert percent.chance == (100, 100)
    assert percent.parameters == pytest.approx((120, 120))
    assert figure(spread([7, 7], [9, 9])).parameters == (9, 9)
