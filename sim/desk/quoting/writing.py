"""Writing the answers under a temporary name first, so that a half-written file never looks whole."""

import os
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from sim.desk.quoting.reading import FORMATS
from tariffs.errors import InputError

OUTPUT_COLUMNS = {
    "trip_id": "turens navn fra inddata",
    "status": "ok, refused (afvist) eller error (fejl i rækken)",
    "reason": "afvisningens kode, eller kolonnen og fejlen; tom, når status er ok",
    "fare_oere": "prisen for hele selskabet i hele øre; tom, når status ikke er ok",
    "edition": "takstudgaven, der gælder for turen; tom, når den ikke er fundet",
    "certainty": "hvor sikkert prisen kendes: known, assumed, calculated (udregnet) eller projected (fremskrevet); tom uden pris",
}
OF_OLD = tuple(OUTPUT_COLUMNS)[:5]
"""The columns of an answer of before 0.5.0, which may be replaced as well."""


def check_target(out: Path, trips: Path, force: bool) -> None:
    """Raise InputError unless the answers may be written to ``out``.

    An existing file is replaced only when it is empty, is itself an answer of ours, or with ``force``.
    """
    if out.suffix.lower() not in FORMATS:
        raise InputError(f"filtypen '{out.suffix}' kendes ikke", where=str(out), next_step="brug .csv eller .parquet")
    if not out.parent.is_dir():
        raise InputError("mappen findes ikke", where=str(out.parent), next_step="opret den først")
    if out.is_dir():
        raise InputError("stien er en mappe", where=str(out), next_step="angiv en fil")
    if not out.exists():
        return
    if trips.exists() and out.samefile(trips):
        raise InputError("svaret ville overskrive turene", where=str(out), next_step="giv --out et andet navn")
    if not force and out.stat().st_size and not _is_answer(out):
        raise InputError(
            "filen findes i forvejen og er ikke et svar fra takstlab quote",
            where=str(out),
            next_step="vælg et andet navn, eller tilføj --force for at overskrive den",
        )


def write_answers(table: pa.Table, out: Path, delimiter: str, excel: bool) -> None:
    """Write the answers as CSV or Parquet by the ending of ``out``; raises InputError when that fails."""
    draft = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        if out.suffix.lower() == ".parquet":
            pq.write_table(
                table,
                draft,
                compression="zstd",
                write_page_checksum=True,
                use_dictionary=["status", "reason", "edition", "certainty"],
            )
        else:
            with draft.open("wb") as stream:
                stream.write(("\ufeff" if excel else "").encode() + delimiter.join(table.column_names).encode() + b"\n")
                _write_rows(table, stream, delimiter)
        draft.replace(out)
    except OSError as error:
        raise InputError("svaret kan ikke skrives", where=str(out), why=str(error.strerror or error)) from error
    finally:
        draft.unlink(missing_ok=True)


def _write_rows(table: pa.Table, stream: BinaryIO, delimiter: str) -> None:
    """Write the rows without quotes; when a cell needs them, all over again with quotes about every text."""
    start = stream.tell()
    for quoting in ("none", "needed"):
        stream.seek(start)
        stream.truncate()
        try:
            options = pa_csv.WriteOptions(include_header=False, delimiter=delimiter, quoting_style=quoting)
            pa_csv.write_csv(table, stream, options)
            return
        except pa.ArrowInvalid:
            if quoting == "needed":
                raise


def _is_answer(out: Path) -> bool:
    try:
        if out.suffix.lower() == ".parquet":
            return tuple(pq.read_schema(out).names) in (tuple(OUTPUT_COLUMNS), OF_OLD)
        with out.open("rb") as stream:
            first = stream.readline(200).decode("utf-8-sig", "replace").strip()
    except (OSError, pa.ArrowException):
        return False
    return first in {delimiter.join(names) for delimiter in (",", ";", "\t") for names in (OUTPUT_COLUMNS, OF_OLD)}
