"""Who is turned away, and what may follow, by hand on a few trips that are written here."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.answer import flexhandicap as module
from sim.answer.flexhandicap import Terms, flexhandicap, sentence, share_range
from sim.road.kernel import Kind
from sim.study.choice import MOVED
from sim.study.replicated import turned_away as counting
from sim.study.replicated.figures import Spread
from sim.study.replicated.turned_away import turned_away
from sim.words.figure import Figure
from tests.study.conftest import study_of

TRIP, DECLINED, REFUSED, DROPPED, FULL = Kind.DROPPED_OFF, Kind.DECLINED, Kind.REFUSED, Kind.DROPPED, Kind.NO_VEHICLE
OPTIONS = ("I dag: kommunetakst", "Bytakst 60: kommunetakst, bytakst=high")


def ran(outcome: list[Kind], ids: list[int], way_out: list[int]) -> Any:
    requests = SimpleNamespace(
        request_id=np.array(ids), outbound_row=np.array(way_out), plustur=np.zeros(len(ids), dtype=bool)
    )
    return SimpleNamespace(requests=requests, outcome=np.array(outcome))


def test_turned_away_are_trips_made_that_are_declined_refused_gone_or_home_from_a_way_out_that_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Requests 10-11 are a tour, its way out declined, and 12-13 one whose way out got no vehicle; 14 is refused, 15 does not ask
    again, 16 never rode, 17 takes plustur and 18 rides as before. Turned away: 10, 11, 14 and 15.
    """
    monkeypatch.setattr(counting, "levels", lambda wish, *_: np.where(wish.request_id == 17, MOVED, 2400))
    before = ran([TRIP] * 6 + [DECLINED, TRIP, TRIP], list(range(10, 19)), [-1, 0, -1, 2, -1, -1, -1, -1, -1])
    after = ran(
        [DECLINED, DROPPED, FULL, DROPPED, REFUSED, DECLINED, TRIP],
        [10, 11, 12, 13, 14, 16, 18],
        [-1, 0, -1, 2, -1, -1, -1],
    )
    package: Any = None
    assert turned_away(before, after, package, ()) == 4


def test_a_draws_cost_is_its_own_share_of_its_own_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten trips; a fifth of them come back at 300 + 100 - 50 oere: 700, where the centre has a tenth at some 200 kr."""
    monkeypatch.setattr(module, "_drawn", lambda *_: Terms(0.2, 13.0, 300.0, 100.0, 50.0))
    ten = Spread(np.full(2, 10.0), np.full(3, 10.0), np.array([0, 1, 0]))
    draws: Any = (None, None, None)
    shown = flexhandicap(study_of(*OPTIONS, passengers=500.0), lambda *_: ten, draws, 1)  # type: ignore[arg-type]
    assert shown.trips.mean == pytest.approx(1.0)
    assert shown.trips.p90 == pytest.approx(2.0)
    assert shown.cost_oere.p10 == pytest.approx(700.0)


@pytest.mark.parametrize(
    ("cost", "words"),
    [
        (Figure(4_200_000.0, 1_300_000.0, 9_000_000.0), "på ca. 42.000 kr. om året (13.000-90.000), hvis"),
        (Figure.known(4_200_000.0), "på ca. 42.000 kr. om året, hvis"),
    ],
)
def test_an_interval_is_told_where_there_is_one(cost: Figure, words: str) -> None:
    told = sentence("Bytakst 60", Figure.known(300.0), cost, (0.1, 0.0, 0.2))
    assert told is not None
    assert words in told


def test_a_share_that_somebody_states_has_no_range() -> None:
    assert share_range(study_of(*OPTIONS, passengers=500.0)) == (0.1, 0.0, 0.2)
    stated = study_of(*OPTIONS, passengers=500.0, assumptions={"flexhandicap_moved_share": 0.05})
    assert share_range(stated) == (0.05, 0.05, 0.05)
