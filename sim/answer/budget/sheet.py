"""A small sheet read whole: rows of cells from CSV or a workbook, nothing interpreted yet."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.inputs.intake.delimited import check_text
from sim.inputs.intake.encoding import to_utf8
from sim.inputs.intake.labels import one_line
from sim.inputs.intake.workbook import ENDINGS, filled_sheets, read_workbook, said_of_sheet
from tariffs.errors import InputError

Cell = Any
"""A text; from a workbook also a number, a date, a truth value or a `CellError`. An empty cell is an empty text."""
Row = tuple[int, list[Cell]]
MOST_BYTES = 2_000_000
SEPARATORS = (";", "\t", ",")
TEXT_ENDINGS = (".csv", ".txt", ".tsv")


@dataclass(frozen=True)
class Rows:
    """The rows that are not empty, each with its number in the file from 1, and what is to be said of how they were read."""

    rows: list[Row]
    notes: tuple[str, ...] = ()


def read_sheets(path: Path) -> dict[str, Rows]:
    """Return the rows of each sheet with a table, those that the workbook shows first; of a file without sheets by the name ''.

    Raises InputError for a file that is missing, too large, damaged, or neither CSV nor a workbook.
    """
    where = str(path)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                "Filen er for stor til en række pr. måned",
                where=where,
                why=f"{size} byte",
                next_step="brug en mindre fil",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"Filen {path} kan ikke læses", why=str(error.strerror), next_step="kontrollér stien"
        ) from None
    kind = path.suffix.lower()
    if kind in TEXT_ENDINGS:
        return {"": Rows(not_empty(separated(raw, where), where))}
    if kind not in ENDINGS:
        raise InputError(
            f"Filen {path.name} er hverken CSV eller XLSX", where=where, next_step="gem den som CSV eller XLSX"
        )
    opened = {name: _workbook(path, name) for name in filled_sheets(path)}
    tables = {name: rows for name, rows in opened.items() if len(rows.rows) > 1}
    if not tables:
        raise _no_rows(where)
    return tables


def not_empty(rows: list[list[Cell]], where: str) -> list[Row]:
    """Return the rows with something in them, numbered; raises InputError where there is none under a heading."""
    kept = _filled(rows)
    if len(kept) < 2:
        raise _no_rows(where)
    return kept


def _filled(rows: list[list[Cell]]) -> list[Row]:
    return [(n, row) for n, row in enumerate(rows, 1) if any(cell != "" for cell in row)]


def _no_rows(where: str) -> InputError:
    return InputError("Filen har ingen rækker under overskriften", where=where, next_step="brug én række pr. måned")


def _workbook(path: Path, name: str) -> Rows:
    sheet = read_workbook(path, name)
    cells = [[one_line(cell) if isinstance(cell, str) else cell for cell in row] for row in sheet.rows]
    return Rows(_filled(cells), tuple(said_of_sheet(sheet, path.suffix.lower())))


def separated(raw: bytes, where: str) -> list[list[Cell]]:
    """Return the cells of rows with separators between them."""
    check_text(raw, where, "måned;passagerer;nettoudgift")
    try:
        text = to_utf8(raw, where)[0].decode("utf-8")
    except InputError as error:
        raise InputError(error.what, where=error.where, why=error.why, next_step="gem filen som CSV UTF-8") from None
    # The separator of a title line may be another than the table's: the one that most lines agree on is taken.
    lines = [line for line in text.splitlines() if line.strip()][:40]
    separator = max(SEPARATORS, key=lambda mark: sum(mark in line for line in lines))
    return [[one_line(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
