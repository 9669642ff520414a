import pytest

from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.study import Study


def holbaek(**assumptions: float) -> Study:
    """Return Holbæk with 1,500 flextur passengers of its own, and a tenth of its referred traffic unless said otherwise."""
    scenario = build_scenario(
        {
            "municipality": "0316",
            "options": [parse_option("I dag: kommunetakst"), parse_option("Grundtakst: grundtakst")],
            "passengers": 1500.0,
            "assumptions": {"pool_scale": 0.1} | assumptions,
        },
        "test",
    )
    return prepare(scenario, "0316")


@pytest.fixture(scope="session")
def study() -> Study:
    return holbaek()
