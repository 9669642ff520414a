"""Parquet as columns of text, as a CSV file would have them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.inputs.intake.raw import RawTable
from tariffs.errors import InputError

DANISH_TIME = "Europe/Copenhagen"


def read_parquet(file: Path, wanted: Callable[[Sequence[str]], Sequence[str]], *, clock: bool) -> RawTable:
    """Read the columns that ``wanted`` picks from the file's names; damaged pages are found by their checksums.

    ``clock`` keeps the time of day of time stamps that have one; without it they become dates.
    """
    try:
        parquet = pq.ParquetFile(file, page_checksum_verification=True)
        names = list(wanted(parquet.schema_arrow.names))
        table = parquet.read(columns=names, use_threads=False)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise InputError(
            "filen kan ikke læses som Parquet",
            where=str(file),
            why="den er beskadiget eller en anden slags fil",
            next_step="gem den igen som Parquet, eller gem turene som CSV UTF-8",
        ) from error
    columns, numeric = {}, set()
    for name in names:
        column = table.column(name).combine_chunks()
        if pa.types.is_dictionary(column.type):
            column = column.dictionary_decode()
        if not (pa.types.is_string(column.type) or pa.types.is_large_string(column.type)):
            if (
                pa.types.is_integer(column.type)
                or pa.types.is_floating(column.type)
                or pa.types.is_decimal(column.type)
            ):
                numeric.add(name)
            column = _as_text(column, clock)
        columns[name] = column.cast(pa.string())
    return RawTable(columns, table.num_rows, {}, frozenset(numeric), first_row=1)


def _as_text(column: pa.Array, clock: bool) -> pa.Array:
    """Write a typed column as a CSV file would have it: TRUE and FALSE, whole numbers, ISO dates."""
    kind = column.type
    if pa.types.is_boolean(kind):
        return pc.utf8_upper(column.cast(pa.string()))
    if pa.types.is_integer(kind) or pa.types.is_date32(kind):
        return column.cast(pa.string())
    if pa.types.is_timestamp(kind):
        local = pc.local_timestamp(column.cast(pa.timestamp("us", DANISH_TIME), safe=False)) if kind.tz else column
        local = local.cast(pa.timestamp("us"), safe=False)
        dates = local.cast(pa.date32(), safe=False)
        if clock and not pc.all(pc.equal(dates.cast(pa.timestamp("us")), local)).as_py():
            return pc.utf8_slice_codeunits(pc.strftime(local, "%Y-%m-%d %H:%M:%S"), 0, 19)
        return dates.cast(pa.string())
    if pa.types.is_date64(kind):
        return column.cast(pa.date32()).cast(pa.string())
    if pa.types.is_null(kind):
        return column.cast(pa.string())
    if pa.types.is_time(kind):
        return pc.utf8_slice_codeunits(column.cast(pa.string()), 0, 5)
    return pa.array([cell_text(value) for value in column.to_pylist()], pa.string())


def cell_text(value: Any) -> str | None:
    """Write one typed cell; None for a missing one."""
    if value is None or (isinstance(value, float) and value != value):
        return None
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
