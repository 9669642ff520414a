"""A comparison under a price list that was typed: another identity, the list named in the answer and kept with it."""

import re
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.answer.compare import Comparison, compare
from sim.answer.identity import run_id
from sim.estimate.estimate import estimate
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare
from sim.study.study import Study
from sim.telling.estimate_text import published, text
from sim.telling.folder import write_results
from sim.telling.paper import decision_paper, to_html
from tariffs import PriceList

AMOUNTS = {
    "grundtakst": 4900, "kommunetakst": 3300, "bytakst_low": 6400, "bytakst_high": 8000, "gratis_destination": 0,
    "kilometertakst_fra_km_11": 900, "kilometertakst_fra_km_21": 1700, "plusturtakst": 2900,
}  # fmt: skip
SENTENCE = (
    "Egen prisliste, Movias brev af 20-11-2026: grundtakst 49 kr.; kommunetakst 33 kr.; bytakst, højt niveau 80 kr.;"
    " 9 kr. pr. km fra km 11; 17 kr. pr. km fra km 21 over kommunegrænsen."
)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("lister") / "2027.toml"
    file.write_text(PriceList(date(2027, 1, 17), "Movias brev af 20-11-2026", AMOUNTS).toml(), encoding="utf-8")
    return file


def asked(*files: Path, **more: Any) -> Scenario:
    options = [
        {"name": "I dag", "elements": ["kommunetakst"]},
        {"name": "Bytakst", "elements": ["kommunetakst", "bytakst=high"]},
    ]
    values = {"municipality": "0316", "year": 2027, "options": options, "passengers": 300.0, "draws": 1}
    few = {"min_replications": 2, "max_replications": 2, "tariff_files": [str(file) for file in files]}
    return build_scenario(values | few | more, "test")


@pytest.fixture(scope="module")
def study(own: Path) -> Study:
    return prepare(asked(own), "0316")


@pytest.fixture(scope="module")
def made(study: Study) -> Comparison:
    return compare(study, workers=1)


def test_the_run_has_another_identity_with_the_list_than_without_and_with_other_amounts(own: Path) -> None:
    told = asked().model_copy(update={"tariff_files": ("prices:a",)})
    other = own.with_name("anden.toml")
    other.write_text(own.read_text(encoding="utf-8").replace('value = "49"', 'value = "50"'), encoding="utf-8")
    with_list, without = run_id(asked(own), "0316", told), run_id(asked(), "0316")
    assert len({with_list, without, run_id(asked(other), "0316", told)}) == 3
    moved = shutil.copy(own, own.with_name("samme.toml"))
    assert run_id(asked(moved), "0316", told) == with_list


def test_the_estimate_is_by_the_list_and_names_it(study: Study) -> None:
    found = estimate(study)
    assert published(study, found)["fares"]["certainty"] == "entered"
    assert SENTENCE in " ".join(text(study, found).split())
    projected = estimate(prepare(asked(), "0316"))
    assert found.options[0].year.fares_oere != projected.options[0].year.fares_oere


def test_the_comparison_and_its_paper_name_the_list(made: Comparison) -> None:
    fares = made.json["fares"]
    assert fares["text_da"] == SENTENCE
    assert fares["text_en"].startswith("Own price list, Movias brev af 20-11-2026: ")
    assert {mark for row in made.json["citizen_prices"] for mark in row["certainty"]} == {"entered"}
    inside = next(row for row in made.json["citizen_prices"] if row["place_class"] == "inside")
    assert inside["oere"][0]["adult_phone"] == 3300 + 900 * max(0, inside["km"] - 10)


def test_the_paper_says_that_the_municipality_typed_the_prices(made: Comparison, study: Study) -> None:
    from sim.telling.folder import manifest_of

    manifest = manifest_of(study, made, "takstlab compare")
    page = to_html(decision_paper(made.answer, manifest)).replace("\u2060", "")  # which keeps a date on one line
    assert "Egen prisliste, Movias brev af 20-11-2026" in page
    assert "Kommunen har selv skrevet priserne ind." in page
    assert re.search(r"barn \d+; egen prisliste", page), "each price of the citizens' table has its mark"


def test_the_list_is_kept_with_the_answer(made: Comparison, study: Study, own: Path, tmp_path: Path) -> None:
    write_results(study, made, tmp_path, "takstlab compare")
    assert (tmp_path / "takster-1.toml").read_bytes() == own.read_bytes()
    assert "takster-1.toml" in (tmp_path / "manifest.json").read_text(encoding="utf-8")
