"""Cells read strictly, a whole column at a time: names, times of day, points and numbers; every fault is noted."""

import re
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sim.desk.planning.opened import Opened
from sim.inputs.intake.cells import WHOLE_ROW, Bools, Faults, Ints, Texts, blank_rows
from sim.inputs.intake.clock_changes import NO_SUCH_HOUR, skipped_and_twice, text_of_twice
from sim.inputs.intake.number_cells import decimals, number_style
from sim.inputs.intake.personal import check_cells
from sim.inputs.intake.raw import row_count
from tariffs.errors import InputError

MOST_LINES = 8
"""Kinds of faults that are told: with what is wrong and what to do, ten lines."""
EPOCH = datetime(1970, 1, 1)
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.0+)?)?")
_ZONE = re.compile(r".*[0-9]{2}:?[0-9]{2}.*(Z|[+-][0-9]{2}:?[0-9]{2})")
LAT, LON = (54.4, 57.9), (7.9, 15.3)
"""The box around Denmark, degrees north and east."""


class FaultyFileError(InputError):
    """Cells that are not what they should be; the message has them grouped."""

    def __init__(self, faults: Faults, where: str) -> None:
        self.faults = faults
        count = "1 fejl" if faults.count == 1 else f"{faults.count:,} fejl".replace(",", ".")
        super().__init__(
            f"{count} i filen; intet er planlagt eller skrevet", where=where, next_step="ret filen, og prøv igen"
        )

    def __str__(self) -> str:
        lines = self.faults.lines(MOST_LINES)
        return "\n".join([f"{self.what}. Hvor: {self.where}.", *lines, f"Gør nu: {self.next_step}."])


class Cells:
    """One opened file being read; ``faults`` and ``notes`` grow with every column, ``finish`` raises on faults.

    ``filled`` are the rows that hold anything: the others are read as rows, and are none.
    """

    def __init__(self, opened: Opened, file: Path, coordinates: tuple[str, ...]) -> None:
        self.where = str(file)
        self.table = opened.table
        self.notes = list(opened.table.notes)
        self.faults = Faults(opened.table.first_row)
        self.texts = {name: Texts.of(column) for name, column in opened.table.columns.items()}
        self.filled = ~blank_rows(opened.table.columns.values(), opened.table.rows)
        self.whole = self.filled.copy()
        for row, why in opened.table.broken.items():
            self.whole[row] = False
            self._fault_at(WHOLE_ROW, row, why)
        self.style = number_style({name: (self.texts[name], True) for name in coordinates}, None, self.where)

    def _fault_at(self, column: str, row: int, expects: str) -> None:
        bad = np.zeros(self.table.rows, dtype=bool)
        bad[row] = True
        self.faults.add(column, bad, expects, None)

    def fault(self, name: str, bad: Bools, expects: str) -> None:
        """Note the rows whose cell in a column is not what it should be."""
        self.faults.add(name, bad & self.whole, expects, self.texts[name])

    def names(self, name: str) -> list[str]:
        """Return a column of names: each given, each another, none anybody's number or e-mail."""
        texts = self.texts[name]
        try:
            check_cells(
                {name: self.table.columns[name]}, {name: name}, self.table.first_row, self.where, also_unread=False
            )
        except InputError as error:
            raise InputError(
                error.what, where=error.where, why=error.why, next_step="brug et løbenummer i stedet"
            ) from None
        values: list[str] = texts.values.take(pa.array(texts.places)).to_pylist()
        rows_of: dict[str, int] = {}
        again = np.zeros(len(values), dtype=bool)
        for row, value in enumerate(values):
            again[row] = rows_of.setdefault(value, row) != row
        missing = np.array([value == "" for value in values], dtype=bool)
        self.fault(name, missing, "et navn")
        self.fault(name, again & ~missing, "et navn, der ikke står i en række før")
        return values

    def moments(self, name: str, *, optional: bool = False) -> tuple[Ints, Bools]:
        """Return a column of local times in seconds from 1970 as if there were no time zones, and which rows have one."""
        texts = self.texts[name]
        values = texts.values.to_pylist()
        found = [_moment(value) for value in values]
        given = np.array([value != "" for value in values], dtype=bool)
        good = np.array([seconds is not None for seconds in found], dtype=bool)
        zoned = np.array([bool(_ZONE.fullmatch(value)) for value in values], dtype=bool)
        bad = ~good & (given | (not optional))
        self.fault(name, texts.rows(bad & ~zoned), "en lokal tid, fx 2019-03-01T08:15:00")
        self.fault(name, texts.rows(zoned), "en lokal tid uden tidszone, fx 2019-03-01T08:15:00")
        seconds = texts.rows(np.array([moment or 0 for moment in found], dtype=np.int64))
        skipped, twice = skipped_and_twice(seconds // 86_400, seconds % 86_400 // 60)
        self.fault(name, skipped, NO_SUCH_HOUR)
        if twice.any():
            self.notes.append(text_of_twice(name, row_count(int(twice.sum()))))
        return seconds, texts.rows(good)

    def points(self, lat: str, lon: str) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return two columns as degrees north and east, every point in Denmark."""
        (north, no_north), (east, no_east) = (decimals(self.texts[name], self.style) for name in (lat, lon))
        self.fault(lat, no_north, "et tal i grader, fx 55.6")
        self.fault(lon, no_east, "et tal i grader, fx 11.6")
        numbers = ~no_north & ~no_east
        inside = _in(north, LAT) & _in(east, LON)
        swapped = _in(north, LON) & _in(east, LAT)
        nowhere = (north == 0) & (east == 0)
        self.fault(lat, numbers & swapped, f"bredde i {lat} og længde i {lon}: de er byttet om")
        self.fault(lat, numbers & nowhere, "et sted: 0, 0 er ikke et sted i Danmark")
        outside = numbers & ~inside & ~swapped & ~nowhere
        self.fault(lat, outside & ~_in(north, LAT), f"bredde i Danmark, {LAT[0]}-{LAT[1]}".replace(".", ","))
        self.fault(lon, outside & ~_in(east, LON), f"længde i Danmark, {LON[0]}-{LON[1]}".replace(".", ","))
        return north, east

    def counts(self, name: str, most: int) -> Ints:
        """Return a column of whole numbers from 1 to ``most``."""
        numbers, none = decimals(self.texts[name], self.style)
        bad = none | (numbers != np.floor(numbers)) | (numbers < 1) | (numbers > most)
        self.fault(name, bad, f"et helt tal fra 1 til {most}")
        return np.where(bad, 1, numbers).astype(np.int64)

    def finish(self) -> None:
        """Raise FaultyFileError when anything was wrong."""
        if self.faults.count:
            raise FaultyFileError(self.faults, self.where)


def _in(values: NDArray[np.float64], box: tuple[float, float]) -> Bools:
    return (values >= box[0]) & (values <= box[1])


def _moment(text: str) -> int | None:
    """Return the seconds of a local time.

    >>> _moment("1970-01-02T00:00:01"), _moment("1970-01-02 00:01"), _moment("2019-02-29T08:00:00"), _moment("08:00")
    (86401, 86460, None, None)
    """
    if not _MOMENT.fullmatch(text):
        return None
    try:
        return int((datetime.fromisoformat(text) - EPOCH).total_seconds())
    except ValueError:
        return None
