from datetime import date

import pytest

from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.study import Study

HOLBAEK = "0316"


def study_of(*texts: str, municipality: str = HOLBAEK, **values: object) -> Study:
    scenario = build_scenario(
        {"municipality": municipality, "options": [parse_option(o) for o in texts], **values}, "test"
    )
    return prepare(scenario, municipality)


@pytest.fixture(scope="session")
def holbaek() -> Study:
    """Holbæk with 6,000 passengers of its own under today's package, and two alternatives."""
    return study_of(
        "I dag: kommunetakst, bytakst=low",
        "Bytakst 60: kommunetakst, bytakst=high",
        "Uden bytakst: kommunetakst",
        passengers=6000.0,
        start=date(2020, 7, 1),
    )
