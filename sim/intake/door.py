"""The door: a file of trips comes in whole, checked and minimised, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from sim.intake.below import without_rows_below
from sim.intake.cells import Bools, Faults
from sim.intake.fields import check_first_line, field_of, map_columns
from sim.intake.opening import Opened, open_table
from sim.intake.personal import check_cells, check_header
from sim.intake.settings import Settings
from sim.intake.trip_list import Account, TripList, as_table
from sim.intake.trip_reader import TripReader
from sim.intake.zones import zone_map
from tariffs.errors import InputError

SHOWN_FAULTS = 20


class FaultyTripsError(InputError):
    """Cells that are not what they should be; ``faults`` holds them all, the message the first."""

    def __init__(self, faults: Faults, where: str) -> None:
        self.faults = faults
        count = "1 fejl" if faults.count == 1 else f"{faults.count:,} fejl".replace(",", ".")
        super().__init__(
            f"{count} i turlisten; intet er indlæst",
            where=where,
            next_step="ret filen, og prøv igen; --faults FIL skriver alle fejl som CSV",
        )

    def __str__(self) -> str:
        shown = self.faults.listed(SHOWN_FAULTS)
        lines = [f"  række {row}, {column}: {cell}; ventet {expects}" for row, column, cell, expects in shown]
        if self.faults.count > len(lines):
            lines.append(f"  … og {self.faults.count - len(lines)} til")
        return "\n".join([f"{self.what}. Hvor: {self.where}.", *lines, f"Gør nu: {self.next_step}."])


def read_trip_list(file: Path, municipality: str, settings: Settings, *, cleaning: bool = False) -> TripList:
    """Read, check and minimise a municipality's trips.

    ``cleaning`` lets columns that the user leaves out hold CPR numbers: leaving them out is what it is for. Raises
    InputError when the file cannot be used, FaultyTripsError when cells cannot.
    """
    opened = open_table(file, sheet=settings.sheet, encoding=settings.encoding, named=tuple(settings.mapping.values()))
    return kept_trips(judged(opened, file.name, municipality, settings, cleaning=cleaning))


@dataclass(frozen=True)
class Judged:
    """A file's trips as they are understood, whether they can be taken or not; a row with a fault holds nothing that is meant.

    Attributes
    ----------
    rows : of the file that are trips
    columns : as of a list of trips, with ``own`` (starts in the municipality) and ``cancelled``
    ignored : the columns that the user leaves out
    """

    opened: Opened
    where: str
    municipality: str
    settings: Settings
    reader: TripReader
    fields: Mapping[str, str]
    ignored: tuple[str, ...]
    rows: int
    columns: Mapping[str, Any]


def judged(opened: Opened, where: str, municipality: str, settings: Settings, *, cleaning: bool = False) -> Judged:
    """Return how an opened file is understood; raises InputError when it cannot be read at all."""
    table = opened.table
    check_header(opened.header, where)
    check_first_line(opened.header, settings.mapping, where)
    # What no advice on columns can help is said before any: an unknown column with CPR numbers cannot be left out here.
    named = {name for name in table.columns if field_of(name) or name in settings.mapping.values()}
    unknown = {name: column for name, column in table.columns.items() if name not in named}
    check_cells(unknown, {}, table.first_row, where, also_unread=not cleaning)
    fields, ignored = map_columns(opened.header, settings.mapping, settings.ignored, where)
    known = {name: column for name, column in table.columns.items() if name in named}
    check_cells(known, fields, table.first_row, where, also_unread=not cleaning)
    listed = replace(opened, table=without_rows_below(table, fields.values()))
    reader = TripReader(listed, fields, settings, where)
    rows = listed.table.rows - int(reader.blank.sum())
    if not rows:
        raise InputError("filen har ingen ture", where=where, next_step="giv en fil med mindst én række")
    columns = reader.trips(zone_map(municipality))
    return Judged(listed, where, municipality, settings, reader, fields, ignored, rows, columns)


def kept_trips(file: Judged) -> TripList:
    """Return the trips of a file, minimised; raises FaultyTripsError when cells cannot be used, InputError when trips cannot."""
    reader = file.reader
    if reader.faults.count:
        raise FaultyTripsError(reader.faults, file.where)
    columns = dict(file.columns)
    keep, left_out = _kept(columns, reader.blank, file.settings, file.where)
    account = Account(
        rows_read=file.rows,
        rows_kept=int(keep.sum()),
        left_out=left_out,
        columns_kept=dict(file.fields),
        columns_ignored=file.ignored,
        encoding=file.opened.encoding,
        numbers=reader.style,
        notes=tuple(reader.notes),
    )
    del columns["own"], columns["cancelled"]
    mask = pa.array(keep)
    return TripList(
        file.municipality, as_table({name: column.filter(mask) for name, column in columns.items()}), account
    )


def _kept(columns: dict[str, Any], blank: Bools, settings: Settings, where: str) -> tuple[Bools, dict[str, int]]:
    """Return the rows that stay, and how many are left out for which reason."""
    keep = ~blank
    left_out: dict[str, int] = {}

    def leave(rows: Bools, reason: str) -> None:
        if (keep & rows).any():
            left_out[reason] = int((keep & rows).sum())
        keep[rows] = False

    if settings.period is not None:
        days = columns["date"].cast(pa.int32()).to_numpy()
        first, last = ((day - date(1970, 1, 1)).days for day in settings.period)
        leave((days < first) | (days > last), f"uden for perioden {settings.period[0]} - {settings.period[1]}")
    leave(columns["cancelled"], "aflyst")
    foreign = ~columns["own"]
    if settings.only_own:
        leave(foreign, "starter i en anden kommune, som betaler for turen")
    elif (keep & foreign).any():
        raise InputError(
            f"{int((keep & foreign).sum())} ture starter i en anden kommune",
            where=where,
            why="den kommune, hvor turen starter, betaler for den, så den hører ikke til kommunens udgift",
            next_step="fjern dem, eller udelad dem med --only-own",
        )
    if not keep.any():
        raise InputError(
            "ingen ture er tilbage", where=where, why="; ".join(f"{n} {why}" for why, n in left_out.items())
        )
    return keep, left_out
