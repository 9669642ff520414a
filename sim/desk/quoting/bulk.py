"""A file of trips in, a file of answers out: every row answered, in the order they came."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.desk.quoting.certainty import CERTAINTIES, certainty_places
from sim.desk.quoting.columns import COLUMNS, Parse, parser_of
from sim.desk.quoting.reading import read_trips
from sim.desk.quoting.writing import check_target, write_answers
from sim.inputs.intake.cells import blank_rows
from sim.inputs.intake.raw import RawTable
from tariffs import FareTable, PriceBook, QuoteColumns, Switches, TripColumns, quote_columns
from tariffs.municipal_choices import MunicipalChoices
from tariffs.offer import REASONS

_DEFAULT = Switches()
_STATUS = ("ok", "refused", "error")


@dataclass(frozen=True)
class BulkSummary:
    """How a file of trips was answered; ``fares_oere`` sums the fares of the rows that are ok.

    ``refused_by`` counts the refusals by reason; ``first_error`` is (row number from 1, reason). ``notes`` is what is to be
    said of how the file was read, in Danish, ``first_row`` the number of row 1 in the file.
    """

    rows: int
    ok: int
    refused: int
    errors: int
    fares_oere: int
    refused_by: dict[str, int]
    first_error: tuple[int, str] | None
    repeated_ids: int
    first_row: int = 2
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckedTrips:
    """The rows as numbers, and what is wrong with the rows that cannot be priced, by row number from 0."""

    numbers: dict[str, NDArray[np.int32]]
    errors: dict[int, list[str]]


def quote_file(
    trips: Path,
    out: Path,
    book: PriceBook,
    switches: Switches = _DEFAULT,
    *,
    force: bool = False,
    sheet: str | None = None,
    encoding: str | None = None,
) -> BulkSummary:
    """Price a file of trips by dates alone and write the answers; a bad row becomes an error row.

    Raises InputError, with nothing written, when the file cannot be read or the answer cannot be written.
    """
    check_target(out, trips, force)
    raw = read_trips(trips, sheet, encoding)
    filled = ~blank_rows(raw.columns.values(), raw.rows)
    checked = check_rows(raw, book.choices, filled)
    table = FareTable.build(book, switches)
    good = filled.copy()
    good[list(checked.errors)] = False
    rows = np.flatnonzero(good)
    columns = _trip_columns(checked.numbers, rows)
    quoted = quote_columns(columns, table)
    places = certainty_places(columns, quoted, table)
    answers, summary = _answers(raw, filled, checked, rows, quoted, table, places)
    write_answers(answers, out, raw.delimiter, raw.excel)
    return summary


def check_rows(raw: RawTable, choices: MunicipalChoices, filled: NDArray[np.bool_]) -> CheckedTrips:
    """Judge every cell of the rows that are ``filled``; a row's errors are listed in the order of the columns."""
    errors = {row: [fault] for row, fault in raw.broken.items()}
    labels: dict[str, int] = {}
    numbers: dict[str, NDArray[np.int32]] = {}
    for row in np.flatnonzero(_blank(raw.columns["trip_id"])).tolist():
        if row not in raw.broken:
            errors.setdefault(row, []).append("trip_id: mangler")
    for name in list(COLUMNS)[1:]:
        parse = parser_of(name, choices, labels, name in raw.numeric)
        numbers[name], faults = _parse_column(raw.columns[name], parse)
        for row, fault in faults:
            if row not in raw.broken:
                errors.setdefault(row, []).append(f"{name}: {fault}")
    for row in np.flatnonzero(numbers["adults"] + numbers["children"] == 0).tolist():
        if row not in raw.broken:
            errors.setdefault(row, []).append("adults: turen har ingen passagerer (adults og children er 0)")
    return CheckedTrips(numbers, {row: faults for row, faults in errors.items() if filled[row]})


def _parse_column(column: pa.Array, parse: Parse) -> tuple[NDArray[np.int32], list[tuple[int, str]]]:
    """Read each different cell once; faulty cells read as 1 so that later checks stay quiet about them."""
    encoded = column if pa.types.is_dictionary(column.type) else column.dictionary_encode()
    values, faults = [], {}
    for place, text in enumerate([*encoded.dictionary.to_pylist(), None]):
        try:
            values.append(parse(text))
        except ValueError as error:
            values.append(1)
            faults[place] = str(error)
    missing = len(values) - 1
    places = encoded.indices.fill_null(missing).to_numpy(zero_copy_only=False)
    numbers = np.array(values, dtype=np.int32)[places]
    if not faults:
        return numbers, []
    rows = np.flatnonzero(np.isin(places, list(faults)))
    return numbers, [(row, faults[place]) for row, place in zip(rows.tolist(), places[rows].tolist(), strict=True)]


def _blank(column: pa.Array) -> NDArray[np.bool_]:
    empty: NDArray[np.bool_] = pc.equal(pc.utf8_trim_whitespace(column.fill_null("")), "").to_numpy(
        zero_copy_only=False
    )
    return empty


def _trip_columns(numbers: dict[str, NDArray[np.int32]], rows: NDArray[np.intp]) -> TripColumns:
    kept = {name: column if len(rows) == len(column) else column[rows] for name, column in numbers.items()}
    return TripColumns(
        product=kept["product"],
        booked=kept["booked_on"],
        travel=kept["travel_on"],
        standing=kept["standing"] == 1,
        from_municipality=kept["from_municipality"],
        to_municipality=kept["to_municipality"],
        distance_m=kept["distance_m"],
        from_town=kept["from_town"],
        to_town=kept["to_town"],
        free_destination=kept["free_destination"] == 1,
        online=kept["channel"] == 1,
        adults=kept["adults"],
        children=kept["children"],
        kommunetakst=kept["kommunetakst"] == 1,
        bytakst=kept["bytakst"],
    )


def _answers(
    raw: RawTable,
    filled: NDArray[np.bool_],
    checked: CheckedTrips,
    rows: NDArray[np.intp],
    quoted: QuoteColumns,
    table: FareTable,
    certainty: NDArray[np.int8],
) -> tuple[pa.Table, BulkSummary]:
    status = np.full(raw.rows, 2, dtype=np.int8)
    status[rows] = np.where(quoted.reason == 0, 0, 1)
    fares = np.zeros(raw.rows, dtype=np.int64)
    fares[rows] = quoted.fare_oere
    periods = np.full(raw.rows, -1, dtype=np.int32)
    periods[rows] = quoted.period
    marks = np.full(raw.rows, -1, dtype=np.int32)
    marks[rows] = certainty
    texts = list(map(str, REASONS))
    places = np.full(raw.rows, -1, dtype=np.int32)
    places[rows] = quoted.reason.astype(np.int32) - 1
    numbered: dict[str, int] = {}
    for row, faults in checked.errors.items():
        places[row] = len(REASONS) + numbered.setdefault("; ".join(faults), len(numbered))
    answers = pa.table(
        {
            "trip_id": raw.columns["trip_id"],
            "status": _words(status, list(_STATUS)),
            "reason": _words(places, texts + list(numbered)),
            "fare_oere": pa.array(fares, mask=status != 0),
            "edition": _words(periods, list(table.editions)),
            "certainty": _words(marks, list(map(str, CERTAINTIES))),
        }
    ).filter(pa.array(filled))
    counted = Counter(quoted.reason.tolist())
    first = min(checked.errors, default=None)
    return answers, BulkSummary(
        rows=answers.num_rows,
        ok=counted[0],
        refused=len(rows) - counted[0],
        errors=len(checked.errors),
        fares_oere=int(fares[status == 0].sum()),
        refused_by={reason.value: counted[number] for number, reason in enumerate(REASONS, 1) if counted[number]},
        first_error=None if first is None else (first + 1, "; ".join(checked.errors[first])),
        repeated_ids=answers.num_rows - pc.count_distinct(answers["trip_id"], mode="all").as_py(),
        first_row=raw.first_row,
        notes=raw.notes,
    )


def _words(places: NDArray[np.signedinteger], words: list[str]) -> pa.Array:
    """Return words by number; a negative number is an empty cell."""
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), pa.array(words)).dictionary_decode()
