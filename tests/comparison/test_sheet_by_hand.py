"""Rows of the sheet: each option's own blocks, oere as kroner, and the bands by name."""

from dataclasses import replace
from typing import Any, get_args

import pytest

from sim.answer.quantities import Unit, quantities
from sim.telling import sheet
from sim.telling.sheet import band_name, rows_of
from tests.answer.building import answer_of


def figure(mean: float) -> dict[str, float]:
    return {"mean": mean, "p10": mean - 1, "p90": mean + 1}


def option(name: str, trips: float, net_oere: float) -> dict[str, Any]:
    none = dict.fromkeys(("part_year", "plustur", "affected", "affected_riders"))
    return {"name": name, "trips": figure(trips), "net_cost_oere": figure(net_oere), "change": {}, **none}


def test_every_option_has_its_own_figures_and_amounts_are_in_kroner() -> None:
    told = {"municipality": "0316", "options": [option("I dag", 10, 123_456), option("Bytakst 60", 8, 98_765)]}
    rows = [
        (row.option, row.option_name, row.quantity, row.mean, row.p90)
        for row in rows_of(answer_of(told), "da")
        if row.scope == "i alt" and row.quantity in ("ture", "nettoudgift")
    ]
    assert rows == [
        (1, "I dag", "ture", 10, 11), (1, "I dag", "nettoudgift", 1234.56, 1234.57),
        (2, "Bytakst 60", "ture", 8, 9), (2, "Bytakst 60", "nettoudgift", 987.65, 987.66),
    ]  # fmt: skip


def test_the_unit_of_a_row_is_the_one_its_quantity_is_declared_with(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not guessed from the end of its key: a number of minutes is no count."""
    told = answer_of(
        {"options": [option("I dag", 10, 123_456) | {"change": {"percent": {"net_cost_oere": figure(-3)}}}]}
    )

    def units() -> list[str]:
        asked = (("ture", "i alt"), ("nettoudgift", "i alt"), ("nettoudgift", "ændring"))
        found = {(row.quantity, row.scope): row.unit for row in rows_of(told, "da")}
        return [found[one] for one in asked]

    assert units() == ["antal", "kr.", "procent"]
    in_minutes = {**quantities(), "trips": replace(quantities()["trips"], unit="minutes")}  # type: ignore[arg-type]
    monkeypatch.setattr(sheet, "quantities", lambda: in_minutes)
    assert units() == ["minutter", "kr.", "procent"]


def test_every_unit_that_is_no_amount_has_its_word() -> None:
    assert set(get_args(Unit)) - {"oere", "oere_per"} <= sheet.WORDS.keys()


@pytest.mark.parametrize(
    ("group", "band", "name"),
    [
        ("by_age", "70-79", "70-79 år"),
        ("by_age", "80+", "80 år eller ældre"),
        ("by_distance", "20+", "over 20 km"),
        ("by_place", "other_towns", "øvrige byer og landsbyer"),
        ("by_place", "Holbæk", "Holbæk"),
    ],
)
def test_an_open_band_and_a_place_have_names_of_their_own(group: str, band: str, name: str) -> None:
    assert band_name(group, band) == name
