"""CSV in whatever dress it comes: the separator found by the header, and every row kept, the broken ones too."""

import csv
import io
from collections.abc import Callable, Collection, Mapping
from itertools import islice

import pyarrow as pa
import pyarrow.csv as pa_csv

from sim.inputs.intake.broken_rows import split_rows
from sim.inputs.intake.labels import one_line
from sim.inputs.intake.raw import MOST_ABOVE, RawTable, heading_place
from tariffs.errors import InputError

DELIMITERS = (",", ";", "\t")
BOM = b"\xef\xbb\xbf"


def check_text(data: bytes, where: str, first_line: str) -> None:
    """Raise InputError for bytes that are no CSV whatever their encoding: none at all, or a Parquet or Excel file."""
    if not data.strip():
        raise InputError("filen er tom", where=where, next_step=f"første linje skal være {first_line}")
    if data.startswith(b"PAR1"):
        raise InputError("filen er Parquet, men hedder .csv", where=where, next_step="giv den endelsen .parquet")
    if data.startswith(b"PK\x03\x04"):
        raise InputError("filen er et Excel-ark, men hedder .csv", where=where, next_step="giv den endelsen .xlsx")


def plain_utf8(data: bytes, where: str) -> bytes:
    """Return UTF-8 text with line ends that a reader knows; raises InputError for nul characters."""
    if b"\0" in data:
        raise InputError(
            "filen indeholder nul-tegn", where=where, why="den er ikke ren tekst, eller den er halvskrevet"
        )
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    return data


def split_header(
    data: bytes, score: Callable[[list[str]], int], known: Callable[[list[str]], int] = lambda names: 0
) -> tuple[list[str], str, bytes, int]:
    """Return the header's names, the separator whose names score highest, the bytes after the header, and its last line.

    The header is the first row that is not empty, or the one further down that has more names of fields, as ``known`` counts
    them.
    """
    best: tuple[int, list[str], str, int] | None = None
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(data[:65_536].decode("utf-8", "ignore"), newline=""), delimiter=delimiter)
        rows = [([one_line(name) for name in row], reader.line_num) for row in islice(reader, MOST_ABOVE)] or [([], 0)]
        names, line = rows[heading_place([row for row, _ in rows], known)]
        found = score(names)
        if best is None or found > best[0]:
            best = (found, names, delimiter, line)
    assert best is not None
    position = 0
    for _ in range(best[3]):
        position = data.find(b"\n", position) + 1 or len(data)
    return best[1], best[2], data[position:], best[3]


def read_body(
    body: bytes, width: int, places: Mapping[str, int], delimiter: str, *, single: Collection[str] = ()
) -> RawTable:
    """Read the wanted columns, named by where they stand; ``single`` are columns whose every cell is another.

    Cells that run over several lines, and rows that do not fit the header, are read by Python's own reader.
    """
    try:
        table = _read_fast(body, width, places, delimiter, single)
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        table = None
    if table is None or _spans_lines(body, table.num_rows):
        return _read_row_by_row(body, width, places, delimiter)
    columns = {name: table.column(f"c{place}").combine_chunks() for name, place in places.items()}
    return RawTable(columns, table.num_rows, {}, delimiter=delimiter)


def _spans_lines(body: bytes, rows: int) -> bool:
    """True when a quoted cell may run over more lines than one, so that a stray quote could have swallowed rows."""
    return b'"' in body and rows < body.count(b"\n") + (not body.endswith(b"\n"))


def _read_fast(body: bytes, width: int, places: Mapping[str, int], delimiter: str, single: Collection[str]) -> pa.Table:
    body = body.rstrip(b"\r\n")
    names = [f"c{place}" for place in range(width)]
    wanted = [f"c{place}" for place in places.values()]
    few_values = pa.dictionary(pa.int32(), pa.string())
    types = {f"c{place}": pa.string() if name in single else few_values for name, place in places.items()}
    if not body:
        return pa.table({name: pa.array([], pa.string()) for name in wanted})
    return pa_csv.read_csv(
        pa.BufferReader(body),
        read_options=pa_csv.ReadOptions(column_names=names, block_size=8 << 20),
        parse_options=pa_csv.ParseOptions(
            delimiter=delimiter, newlines_in_values=b'"' in body, ignore_empty_lines=False
        ),
        convert_options=pa_csv.ConvertOptions(column_types=types, include_columns=wanted, strings_can_be_null=False),
    )


def _read_row_by_row(body: bytes, width: int, places: Mapping[str, int], delimiter: str) -> RawTable:
    """Read with Python's own reader, which keeps the rows whose cells do not match the header."""
    rows, broken = split_rows(body.decode("utf-8"), width, delimiter)
    columns = {
        name: pa.array([row[place] if place < len(row) else None for row in rows], pa.string())
        for name, place in places.items()
    }
    return RawTable(columns, len(rows), broken, delimiter=delimiter)
