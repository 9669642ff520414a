"""A file of requests or vehicles opened as columns of text, the columns by their exact names."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.inputs.intake.below import without_rows_below
from sim.inputs.intake.opening import TEXT_FORMATS, open_table
from sim.inputs.intake.raw import RawTable
from sim.inputs.intake.workbook import ENDINGS
from tariffs.errors import InputError


@dataclass(frozen=True)
class Opened:
    """The wanted columns as text, and the names of the columns that nobody asked for."""

    table: RawTable
    ignored: tuple[str, ...]


def open_columns(file: Path, wanted: Sequence[str], sheet: str | None = None, encoding: str | None = None) -> Opened:
    """Read the wanted columns of a file; raises InputError when it cannot be read or a column is not there.

    ``sheet`` is of a workbook and ``encoding`` of text; either is no matter to the other kinds of file.
    """
    ending = file.suffix.lower()
    try:
        if ending == ".parquet":
            return _open_parquet(file, wanted)
    except OSError as error:
        raise InputError(
            "filen kan ikke læses",
            where=str(file),
            why=str(error.strerror or error),
            next_step="se efter sti og rettigheder",
        ) from None

    def pick(header: Sequence[str]) -> Sequence[str]:
        _check_header(header, wanted, str(file))
        return wanted

    found = open_table(
        file,
        sheet=sheet if ending in ENDINGS else None,
        encoding=encoding if ending in TEXT_FORMATS else None,
        named=wanted,
        only=pick,
        single=wanted,
    )
    ignored = tuple(name for name in found.header if name not in wanted)
    return Opened(without_rows_below(found.table, {name: name for name in wanted}), ignored)


def _open_parquet(file: Path, wanted: Sequence[str]) -> Opened:
    where = str(file)
    try:
        parquet = pq.ParquetFile(file, page_checksum_verification=True)
        names = parquet.schema_arrow.names
        _check_header(names, wanted, where)
        table = parquet.read(columns=list(wanted), use_threads=False)
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise InputError(
            "filen kan ikke læses som Parquet",
            where=where,
            why=str(error).splitlines()[0],
            next_step="den er måske halvskrevet eller af en anden slags: gem den igen som Parquet, eller brug .csv",
        ) from error
    columns = {name: _as_text(table.column(name).combine_chunks(), name, where) for name in wanted}
    return Opened(RawTable(columns, table.num_rows, {}, first_row=1), tuple(n for n in names if n not in wanted))


def _as_text(column: pa.Array, name: str, where: str) -> pa.Array:
    """Write a typed column as a CSV file would have it; a time zone or parts of a second are kept, to be found."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return _as_text(column.dictionary_decode(), name, where)
    if pa.types.is_timestamp(kind):
        return pc.strftime(column, "%Y-%m-%dT%H:%M:%S%z" if kind.tz else "%Y-%m-%dT%H:%M:%S")
    try:
        return column.cast(pa.string())
    except pa.ArrowException:
        raise InputError(
            f"kolonnen '{name}' har en type, der ikke kan bruges ({kind})",
            where=where,
            next_step="skriv den som tekst, tal eller tidspunkt",
        ) from None


def _check_header(header: Sequence[str], wanted: Sequence[str], where: str) -> None:
    missing = [name for name in wanted if name not in header]
    if missing:
        raise InputError(
            f"kolonnen {missing[0]} mangler" if len(missing) == 1 else f"kolonnerne {', '.join(missing)} mangler",
            where=f"{where}, første linje",
            why=""
            if set(header) & set(wanted)
            else "ingen af kolonnerne er der: filen er måske en anden, eller uden overskrifter",
            next_step=f"filen skal have kolonnerne {', '.join(wanted)}",
        )
    twice = sorted({name for name in wanted if list(header).count(name) > 1})
    if twice:
        raise InputError(
            f"kolonner findes to gange: {', '.join(twice)}",
            where=f"{where}, første linje",
            next_step="giv dem hver sit navn",
        )
