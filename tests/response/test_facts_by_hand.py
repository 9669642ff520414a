"""The declared facts as the fit reads them, and the limits at which a fact is refused, one at a time."""

import pytest

from sim.riders.response.facts import Trial, facts_text, read_facts
from tariffs.errors import DataError


def test_the_trials_are_read_as_shares_with_the_room_of_their_rounding() -> None:
    """40 and 55 percent, each 2.5 either way; Lolland 85 to 92 as it is read."""
    facts = read_facts()
    assert facts.trials == Trial(24.0, 48.0, pytest.approx((0.375, 0.425)), pytest.approx((0.525, 0.575)), 4)  # type: ignore[arg-type]
    assert facts.lolland == Trial(36.0, 72.0, (0.85, 0.92), (0.85, 0.92), 1)


def test_a_finer_grid_has_so_many_times_as_many_points_and_the_same_ends() -> None:
    facts = read_facts()
    half = facts.finer(0.5)
    for name, axis in facts.axes.items():
        assert half.axes[name].points == round(axis.points / 2)
        assert (half.axes[name].low, half.axes[name].high) == (axis.low, axis.high)


SMALLEST, LARGEST, ROUNDING = "smallest_fall_percent = 40.0", "largest_fall_percent = 55.0", "rounding_percent = 2.5"
LOLLANDS_LEAST, LOLLANDS_MOST = "smallest_fall_percent = 85.0", "largest_fall_percent = 92.0"


@pytest.mark.parametrize(
    "values",
    [
        {SMALLEST: 2.5},  # no fall at all, with its rounding
        {ROUNDING: 0.0},
        {SMALLEST: 47.5, LARGEST: 52.5},  # 50 percent may be either
        {LARGEST: 97.5},  # everybody, with its rounding
        {LOLLANDS_LEAST: 0.0},
        {LOLLANDS_LEAST: 92.0},
        {LOLLANDS_MOST: 100.0},
    ],
)
def test_falls_that_touch_each_other_or_nobody_or_everybody_are_refused(values: dict[str, float]) -> None:
    text = facts_text()
    for line, value in values.items():
        assert text.count(line) == 1
        text = text.replace(line, f"{line.partition('=')[0]}= {value}")
    with pytest.raises(DataError, match="ordered shares"):
        read_facts(text)


@pytest.mark.parametrize(
    ("line", "with_this", "said"),
    [
        ('mark = "A"\nfrom_kr = 24', 'mark = "X"\nfrom_kr = 24', "trials has no source or no mark"),
        ("median = 50.0", "median = 0.0", "prior of mean_kr"),
        ("median = 0.25\nsd_log = 0.5", "median = 0.25\nsd_log = 0.0", "prior of spread"),
        ('distribution = "lognormal"\nmedian = 0.4', 'distribution = "normal"\nmedian = 0.4', "prior of variation"),
    ],
)
def test_a_wrong_mark_and_a_prior_without_a_middle_or_a_width_are_refused(line: str, with_this: str, said: str) -> None:
    assert facts_text().count(line) == 1
    with pytest.raises(DataError, match=said):
        read_facts(facts_text().replace(line, with_this))
