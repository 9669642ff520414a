"""What is read of answers of any build: absent is unknown, damaged is refused, and the scenario comes out of it."""

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sim.desk.changed.again import answer_beside
from sim.desk.changed.causes import causes
from sim.desk.changed.changelog import changelog, entries_since
from sim.desk.changed.saved import Saved, read_saved, scenario_of
from sim.inputs.scenario.scenario import build_scenario, read_scenario
from tariffs.errors import DataError, InputError
from tests.changed.conftest import ANSWERS


def whole(old: Path, **manifest: Any) -> Saved:
    saved = read_saved(old)
    assert saved.manifest is not None
    return Saved(saved.answer, {**saved.manifest, **manifest}, saved.place)


@pytest.mark.parametrize("name", ["0.1.0-egen", "0.1.0-fordelt", "0.3.0-fordelt", "0.4.0-egen"])
def test_the_scenario_of_every_earlier_answer_is_the_file_it_was_made_of(earlier: dict[str, Path], name: str) -> None:
    asked = scenario_of(read_saved(earlier[name]))
    told = build_scenario(read_scenario(ANSWERS / f"{name.partition('-')[2]}.toml"), "test")
    assert asked.scenario == told
    assert asked.notes == ()


def test_a_comparison_alone_gives_its_scenario_and_says_what_is_unknown(
    earlier: dict[str, Path], tmp_path: Path
) -> None:
    alone = shutil.copy(earlier["0.1.0-egen"] / "comparison.json", tmp_path / "svar.json")
    saved = read_saved(Path(alone))
    asked = scenario_of(saved)
    told = build_scenario(read_scenario(ANSWERS / "egen.toml"), "test")
    same = {"name": "", "reference": ("kommunetakst", "bytakst=low")}
    assert asked.scenario == told.model_copy(update=same)
    assert "manifest.json mangler" in asked.notes[0]
    why = {c["id"]: c for c in causes(saved, read_saved(earlier["0.4.0-egen"]), asked.scenario, asked.scenario)}
    assert why["takstlab"]["old"] == "ukendt"
    assert why["town_zones"]["old"] == "ukendt"


@pytest.mark.parametrize(("name", "level"), [("0.1.0-fordelt", 2017), ("0.3.0-fordelt", 2023), ("0.4.0-egen", 2017)])
def test_the_price_level_is_found_where_that_build_wrote_it(earlier: dict[str, Path], name: str, level: int) -> None:
    assert read_saved(earlier[name]).price_level == level
    assert read_saved(earlier[name] / "comparison.json").price_level == level


def test_a_price_level_that_nobody_wrote_is_unknown(earlier: dict[str, Path]) -> None:
    found = read_saved(earlier["0.1.0-egen"])
    assert Saved(replace(found.answer, assumptions=()), None, "").price_level is None


def test_figures_changed_by_hand_are_refused(earlier: dict[str, Path], tmp_path: Path) -> None:
    folder = Path(shutil.copytree(earlier["0.1.0-egen"], tmp_path / "svar"))
    path = folder / "comparison.json"
    path.write_text(path.read_text(encoding="utf-8").replace("21024907", "11024907"), encoding="utf-8")
    with pytest.raises(DataError, match=r"ændret, siden de blev beregnet"):
        read_saved(folder)


def test_a_form_that_is_not_known_is_refused(earlier: dict[str, Path], tmp_path: Path) -> None:
    content = json.loads((earlier["0.1.0-egen"] / "comparison.json").read_bytes())
    (tmp_path / "svar.json").write_text(json.dumps({**content, "schema_version": 99}))
    with pytest.raises(DataError, match="schema_version er 99"):
        read_saved(tmp_path / "svar.json")


def test_what_is_no_answer_is_refused_with_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="angiv mappen, som takstlab compare skrev"):
        read_saved(tmp_path)
    (tmp_path / "0316").mkdir()
    (tmp_path / "0316" / "comparison.json").write_text("{}")
    with pytest.raises(InputError, match="angiv én af dem"):
        read_saved(tmp_path)
    with pytest.raises(DataError, match="schema_version"):
        read_saved(tmp_path / "0316")


def test_keys_and_assumptions_that_are_not_known_any_more_are_left_out_and_told(earlier: dict[str, Path]) -> None:
    scenario = read_saved(earlier["0.1.0-egen"]).manifest["scenario"]  # type: ignore[index]
    told = {**scenario, "magi": 7, "assumptions": {"online_share": 0.5, "fandtes_engang": 3.0}}
    asked = scenario_of(whole(earlier["0.1.0-egen"], scenario=told))
    assert asked.scenario.assumptions == {"online_share": 0.5}
    assert any("magi" in note for note in asked.notes)
    assert any("fandtes_engang" in note for note in asked.notes)


def test_the_answer_beside_a_scenario_file_is_found_and_none_or_two_are_said(
    earlier: dict[str, Path], tmp_path: Path
) -> None:
    file = Path(shutil.copy(ANSWERS / "egen.toml", tmp_path / "holbaek.toml"))
    scenario = build_scenario(read_scenario(file), "test")
    with pytest.raises(InputError, match="har ingen gamle tal"):
        answer_beside(file, scenario, ["0316"])
    shutil.copytree(earlier["0.1.0-fordelt"], tmp_path / "dragoer")  # another municipality's
    shutil.copytree(earlier["0.1.0-egen"], tmp_path / "gammelt")
    assert answer_beside(file, scenario, ["0316"]).versions["takstlab"] == "0.1.0"
    shutil.copytree(earlier["0.4.0-egen"], tmp_path / "nyere")
    with pytest.raises(InputError, match="vælg ét med --answer"):
        answer_beside(file, scenario, ["0316"])


def test_an_input_file_that_is_another_and_a_switch_that_moved_are_causes(earlier: dict[str, Path]) -> None:
    home = earlier["0.4.0-egen"]
    before = whole(home, inputs={"own.toml": "a" * 64}, switches={"town_scope": "same_town", "gone": 1})
    after = whole(home, inputs={"own.toml": "b" * 64}, switches={"town_scope": "any_town", "added": 1})
    asked = scenario_of(before).scenario
    found = {cause["id"]: cause["kind"] for cause in causes(before, after, asked, asked)}
    assert found == {"switch:town_scope": "rules", "file:own.toml": "data"}
    assert causes(before, before, asked, asked) == []


def test_the_changelog_of_this_repository_is_found() -> None:
    assert [version for version, _ in entries_since("0.1.0", changelog())][-1] == "0.2.0"
