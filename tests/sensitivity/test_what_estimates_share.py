"""What an estimator keeps between estimates never shows in them."""

import pytest

from sim.estimate.alternatives import with_assumptions
from sim.estimate.estimate import estimate
from sim.estimate.sensitivity.estimator import Estimator
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.study import Study

OPTIONS = (
    "I dag: kommunetakst",
    "Gratis: kommunetakst, gratis=Mega Bowl",
    "Plus: kommunetakst, bytakst=high, plustur",
)


@pytest.fixture(scope="module")
def study() -> Study:
    options = [parse_option(o) for o in OPTIONS]
    return prepare(build_scenario({"municipality": "0316", "options": options, "passengers": 6000.0}, "test"), "0316")


@pytest.mark.parametrize(
    "key",
    [
        "private_destination_share",
        "walk_km",
        "speed_town_kmh",
        "plustur_walk_m",
        "plustur_trips_per_month",
        "in_vain_share",
        "return_share",
    ],
)
def test_each_estimate_is_the_one_made_alone(study: Study, key: str) -> None:
    estimator = Estimator(study, following=False)
    entry = study.assumptions[key]
    for value in (entry.low, entry.high, entry.low):
        assert value is not None
        alone = estimate(with_assumptions(study, {key: value}))
        assert estimator.at({key: value}) == alone
    assert estimator.at({}) == estimate(study)
