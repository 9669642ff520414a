"""What stands under a list: empty rows, a total, a source or a note, none of which is a row of the list."""

import re
from collections.abc import Mapping
from dataclasses import replace

import pyarrow as pa

from sim.inputs.intake.raw import RawTable
from sim.inputs.intake.workbook import rows_named

_DAY_OR_TIME = re.compile(r"\s*\d{1,4}[-./:]\d")
"""How a cell with a day or a time of day begins: a row that has one is of the list, however little else it has."""

AMOUNTS = ("price", "passengers", "children")
"""Fields in which 12.345,00 is a total, not a time."""


def without_rows_below(table: RawTable, fields: Mapping[str, str]) -> RawTable:
    """Return the table without the rows under its list, which a note names when they hold anything.

    ``fields`` gives the column of each field. From the last row up, a row is under the list when at most half of its fields'
    cells hold anything, and none that is not an amount begins as a day or a time.
    """
    names = [name for name in fields.values() if name in table.columns]
    amounts = {fields[key] for key in AMOUNTS if key in fields}
    rows = table.rows
    told = []
    while rows:
        filled = {name: cell for name in names if (cell := _cell(table.columns[name], rows - 1))}
        if 2 * len(filled) > len(names) or any(
            _DAY_OR_TIME.match(cell) for name, cell in filled.items() if name not in amounts
        ):
            break
        rows -= 1
        if filled or any(_cell(column, rows) for column in table.columns.values()):
            told.append(rows + table.first_row)
    if rows == table.rows:
        return table
    notes = (f"Under listen er sprunget over: {rows_named(tuple(reversed(told)))} (total eller note).",) if told else ()
    return replace(
        table,
        columns={name: column.slice(0, rows) for name, column in table.columns.items()},
        rows=rows,
        broken={row: why for row, why in table.broken.items() if row < rows},
        notes=(*table.notes, *notes),
    )


def _cell(column: pa.Array, row: int) -> str:
    text = column[row].as_py()
    return "" if text is None else str(text).strip()
