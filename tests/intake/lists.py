"""Lists of trips for the tests: a year of Holbæk's, in Danish and in English dress."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np

HEADER_DA = (
    "Rejsedato;Tid;Bestilt;Fra lat;Fra lon;Til lat;Til lon;Antal passagerer;Heraf børn;Kanal;Fast tur;Status;Pris"
)
HEADER_EN = (
    "Travel date,Time,Booked at,From lat,From lon,To lat,To lon,Passengers,Children,Channel,Standing,Status,Fare"
)
Row = tuple[date, int, date, tuple[float, float], tuple[float, float], int, int, bool, bool, str, float]
WORDS_EN = {"udført": "completed", "forgæves": "no show", "aflyst": "cancelled"}


def year_of_trips(count: int, year: int = 2019, seed: int = 7) -> list[Row]:
    """Trips in and about Holbæk, one on the first and one on the last day of the year; 1 in 25 in vain."""
    draw = np.random.default_rng(seed)
    first = date(year, 1, 1)
    rows: list[Row] = []
    for n in range(count):
        day = first + timedelta(days=0 if n == 0 else 364 if n == 1 else int(draw.integers(365)))
        start = (float(55.685 + 0.025 * draw.random()), float(11.68 + 0.08 * draw.random()))
        reach = 0.01 if n % 3 else 0.08
        end = (start[0] - reach * float(draw.random()), start[1] + reach * float(draw.random()))
        party = int(draw.integers(1, 4))
        status = "forgæves" if n % 25 == 24 else "udført"
        price = 0.0 if status == "forgæves" else 24.0 * party
        minute = 6 * 60 + int(draw.integers(16 * 60))
        rows.append((day, minute, day - timedelta(days=int(draw.integers(1, 9))), start, end, party,
                     int(party == 3), bool(n % 3), n % 10 == 0, status, price))  # fmt: skip
    return rows


def danish(rows: Iterable[Row]) -> str:
    def line(row: Row) -> str:
        day, minute, booked, start, end, party, children, online, standing, status, price = row
        cells = [day.strftime("%d-%m-%Y"), f"{minute // 60:02d}.{minute % 60:02d}", booked.strftime("%d-%m-%Y"),
                 *(f"{value:.6f}".replace(".", ",") for value in (*start, *end)), str(party), str(children),
                 "Online" if online else "Telefon", "ja" if standing else "nej", status,
                 f"{price:.2f}".replace(".", ",")]  # fmt: skip
        return ";".join(cells)

    return "\r\n".join([HEADER_DA, *map(line, rows)]) + "\r\n"


def english(rows: Iterable[Row]) -> str:
    def line(row: Row) -> str:
        day, minute, booked, start, end, party, children, online, standing, status, price = row
        cells = [day.isoformat(), f"{minute // 60:02d}:{minute % 60:02d}", booked.isoformat(),
                 *(f"{value:.6f}" for value in (*start, *end)), str(party), str(children),
                 "online" if online else "phone", "yes" if standing else "no", WORDS_EN[status],
                 f"{price:.2f}"]  # fmt: skip
        return ",".join(cells)

    return "\n".join([HEADER_EN, *map(line, rows)]) + "\n"
