"""Cells read as dates, times and words, a whole column at a time; each different text once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.geography.names import fold
from sim.inputs.intake.personal import may_be_told
from sim.inputs.intake.workbook import rows_named

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
HIDDEN = "(vises ikke)"
ERROR_CELL = r"^(?:#[A-ZÆØÅ0-9/]+[!?]?|Err:[0-9]+|Fejl:[0-9]+)$"
"""What a sheet shows in a cell whose formula failed: #N/A, #DIV/0!, in Danish #I/T and #VÆRDI!."""


@dataclass
class Texts:
    """A column as its different texts, trimmed, and which of them stands in each row; an empty cell is ''."""

    values: Any
    places: Ints

    @classmethod
    def of(cls, column: pa.Array) -> "Texts":
        """Return a column's texts; missing cells become ''."""
        encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
        values = pc.utf8_trim_whitespace(pa.concat_arrays([encoded.dictionary.cast(pa.string()), pa.array([""])]))
        places = encoded.indices.fill_null(len(values) - 1).to_numpy(zero_copy_only=False).astype(np.int64)
        return cls(values, places)

    def rows(self, per_value: NDArray[Any]) -> NDArray[Any]:
        """Return something known of each text for every row."""
        return per_value[self.places]

    def at(self, row: int) -> str:
        """Return the text in a row."""
        return str(self.values[int(self.places[row])].as_py())


@dataclass
class Faults:
    """Everything that is wrong with the cells of a file; ``hidden`` columns never show what stands there."""

    first_row: int
    parts: list[tuple[str, Ints, str, Texts | None]] = field(default_factory=list)

    def add(self, column: str, bad: Bools, expects: str, texts: Texts | None) -> None:
        """Note the rows in which a column's cell is not what was expected; ``texts`` None hides the cells."""
        rows = np.flatnonzero(bad)
        if len(rows):
            self.parts.append((column, rows, expects, texts))

    @property
    def count(self) -> int:
        """Number of faults."""
        return sum(len(rows) for _, rows, _, _ in self.parts)

    def listed(self, most: int | None = None) -> list[tuple[int, str, str, str]]:
        """Return (row in the file, column, cell, expectation) by row, at most so many; a hidden cell is '(vises ikke)'."""
        entries = []
        for order, (column, rows, expects, texts) in enumerate(self.parts):
            for row in rows[:most].tolist():
                cell = HIDDEN if texts is None else told_of(texts, row)
                entries.append((row, order, (row + self.first_row, column, cell, expects)))
        return [entry for _, _, entry in sorted(entries, key=lambda e: e[:2])][:most]

    def rows(self, count: int) -> Bools:
        """Return which of a file's so many rows have a fault."""
        found = np.zeros(count, dtype=np.bool_)
        for _, rows, _, _ in self.parts:
            found[rows] = True
        return found

    def grouped(self) -> list[tuple[Ints, str, str, str]]:
        """Return (rows in the file, column, cell, expectation) for each kind of fault, by its first row.

        The cell is the one of the first row, with 'm.fl.' where others are not alike.
        """
        kinds: dict[tuple[str, str], list[tuple[Ints, Texts | None]]] = {}
        for column, rows, expects, texts in self.parts:
            kinds.setdefault((column, expects), []).append((rows, texts))
        found = []
        for (column, expects), parts in kinds.items():
            rows = np.unique(np.concatenate([rows for rows, _ in parts]))
            shown = {
                HIDDEN if texts is None else told_of(texts, row)
                for part, texts in parts
                for row in part[:MOST_LOOKED_AT].tolist()
            }
            first, texts = min((int(part[0]), n) for n, (part, _) in enumerate(parts))[0], parts[0][1]
            cell = HIDDEN if texts is None else told_of(texts, first)
            found.append((rows + self.first_row, column, cell + (" m.fl." if len(shown) > 1 else ""), expects))
        return sorted(found, key=lambda kind: (int(kind[0][0]), kind[1]))

    def lines(self, most: int, *, cells: bool = True) -> list[str]:
        """Return the kinds of faults, a line each, in at most so many lines; without ``cells`` nothing of what stands in one."""
        kinds = self.grouped()
        kept = kinds if len(kinds) <= most else kinds[: most - 1]
        lines = []
        for rows, column, cell, expects in kept:
            named = rows_named(tuple(rows.tolist()), MOST_ROWS)
            shown = f": {cell}" if cells else ""
            lines.append(
                f"  {named}: {expects}; ret rækken"
                if column == WHOLE_ROW
                else f"  {named}, {column}{shown}; ventet {expects}"
            )
        return lines + ([f"  … og {len(kinds) - len(kept)} andre slags fejl"] if len(kinds) > len(kept) else [])


MOST_LOOKED_AT, MOST_ROWS = 1_000, 6
WHOLE_ROW = "rækken"
"""What stands for the column where a whole row cannot be read."""


def told_of(texts: Texts, row: int) -> str:
    """Return what may be told of a cell."""
    flat = " ".join(texts.at(row).split())
    if re.search(ERROR_CELL, flat):
        return flat
    if not may_be_told(flat):
        return HIDDEN
    return "(tom)" if not flat else flat[:40] + "…" if len(flat) > 40 else flat


def matches(values: Any, pattern: str) -> Bools:
    """Return which texts match a pattern."""
    found: Bools = pc.match_substring_regex(values, pattern).to_numpy(zero_copy_only=False)
    return found


def words(texts: Texts, meanings: Mapping[str, int]) -> tuple[Ints, Bools]:
    """Return each row's meaning, and which rows hold none of the words; case and Danish letters do not count."""
    folded = {fold(word): number for word, number in meanings.items()}
    numbers = np.array([folded.get(fold(text), -1) for text in texts.values.to_pylist()], dtype=np.int64)
    return texts.rows(numbers), texts.rows(numbers < 0)


def blank_rows(columns: Iterable[pa.Array], rows: int) -> Bools:
    """Return which of a file's so many rows hold nothing in any column: separators alone are no row."""
    blank = np.ones(rows, dtype=np.bool_)
    for column in columns:
        texts = Texts.of(column)
        blank &= texts.rows(np.array([not text for text in texts.values.to_pylist()]))
    return blank


def repeated_rows(columns: Iterable[pa.Array], rows: int) -> Bools:
    """Return which rows are, cell by cell in all the columns, an earlier row over again; spaces round a cell do not count."""
    alike = np.zeros(rows, dtype=np.int64)
    for column in columns:
        texts = Texts.of(column)
        trimmed = texts.values.dictionary_encode().indices.to_numpy(zero_copy_only=False)
        alike = np.unique(alike * len(trimmed) + trimmed[texts.places], return_inverse=True)[1].astype(np.int64)
    repeated = np.ones(rows, dtype=np.bool_)
    repeated[np.unique(alike, return_index=True)[1]] = False
    return repeated


# Dates and times

_CLOCK = r"(?P<hour>[0-9]{1,2})[:.](?P<minute>[0-9]{2})(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?(?: ?(?P<half>[AaPp])[Mm])?"
_AFTER_DATE = rf"(?:[T ]+(?:kl\.? ?)?{_CLOCK})?$"
YEAR_FIRST = rf"^(?P<year>[0-9]{{4}})[-/](?P<first>[0-9]{{1,2}})[-/](?P<second>[0-9]{{1,2}}){_AFTER_DATE}"
COMPACT = r"^(?P<year>20[0-9]{2})(?P<first>[0-9]{2})(?P<second>[0-9]{2})(?P<hour>)(?P<minute>)(?P<half>)$"
SLASHED = r"^[0-9]{1,2}/"
YEAR_LAST = rf"^(?P<first>[0-9]{{1,2}})[-./](?P<second>[0-9]{{1,2}})[-./](?P<year>[0-9]{{4}}){_AFTER_DATE}"
_ONLY_CLOCK = rf"^(?:kl\.? ?)?{_CLOCK}$"
_BARE_CLOCK = r"^(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})(?P<half>)$"


def moments(texts: Texts, order: str) -> tuple[Ints, Ints, Bools]:
    """Return each row's day (days from 1970) and minute of the day (-1 when the cell has none), and the faulty rows.

    ISO dates, with or without hyphens, or day, month and year; with slashes in the ``order`` dmy or mdy, with hyphens or dots the day
    is first.
    """
    iso, other = parts_of(texts.values, YEAR_FIRST), parts_of(texts.values, YEAR_LAST)
    compact = parts_of(texts.values, COMPACT)
    iso = {name: np.where(compact["year"] >= 0, compact[name], part) for name, part in iso.items()}
    month_first = (order == "mdy") & matches(texts.values, SLASHED)
    month = np.where(month_first, other["first"], other["second"])
    day = np.where(month_first, other["second"], other["first"])
    is_iso, is_other = iso["year"] >= 0, other["year"] >= 0
    year = np.where(is_iso, iso["year"], other["year"])
    days, real = _days(
        year, np.where(is_iso, iso["first"], month), np.where(is_iso, iso["second"], day), is_iso | is_other
    )
    minute = np.where(is_iso, _minutes(iso), _minutes(other))
    good = real & (minute > -2)
    return texts.rows(np.where(good, days, 0)), texts.rows(np.where(good, minute, -1)), texts.rows(~good)


def clock_times(texts: Texts) -> tuple[Ints, Bools]:
    """Return each row's minute of the day, and the rows without one; 10:30, 10.30, 1030, 10:30 AM or a whole date with time."""
    minute = np.full(len(texts.values), -2, dtype=np.int64)
    for pattern in (_ONLY_CLOCK, _BARE_CLOCK, YEAR_FIRST, YEAR_LAST):
        found = _minutes(parts_of(texts.values, pattern))
        minute = np.where((minute < 0) & (found >= 0), found, minute)
    return texts.rows(np.maximum(minute, 0)), texts.rows(minute < 0)


def parts_of(values: Any, pattern: str) -> dict[str, Any]:
    """Return the named groups of a pattern as whole numbers, -1 where a text or a group does not match."""
    found = pc.extract_regex(values, pattern)
    parts: dict[str, Any] = {}
    for name in [found.type.field(n).name for n in range(found.type.num_fields)]:
        group = pc.fill_null(pc.struct_field(found, name), "")
        if name == "half":
            parts[name] = np.array([0, 1, 2])[
                np.where(matches(group, "^[Aa]"), 1, np.where(matches(group, "^[Pp]"), 2, 0))
            ]
            continue
        group = pc.if_else(pc.equal(group, ""), "-1", group)
        parts[name] = group.cast(pa.int64()).to_numpy(zero_copy_only=False)
    return parts


def _minutes(parts: Mapping[str, Any]) -> Ints:
    """Return minutes of the day: -1 where there is no time, -2 where it cannot be one."""
    hour, minute, half = parts["hour"], parts["minute"], parts["half"]
    twelve = half > 0
    wrong = (hour > np.where(twelve, 12, 23)) | (minute > 59) | (twelve & (hour < 1))
    hour = np.where(twelve, hour % 12 + 12 * (half == 2), hour)
    result: Ints = np.where(hour < 0, -1, np.where(wrong, -2, 60 * hour + minute))
    return result


def _days(year: Ints, month: Ints, day: Ints, there: Bools) -> tuple[Ints, Bools]:
    good = there & (month >= 1) & (month <= 12) & (day >= 1) & (year >= 1990) & (year <= 2100)
    months = (np.where(good, year, 1990) - 1970) * 12 + np.where(good, month, 1) - 1
    first = months.astype("datetime64[M]").astype("datetime64[D]")
    length = ((months + 1).astype("datetime64[M]").astype("datetime64[D]") - first).astype(np.int64)
    good &= day <= length
    return first.astype(np.int64) + np.where(good, day, 1) - 1, good
