"""What the closed form is taken to say of entries that it does not know itself: by hand, in shares of the year and of the change."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.study.replicated.low_fidelity import ClosedForms, Volumes
from sim.study.replicated.measures import Measure
from sim.study.replicated.reader import Reader
from sim.study.replicated.samples import Samples

TRIPS, NET = int(Measure.TRIPS), int(Measure.NET_COST)
DRAWS, MANY = 12, 20


def replication(scale: float) -> Any:
    """Two options: 1,000 and 800 trips, 10,000 and 7,000 oere; what is counted of them, all ``scale`` times."""
    year = np.zeros((2, 8))
    year[:, TRIPS], year[:, NET] = (1000, 800), (10_000, 7000)
    months, touched, base = np.zeros((2, 12, 8)), np.zeros((2, 8)), np.zeros((2, 8))
    months[1, 3, NET] = 700
    base[1, NET], touched[1, NET], base[1, TRIPS] = 4000, 1000, 400
    bands = np.zeros((2, 2, 5))
    bands[1, :, 2] = 100, 40
    totals = {
        "year": year, "months": months, "affected": touched, "affected_base": base, "riders_by_age": bands,
        "waterfall": np.array([[0.0] * 3, [-1500, -1000, -500]]), "turned_away": np.array([0, 150]),
        "prebooked": np.array([50, 60, 20]), "riders": np.array([[0] * 4, [400, 300, 100, 200]]),
    }  # fmt: skip
    return SimpleNamespace(**{name: scale * values for name, values in totals.items()})


@pytest.fixture
def read() -> Reader:
    """Return a reader whose closed form says 100 and 90 of trips, 50 and 30 of net cost in the centre, more in each draw."""
    times = np.concatenate([[1.0], 1 + np.arange(DRAWS) / 10, 1 + np.arange(MANY) / 10])
    year = np.zeros((1 + DRAWS + MANY, 2, 8))
    year[:, :, TRIPS], year[:, :, NET] = times[:, None] * [100, 90], times[:, None] * [50, 30]
    forms = ClosedForms({"year": year}, Volumes(np.ones(DRAWS), np.ones(MANY)))
    drawn = [replication(1 + n / 10) for n in range(DRAWS)]
    return Reader(Samples([replication(1.0)] * 2, drawn, [n % 2 for n in range(DRAWS)], forms))


@pytest.mark.parametrize(
    ("name", "at", "central"),
    [
        ("year", (1, NET), 30.0),
        # A tenth of the option's year was in April.
        ("months", (1, 3, NET), 3.0),
        # Today's touched trips cost 0.4 of today's year; under the option that, and the 3,000 that is all it changes.
        ("affected_base", (1, NET), 20.0),
        ("affected", (1, NET), 20.0 - 20.0),
        # Four tenths of today's trips are touched, told in one table and in another.
        ("affected_base", (1, TRIPS), 40.0),
        ("riders", (1, 0), 40.0),
        # A tenth of today's trips are of the band, and 60 of the 200 that are lost, of 10 in closed form.
        ("riders_by_age", (1, 0, 2), 10.0),
        ("riders_by_age", (1, 1, 2), 10.0 - 3.0),
        # A half and a third of the change in net cost, -20 in closed form; 150 of 200 lost trips, of 10 in closed form.
        ("waterfall", (1, 0), -10.0),
        ("waterfall", (1, 1), -20 / 3),
        ("turned_away", (1,), 7.5),
        # A twentieth of today's trips are booked before the start.
        ("prebooked", (0,), 5.0),
    ],
)
def test_an_entry_is_a_share_of_what_the_closed_form_knows(
    read: Reader, name: str, at: tuple[int, ...], central: float
) -> None:
    low = read(name, *at).low
    assert low is not None
    assert low.central == pytest.approx(central)
    assert low.drawn == pytest.approx(central * (1 + np.arange(DRAWS) / 10))
    assert low.many == pytest.approx(central * (1 + np.arange(MANY) / 10))


def test_what_the_first_option_changes_is_nothing(read: Reader) -> None:
    low = read("turned_away", 0).low
    assert low is not None
    assert not low.many.any()


def test_without_the_closed_form_nothing_is_taken_to_be_said(read: Reader) -> None:
    read.samples.low = None
    assert read("months", 1, 3, NET).low is None
