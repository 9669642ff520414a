"""A workbook's sheet of trips as columns of text, and its heading row found under what stands above it."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa

from sim.inputs.intake.labels import one_line
from sim.inputs.intake.number_formats import MaybeShare
from sim.inputs.intake.parquet import cell_text
from sim.inputs.intake.raw import RawTable, heading_place, text_above
from sim.inputs.intake.workbook import CellError, Sheet, read_workbook, said_of_sheet, too_large
from tariffs.errors import InputError

MAX_COLUMNS = 200
SLIP_S = 5
"""A time of day this close to a whole minute, and no whole second, is that minute stored with few decimals."""
DAY_AFTER_CLOCKS = (date(1900, 1, 1), date(1904, 1, 2))
"""The day that a clock time of 24:00 to 47:59 falls on in a sheet, in either of Excel's ways of counting days."""


def read_sheet(
    file: Path, sheet: str | None, known: Callable[[list[str]], int], name_all: Callable[[list[str]], list[str]] = list
) -> tuple[list[str], RawTable]:
    """Return the header and the rows of one sheet; the only one with anything in it, unless ``sheet`` names it.

    ``known`` counts the names in a row that are those of fields; ``name_all`` may give names to columns
    that lack one. Raises InputError for a file that is none, one beyond the limits, or a choice between sheets that is the
    user's.
    """
    opened = read_workbook(file, sheet)
    return _table(opened, known, name_all, f"{file}, arket '{opened.name}'", file.suffix.lower())


def _table(
    sheet: Sheet,
    known: Callable[[list[str]], int],
    name_all: Callable[[list[str]], list[str]],
    where: str,
    ending: str,
) -> tuple[list[str], RawTable]:
    if not sheet.rows:
        raise InputError("arket er tomt", where=where, next_step="vælg et andet ark med --sheet")
    place = heading_place([_names(row) for row in sheet.rows[:100]], known)
    header = name_all(_names(sheet.rows[place]))
    if len(header) > MAX_COLUMNS:
        raise too_large(where, f"over {MAX_COLUMNS} kolonner")
    rows = sheet.rows[place + 1 :]
    while rows and all(cell in (None, "") for cell in rows[-1]):
        rows.pop()
    columns, stored, numeric, maybe_shares = {}, {}, set(), set()
    for number, name in enumerate(header):
        values = [row[number] for row in rows]
        filled = [value for value in values if value not in (None, "")]
        if not filled and not _names(sheet.rows[place])[number]:
            continue
        if not name:
            raise InputError(
                f"kolonne {number + 1} har intet navn", where=where, next_step="giv den et navn, eller slet den"
            )
        sound = [value for value in filled if not isinstance(value, CellError)]
        numbers = [value for value in sound if isinstance(value, int | float) and not isinstance(value, bool)]
        if sound and len(numbers) == len(sound):
            numeric.add(name)
        else:
            texts = {value.strip() for value in sound if isinstance(value, str)}
            if decimal := frozenset(str(cell_text(value)) for value in numbers if value % 1) - texts:
                stored[name] = decimal
        if any(isinstance(value, MaybeShare) for value in sound):
            maybe_shares.add(name)
        columns[name] = pa.array([_text(value) for value in values], pa.string()).dictionary_encode()
    kept = [name for name in header if name in columns]
    if len(kept) > len(columns):
        raise InputError("to kolonner har samme navn", where=where, next_step="giv dem hver sit navn")
    notes = []
    above = sum(1 for row in sheet.rows[:place] if any(cell not in (None, "") for cell in row))
    if above:
        notes.append(text_above(above))
    notes += said_of_sheet(sheet, ending, place + 1)
    return kept, RawTable(
        columns, len(rows), {}, frozenset(numeric), stored, first_row=place + 2, notes=tuple(notes),
        maybe_shares=frozenset(maybe_shares),
    )  # fmt: skip


def _names(row: list[Any]) -> list[str]:
    return ["" if name is None else one_line(str(name)) for name in row]


def _text(value: Any) -> str | None:
    """Write a cell as a CSV file would have it."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, date) and (hours := _after_midnight(value)):
        return hours
    if isinstance(value, datetime):
        value = _whole(value)
        return value.date().isoformat() if value.time() == time() else value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return _whole(datetime.combine(date(2000, 1, 1), value)).strftime("%H:%M")
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds()) // 60
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    return str(value) if isinstance(value, CellError) else cell_text(value)


def _after_midnight(value: date) -> str:
    """Return a clock time of 24:00 or later, which readers of sheets call a moment of 1900 or 1904, with that day; else nothing.

    >>> _after_midnight(date(1900, 1, 1)), _after_midnight(datetime(1904, 1, 2, 1, 30)), _after_midnight(date(2026, 1, 1))
    ('24:00 (1900-01-01)', '25:30 (1904-01-02)', '')
    """
    day, moment = (value.date(), value) if isinstance(value, datetime) else (value, datetime.combine(value, time()))
    return f"{24 + moment.hour}:{moment.minute:02d} ({day.isoformat()})" if day in DAY_AFTER_CLOCKS else ""


def _whole(value: datetime) -> datetime:
    """Return a time of day without the slip of one that is stored with few decimals.

    >>> _whole(datetime(2019, 8, 3, 7, 59, 57, 120000)).time(), _whole(datetime(2019, 8, 3, 10, 29, 57)).time()
    (datetime.time(8, 0), datetime.time(10, 29, 57))
    """
    minute = (value + timedelta(seconds=30)).replace(second=0, microsecond=0)
    slipped = min(value.microsecond, 1_000_000 - value.microsecond) > 1_000
    return minute if slipped and abs((value - minute).total_seconds()) <= SLIP_S else value
