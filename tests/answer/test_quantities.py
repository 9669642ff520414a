"""The published numbers are declared once: every figure of an option has a unit and a meaning in both languages."""

import dataclasses
import re
import typing
from pathlib import Path
from typing import Any

import pytest

from api.http.fields import all_fields
from sim.answer.quantities import TABLES, cells, columns_of, quantities, read_quantities
from sim.answer.records.option import Band, Flexhandicap, OptionAnswer
from sim.answer.records.own_lines import WithOwn
from sim.answer.records.totals import Totals
from sim.study.replicated.measures import MEASURE_KEYS
from sim.study.replicated.waterfall_parts import WATERFALL_KEYS
from sim.words.figure import Figure
from tariffs.errors import DataError

PAGE = Path(__file__).parents[2] / "docs" / "answer.md"
WHOLE = {
    "unit": "oere", "da": "udgift", "en": "cost", "means_da": "det, det koster", "means_en": "what it costs",
}  # fmt: skip


def figures_of(record: type) -> list[str]:
    hints = typing.get_type_hints(record)
    return [f.name for f in dataclasses.fields(record) if Figure in (hints[f.name], *typing.get_args(hints[f.name]))]


def test_every_figure_of_an_option_is_declared_and_nothing_else_is() -> None:
    figures = {key for record in (OptionAnswer, Totals, Band, Flexhandicap, WithOwn) for key in figures_of(record)}
    parts = {f"{part}_oere" for part in WATERFALL_KEYS}
    assert {quantity.key for quantity in quantities().values()} == figures | parts | {"own_lines_oere"}


def test_the_measures_of_a_run_are_the_first_cells() -> None:
    assert [quantity.key for quantity in cells()] == [*MEASURE_KEYS, "net_cost_per_passenger_oere"]
    assert {field.base for field in all_fields().values()} == {quantity.id for quantity in cells()}


def test_a_table_has_the_numbers_that_are_declared_for_it_and_no_others() -> None:
    for table in TABLES:
        columns = columns_of(table)
        assert columns
        assert {quantity.table for quantity in columns} == {table}
    assert [read_quantities({"udgift": WHOLE | {"table": table}})["udgift"].table for table in TABLES] == list(TABLES)


def test_no_two_have_the_same_name() -> None:
    for names in ([q.da for q in quantities().values()], [q.en for q in quantities().values()]):
        assert len(set(names)) == len(names)


def test_the_document_has_every_number_with_its_unit_and_meaning() -> None:
    text = PAGE.read_text(encoding="utf-8").partition("## The numbers of an option")[2]
    rows = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+?) \| (.+?) \| (.+?) \| (yes)? ?\|$", text, re.M)
    assert rows == [(q.id, q.unit, q.da, q.en, q.means_en, "yes" if q.cell else "") for q in quantities().values()]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"unit": "kr"}, r"enheden 'kr' kendes ikke.*brug count, oere, percent, oere_per"),
        ({"unit": "percent"}, "_percent følges ad"),
        ({"en": " "}, "en mangler"),
        ({"means_da": None}, "means_da mangler"),
        ({"enhed": "oere"}, "enhed forstås ikke"),
        ({"cell": "ja"}, "cell forstås ikke"),
        ({"table": "embedsmænd"}, "tabellen 'embedsmænd' kendes ikke"),
    ],
)
def test_an_entry_that_is_not_whole_is_refused(change: dict[str, Any], words: str) -> None:
    assert read_quantities({"udgift": WHOLE})["udgift"].cell is False
    with pytest.raises(DataError, match=words):
        read_quantities({"udgift": WHOLE | change})
