"""Reading a file of trips to price, CSV in UTF-8 or Parquet."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.intake.delimited import BOM, check_text, plain_utf8, read_body, split_header
from sim.intake.parquet import read_parquet
from sim.intake.raw import RawTable
from sim.quoting.columns import COLUMNS
from tariffs.errors import InputError

FORMATS = (".csv", ".parquet")


def read_trips(file: Path) -> RawTable:
    """Read a file of trips by its ending; raises InputError when it cannot be read or lacks a column."""
    if file.suffix.lower() not in FORMATS:
        raise InputError(f"filtypen '{file.suffix}' kendes ikke", where=str(file), next_step="brug .csv eller .parquet")
    try:
        if file.suffix.lower() == ".parquet":
            return read_parquet(file, lambda names: list(_places(names, str(file))), clock=False)
        return _read_csv(file.read_bytes(), str(file))
    except OSError as error:
        raise InputError(
            "filen kan ikke læses",
            where=str(file),
            why=str(error.strerror or error),
            next_step="se efter stien og rettighederne",
        ) from error


def _read_csv(data: bytes, where: str) -> RawTable:
    data, has_bom = _decoded(data, where)
    header, delimiter, body, _ = split_header(data, _found)
    if not _found(header):
        raise InputError(
            "ingen af kolonnerne blev fundet",
            where=f"{where}, første linje",
            next_step=f"første linje skal være {','.join(COLUMNS)}",
        )
    table = read_body(body, len(header), _places(header, where), delimiter, single=("trip_id",))
    return replace(table, excel=has_bom and delimiter == ";")


def _found(names: list[str]) -> int:
    return len(COLUMNS.keys() & set(names))


def _decoded(data: bytes, where: str) -> tuple[bytes, bool]:
    """Return the bytes without a BOM, checked to be UTF-8 text."""
    check_text(data, where, ", ".join(COLUMNS))
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise InputError("filen er UTF-16", where=where, next_step="gem den som CSV UTF-8")
    has_bom = data.startswith(BOM)
    data = data.removeprefix(BOM)
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
    return plain_utf8(data, where), has_bom


def _places(header: Sequence[str], where: str) -> dict[str, int]:
    missing = [name for name in COLUMNS if name not in header]
    if missing:
        raise InputError(
            f"kolonner mangler: {', '.join(missing)}", where=where, next_step=f"filen skal have {', '.join(COLUMNS)}"
        )
    twice = [name for name in COLUMNS if list(header).count(name) > 1]
    if twice:
        raise InputError(f"kolonner findes to gange: {', '.join(twice)}", where=where, next_step="slet den ene")
    return {name: header.index(name) for name in COLUMNS}
