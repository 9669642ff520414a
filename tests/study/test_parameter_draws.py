import math

import numpy as np
import pytest

from sim.assumptions import load_assumptions
from sim.demand.volume import Volume, allocated_volume, own_volume
from sim.study.draws import parameter_draws

TOWN = load_assumptions()["town_share"]


def test_an_allocated_volume_spans_a_third_to_three_times_in_eight_of_ten_draws() -> None:
    volume = allocated_volume("0316", load_assumptions())
    factors = np.array([d.volume_factor for d in parameter_draws(32, TOWN, volume)])
    assert np.exp(np.log(factors).mean()) == pytest.approx(1.0)
    # 80 % of the equally likely slices: 3 of 32 lie below the 10 % quantile of exactly a third, 3 above three.
    assert np.count_nonzero(factors < 1 / 3) == 3
    assert np.count_nonzero(factors > 3) == 3


def test_a_municipalitys_own_volume_is_not_varied() -> None:
    assert {d.volume_factor for d in parameter_draws(16, TOWN, own_volume(9000))} == {1.0}


def test_the_town_share_keeps_to_its_range_and_peaks_at_its_value() -> None:
    shares = np.array([d.town_share for d in parameter_draws(64, TOWN, own_volume(1))])
    assert shares.min() >= 0.15
    assert shares.max() <= 0.45
    # A triangle from 0.15 over 0.25 to 0.45 has mean 0.85 / 3, and a third of it lies below its top.
    assert shares.mean() == pytest.approx(0.85 / 3, abs=0.001)
    assert np.mean(shares < 0.25) == pytest.approx(1 / 3, abs=1 / 64)


def test_a_town_share_that_the_user_states_is_taken_as_known() -> None:
    stated = load_assumptions().overriding({"town_share": 0.31})["town_share"]
    assert {d.town_share for d in parameter_draws(8, stated, own_volume(1))} == {0.31}


def test_town_share_and_volume_are_drawn_without_regard_to_each_other() -> None:
    volume = Volume(1000, "allocated", math.log(3) / 1.28, "")
    draws = parameter_draws(32, TOWN, volume)
    together = np.corrcoef([math.log(d.volume_factor) for d in draws], [d.town_share for d in draws])[0, 1]
    assert abs(together) < 0.15


def test_gladsaxe_has_its_published_trips_and_the_others_share_the_rest() -> None:
    from sim.demand.volume import ALLOCATION_DAY
    from sim.geography.municipalities import movia_municipalities
    from tariffs import load_municipal_choices

    register = load_assumptions()
    assert allocated_volume("0159", register).passengers == pytest.approx(30 * 12 * 1.2)
    chance = {"known": 1.0, "assumed": 0.5, "no": 0.0}
    choices = load_municipal_choices()
    total = sum(
        chance[choices.offers("flextur", m.code, ALLOCATION_DAY)] * allocated_volume(m.code, register).passengers
        for m in movia_municipalities()
    )
    assert total == pytest.approx(389_000)
