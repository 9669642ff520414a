"""A sheet of a workbook (.xlsx, .xlsb, .xls, .ods): its cells as stored, with limits that no small file unpacks its way around.

What the reader in use leaves out is read from the file itself where that can be done (`sim.inputs.intake.cell_marks`).
"""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any
from xml.etree import ElementTree

from sim.inputs.intake.cell_marks import MAX_ROWS, ODS_CELLS, TABLE, VALUE, column_number, marks_of
from sim.inputs.intake.number_formats import MaybeShare, ScaledNumber, shown_as
from tariffs.errors import InputError

ENDINGS = (".xlsx", ".xlsb", ".xls", ".ods")
MAX_UNPACKED_BYTES = 400_000_000
MAX_PARTS = 2_000
MAX_XLS_BYTES = 60_000_000
MAX_CELLS = 8_000_000
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = 4 << 20
_SHEET_PART = "xl/worksheets/"


@dataclass(frozen=True)
class CellError:
    """A cell that holds an error, as #N/A; ``text`` is what it shows."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Sheet:
    """A sheet's rows, the first being row 1 in the file; an empty cell is ''.

    Attributes
    ----------
    hidden : numbers of the rows with content that the sheet does not show; ``hidden_columns`` the places of such columns
    merged : first and last row of the cells that are merged over several
    scaled : places of the columns whose numbers are shown divided, and by what
    unsure : number of formulas in a file that asks to be calculated when it is opened: their values may be none
    struck : numbers of the rows with content that is struck through
    shows_errors : whether a cell with an error is a `CellError`; in an .xls or .xlsb that cannot be asked it is an empty cell
    """

    name: str
    rows: list[list[Any]]
    hidden: tuple[int, ...]
    hidden_columns: tuple[int, ...]
    merged: tuple[tuple[int, int], ...]
    scaled: tuple[tuple[int, int], ...]
    unsure: int
    shows_errors: bool
    struck: tuple[int, ...] = ()


def read_workbook(file: Path, sheet: str | None) -> Sheet:
    """Return one sheet: the one that ``sheet`` names, else the only one with content.

    Raises InputError for a file that is none, one beyond the limits, or a choice between sheets that is the user's.
    """
    import python_calamine

    where = str(file)
    kind = file.suffix.lower()
    if kind == ".xls":
        _check_size(file, where)
    else:
        _check_limits(file)
    try:
        with python_calamine.CalamineWorkbook.from_path(str(file)) as book:
            name = _sheet_name(book, sheet, where)
            opened = book.get_sheet_by_name(name)
            height, width = (end + 1 for end in opened.end or (-1, -1))
            if height * width > MAX_CELLS:
                raise too_large(where, f"over {_thousands(MAX_CELLS)} celler")
            rows: list[list[Any]] = [list(row) for row in opened.to_python(skip_empty_area=False)] if height else []
    except (python_calamine.CalamineError, python_calamine.PasswordError):
        raise _unreadable(where) from None
    marks = marks_of(file, name)
    if not marks.asked:
        rows = without_formats(rows)
    for row, column, cell in (*((row, column, CellError(text)) for row, column, text in marks.errors), *marks.texts):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = cell
    scaled = set()
    for row, column, how in marks.formats:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = shown_as(rows[row][column], how)
            scaled |= {(column, how.by)} if isinstance(rows[row][column], ScaledNumber) else set()
    hidden = [row + 1 for row in marks.rows if row < len(rows) and any(cell != "" for cell in rows[row])]
    columns = [place for place in marks.columns if any(place < len(row) and row[place] != "" for row in rows)]
    return Sheet(
        name, rows, tuple(hidden), tuple(columns), tuple(marks.merged), tuple(sorted(scaled)), marks.unsure,
        marks.asked, tuple(row + 1 for row in sorted(marks.struck) if row < len(rows)),
    )  # fmt: skip


def without_formats(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows of a file that keeps its formats to itself, the numbers that may be shown as per cent marked.

    >>> [type(cell).__name__ for cell in without_formats([[0.42, 42.0, True, "0,42"]])[0]]
    ['MaybeShare', 'float', 'bool', 'str']
    """
    return [[MaybeShare(cell) if isinstance(cell, float) and 0 < cell < 1 else cell for cell in row] for row in rows]


def said_of_sheet(sheet: Sheet, ending: str, heading: int = 0) -> list[str]:
    """Return what is to be told of what a sheet does not show, below the row number of its ``heading``."""
    notes = []
    if hidden := tuple(row for row in sheet.hidden if row > heading):
        notes.append(
            f"Arket skjuler {rows_named(hidden)}; de er læst med. Slet dem i arket, hvis de ikke skal tælle med."
        )
    if struck := tuple(row for row in sheet.struck if row > heading):
        notes.append(
            f"Arket har gennemstregede celler i {rows_named(struck)}; de er læst med. Slet dem i arket, hvis de ikke skal tælle med."
        )
    if sheet.hidden_columns:
        letters = ", ".join(_column_letters(place) for place in sheet.hidden_columns)
        notes.append(f"Arket skjuler kolonne {letters}, som er læst som de andre.")
    if merged := sorted({row for first, last in sheet.merged if first > heading for row in range(first, last + 1)}):
        notes.append(
            f"Arket har flettede celler i {rows_named(tuple(merged))}: kun den øverste række har cellens værdi."
        )
    for place, by in sheet.scaled:
        notes.append(
            f"Arket viser tal i kolonne {_column_letters(place)} delt med {_thousands(by)}; de er læst, som de er gemt."
        )
    if sheet.unsure:
        notes.append(
            f"Filen er skrevet af et program, der ikke selv regner formler ud ({sheet.unsure} i arket). Er deres værdier ikke"
            " rigtige her, så åbn filen i regnearket, gem den, og send den igen."
        )
    if not sheet.shows_errors:
        notes.append(
            f"I en {ending}-fil ses en celle med en fejl som #N/A kun som tom, 42 % kun som 0,42, 42 t.kr. kun som 42.000 og SAND"
            " måske som 1, og skjulte rækker er læst med; gem den som .xlsx for at få det vist."
        )
    return notes


def filled_sheets(file: Path) -> tuple[str, ...]:
    """Return the names of a workbook's sheets with content, those that it shows first; raises InputError as `read_workbook`."""
    import python_calamine

    where = str(file)
    if file.suffix.lower() == ".xls":
        _check_size(file, where)
    else:
        _check_limits(file)
    try:
        with python_calamine.CalamineWorkbook.from_path(str(file)) as book:
            return tuple(_filled(book))
    except (python_calamine.CalamineError, python_calamine.PasswordError):
        raise _unreadable(where) from None


def rows_named(numbers: tuple[int, ...], most: int = 10) -> str:
    """Return row numbers as people list them.

    >>> rows_named((3,)), rows_named((3, 4, 5, 9))
    ('række 3', 'række 3-5 og 9')
    """
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    texts = [f"{a}" if a == b else f"{a}-{b}" for a, b in spans]
    if len(texts) > most:
        texts = [*texts[:most], f"{len(texts) - most} steder mere"]
    return "række " + (texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} og {texts[-1]}")


def too_large(where: str, what: str) -> InputError:
    """Return what is said of a sheet beyond the limits."""
    return InputError(
        f"arket er for stort: {what}",
        where=where,
        why="så store ark læses ikke, for at en lille fil ikke kan fylde maskinens hukommelse",
        next_step="slet tomme rækker og kolonner og andre ark, eller gem turene som CSV eller Parquet",
    )


def _unreadable(where: str) -> InputError:
    return InputError(
        "filen kan ikke læses som Excel-ark",
        where=where,
        why="den er beskadiget, har en adgangskode eller er en anden slags fil",
        next_step="gem den igen som .xlsx uden adgangskode, eller som CSV UTF-8",
    )


def _check_size(file: Path, where: str) -> None:
    """An .xls file is not packed: what it holds is of its own size."""
    if file.stat().st_size > MAX_XLS_BYTES:
        raise too_large(where, f"over {_thousands(MAX_XLS_BYTES // 1_000_000)} MB")


def _check_limits(file: Path) -> None:
    """Unpack every part piece by piece, so that what the file says of its own size is not taken on trust."""
    where = str(file)
    left = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS:
                raise too_large(where, f"over {_thousands(MAX_PARTS)} dele")
            for part in parts:
                with packed.open(part) as stream:
                    left -= _unpacked(stream, part.filename.startswith(_SHEET_PART), left, where)
            if file.suffix.lower() == ".ods":
                _check_repeats(packed.read("content.xml"), where)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError, ElementTree.ParseError):
        raise _unreadable(where) from None


def _unpacked(stream: IO[bytes], is_sheet: bool, limit: int, where: str) -> int:
    """Return a part's size; of a sheet, see that no cell stands so far out that the sheet between would fill memory."""
    size, tail = 0, b""
    columns: set[bytes] = set()
    last_row = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise too_large(where, f"over {_thousands(MAX_UNPACKED_BYTES // 1_000_000)} MB udpakket")
        if is_sheet:
            text = tail + chunk
            found = _CELL.findall(text)
            columns.update(column for column, _ in found)
            last_row = max(last_row, max((int(row) for _, row in found), default=0))
            tail = text[-200:]
    width = max((column_number(column) for column in columns), default=0)
    if last_row > MAX_ROWS or last_row * width > MAX_CELLS:
        raise too_large(where, f"over {_thousands(MAX_CELLS)} celler ({_thousands(last_row)} rækker, {width} kolonner)")
    return size


def _column_letters(place: int) -> str:
    """Return the letters of a column.

    >>> _column_letters(0), _column_letters(27)
    ('A', 'AB')
    """
    letters, number = "", place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _filled(book: Any) -> list[str]:
    """Return the names of the sheets with content, those that the workbook shows first."""
    hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != type(sheet.visible).Visible}
    filled = [str(name) for name in book.sheet_names if book.get_sheet_by_name(name).total_height]
    return sorted(filled, key=lambda name: name in hidden)


def _sheet_name(book: Any, sheet: str | None, where: str) -> str:
    """Return the sheet to read."""
    names = [str(name) for name in book.sheet_names]
    if sheet is not None:
        if sheet not in names:
            raise InputError(f"arket '{sheet}' findes ikke", where=where, next_step=f"vælg {', '.join(names)}")
        return sheet
    filled = _filled(book)
    if len(filled) == 1:
        return filled[0]
    why = "flere ark har indhold" if filled else "intet ark har indhold"
    raise InputError(why, where=where, next_step=f"vælg med --sheet: {', '.join(filled or names)}")


def _check_repeats(content: bytes, where: str) -> None:
    """Raise InputError when an .ods sheet's last filled cell lies so far out that the sheet before it would fill memory."""
    row = column = width = 0
    filled = False
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        if element.tag == f"{TABLE}table":
            row = width = 0
        elif event == "end" and element.tag in ODS_CELLS:
            column += int(element.get(f"{TABLE}number-columns-repeated", 1))
            if element.get(VALUE):
                width = max(width, column)
                filled = True
        elif element.tag == f"{TABLE}table-row" and event == "start":
            column, filled = 0, False
        elif element.tag == f"{TABLE}table-row":
            row += int(element.get(f"{TABLE}number-rows-repeated", 1))
            element.clear()
            if filled and row * width > MAX_CELLS:
                raise too_large(where, f"over {_thousands(MAX_CELLS)} celler")


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
