"""The door for a municipality's own trips: what comes from this machine is minimised here, what comes from the net must be already."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import Field

from api.http.file_size import check_size, too_many_rows
from api.http.models import PERIOD, Parameters, Text
from api.http.problems import Fault, FaultyRowsError
from api.http.words import both
from sim.geography.municipalities import find_municipality
from sim.inputs.intake.door import FaultyTripsError, read_trip_list
from sim.inputs.intake.fields import ColumnsError
from sim.inputs.intake.settings import Settings as Reading
from sim.inputs.intake.trip_list import TripList, is_trip_list
from tariffs.errors import InputError, TakstlabError

MOST_FAULTS = 100
FLAG = re.compile(r"--(map|ignore|sheet|numbers|dates|encoding|period|only-own|places|leave-out-unplaced)\b")
NAMED_OTHERWISE = {"places": "place"}
CLEAN_FIRST = "rens listen på jeres egen computer med takstlab clean FIL --municipality KOMMUNE --out ture.parquet, og send den fil"
FILE_STEP = "ret filen, og send den igen"
PLACE_STEP = "giv hver tekst et sted med place"
LEAVE_OUT_STEP = "udelad turene med leave_out_unplaced"
OWN_STEP = "fjern dem, der starter i en anden kommune, eller udelad dem med only_own"
Named = Annotated[list[Text], Field(max_length=100, default_factory=list)]


class UploadParameters(Parameters):
    """What is said of a file of trips; all but municipality and period is for files that are not minimised."""

    municipality: Annotated[str, Field(max_length=60, description=both("Kode eller navn.", "Code or name."))]
    period: Annotated[
        str | None,
        Field(
            pattern=PERIOD,
            examples=["2019-01-01/2019-12-31"],
            description=both("Tag kun ture i perioden.", "Take only the trips of the period."),
        ),
    ] = None
    map: Annotated[
        Named,
        Field(description=both("felt=kolonne; kan gentages.", "field=column; may be repeated."), examples=[["tid=Kl"]]),
    ]
    ignore: Annotated[
        Named, Field(description=both("Kolonner, der udelades.", "Columns to leave out."), examples=[["Vognnr"]])
    ]
    sheet: Annotated[Text | None, Field(description=both("Arket i et regneark.", "The sheet of a workbook."))] = None
    numbers: Annotated[
        Literal["da", "en"] | None, Field(description=both("1.234,50 eller 1,234.50.", "1.234,50 or 1,234.50."))
    ] = None
    dates: Annotated[
        Literal["dmy", "mdy"] | None, Field(description=both("Dag eller måned først.", "Day or month first."))
    ] = None
    encoding: Annotated[
        Literal["utf-8", "utf-16", "cp1252", "cp850"] | None, Field(description=both("Tegnsæt.", "Encoding."))
    ] = None
    place: list[Text] = Field(
        default_factory=list,
        max_length=100,
        description=both(
            "tekst=sted for en tekst, der ikke kan placeres; stedet er en by, et sogn, en station, et punkt eller udelad. Kan"
            " gentages.",
            "text=place for a text that cannot be placed; the place is a town, parish, station, point or udelad. May be repeated.",
        ),
        examples=[["Netto, Tølløse=Tølløse"]],
    )
    leave_out_unplaced: Annotated[
        bool,
        Field(
            description=both(
                "Udelad ture med et sted, der ikke kan placeres (højst 10 %).",
                "Leave out trips with a place that cannot be placed (at most 10 %).",
            )
        ),
    ] = False
    only_own: Annotated[
        bool,
        Field(
            description=both(
                "Udelad ture, der starter i en anden kommune.", "Leave out trips that start in another municipality."
            )
        ),
    ] = False

    def reading(self) -> Reading:
        """Return how the file is to be read; raises InputError for a period or a pair that is none."""
        return Reading(
            mapping=dict(_pair(text) for text in self.map),
            ignored=tuple(self.ignore),
            sheet=self.sheet,
            numbers=self.numbers,
            dates=self.dates,
            encoding=self.encoding,
            period=None if self.period is None else _period(self.period),
            only_own=self.only_own,
            places=dict(_place(text) for text in self.place),
            leave_out_unplaced=self.leave_out_unplaced,
        )


def take_in(file: Path, asked: UploadParameters, *, from_this_machine: bool, most_rows: int, today: date) -> TripList:
    """Return a file's trips, minimised.

    A file from elsewhere must be what ``takstlab clean`` has written, value by value. Raises InputError when the file cannot
    be used, FaultyRowsError when cells cannot, TooLargeError.
    """
    code, reading = find_municipality(asked.municipality).code, asked.reading()
    check_size(file, most_rows)
    try:
        if not from_this_machine:
            _check_minimised(file, code, reading)
        trips = read_trip_list(file, code, replace(reading, today=today))
    except FaultyTripsError as error:
        listed = error.faults.listed(MOST_FAULTS)
        faults = tuple(Fault(row, column, expects) for row, column, _, expects in listed)
        lines = [line.strip() for line in error.lines(cells=False)]
        raise FaultyRowsError(
            faults,
            error.faults.count,
            lines=lines,
            unplaced=error.unplaced[:MOST_FAULTS],
            placing=error.placing,
            advice=error.advice(FILE_STEP, PLACE_STEP, LEAVE_OUT_STEP, OWN_STEP),
        ) from None
    except InputError as error:
        raise _as_asked(error, file) from None
    if trips.account.rows_read > most_rows:
        raise too_many_rows(most_rows)
    return trips


def _check_minimised(file: Path, code: str, reading: Reading) -> None:
    """Raise InputError for a file that is not, word for word, what ``takstlab clean`` makes of itself."""
    if replace(reading, period=None) != Reading():
        raise InputError("en renset fil læses, som den er", next_step="angiv kun municipality og period")
    why = "udefra tages kun imod en liste, som allerede er renset for personoplysninger; intet er gemt"
    try:
        sent = (
            pq.ParquetFile(file, page_checksum_verification=True).read(use_threads=False)
            if file.suffix == ".parquet"
            else None
        )
    except (pa.ArrowException, OSError):
        sent = None
    if sent is None or not is_trip_list(sent):
        raise InputError("filen er ikke en renset turliste", why=why, next_step=CLEAN_FIRST)
    if not read_trip_list(file, code, Reading()).table.equals(sent.replace_schema_metadata()):
        raise InputError(
            "filen har værdier, som takstlab clean ikke skriver",
            why=f"en zone, et klokkeslæt eller rækkefølgen er en anden; {why}",
            next_step=f"{CLEAN_FIRST}; brug samme udgave af Takstlab",
        )


def _as_asked(error: TakstlabError, file: Path) -> InputError:
    """Return an error without the server's path, and with the parameters' names instead of the command line's."""

    def said(text: str) -> str:
        return FLAG.sub(
            lambda found: NAMED_OTHERWISE.get(found[1], found[1].replace("-", "_")), text.replace(str(file), file.name)
        )

    if isinstance(error, ColumnsError):
        pairs = "; ".join(f"{field}={column}" for field, column in error.suggested.items())
        steps = [f"angiv, hvad kolonnerne er, med map: {pairs}"] if pairs else []
        steps += [f"udelad resten med ignore: {'; '.join(error.leave)}"] if error.leave else []
        return InputError(error.what, where=said(error.where), why=error.why, next_step="; ".join(steps))
    return InputError(said(error.what), where=said(error.where), why=said(error.why), next_step=said(error.next_step))


def _pair(text: str) -> tuple[str, str]:
    field, equals, column = text.partition("=")
    if not equals or not field.strip() or not column.strip():
        raise InputError("map er ikke et par", where="map", next_step="skriv felt=kolonne, fx tid=Klokkeslæt")
    return field.strip(), column.strip()


def _place(text: str) -> tuple[str, str]:
    name, equals, place = text.rpartition("=")
    if not equals or not name.strip() or not place.strip():
        raise InputError("place er ikke et par", where="place", next_step="skriv tekst=sted, fx Netto, Tølløse=Tølløse")
    return name.strip(), place.strip()


def _period(text: str) -> tuple[date, date]:
    try:
        first, last = (date.fromisoformat(part) for part in text.split("/"))
    except ValueError:
        raise InputError("perioden findes ikke", where="period", next_step="skriv 2019-01-01/2019-12-31") from None
    if last < first:
        raise InputError("perioden slutter, før den begynder", where="period", next_step="byt om på dagene")
    return first, last
