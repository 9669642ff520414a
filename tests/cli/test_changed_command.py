"""``takstlab changed`` as a user gives it: a folder of an earlier build, and a scenario file with its answer beside it."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.changed.conftest import ANSWERS, unpacked
from tests.conftest import Takstlab

ENDS = ("mean", "p10", "p90")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return unpacked("0.3.0-fordelt", tmp_path / "gammelt")


def figure_of(report: dict[str, Any], option: int, key: str) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in report["options"][option]["figures"] if f["key"] == key)
    return found


def test_a_folder_gives_a_text_the_same_as_json_and_the_new_answer(
    takstlab: Takstlab, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "aendret"
    status, said, told = takstlab("changed", folder, "--workers", 1, "--out", out)
    assert (status, said[:20]) == (0, "Hvad har ændret sig?"), told
    assert "Før: regnet med Takstlab 0.3.0." in said
    assert (out / "changed.txt").read_text(encoding="utf-8") in said
    report = json.loads((out / "changed.json").read_text(encoding="utf-8"))
    new = json.loads((out / "nyt" / "comparison.json").read_text(encoding="utf-8"))
    old = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    for place in (0, 1):
        assert figure_of(report, place, "net_cost_oere")["old"] == old["options"][place]["net_cost_oere"]
        assert figure_of(report, place, "net_cost_oere")["new"] == new["options"][place]["net_cost_oere"]
    # The new answer is an answer like any other: run again by the build that made it, nothing is different.
    status, again, told = takstlab("changed", out / "nyt", "--workers", 1, "--json")
    assert status == 0, told
    same = json.loads(again)
    assert same["causes"] == []
    assert {f["difference"] for option in same["options"] for f in option["figures"] if f["new"]} == {0}
    assert takstlab("changed", folder, "--out", out)[0] == 2


def test_a_scenario_file_that_was_changed_since_is_a_cause_of_its_own(takstlab: Takstlab, folder: Path) -> None:
    told = (ANSWERS / "fordelt.toml").read_text(encoding="utf-8")
    file = folder.parent / "dragoer.toml"
    file.write_text(told.replace("seed = 1", "seed = 1\npassengers = 1200.0\nfee_pooling = 'municipality'"))
    status, said, errors = takstlab("changed", file, "--workers", 1, "--json")
    assert status == 0, errors
    report = json.loads(said)
    kinds = {cause["id"]: cause["kind"] for cause in report["causes"]}
    assert kinds["volume"] == "volume"
    assert kinds["scenario:fee_pooling"] == "scenario"
    volume = next(part for part in report["options"][0]["parts"] if part["cause"] == "volume")
    # From 2,485 allocated passengers to 1,200 of the municipality's own.
    assert volume["passengers"] < -900
    shutil.rmtree(folder)
    status, _, errors = takstlab("changed", file)
    assert status == 2
    assert "En scenariefil har ingen gamle tal" in errors
    assert "--answer" in errors


@pytest.mark.parametrize("given", ["findes-ikke", "tom"])
def test_what_is_no_answer_is_refused(takstlab: Takstlab, tmp_path: Path, given: str) -> None:
    (tmp_path / "tom").mkdir()
    status, _, errors = takstlab("changed", tmp_path / given)
    assert status == 2
    assert "angiv mappen, som takstlab compare skrev" in errors


@pytest.mark.slow
def test_the_driving_hour_of_0_1_0_is_a_part_of_its_own(takstlab: Takstlab, tmp_path: Path) -> None:
    old = unpacked("0.1.0-egen", tmp_path / "gammelt")
    status, said, errors = takstlab("changed", old, "--json")
    assert status == 0, errors
    report = json.loads(said)
    parts = {part["cause"]: part for part in report["options"][0]["parts"]}
    assert parts["assumption:operator_driving_kr_per_hour"]["operator_payment_oere"] < 0
    assert figure_of(report, 1, "part_year_change_oere")["old"]["mean"] < 0
