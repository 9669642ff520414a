"""Net cost through the budget year, on months that can be added in the head."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.answer.accumulated import accumulated, budget_months
from sim.study.replicated.figures import Spread

YEAR = SimpleNamespace(month=np.repeat(np.arange(12), [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]))
FIRST_OF_JULY = 182


def read(name: str, place: int, *at: int) -> Spread:
    """Today costs 100 a month and the option 80, in two replications 10 apart; prebooked trips add 5 to the part year."""
    monthly = (100.0, 80.0)[place]
    mean = {
        "year": 12 * monthly,
        "months": monthly,
        "part_year": 6 * monthly + (5.0 if place else 0.0),
        "not_yet": 0.0,
    }[name]
    spread = 10.0 * (12 if name == "year" else 6 if name == "part_year" else 0 if name == "not_yet" else 1)
    return Spread(np.array([mean - spread, mean + spread]), np.array([]), np.array([], dtype=np.int64))


def means(start: int | None, place: int) -> list[float]:
    study: Any = SimpleNamespace(start_day=start, year=YEAR)
    return [figure.mean for figure in accumulated(study, read, place)]


def test_without_a_start_an_option_is_added_month_by_month() -> None:
    assert means(None, 1) == [80.0 * month for month in range(1, 13)]


def test_until_the_start_it_is_todays_and_then_the_options() -> None:
    # Six months of 100, the prebooked 5 in July, then 80 a month: 605 + 480.
    found = means(FIRST_OF_JULY, 1)
    assert found[:6] == [100.0 * month for month in range(1, 7)]
    assert found[6:] == [605.0 + 80 * month for month in range(1, 7)]


def test_the_months_of_the_budget_year_are_todays_until_the_start_and_add_up_to_the_year() -> None:
    study: Any = SimpleNamespace(start_day=FIRST_OF_JULY, year=YEAR)
    months = [figure.mean for figure in budget_months(study, read, 1)]
    assert months == pytest.approx([100.0] * 6 + [85.0] + [80.0] * 5)
    assert sum(months) == pytest.approx(means(FIRST_OF_JULY, 1)[-1])


def test_what_an_introduced_service_lacks_is_missing_in_its_months() -> None:
    """The option's first four months lack 40, 30, 20 and 10 of their 80."""

    def growing(name: str, place: int, *at: int) -> Spread:
        lacks = name == "not_yet" and place == 1 and at[0] < 4
        return (
            Spread(np.full(2, 40.0 - 10 * at[0]), np.array([]), np.array([], dtype=np.int64))
            if lacks
            else read(name, place, *at)
        )

    study: Any = SimpleNamespace(start_day=None, year=YEAR)
    assert [figure.mean for figure in accumulated(study, growing, 1)] == [
        40.0, 90.0, 150.0, 220.0, *(300.0 + 80 * month for month in range(8)),
    ]  # fmt: skip


def test_today_goes_on_as_it_is() -> None:
    assert means(FIRST_OF_JULY, 0)[-1] == pytest.approx(1200.0)


def test_the_interval_grows_as_the_months_add_up() -> None:
    study: Any = SimpleNamespace(start_day=None, year=YEAR)
    # Two replications 20 n apart: standard deviation 14.142 n; the next lies within t = 3.0777 x sqrt(3/2) of them: 53.307 n.
    for n, figure in enumerate(accumulated(study, read, 0), start=1):
        assert figure.p90 - figure.p10 == pytest.approx(2 * 53.307 * n, rel=1e-4)
