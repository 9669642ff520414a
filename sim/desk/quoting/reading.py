"""Reading a file of trips to price, opened as every file of trips is."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sim.desk.quoting.columns import COLUMNS
from sim.inputs.intake.below import without_rows_below
from sim.inputs.intake.opening import open_table
from sim.inputs.intake.raw import RawTable
from sim.inputs.intake.workbook import ENDINGS
from tariffs.errors import InputError

FORMATS = (".csv", ".parquet")
"""What answers are written as."""


def read_trips(file: Path, sheet: str | None = None, encoding: str | None = None) -> RawTable:
    """Read a file of trips by its ending; raises InputError when it cannot be read or lacks a column.

    The answer to a workbook is dressed as Excel's own CSV.
    """

    def pick(header: Sequence[str]) -> Sequence[str]:
        _check(header, file.name)
        return list(COLUMNS)

    opened = open_table(
        file, sheet=sheet, encoding=encoding, named=tuple(COLUMNS), only=pick, single=("trip_id",), clock=False
    )
    table = without_rows_below(opened.table, {name: name for name in COLUMNS})
    return replace(table, delimiter=";", excel=True) if file.suffix.lower() in ENDINGS else table


def _check(header: Sequence[str], where: str) -> None:
    missing = [name for name in COLUMNS if name not in header]
    if len(missing) == len(COLUMNS):
        raise InputError(
            "ingen af kolonnerne blev fundet",
            where=f"{where}, de første rækker",
            next_step=f"én række skal være {','.join(COLUMNS)}; se data/templates/trips.csv",
        )
    if missing:
        raise InputError(
            f"kolonner mangler: {', '.join(missing)}", where=where, next_step=f"filen skal have {', '.join(COLUMNS)}"
        )
    twice = [name for name in COLUMNS if list(header).count(name) > 1]
    if twice:
        raise InputError(f"kolonner findes to gange: {', '.join(twice)}", where=where, next_step="slet den ene")
