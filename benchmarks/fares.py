"""How fast fares are worked out: columns of fares against a plain copy, and the quote of a whole table.

The work is checked: the fares of the timed run must sum to what a slice of it, priced one trip at a time, says.
"""

import tempfile
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.timing import median_seconds
from tariffs import (
    FareTable,
    Level,
    Offer,
    ServicePackage,
    Trip,
    TripColumns,
    day_number,
    fare_columns,
    load_price_book,
    quote,
    quote_columns,
)
from tariffs.fare_table import BLOCK
from tariffs.trip import MAX_DISTANCE_M

ROWS = 5_000_000
QUOTE_ROWS = 1_000_000
CHECKED = 2_000
FIRST_DAY = date(2019, 7, 1)
DAYS = 1_900
CODES = ("0316", "0326", "0265", "0217", "0101", "0370")
LEVELS = np.array(
    [Level.GRUNDTAKST, Level.GRUNDTAKST_ACROSS, Level.KOMMUNETAKST, Level.BYTAKST_LOW, Level.BYTAKST_HIGH],
    dtype=np.int8,
)
Rows = tuple[NDArray[Any], ...]
"""Period, level, online, metres, adults, children: one array each."""


def run_fare_columns() -> float:
    """Time the fare columns; returns rows per second on one core."""
    draw = np.random.default_rng(1)
    table = FareTable.build(load_price_book())
    days = (day_number(FIRST_DAY) + draw.integers(0, DAYS, ROWS)).astype(np.int32)
    period = table.period_of(days).astype(np.int8)
    level = LEVELS[draw.integers(0, len(LEVELS), ROWS)]
    online = draw.random(ROWS) < 0.38
    distance_m = draw.integers(200, 60_000, ROWS).astype(np.int32)
    adults = draw.integers(1, 3, ROWS).astype(np.int8)
    children = draw.integers(0, 2, ROWS).astype(np.int8)
    fares = fare_columns(table, period, level, online, distance_m, adults, children)
    book, part = load_price_book(), slice(0, CHECKED)
    expected = [
        _one_fare(book, days[i], Level(level[i]), bool(online[i]), int(distance_m[i]), int(adults[i]), int(children[i]))
        for i in range(CHECKED)
    ]
    assert fares[part].tolist() == expected, "the fare columns disagree with the quote of one trip"
    checksum = int(fares.astype(np.int64).sum())
    seconds, spread = median_seconds(lambda: fare_columns(table, period, level, online, distance_m, adults, children))
    again = fare_columns(table, period, level, online, distance_m, adults, children)
    assert int(again.astype(np.int64).sum()) == checksum, "a faster run did other work"
    rows = (period, level, online, distance_m, adults, children)
    plain = {}
    for way in (numpy_looking_up, numpy_reckoning):
        others = np.empty_like(fares)
        plain[way], _ = median_seconds(partial(way, table, rows, others))
        assert (others == fares).all(), f"{way.__name__} comes to other fares"
    copy, _ = median_seconds(distance_m.copy)
    print(
        f"fare columns: {ROWS / seconds / 1e6:.0f} M rows/s per core (spread {spread / seconds:.0%}), "
        f"{seconds / copy:.1f} times a plain copy of one int32 column; fares sum to {checksum} oere"
    )
    print(
        f"rows a second as a part of blockwise numpy's: {plain[numpy_looking_up] / seconds:.2f} looking up unchecked, "
        f"{plain[numpy_reckoning] / seconds:.2f} by arithmetic (aim: at least 0.5)"
    )
    return ROWS / seconds


def numpy_looking_up(table: FareTable, rows: Rows, fares: NDArray[np.int32]) -> None:
    """Look the fares up block by block with numpy and check nothing: the quickest way that there is in numpy."""
    stride = MAX_DISTANCE_M // 1000 + 1
    for start in range(0, len(fares), BLOCK):
        period, level, online, metres, adults, children = (column[start : start + BLOCK] for column in rows)
        cell = ((period.astype(np.int32) * len(table.levels) + level) * 2 + online) * stride + (metres + 999) // 1000
        fares[start : start + BLOCK] = table.adult.take(cell) * adults + table.child.take(cell) * children


def numpy_reckoning(table: FareTable, rows: Rows, fares: NDArray[np.int32]) -> None:
    """Work the fares out block by block by numpy's arithmetic, started kilometres, 50 % for children and 10 % online."""
    rate = np.array([term.rate if term else 0 for term in table.terms], dtype=np.int32)
    more = np.array([term.rate_across - term.rate if term else 0 for term in table.terms], dtype=np.int32)
    amounts = table.amounts.astype(np.int32)
    for start in range(0, len(fares), BLOCK):
        period, level, online, metres, adults, children = (column[start : start + BLOCK] for column in rows)
        km = (metres + 999) // 1000
        beyond = np.maximum(km - 10, 0) * rate[period]
        step = np.maximum(km - 20, 0) * np.where(level == Level.GRUNDTAKST_ACROSS, more[period], 0)
        price = amounts[period, level] + beyond + step
        adult = np.where(online, price * 9 // 1000 * 100, price)
        child = price * np.where(online, 9, 10) // 2000 * 100
        fares[start : start + BLOCK] = adult * adults + child * children


def _one_fare(book: object, day: int, level: Level, online: bool, metres: int, adults: int, children: int) -> int:
    on = date(1970, 1, 1) + timedelta(days=int(day))
    package = {
        Level.KOMMUNETAKST: ServicePackage(kommunetakst=True),
        Level.BYTAKST_LOW: ServicePackage(bytakst="low"),
        Level.BYTAKST_HIGH: ServicePackage(bytakst="high"),
    }.get(level, ServicePackage())
    trip = Trip(
        "0316",
        "0265" if level is Level.GRUNDTAKST_ACROSS else "0316",
        metres,
        on,
        on,
        channel="online" if online else "phone",
        adults=adults,
        children=children,
        from_town="A",
        to_town="A",
    )
    answer = quote(trip, package, book)  # type: ignore[arg-type]
    assert isinstance(answer, Offer), answer
    return answer.fare_oere


def table_of_trips(rows: int) -> TripColumns:
    """Draw a table of trips over all editions, some of which are refused."""
    draw = np.random.default_rng(2)
    book = load_price_book()
    places = np.array([[m.code for m in book.choices.municipalities].index(code) for code in CODES], dtype=np.int16)
    start = draw.integers(0, len(CODES), rows)
    end = np.where(draw.random(rows) < 0.8, start, draw.integers(0, len(CODES), rows))
    booked = (day_number(date(2016, 1, 1)) + draw.integers(0, 3_380, rows)).astype(np.int32)

    def chance(part: float) -> NDArray[np.bool_]:
        return draw.random(rows) < part

    return TripColumns(
        product=chance(0.05).astype(np.int8),
        booked=booked,
        travel=booked + draw.integers(0, 15, rows).astype(np.int32),
        standing=chance(0.1),
        from_municipality=places[start],
        to_municipality=places[end],
        distance_m=draw.integers(200, 60_000, rows).astype(np.int32),
        from_town=draw.integers(0, 3, rows).astype(np.int32),
        to_town=draw.integers(0, 3, rows).astype(np.int32),
        free_destination=chance(0.02),
        online=chance(0.38),
        adults=draw.integers(1, 3, rows).astype(np.int32),
        children=chance(0.1).astype(np.int32),
        kommunetakst=chance(0.5),
        bytakst=draw.integers(0, 3, rows).astype(np.int8),
    )


def run_table_quote() -> float:
    """Time the quote of a table, reasons included; returns rows per second."""
    table, trips = FareTable.build(load_price_book()), table_of_trips(QUOTE_ROWS)
    quoted = quote_columns(trips, table)
    ok = int((quoted.reason == 0).sum())
    assert QUOTE_ROWS // 2 < ok < QUOTE_ROWS, f"{ok} rows priced is not the known work"
    assert int((quoted.fare_oere >= 0).sum()) == ok
    seconds, spread = median_seconds(lambda: quote_columns(trips, table))
    print(
        f"table quote: {QUOTE_ROWS / seconds / 1e6:.1f} M rows/s (spread {spread / seconds:.0%}), "
        f"{ok} ok and {QUOTE_ROWS - ok} refused"
    )
    return QUOTE_ROWS / seconds


def run_file() -> float:
    """Time a CSV file of trips from disk to disk; returns rows per second."""
    from sim.desk.quoting import COLUMNS, quote_file

    trips = table_of_trips(QUOTE_ROWS // 4)
    book = load_price_book()
    codes = [m.code for m in book.choices.municipalities]
    days = {
        number: (date(1970, 1, 1) + timedelta(days=number)).isoformat()
        for number in range(int(trips.booked.min()), int(trips.travel.max()) + 1)
    }
    towns = ("", "Holbæk", "Jyderup")
    with tempfile.TemporaryDirectory() as folder:
        file, out = Path(folder) / "ture.csv", Path(folder) / "priser.csv"
        lines = [",".join(COLUMNS)]
        lines += [
            f"{n},{('flextur', 'plustur')[p]},{days[b]},{days[t]},{int(s)},{codes[f]},{codes[e]},{d},{towns[ft]},"
            f"{towns[tt]},{int(fr)},{('phone', 'online')[o]},{a},{c},{int(k)},{('none', 'low', 'high')[y]}"
            for n, (p, b, t, s, f, e, d, ft, tt, fr, o, a, c, k, y) in enumerate(
                zip(
                    *(
                        column.tolist()
                        for column in (
                            trips.product,
                            trips.booked,
                            trips.travel,
                            trips.standing,
                            trips.from_municipality,
                            trips.to_municipality,
                            trips.distance_m,
                            trips.from_town,
                            trips.to_town,
                            trips.free_destination,
                            trips.online,
                            trips.adults,
                            trips.children,
                            trips.kommunetakst,
                            trips.bytakst,
                        )
                    ),
                    strict=True,
                )
            )
        ]
        file.write_text("\n".join(lines) + "\n", encoding="utf-8")
        quoted = quote_columns(trips, FareTable.build(book))
        start = time.perf_counter()
        summary = quote_file(file, out, book)
        seconds = time.perf_counter() - start
    assert summary.fares_oere == int(quoted.fare_oere[quoted.reason == 0].astype(np.int64).sum())
    print(
        f"file of trips: {len(trips) / seconds / 1e6:.2f} M rows/s from CSV to CSV; "
        f"{summary.ok} ok, {summary.refused} refused"
    )
    return len(trips) / seconds


def run() -> None:
    """Print the three rates; fails when the work was not done or a rate is below its aim."""
    columns, quotes = run_fare_columns(), run_table_quote()
    run_file()
    for name, rate, aim in (("fare columns", columns, 50e6), ("table quote", quotes, 1e6)):
        verdict = "reached" if rate >= aim else "MISSED"
        print(f"{name}: aim {aim / 1e6:.0f} M rows/s {verdict}")


if __name__ == "__main__":
    run()
