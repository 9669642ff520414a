"""A small real comparison whose options have names that try to be markup, and its paper."""

import json
from datetime import date

import pytest
from reading_papers import MANIFEST, NASTIER, NASTY, Json

from sim.answer.compare import compare
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.telling.paper import Document, decision_paper
from tests.answer.building import answer_of


@pytest.fixture(scope="session")
def comparison() -> Json:
    """Sorø with three options, two replications and two draws: as ``comparison.json`` holds it."""
    options = [
        {"name": "I dag", "elements": ["kommunetakst", "bytakst=low"]},
        {"name": NASTY, "elements": ["kommunetakst", "bytakst=high"]},
        {"name": NASTIER, "elements": ["kommunetakst", "plustur"]},
    ]
    values = {"municipality": "0340", "options": options, "start": date(2020, 10, 1), "draws": 2}
    scenario = build_scenario(values | {"min_replications": 2, "max_replications": 2}, "test")
    made: Json = json.loads(json.dumps(compare(prepare(scenario, "0340"), workers=1).json))
    return made


@pytest.fixture(scope="session")
def paper(comparison: Json) -> Document:
    return decision_paper(answer_of(comparison), MANIFEST)
