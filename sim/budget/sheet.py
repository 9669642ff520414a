"""A small sheet read whole: rows of cells from CSV or XLSX, nothing interpreted yet."""

import csv
import io
from pathlib import Path

from tariffs.errors import DataError, InputError

Cell = object
"""A text; from a workbook also a number, a date or a truth value. An empty cell is an empty text."""
MOST_BYTES = 2_000_000
SEPARATORS = (";", "\t", ",")


def read_sheet(path: Path) -> list[tuple[int, list[Cell]]]:
    """Return the rows that are not empty, each with its number in the file from 1; of a workbook the first sheet.

    Raises InputError for a file that is missing, too large, or neither CSV nor XLSX, DataError for one that is damaged.
    """
    where = str(path)
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise InputError(
                "Filen er for stor til en række pr. måned",
                where=where,
                why=f"{size} byte",
                next_step="giv en mindre fil",
            )
        raw = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"Filen {path} kan ikke læses", why=str(error.strerror), next_step="kontrollér stien"
        ) from None
    kind = path.suffix.lower()
    if kind == ".xlsx":
        rows = _workbook(raw, where)
    elif kind in (".csv", ".txt", ".tsv"):
        rows = _separated(raw)
    else:
        raise InputError(
            f"Filen {path.name} er hverken CSV eller XLSX", where=where, next_step="gem den som CSV eller XLSX"
        )
    kept = [(n, row) for n, row in enumerate(rows, 1) if any(cell != "" for cell in row)]
    if len(kept) < 2:
        raise InputError("Filen har ingen rækker under overskriften", where=where, next_step="giv en række pr. måned")
    return kept


def _workbook(raw: bytes, where: str) -> list[list[Cell]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(raw)).get_sheet_by_index(0)
        rows: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except CalamineError as error:
        raise DataError(
            "Regnearket kan ikke læses", where=where, why=str(error), next_step="åbn det og gem det igen som XLSX"
        ) from None
    return [[cell.strip() if isinstance(cell, str) else cell for cell in row] for row in rows]


def _separated(raw: bytes) -> list[list[Cell]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    heading = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=heading.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
