"""Reading a file of trips, CSV or Parquet, as columns of text, so that no row is ever lost on the way."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from sim.quoting.broken_rows import split_rows
from sim.quoting.columns import COLUMNS
from tariffs.errors import InputError

DELIMITERS = (",", ";", "\t")
FORMATS = (".csv", ".parquet")
DANISH_TIME = "Europe/Copenhagen"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class RawTrips:
    """A file's columns as text by name (some dictionary-encoded), before any cell is judged.

    ``broken`` says, by row number from 0, why a row does not fit the columns at all. ``numeric`` names the columns
    that the file stores as numbers. ``delimiter`` and ``excel`` (BOM and semicolons) are a CSV file's dress,
    which the answer wears too.
    """

    columns: dict[str, pa.Array]
    rows: int
    broken: dict[int, str]
    numeric: frozenset[str] = frozenset()
    delimiter: str = ","
    excel: bool = False


def read_trips(file: Path) -> RawTrips:
    """Read a file of trips by its ending; raises InputError when it cannot be read or lacks a column."""
    if file.suffix.lower() not in FORMATS:
        raise InputError(f"filtypen '{file.suffix}' kendes ikke", where=str(file), next_step="brug .csv eller .parquet")
    try:
        return _read_parquet(file) if file.suffix.lower() == ".parquet" else _read_csv(file.read_bytes(), str(file))
    except OSError as error:
        raise InputError(
            "filen kan ikke læses",
            where=str(file),
            why=str(error.strerror or error),
            next_step="se efter stien og rettighederne",
        ) from error


def _read_csv(data: bytes, where: str) -> RawTrips:
    data, has_bom = _decoded(data, where)
    header, delimiter, body = _read_header(data, where)
    places = _places(header, where)
    excel = has_bom and delimiter == ";"
    try:
        table = _read_fast(body, len(header), places, delimiter)
    except (pa.ArrowInvalid, pa.ArrowKeyError):
        table = None
    if table is None or _spans_lines(body, table.num_rows):
        return _read_row_by_row(body, header, places, delimiter, excel)
    columns = {name: table.column(f"c{place}").combine_chunks() for name, place in places.items()}
    return RawTrips(columns, table.num_rows, {}, delimiter=delimiter, excel=excel)


def _decoded(data: bytes, where: str) -> tuple[bytes, bool]:
    """Return the bytes without a BOM, checked to be UTF-8 text."""
    if not data.strip():
        raise InputError("filen er tom", where=where, next_step=f"første linje skal være {', '.join(COLUMNS)}")
    if data.startswith(b"PAR1"):
        raise InputError("filen er Parquet, men hedder .csv", where=where, next_step="giv den endelsen .parquet")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("filen er UTF-16", where=where, next_step="gem den som CSV UTF-8")
    has_bom = data.startswith(_BOM)
    data = data.removeprefix(_BOM)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputError(
            "filen er ikke UTF-8",
            where=f"{where}, linje {line}",
            why=f"byte 0x{data[error.start]:02x}; det ligner Windows-1252 fra Excel",
            next_step='gem den som "CSV UTF-8"',
        ) from error
    if b"\0" in data:
        raise InputError("filen indeholder nul-tegn", where=where, why="den er ikke ren tekst eller halvskrevet")
    if b"\n" not in data and b"\r" in data:
        data = data.replace(b"\r", b"\n")
    return data, has_bom


def _read_header(data: bytes, where: str) -> tuple[list[str], str, bytes]:
    """Return the header's names, the separator that finds most of our columns, and the bytes after the header."""
    best: tuple[int, list[str], str, int] | None = None
    for delimiter in DELIMITERS:
        reader = csv.reader(io.StringIO(data[:65_536].decode("utf-8", "ignore"), newline=""), delimiter=delimiter)
        names = [name.strip() for name in next((row for row in reader if row), [])]
        found = len(COLUMNS.keys() & set(names))
        if best is None or found > best[0]:
            best = (found, names, delimiter, reader.line_num)
    if best is None or best[0] == 0:
        raise InputError(
            "ingen af kolonnerne blev fundet",
            where=f"{where}, første linje",
            next_step=f"første linje skal være {','.join(COLUMNS)}",
        )
    position = 0
    for _ in range(best[3]):
        position = data.find(b"\n", position) + 1 or len(data)
    return best[1], best[2], data[position:]


def _places(header: list[str], where: str) -> dict[str, int]:
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise InputError(
            f"kolonner mangler: {', '.join(missing)}", where=where, next_step=f"filen skal have {', '.join(COLUMNS)}"
        )
    twice = [name for name in COLUMNS if header.count(name) > 1]
    if twice:
        raise InputError(f"kolonner findes to gange: {', '.join(twice)}", where=where, next_step="slet den ene")
    return {name: header.index(name) for name in COLUMNS}


def _spans_lines(body: bytes, rows: int) -> bool:
    """True when a quoted cell may run over more lines than one, so that a stray quote could have swallowed rows."""
    return b'"' in body and rows < body.count(b"\n") + (not body.endswith(b"\n"))


def _read_fast(body: bytes, width: int, places: dict[str, int], delimiter: str) -> pa.Table:
    names = [f"c{place}" for place in range(width)]
    wanted = [f"c{place}" for place in places.values()]
    few_values = pa.dictionary(pa.int32(), pa.string())
    types = {f"c{place}": pa.string() if name == "trip_id" else few_values for name, place in places.items()}
    if not body.strip():
        return pa.table({name: pa.array([], pa.string()) for name in wanted})
    return pa_csv.read_csv(
        pa.BufferReader(body),
        read_options=pa_csv.ReadOptions(column_names=names, block_size=8 << 20),
        parse_options=pa_csv.ParseOptions(delimiter=delimiter, newlines_in_values=b'"' in body),
        convert_options=pa_csv.ConvertOptions(column_types=types, include_columns=wanted, strings_can_be_null=False),
    )


def _read_row_by_row(body: bytes, header: list[str], places: dict[str, int], delimiter: str, excel: bool) -> RawTrips:
    """Read with Python's own reader, which keeps the rows whose cells do not match the header."""
    rows, broken = split_rows(body.decode("utf-8"), len(header), delimiter)
    columns = {
        name: pa.array([row[place] if place < len(row) else None for row in rows], pa.string())
        for name, place in places.items()
    }
    return RawTrips(columns, len(rows), broken, delimiter=delimiter, excel=excel)


def _read_parquet(file: Path) -> RawTrips:
    try:
        parquet = pq.ParquetFile(file, page_checksum_verification=True)
        _places(parquet.schema_arrow.names, str(file))
        table = parquet.read(columns=list(COLUMNS))
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise InputError(
            "filen kan ikke læses som Parquet",
            where=str(file),
            why=str(error).splitlines()[0],
            next_step="den er måske halvskrevet eller af en anden slags",
        ) from error
    columns, numeric = {}, set()
    for name in COLUMNS:
        column = table.column(name).combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            if pa.types.is_integer(column.type) or pa.types.is_floating(column.type):
                numeric.add(name)
            column = _as_text(column)
        columns[name] = column.cast(pa.string())
    return RawTrips(columns, table.num_rows, {}, frozenset(numeric))


def _as_text(column: pa.Array) -> pa.Array:
    """Write a typed column as a CSV file would have it: 0 and 1, whole numbers, ISO dates."""
    kind = column.type
    if pa.types.is_boolean(kind):
        return column.cast(pa.int8()).cast(pa.string())
    if pa.types.is_integer(kind) or pa.types.is_date32(kind):
        return column.cast(pa.string())
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(column.cast(pa.timestamp("us", DANISH_TIME), safe=False)) if kind.tz else column
        return local.cast(pa.timestamp("us"), safe=False).cast(pa.date32(), safe=False).cast(pa.string())
    if pa.types.is_date64(kind):
        return column.cast(pa.date32()).cast(pa.string())
    if pa.types.is_null(kind):
        return column.cast(pa.string())
    return pa.array([_cell(value) for value in column.to_pylist()], pa.string())


def _cell(value: Any) -> str | None:
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
