"""Reading the columns of a trip list, noting what is wrong with its cells."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.inputs.intake.cell_marks import NOT_CALCULATED
from sim.inputs.intake.cells import (
    ERROR_CELL,
    WHOLE_ROW,
    Bools,
    Faults,
    Ints,
    Texts,
    blank_rows,
    clock_times,
    matches,
    moments,
    repeated_rows,
    words,
)
from sim.inputs.intake.clock_changes import NO_SUCH_HOUR, skipped_and_twice, text_of_twice
from sim.inputs.intake.date_order import date_order
from sim.inputs.intake.ends import ends_of
from sim.inputs.intake.fields import FIELDS, says_cancelled, tidy
from sim.inputs.intake.number_cells import bare_amounts, bare_counts, decimals, number_style
from sim.inputs.intake.opening import Opened
from sim.inputs.intake.raw import row_count
from sim.inputs.intake.settings import Settings
from sim.inputs.intake.stamps import NO_ZONE, in_danish_time, names_a_zone, says_utc, with_numbered_months
from sim.inputs.intake.trip_list import CANCELLED
from sim.inputs.intake.workbook import rows_named
from sim.inputs.intake.zones import ZoneMap
from tariffs.errors import InputError

MOST_PASSENGERS = 8
MANY_DAYS, MONTHS = 20, 12
OPENS_MINUTE, CLOSES_MINUTE = 6 * 60, 23 * 60
COORDINATES = tuple(f"{end}_{name}" for end in ("from", "to") for name in ("lat", "lon", "x", "y"))
MAYBE_SHARE = "et beløb i kroner; her vises tallet måske som procent: gem filen som .xlsx, eller ret cellen"
YES_NO = {
    "ja": 1,
    "nej": 0,
    "j": 1,
    "n": 0,
    "1": 1,
    "0": 0,
    "yes": 1,
    "no": 0,
    "true": 1,
    "false": 0,
    "sand": 1,
    "falsk": 0,
    "x": 1,
    "fast": 1,
}
STATUS = {
    "udført": 0, "kørt": 0, "gennemført": 0, "afsluttet": 0, "executed": 0, "completed": 0, "made": 0, "done": 0,
    "forgæves": 1, "forgæves tur": 1, "udeblevet": 1, "in vain": 1, "no show": 1, "no-show": 1, "noshow": 1,
    "aflyst": 2, "afbestilt": 2, "annulleret": 2, "cancelled": 2, "canceled": 2,
}  # fmt: skip
CHANNEL = {
    "telefon": 0, "tlf": 0, "telefonisk": 0, "phone": 0, "online": 1, "app": 1, "web": 1, "internet": 1,
    "hjemmeside": 1, "selvbetjening": 1, "rejseplanen": 1,
}  # fmt: skip
PRODUCT = {"flextur": 0, "plustur": 1}
SAID = {"channel": ("telefon", "online"), "standing": ("nej", "ja"), "status": ("udført", "forgæves"),
        "product": ("flextur", "plustur")}  # fmt: skip
MAY_BE_EMPTY = ("booked_at", "channel", "price")
OPTIONAL = (*MAY_BE_EMPTY, "children", "standing", "status", "product")


class TripReader:
    """Reads the columns of one file, noting what is wrong with its cells."""

    def __init__(self, opened: Opened, fields: Mapping[str, str], settings: Settings, where: str) -> None:
        self.table, self.settings, self.where = opened.table, settings, where
        self.texts = {key: Texts.of(self.table.columns[column]) for key, column in fields.items()}
        # An optional column without a single value is the same as none.
        empty = [key for key, texts in self.texts.items() if key in OPTIONAL and not any(texts.values.to_pylist())]
        self.fields = {key: column for key, column in fields.items() if key not in empty}
        self.faults = Faults(self.table.first_row)
        self.notes: list[str] = list(self.table.notes)
        self.all_zoned: set[str] = set()
        for row, fault in self.table.broken.items():
            self.faults.add(WHOLE_ROW, _only(row, self.table.rows), fault, None)
        self.sound = np.ones(self.table.rows, dtype=np.bool_)
        self.sound[list(self.table.broken)] = False
        self.blank = blank_rows(self.table.columns.values(), self.table.rows)
        self.blank |= self._headings_again()
        self.sound &= ~self.blank
        self._note_error_cells()
        self.bare = self.texts | {
            key: bare(self.texts[key])
            for key, bare in (
                ("price", bare_amounts),
                ("passengers", bare_counts),
                ("children", bare_counts),
                *((key, bare_amounts) for key in COORDINATES),
            )
            if key in self.fields
        }
        amounts, degrees = self._style(("passengers", "children", "price")), self._style(COORDINATES)
        self.style = amounts or degrees
        self.coordinate_style = degrees
        if amounts and degrees and amounts != degrees:
            mark = "komma" if degrees == "da" else "punktum"
            self.notes.append(f"Koordinaterne er læst med {mark} før decimalerne, de andre tal ikke.")

    def _style(self, keys: Sequence[str]) -> str:
        """Return the style of some columns' numbers, '' when none of them is text with a number in it."""
        columns = {
            self.fields[key]: (self._written(key), key in COORDINATES)
            for key in keys
            if key in self.fields and self.fields[key] not in self.table.numeric
        }
        told = None if keys == COORDINATES else self.settings.numbers
        return number_style(columns, told, self.where) if columns else ""

    def _written(self, key: str) -> Texts:
        """Return a field's texts without those that are stored numbers: they say nothing of how the others are written."""
        stored, texts = self.table.stored.get(self.fields[key], frozenset()), self.bare[key]
        values = ["" if text in stored else text for text in texts.values.to_pylist()]
        return Texts(pa.array(values, pa.string()), texts.places)

    def _headings_again(self) -> Bools:
        """Return the rows that hold the columns' names over again, which are told."""
        again = np.ones(self.table.rows, dtype=np.bool_)
        for key, texts in self.texts.items():
            name = tidy(self.fields.get(key, ""))
            again &= texts.rows(np.array([bool(name) and tidy(text) == name for text in texts.values.to_pylist()]))
        if again.any():
            rows = tuple((np.flatnonzero(again) + self.table.first_row).tolist())
            self.notes.append(f"Kolonnenavnene står igen i {rows_named(rows)}, som ikke er læst som ture.")
        return again

    def _note_error_cells(self) -> None:
        """Note every cell that shows a formula's error; nothing else of its row is then judged."""
        failed = {key: texts.rows(matches(texts.values, ERROR_CELL)) for key, texts in self.texts.items()}
        for key, rows in failed.items():
            if key in self.fields:
                texts = self.texts[key]
                blank = rows & texts.rows(np.array([text == NOT_CALCULATED for text in texts.values.to_pylist()]))
                self.fault(key, blank, "en værdi; formlen er ikke regnet ud: åbn filen i regnearket, og gem den igen")
                self.fault(key, rows & ~blank, "en værdi; cellen viser en fejl fra en formel")
        for rows in failed.values():
            self.sound &= ~rows

    def fault(self, key: str, bad: Bools, expects: str = "", *, hidden: bool = False) -> None:
        """Note the rows whose cell of a field is wrong."""
        self.faults.add(
            self.fields[key], bad & self.sound, expects or FIELDS[key].expects, None if hidden else self.texts[key]
        )

    def empty(self, key: str) -> Bools:
        """Return the rows in which a field's cell is empty."""
        texts = self.texts[key]
        return texts.rows(np.array([not text for text in texts.values.to_pylist()]))

    def number(self, key: str) -> tuple[NDArray[np.float64], Bools]:
        """Return a field's numbers, and which rows hold none."""
        column, texts = self.fields[key], self.bare[key]
        if column in self.table.numeric:
            return decimals(texts, "en")
        numbers, bad = decimals(texts, self.coordinate_style if key in COORDINATES else self.style)
        kept = self.table.stored.get(column, frozenset())
        stored = texts.rows(np.array([text in kept for text in self.texts[key].values.to_pylist()], dtype=np.bool_))
        as_stored, none = decimals(texts, "en")
        return np.where(stored, as_stored, numbers), np.where(stored, none, bad)

    def trips(self, zones: ZoneMap) -> dict[str, Any]:
        """Return the list's columns, with ``own`` (starts in the municipality) and ``cancelled``."""
        day, minute = self._when()
        self.ends = ends_of(self, zones, self.settings.places)
        own = zones.region.inside[np.maximum(self.ends[0].zone, 0)] & ~self.ends[0].too_far
        passengers, children = self._party()
        status, cancelled = self._status()
        columns: dict[str, Any] = {
            "date": pa.array(day.astype(np.int32), pa.int32()).cast(pa.date32()),
            "time": _halves(minute),
            "booked_at": self._booked(day, minute),
            "passengers": pa.array(passengers.astype(np.int16)),
            "children": pa.nulls(self.table.rows, pa.int16())
            if children is None
            else pa.array(children.astype(np.int16)),
            "price": self._price(),
        }
        for name, end in zip(("from", "to"), self.ends, strict=True):
            number = np.maximum(end.zone, 0)
            columns[f"{name}_zone"] = pa.array(zones.ids).take(pa.array(number))
            columns[f"{name}_lat"] = pa.array(np.round(zones.region.lat, 5)[number])
            columns[f"{name}_lon"] = pa.array(np.round(zones.region.lon, 5)[number])
        for key, meanings in (("channel", CHANNEL), ("standing", YES_NO), ("product", PRODUCT)):
            columns[key] = _said(key, self._word(key, meanings), self.table.rows)
        if "product" not in self.fields:
            columns["product"] = pa.array(["flextur"] * self.table.rows)
            self.notes.append("Listen har ingen produktkolonne: alle ture er læst som flextur.")
        if "status" not in self.fields:
            self.notes.append("Listen har ingen status: alle ture er læst som udførte, og forgæves ture kommer oveni.")
        columns["status"] = _said("status", None if status is None else np.minimum(status, 1), self.table.rows)
        if "from_zone" not in self.fields:  # of a cleaned list, in half hours and zones, rows may well be alike
            self._tell_repeats()
        return columns | {"own": own, "cancelled": cancelled}

    def _moments(self, key: str) -> tuple[Ints, Ints, Bools]:
        column = self.fields[key]
        self._in_danish_time(key)
        self.texts[key] = with_numbered_months(self.texts[key])
        order = date_order(self.texts[key], column, self.where, self.table.first_row, self.settings.dates)
        if order == "mdy":
            self.notes.append(f"{column}: datoerne er læst med måneden først.")
        return moments(self.texts[key], order)

    def _in_danish_time(self, key: str) -> None:
        self.texts[key], rows = in_danish_time(self.texts[key])
        if rows and rows == int((~self.empty(key)).sum()):
            self.all_zoned.add(key)
        if rows:
            self.notes.append(
                f"{self.fields[key]}: tidspunkter med Z eller forskel til UTC er omregnet til dansk tid i {row_count(rows)}."
            )

    def _tell_repeats(self) -> None:
        """Tell of rows that are an earlier row over again, cell by cell, in every column of the file."""
        repeated = repeated_rows(self.table.columns.values(), self.table.rows)
        if self.table.repeats is not None:
            repeated = np.isin(np.arange(self.table.rows), self.table.repeats)
        rows = np.flatnonzero(repeated & ~self.blank)
        if len(rows):
            named = rows_named(tuple((rows + self.table.first_row).tolist()))
            self.notes.append(
                f"{row_count(len(rows))} er helt som en tidligere og er talt med ({named}); slet dem i filen, hvis de er"
                " gentagelser."
            )

    def _when(self) -> tuple[Ints, Ints]:
        day, minute, bad = self._moments("date")
        self._fault_stamps("date", bad)
        self._note_early_days(day[~bad & ~self.blank])
        key = "date"
        if "time" in self.fields:
            key = "time"
            self._in_danish_time("time")
            with_day = minute
            minute, wrong = clock_times(self.texts["time"])
            fraction = self._stored_decimals("time")
            self.fault("time", fraction, "et klokkeslæt som 10:30; 8,25 kan være 08:25 eller et kvarter over 8")
            wrong &= ~fraction
            bad = bad | fraction
            other = ~bad & ~wrong & (with_day > 0) & (with_day != minute)  # 00:00 is how programs write a day
            if other.any():
                self.notes.append(
                    f"{self.fields['date']} har et andet klokkeslæt end {self.fields['time']} i {row_count(int(other.sum()))};"
                    f" {self.fields['time']} er læst."
                )
            self._fault_stamps("time", wrong)
            bad = bad | wrong
        elif (minute < 0).all() and not bad[~self.blank].all():
            raise InputError(
                "kolonnen tid mangler", where=self.where, next_step=f"{FIELDS['time'].expects}; --map tid=KOLONNE"
            )
        else:
            self.fault("date", ~bad & (minute < 0), "dato med klokkeslæt, 2019-08-03 10:30")
        self._check_utc(key)
        closed = (minute < OPENS_MINUTE) | (minute > CLOSES_MINUTE)
        self.fault(key, ~bad & (minute >= 0) & closed, "en tid fra 06:00 til 23:00, hvor flextur kan starte")
        # The last trip starts at 23:00, which closes the half hour before.
        minute = np.where(minute == CLOSES_MINUTE, CLOSES_MINUTE - 1, minute)
        return day, minute

    def _stored_decimals(self, key: str) -> Bools:
        """Return the rows whose cell is stored as a number with decimals, by its text."""
        column, texts = self.fields[key], self.texts[key]
        stored = self.table.stored.get(column, frozenset())
        decimal = matches(texts.values, r"^[1-9][0-9]?\.[0-9]+$")
        known = [column in self.table.numeric or text in stored for text in texts.values.to_pylist()]
        return texts.rows(decimal & np.array(known, dtype=np.bool_))

    def _fault_stamps(self, key: str, bad: Bools) -> None:
        """Note the rows whose day or time cannot be read; a zone after it is named as the cause."""
        zoned = names_a_zone(self.texts[key])
        self.fault(key, bad & ~zoned)
        self.fault(key, bad & zoned, NO_ZONE)

    def _check_utc(self, key: str) -> None:
        """Raise InputError for a column of times that says by its name that they are in UTC, which no cell does."""
        column = self.fields[key]
        if says_utc(column) and key not in self.all_zoned:
            raise InputError(
                f"kolonnen '{column}' er ifølge sit navn i UTC",
                where=self.where,
                why="tiderne ville blive læst som dansk tid, der er 1 time senere, om sommeren 2",
                next_step="hent listen i dansk tid, eller skriv dag og tid i én celle som 2019-08-03T10:40Z, og kald kolonnen dato",
            )

    def _note_early_days(self, day: Ints) -> None:
        """Tell of many days of which none is after the 12th: a sheet may have turned day and month in all of them."""
        days = np.unique(day).astype("datetime64[D]")
        in_month = (days - days.astype("datetime64[M]")).astype(np.int64) + 1
        if len(days) >= MANY_DAYS and in_month.max() <= MONTHS:
            self.notes.append(
                f"{self.fields['date']}: ingen af de {len(days)} dage er efter den 12. i måneden. Har et regneark byttet om på dag og"
                " måned, er turene læst på andre dage; sammenlign nogle af dem med bestillingerne."
            )

    def _party(self) -> tuple[Ints, Ints | None]:
        passengers, bad = self.number("passengers")
        self.fault("passengers", bad | (passengers % 1 != 0) | (passengers < 1) | (passengers > MOST_PASSENGERS))
        if "children" not in self.fields:
            return passengers.astype(np.int64), None
        children, wrong = self.number("children")
        wrong |= (children % 1 != 0) | (children < 0)
        self.fault("children", wrong, "helt tal fra 0")
        self.fault("children", ~wrong & ~bad & (children > passengers), "højst så mange børn som passagerer")
        return passengers.astype(np.int64), children.astype(np.int64)

    def _booked(self, day: Ints, minute: Ints) -> Any:
        if "booked_at" not in self.fields:
            return pa.nulls(self.table.rows, pa.string())
        booked, clock, bad = self._moments("booked_at")
        there = ~self.empty("booked_at")
        self._fault_stamps("booked_at", bad & there)
        if (clock >= 0).any():
            self._check_utc("booked_at")
        skipped, twice = skipped_and_twice(booked, clock)
        self.fault("booked_at", skipped & ~bad & there, NO_SUCH_HOUR)
        if twice.any():
            self.notes.append(text_of_twice(self.fields["booked_at"], row_count(int(twice.sum()))))
        late = (booked > day) | ((booked == day) & (clock > minute))
        self.fault("booked_at", ~bad & there & late, "et tidspunkt før turen")
        days = pa.array(booked.astype(np.int32), pa.int32()).cast(pa.date32()).cast(pa.string())
        with_time = pc.binary_join_element_wise(days, _halves(np.maximum(clock, 0)), " ")
        return pc.if_else(pa.array(there), pc.if_else(pa.array(clock >= 0), with_time, days), None)

    def _price(self) -> Any:
        if "price" not in self.fields:
            return pa.nulls(self.table.rows, pa.decimal128(9, 2))
        price, bad = self.number("price")
        there = ~self.empty("price")
        wrong = bad | (price < 0) | (price > 9_999)
        self.fault("price", there & wrong)
        if self.fields["price"] in self.table.maybe_shares:
            self.fault("price", there & (price > 0) & (price < 1), MAYBE_SHARE)
        kroner = pa.array(np.where(wrong, 0.0, np.round(price, 2)), mask=~there)
        return kroner.cast(pa.decimal128(9, 2), safe=False)

    def _status(self) -> tuple[Ints | None, Bools]:
        """Return each row's status, None when nothing tells trips in vain from those made, and which are cancelled."""
        none = np.zeros(self.table.rows, dtype=np.bool_)
        column = self.fields.get("status", "")
        if says_cancelled(column) and words(self.texts["status"], YES_NO)[1].sum() < self.table.rows / 2:
            yes = self._word("status", YES_NO)
            self.notes.append(
                f"{column}: ja er læst som aflyst, nej som udført; forgæves ture ses ikke og kommer oveni."
            )
            return None, none if yes is None else yes == 1
        status = self._word("status", STATUS)
        return status, none if status is None else status == CANCELLED

    def _word(self, key: str, meanings: Mapping[str, int]) -> Ints | None:
        """Return a field's words by number, -1 for an empty cell; None when the file has no such column."""
        if key not in self.fields:
            return None
        numbers, bad = words(self.texts[key], meanings)
        empty = self.empty(key)
        self.fault(key, bad & ~(empty if key in MAY_BE_EMPTY else np.zeros_like(empty)))
        return numbers


def _only(row: int, rows: int) -> Bools:
    mask = np.zeros(rows, dtype=np.bool_)
    mask[row] = True
    return mask


def _halves(minute: Ints) -> Any:
    """Return the half hour that each minute lies in, by the clock time it begins."""
    texts = pa.array([f"{half // 2:02d}:{half % 2 * 30:02d}" for half in range(48)])
    return texts.take(pa.array(np.clip(minute, 0, 1439) // 30))


def _said(key: str, numbers: Ints | None, rows: int) -> Any:
    if numbers is None:
        return pa.nulls(rows, pa.string())
    return pa.array(SAID[key]).take(pa.array(np.maximum(numbers, 0), mask=numbers < 0))
