"""The thousand draws of the closed form: their file agrees with what writes it, and they are drawn as the 64 are."""

import numpy as np
import pytest

from sim.evidence.calibration import many
from sim.inputs.assumptions import load_assumptions
from sim.riders.demand.volume import own_volume
from sim.riders.response.facts import read_facts
from sim.riders.response.posterior import posterior
from sim.study.draws import FITTED
from sim.study.many_draws import MANY, many_draws

REGISTER = load_assumptions()


@pytest.fixture(scope="module")
def draws():
    return many_draws(REGISTER, own_volume(6000))


def test_the_file_holds_what_calibration_would_settle(draws) -> None:
    for key, values in many.fitted(6).items():
        assert [draw.values[key] for draw in draws[:6]] == pytest.approx(values.tolist(), abs=1e-4), key


def test_the_price_responses_are_those_of_the_posterior(draws) -> None:
    written = many.riders()
    assert [draw.riders.family for draw in draws] == [rider.family for rider in written]
    assert [draw.riders.a for draw in draws] == pytest.approx([rider.a for rider in written], rel=1e-6)
    facts = read_facts()
    fitted = posterior(facts)
    for change in ((24.0, 60.0), (24.0, 36.0), (48.0, 60.0)):
        falls = [100 * (draw.curve(1.0).acceptance(int(100 * change[1])) / draw.curve(1.0).acceptance(int(100 * change[0])) - 1)
                 for draw in draws]  # fmt: skip
        known = fitted.effect(*change)
        assert np.mean(falls) == pytest.approx(known.mean, abs=0.6)
        assert np.quantile(falls, [0.1, 0.9]) == pytest.approx([known.p10, known.p90], abs=1.5)


def test_every_assumption_has_half_of_its_draws_on_either_side(draws) -> None:
    for key, entry in REGISTER.items():
        if not entry.drawn or key in FITTED:
            continue
        values = np.array([draw.values[key] for draw in draws])
        assert entry.low <= values.min() <= values.max() <= entry.high
        if entry.value not in (entry.low, entry.high):
            assert np.count_nonzero(values < entry.value) == MANY / 2, key


def test_what_the_user_states_is_not_drawn() -> None:
    stated = REGISTER.overriding({"boarding_s": 90.0, "distance_decay_km": 2.5})
    for draw in many_draws(stated, own_volume(6000))[:3]:
        assert "boarding_s" not in draw.values
        assert "distance_decay_km" not in draw.values


def test_an_allocated_volume_is_drawn_and_an_own_one_is_not(draws) -> None:
    assert {draw.volume_factor for draw in draws} == {1.0}
