"""Excel sheets (.xlsx) as columns of text, with limits that a small file cannot unpack its way around."""

import re
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from sim.intake.parquet import cell_text
from sim.intake.raw import RawTable
from tariffs.errors import InputError

MAX_UNPACKED_BYTES = 400_000_000
MAX_PARTS = 2_000
MAX_ROWS = 1_048_576
MAX_CELLS = 8_000_000
MAX_COLUMNS = 200
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = 4 << 20
_SHEET_PART = "xl/worksheets/"


def read_sheet(file: Path, sheet: str | None) -> tuple[list[str], RawTable]:
    """Return the header and the rows of one sheet; the only one with anything in it, unless ``sheet`` names it.

    Raises InputError for a file that is none, one beyond the limits, or a choice between sheets that is the user's.
    """
    import python_calamine

    where = str(file)
    _check_limits(file)
    try:
        with python_calamine.CalamineWorkbook.from_path(str(file)) as book:
            name = _sheet_name(book, sheet, where)
            opened = book.get_sheet_by_name(name)
            if opened.total_height * opened.total_width > MAX_CELLS:
                raise _too_large(where, f"over {_thousands(MAX_CELLS)} celler")
            first, cells = (opened.start or (0, 0))[0], list(opened.iter_rows())
    except (python_calamine.CalamineError, python_calamine.PasswordError) as error:
        raise InputError(
            "filen kan ikke læses som Excel-ark",
            where=where,
            why=str(error).splitlines()[0],
            next_step="gem den igen som .xlsx uden adgangskode, eller som CSV UTF-8",
        ) from None
    return _table(cells, first, f"{where}, arket '{name}'")


def _check_limits(file: Path) -> None:
    """Unpack every part piece by piece, so that what the file says of its own size is not taken on trust."""
    where = str(file)
    left = MAX_UNPACKED_BYTES
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > MAX_PARTS:
                raise _too_large(where, f"over {_thousands(MAX_PARTS)} dele")
            for part in parts:
                with packed.open(part) as stream:
                    left -= _unpacked(stream, part.filename.startswith(_SHEET_PART), left, where)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise InputError(
            "filen kan ikke læses som Excel-ark",
            where=where,
            why=str(error) or "den er ikke et zip-arkiv",
            next_step="gem den igen som .xlsx uden adgangskode, eller som CSV UTF-8",
        ) from None


def _unpacked(stream: IO[bytes], is_sheet: bool, limit: int, where: str) -> int:
    """Return a part's size; of a sheet, see that no cell stands so far out that the sheet between would fill memory."""
    size, tail = 0, b""
    columns: set[bytes] = set()
    last_row = 0
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise _too_large(where, f"over {_thousands(MAX_UNPACKED_BYTES // 1_000_000)} MB udpakket")
        if is_sheet:
            text = tail + chunk
            found = _CELL.findall(text)
            columns.update(column for column, _ in found)
            last_row = max(last_row, max((int(row) for _, row in found), default=0))
            tail = text[-200:]
    width = max((_column_number(column) for column in columns), default=0)
    if last_row > MAX_ROWS or last_row * width > MAX_CELLS:
        raise _too_large(
            where, f"over {_thousands(MAX_CELLS)} celler ({_thousands(last_row)} rækker, {width} kolonner)"
        )
    return size


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def _sheet_name(book: Any, sheet: str | None, where: str) -> str:
    names = [str(name) for name in book.sheet_names]
    if sheet is not None:
        if sheet not in names:
            raise InputError(f"arket '{sheet}' findes ikke", where=where, next_step=f"vælg {', '.join(names)}")
        return sheet
    filled = [name for name in names if book.get_sheet_by_name(name).total_height]
    if len(filled) != 1:
        why = "flere ark har indhold" if filled else "intet ark har indhold"
        raise InputError(why, where=where, next_step=f"vælg med --sheet: {', '.join(filled or names)}")
    return filled[0]


def _table(cells: list[list[Any]], first: int, where: str) -> tuple[list[str], RawTable]:
    if not cells:
        raise InputError("arket er tomt", where=where, next_step="vælg et andet ark med --sheet")
    header = ["" if name is None else str(name).strip() for name in cells[0]]
    if len(header) > MAX_COLUMNS:
        raise _too_large(where, f"over {MAX_COLUMNS} kolonner")
    rows = cells[1:]
    while rows and all(cell in (None, "") for cell in rows[-1]):
        rows.pop()
    columns, numeric = {}, set()
    for place, name in enumerate(header):
        values = [row[place] for row in rows]
        filled = [value for value in values if value not in (None, "")]
        if not name and not filled:
            continue
        if not name:
            raise InputError(
                f"kolonne {place + 1} har intet navn", where=where, next_step="giv den et navn, eller slet den"
            )
        if filled and all(isinstance(value, int | float) and not isinstance(value, bool) for value in filled):
            numeric.add(name)
        columns[name] = pa.array([_text(value) for value in values], pa.string()).dictionary_encode()
    kept = [name for name in header if name in columns]
    if len(kept) > len(columns):
        raise InputError("to kolonner har samme navn", where=where, next_step="giv dem hver sit navn")
    return kept, RawTable(columns, len(rows), {}, frozenset(numeric), first_row=first + 2)


def _text(value: Any) -> str | None:
    """Write a cell as a CSV file would have it."""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return cell_text(value)


def _too_large(where: str, what: str) -> InputError:
    return InputError(
        f"arket er for stort: {what}",
        where=where,
        why="så store ark læses ikke, for at en lille fil ikke kan fylde maskinens hukommelse",
        next_step="slet tomme rækker og kolonner og andre ark, eller gem turene som CSV eller Parquet",
    )


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", ".")
