"""A file of requests or vehicles opened as columns of text: CSV or Parquet, the columns by their exact names."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from sim.intake.delimited import check_text, plain_utf8, read_body, split_header
from sim.intake.encoding import to_utf8
from sim.intake.raw import RawTable
from tariffs.errors import InputError

FORMATS = (".csv", ".txt", ".parquet")


@dataclass(frozen=True)
class Opened:
    """The wanted columns as text, and the names of the columns that nobody asked for."""

    table: RawTable
    ignored: tuple[str, ...]


def open_columns(file: Path, wanted: Sequence[str]) -> Opened:
    """Read the wanted columns of a file; raises InputError when it cannot be read or a column is not there."""
    where = str(file)
    if file.suffix.lower() not in FORMATS:
        raise InputError(f"filtypen '{file.suffix}' kendes ikke", where=where, next_step=f"brug {', '.join(FORMATS)}")
    try:
        if file.suffix.lower() == ".parquet":
            return _open_parquet(file, wanted)
        return _open_csv(file.read_bytes(), where, wanted)
    except OSError as error:
        raise InputError(
            "filen kan ikke læses",
            where=where,
            why=str(error.strerror or error),
            next_step="se efter sti og rettigheder",
        ) from None


def _open_csv(data: bytes, where: str, wanted: Sequence[str]) -> Opened:
    check_text(data, where, ",".join(wanted))
    try:
        text, _ = to_utf8(data, where)
    except InputError as error:
        raise InputError(error.what, where=error.where, why=error.why, next_step="gem filen som CSV UTF-8") from None
    header, delimiter, body, lines = split_header(
        plain_utf8(text, where), lambda names: 100 * len(set(names) & set(wanted)) + min(99, len(names))
    )
    _check_header(header, wanted, where)
    table = read_body(body, len(header), {name: header.index(name) for name in wanted}, delimiter, single=wanted)
    return Opened(replace(table, first_row=lines + 1), tuple(name for name in header if name not in wanted))


def _open_parquet(file: Path, wanted: Sequence[str]) -> Opened:
    where = str(file)
    try:
        parquet = pq.ParquetFile(file, page_checksum_verification=True)
        names = parquet.schema_arrow.names
        _check_header(names, wanted, where)
        table = parquet.read(columns=list(wanted))
    except (pa.ArrowException, OSError) as error:
        if isinstance(error, OSError) and error.errno:
            raise
        raise InputError(
            "filen kan ikke læses som Parquet",
            where=where,
            why=str(error).splitlines()[0],
            next_step="den er måske halvskrevet eller af en anden slags",
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
