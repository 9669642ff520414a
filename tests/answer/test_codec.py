"""``comparison.json`` as records and back: this build's to the byte, earlier builds' with what they lack as null."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sim.answer.codec import SCHEMA_VERSION, as_json, as_text, read_answer
from sim.telling import figures, section
from sim.words.figure import Figure
from tariffs.errors import DataError
from tests.changed.conftest import ANSWERS as EARLIER

HERE = Path(__file__).parent / "answers"
NOW = sorted(path.name.partition(".")[0] for path in HERE.glob("*.json.gz"))
BEFORE = sorted(path.parent.name for path in EARLIER.glob("*/comparison.json.gz"))
UNKNOWN = {
    "0.1.0": {"price_level", "experiments", "own_lines", "waterfall", "coordinated_percent", "by_age", "who"},
    "0.3.0": {"price_level", "population_older", "experiments", "accumulated_net_cost_oere", "by_place"},
    "0.4.0": {"price_day", "population_year", "fares", "budget_year_net_cost_oere", "replaced_by", "certainty"},
}
"""Some of what answers of earlier versions do not hold."""
ADDED = {"budget_year_from", "certainty", "ends", "settled_share", "standing_min_per_trip"}
"""Keys that the answer has got since the four were written; they may come before a version does."""


def text_of(name: str) -> str:
    return gzip.decompress((HERE / f"{name}.json.gz").read_bytes()).decode()


def earlier(name: str) -> Any:
    return json.loads(gzip.decompress((EARLIER / name / "comparison.json.gz").read_bytes()))


def without_added(written: Any, old: Any, added: set[str]) -> Any:
    """Return what was written without the keys that the old answer does not have, each of which must be null."""
    if isinstance(written, dict):
        for key in written.keys() - old.keys():
            assert written[key] is None, key
            added.add(key)
        return {key: without_added(value, old[key], added) for key, value in written.items() if key in old}
    if isinstance(written, list):
        return [without_added(value, before, added) for value, before in zip(written, old, strict=True)]
    return written


@pytest.mark.parametrize("name", NOW)
def test_an_answer_comes_back_to_the_byte(name: str) -> None:
    written, added = text_of(name), set[str]()
    again = as_text(read_answer(json.loads(written)))
    same = without_added(json.loads(again), json.loads(written), added)
    assert json.dumps(same, ensure_ascii=False, indent=2) + "\n" == written
    assert again == written or added
    assert added <= ADDED


@pytest.mark.parametrize("name", BEFORE)
def test_an_earlier_answer_comes_back_whole_and_what_it_lacks_is_null(name: str) -> None:
    old = earlier(name)
    added: set[str] = set()
    same = without_added(as_json(read_answer(old)), old, added)
    assert json.dumps(same) == json.dumps(old)
    assert UNKNOWN[name.partition("-")[0]] <= added


def test_the_four_answers_hold_every_block() -> None:
    """A block that no stored answer holds would be read and written by nothing."""
    answers = [read_answer(json.loads(text_of(name))) for name in NOW]
    for block in (
        "outlook",
        "clinic",
        "budget",
        "observed",
        "neighbours",
        "own_lines",
        "introduction",
        "plustur_prices",
    ):
        assert any(getattr(answer, block) is not None for answer in answers), block


def test_an_answer_is_read_by_name() -> None:
    answer = read_answer(json.loads(text_of("budget")))
    today, clinic = answer.options
    assert (answer.municipality_name, answer.year, today.elements) == ("Holbæk", 2024, ("kommunetakst",))
    assert clinic.change.net_cost_oere.mean == clinic.net_cost_oere.mean - today.net_cost_oere.mean
    assert answer.outlook is not None
    assert [edition.first for edition in answer.outlook.years[0].editions] == [date(2023, 1, 15), date(2024, 1, 21)]
    assert answer.clinic is not None
    assert answer.clinic.options[0].both_oere.sign_is_sure is answer.clinic.options[0].both_sign_is_sure


def test_a_trip_to_a_free_destination_names_it_and_other_trips_do_not() -> None:
    answer = read_answer(json.loads(text_of("plustur")))
    assert [getattr(price, "destination", None) for price in answer.citizen_prices] == [None] * 5 + ["Mega Bowl"]


def test_a_neighbour_without_flextur_has_no_figures() -> None:
    answer = read_answer(json.loads(text_of("fordelt")))
    assert answer.neighbours is not None
    assert [(row.name, hasattr(row, "trips")) for row in answer.neighbours.rows] == [
        ("Dragør", True), ("Tårnby", False), ("Holbæk", True),
    ]  # fmt: skip


@pytest.mark.parametrize("version", [0, SCHEMA_VERSION + 1, "1", None, True])
def test_another_form_is_refused_with_the_forms_that_are_known(version: object) -> None:
    with pytest.raises(DataError, match=f"schema_version er {version}; denne udgave kender 1 til {SCHEMA_VERSION}"):
        read_answer({"schema_version": version}, "svar/comparison.json")


def test_what_is_no_answer_is_refused_with_the_first_key_that_is_missing() -> None:
    content = earlier("0.4.0-egen")
    del content["options"][1]["trips"]
    with pytest.raises(DataError, match=r"Hvor: svar\. Hvorfor: options\.1\.trips mangler eller har en anden form"):
        read_answer(content, "svar")


@pytest.mark.parametrize(
    ("figure", "sure"),
    [
        (Figure(2.0, 1.0, 3.0), True), (Figure(-2.0, -3.0, -1.0), True), (Figure(0.0, 0.0, 0.0), True),
        (Figure(1.0, 0.0, 2.0), False), (Figure(-1.0, -2.0, 0.0), False), (Figure(1.0, -1.0, 2.0), False),
    ],
)  # fmt: skip
def test_a_sign_is_sure_when_the_whole_interval_is_on_one_side(figure: Figure, sure: bool) -> None:
    assert figure.sign_is_sure is sure
    assert figures.sure(section.Figure(figure.mean, figure.p10, figure.p90, change=True)) is sure
