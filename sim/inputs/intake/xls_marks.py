"""What an .xls file says of its cells beside their values: errors, formats, what is hidden or merged."""

import io
from pathlib import Path
from typing import Any

from sim.inputs.intake.marks import Marks
from sim.inputs.intake.number_formats import Format, format_of

_EMPTY = (0, 6)
"""xlrd's kinds of cells without and with a format that hold nothing."""


def xls_marks(file: Path, sheet: str) -> Marks | None:
    """Return what a sheet says of its cells; None for a file that cannot be asked, as one with a password or damaged styles."""
    import xlrd

    try:
        with xlrd.open_workbook(str(file), formatting_info=True, on_demand=True, logfile=io.StringIO()) as book:
            return _marks(book, book.sheet_by_name(sheet))
    except Exception:  # xlrd raises nearly anything for what is not as it should be
        return None


def _marks(book: Any, sheet: Any) -> Marks:
    import xlrd

    marks = Marks()
    shown = _formats(book)
    struck = {place for place, style in enumerate(book.xf_list) if book.font_list[style.font_index].struck_out}
    for row in range(sheet.nrows):
        for column, (kind, value) in enumerate(zip(sheet.row_types(row), sheet.row_values(row), strict=True)):
            if kind not in _EMPTY and sheet.cell_xf_index(row, column) in struck:
                marks.struck.add(row)
            if kind == xlrd.XL_CELL_ERROR:
                marks.errors.append((row, column, xlrd.error_text_from_code.get(value, "#FEJL")))
            elif kind == xlrd.XL_CELL_NUMBER and (how := shown.get(sheet.cell_xf_index(row, column))):
                marks.formats.append((row, column, how))
    marks.rows = sorted(row for row, told in sheet.rowinfo_map.items() if told.hidden)
    marks.columns = sorted(column for column, told in sheet.colinfo_map.items() if told.hidden or not told.width)
    marks.merged = [(first + 1, end) for first, end, _, _ in sheet.merged_cells if end - first > 1]
    return marks


def _formats(book: Any) -> dict[int, Format]:
    """Return by number the styles whose numbers are shown as something else than they are."""
    codes = {number: told.format_str for number, told in book.format_map.items()}
    return {
        place: how for place, style in enumerate(book.xf_list) if (how := format_of(codes.get(style.format_key, "")))
    }
