"""A volume is the passengers under the package it was counted at, whatever that package closes, and in a draw its own multiple."""

import numpy as np
import pytest

from sim.answer.compare import compare
from sim.estimate.estimate import estimate
from sim.study.draws import ParameterDraw, parameter_draws
from sim.study.replicated.measures import Measure
from tests.study.conftest import study_of

REFERENCES = (
    "kommunetakst", "kommunetakst, bytakst=high", "kommunetakst, lukket_by", "kommunetakst, stoppested",
)  # fmt: skip


@pytest.mark.parametrize("reference", REFERENCES)
def test_the_number_given_comes_back_under_the_package_it_was_counted_at(reference: str) -> None:
    """Also where it closes the towns: nobody of the number travelled in them, and the others are as many as the number says."""
    study = study_of(f"I dag: {reference}", passengers=6000.0, town_zones=["Holbæk"])
    assert estimate(study).options[0].year.passengers == pytest.approx(6000.0)


@pytest.mark.parametrize("reference", ["kommunetakst, lukket_by", "kommunetakst, stoppested"])
def test_opening_a_closed_town_adds_its_trips_to_the_number_that_was_counted(reference: str) -> None:
    study = study_of(f"I dag: {reference}", "Åben: kommunetakst", passengers=6000.0, town_zones=["Holbæk"])
    closed, opened = (option.year.passengers for option in estimate(study).options)
    assert closed == pytest.approx(6000.0)
    assert opened > 1.1 * closed


def test_twice_the_volume_in_a_draw_is_twice_the_riders_of_every_option() -> None:
    study = study_of("I dag: kommunetakst", "Bytakst: kommunetakst, bytakst=high", municipality="0155")
    assert study.volume.origin == "allocated"
    values = parameter_draws(3, study.assumptions, study.volume)[2].values
    once, twice = (estimate(study, ParameterDraw(2, values, factor)).options for factor in (1.0, 2.0))
    for a, b in zip(once, twice, strict=True):
        for key in ("requests", "trips", "passengers", "fares_oere"):
            assert getattr(b.year, key) == pytest.approx(2 * getattr(a.year, key)), key


def test_a_simulated_draw_has_its_multiple_of_the_volume() -> None:
    """Within chance: a year of n passengers spreads by about 1.6 times the root of n, tours counted double."""
    study = study_of("I dag:", municipality="0155", draws=4, min_replications=2, max_replications=2)
    samples = compare(study, workers=1).samples
    draws = parameter_draws(4, study.assumptions, study.volume)
    counted = np.mean([r.year[0, Measure.PASSENGERS] for r in samples.central])
    factors = np.array([draw.volume_factor for draw in draws])
    assert factors.max() / factors.min() > 4
    for draw, r in zip(draws, samples.drawn, strict=True):
        expected = draw.volume_factor * counted
        spread = 1.6 * np.sqrt(expected) + 1.6 * draw.volume_factor * np.sqrt(counted / 2)
        assert r.year[0, Measure.PASSENGERS] == pytest.approx(expected, abs=4 * spread)
