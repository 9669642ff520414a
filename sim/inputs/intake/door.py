"""The door: a file of trips comes in whole, checked and minimised, or not at all."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from sim.inputs.intake.below import without_rows_below
from sim.inputs.intake.cells import Bools, Faults
from sim.inputs.intake.fields import check_first_line, field_of, map_columns, says_cancelled
from sim.inputs.intake.named_units import check_units
from sim.inputs.intake.opening import Opened, open_table
from sim.inputs.intake.personal import check_cells, check_header
from sim.inputs.intake.receipt import (
    MOST_LEFT_OUT,
    Placing,
    Unplaced,
    certainty_notes,
    town_only,
    unplaced_texts,
)
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.trip_list import Account, TripList, as_table
from sim.inputs.intake.trip_reader import TripReader
from sim.inputs.intake.workbook import rows_named
from sim.inputs.intake.zones import zone_map
from sim.words.numbers import danish
from tariffs.errors import InputError

MOST_LINES = 10
MOST_TEXTS = 8
MOST_FAR_ROWS = 6


class FaultyTripsError(InputError):
    """Cells that are not what they should be, and places that are not known; the message has them grouped.

    ``open_`` is how many trips have such a place; ``faults`` holds every cell, ``unplaced`` every text that cannot be placed,
    ``placing`` how many trips each is about, ``elsewhere`` how many of the others start in another municipality.
    """

    def __init__(
        self,
        faults: Faults,
        unplaced: tuple[Unplaced, ...],
        open_: int,
        placing: Placing,
        where: str,
        elsewhere: int = 0,
    ) -> None:
        self.faults, self.unplaced, self.placing, self.elsewhere = faults, unplaced, placing, elsewhere
        count = "1 fejl" if faults.count == 1 else f"{danish(faults.count)} fejl"
        what = [count] if faults.count else []
        what += [f"{_trips(open_)} med steder, der ikke kendes,"] if unplaced else []
        super().__init__(
            f"{' og '.join(what)} i turlisten; intet er indlæst",
            where=where,
            next_step=self.advice(FILE_STEP, PLACE_STEP, LEAVE_OUT_STEP, OWN_STEP),
        )

    def advice(self, file_step: str, place_step: str, leave_out_step: str, own_step: str) -> str:
        """Return what to do, of these steps, so far as each helps: more than `MOST_LEFT_OUT` may not be left out."""
        steps = [file_step] if self.faults.count else []
        if self.unplaced:
            few = self.placing.left_out <= MOST_LEFT_OUT * self.placing.trips
            steps.append(f"{place_step}, eller {leave_out_step}" if few else place_step)
        steps += [own_step] if self.elsewhere else []
        return "; ".join(steps)

    def __str__(self) -> str:
        return "\n".join([f"{self.what}. Hvor: {self.where}.", *self.lines(), f"Gør nu: {self.next_step}."])

    def lines(self, *, cells: bool = True) -> list[str]:
        """Return the faults by kind, and the texts that cannot be placed, in few enough lines to be read.

        Without ``cells`` nothing is shown of what stands in one.
        """
        room = MOST_LINES - 2 - (2 if self.unplaced else 0) - (1 if self.elsewhere else 0)
        lines = self.faults.lines(room, cells=cells)
        if self.unplaced:
            texts = [f"»{one.text[:60]}« ({danish(one.trips)})" for one in self.unplaced[:MOST_TEXTS]]
            more = len(self.unplaced) - MOST_TEXTS
            lines.append(
                f"  Kan ikke placeres: {', '.join(texts)}{f' og {danish(more)} andre tekster' if more > 0 else ''}"
            )
            lines.append(f"  {_shares(self.placing)}")
        if self.elsewhere:
            lines.append(f"  {_trips(self.elsewhere)} starter i en anden kommune, som betaler for turen")
        return lines


FILE_STEP = "ret filen, og prøv igen; --faults FIL skriver alle fejl som CSV"
PLACE_STEP = "giv hver tekst et sted med --places FIL (findes filen ikke, skrives den med teksterne, så kolonnen sted kan udfyldes)"
LEAVE_OUT_STEP = "udelad turene med --leave-out-unplaced"
OWN_STEP = "fjern dem, der starter i en anden kommune, eller udelad dem med --only-own"


def _trips(count: int) -> str:
    return "1 tur" if count == 1 else f"{danish(count)} ture"


def _shares(placing: Placing) -> str:
    def share(count: int) -> str:
        return f"{danish(count)} ({danish(100 * count / max(1, placing.trips), 0)} %)"

    return (
        f"Af {_trips(placing.trips)} kan {share(placing.placed)} placeres, {share(placing.left_out)} ikke,"
        f" og {share(placing.refused)} har fejl."
    )


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
    check_units(fields, where)
    known = {name: column for name, column in table.columns.items() if name in named}
    check_cells(known, fields, table.first_row, where, also_unread=not cleaning)
    listed = replace(opened, table=without_rows_below(table, fields))
    reader = TripReader(listed, fields, settings, where)
    rows = listed.table.rows - int(reader.blank.sum())
    if not rows:
        raise InputError("filen har ingen ture", where=where, next_step="brug en fil med mindst én række")
    columns = reader.trips(zone_map(municipality))
    return Judged(listed, where, municipality, settings, reader, fields, ignored, rows, columns)


def kept_trips(file: Judged) -> TripList:
    """Return the trips of a file, minimised; raises FaultyTripsError when cells cannot be used, InputError when trips cannot."""
    reader, zones, columns = file.reader, zone_map(file.municipality), dict(file.columns)
    kept = _kept(columns, reader, file.settings, file.where)
    wide = town_only(reader.ends, zones)
    by_user = reader.ends[0].by_user | reader.ends[1].by_user
    placing = Placing(
        trips=int(kept.rows.sum()) + kept.unplaced,
        placed=int(kept.rows.sum()),
        by_town=int((kept.rows & wide).sum()),
        by_user=int((kept.rows & by_user).sum()),
        left_out=kept.unplaced,
        refused=0,
    )
    account = Account(
        rows_read=file.rows,
        rows_kept=placing.placed,
        left_out=kept.left_out,
        columns_kept=dict(file.fields),
        columns_ignored=file.ignored,
        encoding=file.opened.encoding,
        numbers=reader.style,
        notes=(
            *reader.notes,
            *certainty_notes(reader.ends, zones, kept.rows),
            *_short_note(placing),
            *_unread_cancelled(file),
        ),
        placing=placing,
    )
    del columns["own"], columns["cancelled"]
    mask = pa.array(kept.rows)
    taken = as_table({name: column.filter(mask) for name, column in columns.items()})
    return TripList(file.municipality, taken, account)


def _short_note(placing: Placing) -> list[str]:
    if not placing.left_out:
        return []
    share = danish(100 * placing.left_out / placing.trips, 1)
    return [
        f"{_trips(placing.left_out)} af {danish(placing.trips)} ({share} %) er udeladt, fordi et sted ikke kan placeres:"
        " antallet af ture og passagerer er tilsvarende for lavt."
    ]


def starts_elsewhere(trips: int, where: str) -> InputError:
    """Return what is said of trips that start in another municipality."""
    return InputError(
        f"{_trips(trips)} starter i en anden kommune",
        where=where,
        why="den kommune, hvor turen starter, betaler for den, så den hører ikke til kommunens udgift",
        next_step="fjern dem, eller udelad dem med --only-own",
    )


def _unread_cancelled(file: Judged) -> list[str]:
    """Return what is said of columns that are not read and say by their name which trips were cancelled."""
    return [
        f"Kolonnen '{column}' er ikke læst: ture, der er aflyst efter den, er talt med som kørte."
        for column in file.ignored
        if says_cancelled(column)
    ]


@dataclass(frozen=True, eq=False)
class Kept:
    """The rows that stay, how many are left out for which reason, and how many of these because they cannot be placed."""

    rows: Bools
    left_out: dict[str, int]
    unplaced: int


def _check_driven(columns: dict[str, Any], kept: Bools, reader: TripReader, settings: Settings, where: str) -> None:
    """Raise InputError for trips of days to come: a list is of trips that were driven."""
    if settings.today is None:
        return
    day = np.asarray(columns["date"].cast(pa.int32()).to_numpy())
    coming = np.flatnonzero(kept & (day > (settings.today - date(1970, 1, 1)).days))
    if len(coming):
        last = date(1970, 1, 1) + timedelta(days=int(day[coming].max()))
        raise InputError(
            f"{_trips(len(coming))} er efter i dag",
            where=f"{where}, {rows_named(tuple((coming + reader.table.first_row).tolist()), MOST_FAR_ROWS)}",
            why=f"den sidste er den {last.isoformat()}, og en turliste skal være over kørte ture",
            next_step=f"ret dagene, hvis de er forkerte; er turene bestilt og ikke kørt, så vælg perioden med --period, til og med"
            f" {settings.today.isoformat()}",
        )


def _kept(columns: dict[str, Any], reader: TripReader, settings: Settings, where: str) -> Kept:
    """Return what becomes of the rows; raises FaultyTripsError, and InputError where too little is left."""
    keep = ~reader.blank
    left_out: dict[str, int] = {}

    def leave(rows: Bools, reason: str) -> int:
        count = int((keep & rows).sum())
        if count:
            left_out[reason] = count
        keep[rows] = False
        return count

    if settings.period is not None:
        days = columns["date"].cast(pa.int32()).to_numpy()
        first, last = ((day - date(1970, 1, 1)).days for day in settings.period)
        leave((days < first) | (days > last), f"uden for perioden {settings.period[0]} - {settings.period[1]}")
    leave(columns["cancelled"], "aflyst")
    _check_driven(columns, keep & ~reader.faults.rows(len(keep)), reader, settings, where)
    start, end = reader.ends
    # Where a trip starts is unknown when its start cannot be placed; one outside the map is in another municipality.
    foreign = ~columns["own"] & ~(start.unplaced & ~start.too_far)
    if settings.only_own:
        leave(foreign, "starter i en anden kommune, som betaler for turen")
    unplaced, by_choice = start.unplaced | end.unplaced, start.left_out | end.left_out
    faulty = reader.faults.rows(len(keep)) & ~reader.blank
    # A place is no remedy for a row whose cell shows an error, or which is a total within the list.
    beyond = ~reader.sound | (faulty & (start.empty | end.empty))
    open_ = keep & unplaced & ~by_choice & ~beyond & ~(settings.leave_out_unplaced | foreign)
    if reader.faults.count or open_.any():
        sound = keep & ~faulty
        apart = Placing(0, int((sound & ~unplaced).sum()), 0, 0, int((sound & unplaced).sum()), int(faulty.sum()))
        apart = replace(apart, trips=apart.placed + apart.left_out + apart.refused)
        elsewhere = int((sound & foreign).sum())
        texts = unplaced_texts(reader.ends, open_)
        raise FaultyTripsError(reader.faults, texts, int(open_.sum()), apart, where, elsewhere)
    if (keep & foreign).any():
        raise starts_elsewhere(int((keep & foreign).sum()), where)
    texts = unplaced_texts(reader.ends, keep & ~by_choice)
    of = int(keep.sum())
    count = leave(by_choice, "et sted, som I har valgt at udelade")
    count += leave(unplaced, "et sted, der ikke kan placeres")
    if count > MOST_LEFT_OUT * of:
        raise InputError(
            f"{danish(count)} af {_trips(of)} ({danish(100 * count / of, 0)} %) kan ikke placeres, og højst"
            f" {danish(100 * MOST_LEFT_OUT)} % kan udelades",
            where=where,
            why="de ture, der mangler, ligner sjældent de andre, så listen ville ikke længere være kommunens ture",
            next_step="giv de hyppigste tekster et sted med --places"
            + (
                f": {', '.join(f'»{one.text[:60]}« ({danish(one.trips)})' for one in texts[:MOST_TEXTS])}"
                if texts
                else ""
            ),
        )
    if not keep.any():
        raise InputError(
            "ingen ture er tilbage", where=where, why="; ".join(f"{n} {why}" for why, n in left_out.items())
        )
    return Kept(keep, left_out, count)
