"""The answer of 0.1.0 for Dragør, allocated, 2023 in the kroner of 2017, run again by today's build."""

import json
from pathlib import Path
from typing import Any

import pytest

from sim.answer.compare import compare
from sim.desk.changed.again import calculated_again
from sim.desk.changed.changes import changes
from sim.desk.changed.saved import Saved, read_saved, scenario_of
from sim.desk.changed.tables import parts_table, sentences
from sim.desk.changed.text import text
from sim.inputs.scenario.scenario import build_scenario, read_scenario
from sim.study.prepare import prepare
from tests.changed.conftest import ANSWERS

MONEY = ("fares_oere", "operator_payment_oere", "movia_fee_oere")
WHERE = {
    **{key: (key,) for key in ("trips", "passengers", *MONEY, "net_cost_oere", "net_cost_per_passenger_oere")},
    "net_cost_change_oere": ("change", "net_cost_oere"),
    "net_cost_change_percent": ("change", "percent", "net_cost_oere"),
    "trips_change": ("change", "trips"),
    "part_year_change_oere": ("part_year", "change", "net_cost_oere"),
}
"""Where ``comparison.json`` has each figure of an option."""


def figures_of(option: dict[str, Any]) -> dict[str, Any]:
    found = {}
    for key, path in WHERE.items():
        block: Any = option
        for step in path:
            block = block and block[step]
        found[key] = block
    return found


@pytest.fixture(scope="module")
def old(earlier: dict[str, Path]) -> Saved:
    return read_saved(earlier["0.1.0-fordelt"])


@pytest.fixture(scope="module")
def report(old: Saved) -> dict[str, Any]:
    asked = scenario_of(old)
    new, study = calculated_again(asked.scenario, "0155", workers=1, progress=lambda done, of: None, command="")
    return changes(old, new, study, asked=asked.scenario, run=asked.scenario, notes=asked.notes)


def test_the_old_figures_are_those_of_the_old_answer(report: dict[str, Any], old: Saved) -> None:
    written = json.loads((Path(old.place) / "comparison.json").read_text(encoding="utf-8"))
    assert [option["name"] for option in report["options"]] == [option["name"] for option in written["options"]]
    for shown, option in zip(report["options"], written["options"], strict=True):
        assert {figure["key"]: figure["old"] for figure in shown["figures"]} == figures_of(option)
        assert shown["figures"][5]["old"] == option["net_cost_oere"]


def test_the_new_figures_are_those_of_a_fresh_run_of_the_same_scenario_file(report: dict[str, Any]) -> None:
    scenario = build_scenario(read_scenario(ANSWERS / "fordelt.toml"), "test")
    fresh = compare(prepare(scenario, "0155"), workers=1).json
    for shown, option in zip(report["options"], fresh["options"], strict=True):
        assert {figure["key"]: figure["new"] for figure in shown["figures"]} == figures_of(option)


def test_the_parts_of_every_figure_are_its_whole_difference_to_the_oere(report: dict[str, Any]) -> None:
    for option in report["options"]:
        figures = {figure["key"]: figure for figure in option["figures"]}
        for key in (*MONEY, "trips", "passengers", "net_cost_oere", "net_cost_change_oere"):
            whole = round(figures[key]["new"]["mean"]) - round(figures[key]["old"]["mean"])
            amounts = [part[key] for part in option["parts"]]
            assert all(isinstance(amount, int) for amount in amounts)
            assert sum(amounts) == whole


def test_a_steps_net_cost_is_its_operator_payment_less_fares_plus_fee_and_its_change_is_against_today(
    report: dict[str, Any],
) -> None:
    today, other = report["options"]
    for own, base in zip(other["parts"][:-1], today["parts"][:-1], strict=True):
        fares, operator, fee = (own[key] for key in MONEY)
        assert own["net_cost_oere"] == operator - fares + fee
        assert own["net_cost_change_oere"] == own["net_cost_oere"] - base["net_cost_oere"]
        assert base["net_cost_change_oere"] == 0


def test_the_price_level_is_a_cause_and_its_fee_is_the_growth_of_six_years(report: dict[str, Any]) -> None:
    cause = next(c for c in report["causes"] if c["id"] == "price_level")
    assert (cause["kind"], cause["old"], cause["new"]) == ("price_level", "2017-priser", "2023-priser")
    for option in report["options"]:
        names = [part["cause"] for part in option["parts"]]
        place = names.index("price_level")
        new = {f["key"]: f["new"]["mean"] for f in option["figures"] if f["new"]}
        later = option["parts"][place + 1 : -1]
        # After the step a passenger costs the fee of 2023, before it that of 2017: 34.50 kr.
        passengers, fee = (new[key] - sum(part[key] for part in later) for key in ("passengers", "movia_fee_oere"))
        assert fee == pytest.approx(passengers * 3450 * 1.02**6, rel=1e-3)
        moved = option["parts"][place]
        assert fee - moved["movia_fee_oere"] == pytest.approx(3450 * (passengers - moved["passengers"]), abs=2 * 3450)
        assert moved["operator_payment_oere"] > 0


def test_versions_assumptions_and_the_changelog_are_told(report: dict[str, Any]) -> None:
    why = {cause["id"]: cause for cause in report["causes"]}
    assert why["takstlab"]["old"] == "0.1.0"
    assert why["version:model"]["old"] == "c773374a8a0c910f"
    assert "387" in why["assumption:operator_driving_kr_per_hour"]["old"]
    assert "assumption:operator_driving_kr_per_hour" in [part["cause"] for part in report["options"][0]["parts"]]
    assert "willingness_index_percent" in why["assumptions:new"]["new"]
    versions = [entry["version"] for entry in report["changelog"]]
    assert versions[-1] == "0.2.0"
    assert "0.1.0" not in versions
    assert "the driving hour is 358 kr instead of 387" in " ".join(report["changelog"][-1]["lines"])


def test_the_columns_shown_add_up_as_they_are_shown(report: dict[str, Any]) -> None:
    for option in report["options"]:
        table = parts_table(option, report)
        assert table is not None
        for column in range(1, len(table.header)):
            numbers = [int(row[column].text.replace(".", "").replace("+", "")) for row in table.rows]
            assert sum(numbers[:-1]) == numbers[-1]


def test_the_text_says_before_now_and_why_in_danish(report: dict[str, Any]) -> None:
    said = text(report)
    assert said.startswith("Hvad har ændret sig? Flextur i Dragør, 2023")
    assert "Før: regnet med Takstlab 0.1.0." in said
    assert "prisniveau: 2017-priser → 2023-priser" in said
    assert len(sentences(report)) == 2
    assert "før en merudgift på 102.648 kr. om året" in sentences(report)[1]
    assert max(map(len, said.splitlines())) <= 100
