"""What the page of a simulated day says: days, clocks, the numbers of the day, and its stops hour by hour."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sim.telling.simulated_day.day import DROPOFF, IN_VAIN, PICKUP, SimulatedDay, Stop
from sim.telling.simulated_day.nearest_towns import nearest_town
from sim.telling.simulated_day.numbers import DayNumbers
from sim.words.numbers import danish, english_marks
from tariffs.typed import MONTHS, MONTHS_EN

HOUR_S, DAY_S, MINUTE_S, HOURS_A_DAY, KM_M = 3600, 86_400, 60, 24, 1000
NEXT_DAY = (" næste dag", " next day")
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
KINDS = {PICKUP: ("henter", "picks up"), DROPOFF: ("sætter af", "drops off"), IN_VAIN: ("forgæves", "nobody came")}


@dataclass(frozen=True)
class Figure:
    """A number of the day with its name, and what it is a part of or made of."""

    name: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class HourRow:
    """A stop as a row of its hour's table."""

    vehicle: int
    clock: str
    kind: str
    who: str
    place: str
    load: int
    shared: bool


@dataclass(frozen=True)
class Hour:
    """The stops of one hour, vehicle by vehicle."""

    clock: str
    vehicles: int
    rows: tuple[HourRow, ...]


def clock(seconds: int, language: str) -> str:
    """Return a clock of the service day, which may pass midnight.

    >>> clock(34_979, "da"), clock(87_000, "en")
    ('9.42', '0:10 next day')
    """
    past, within = divmod(seconds, DAY_S)
    mark, after = ":" if language == "en" else ".", NEXT_DAY[language == "en"]
    return f"{within // HOUR_S}{mark}{within % HOUR_S // MINUTE_S:02d}{after if past else ''}"


def day_words(day: date, language: str) -> str:
    """Return a day with its weekday.

    >>> day_words(date(2026, 5, 27), "da"), day_words(date(2026, 5, 27), "en")
    ('onsdag den 27. maj 2026', 'Wednesday 27 May 2026')
    """
    if language == "en":
        return f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]} {day.year}"
    return f"{WEEKDAYS[day.weekday()]} den {day.day}. {MONTHS[day.month - 1]} {day.year}"


def choices(days: Iterable[date], trips: Mapping[date, int], language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the days by month, each as its value in the address and its text with the trips of the option shown."""
    months, weekdays, one, more = (
        (MONTHS_EN, WEEKDAYS_EN, "trip", "trips") if language == "en" else (MONTHS, WEEKDAYS, "tur", "ture")
    )

    def said(day: date) -> str:
        count = trips.get(day, 0)
        stop = "" if language == "en" else "."
        return f"{weekdays[day.weekday()][:3]} {day.day}{stop} {months[day.month - 1]}: {count} {one if count == 1 else more}"

    return [
        (f"{months[month - 1]} {year}", [(day.isoformat(), said(day)) for day in group])
        for (year, month), group in groupby(sorted(days), key=lambda day: (day.year, day.month))
    ]


def figures(numbers: DayNumbers, language: str) -> list[Figure]:
    """Return the numbers of a day as the page shows them."""
    marks = english_marks if language == "en" else str

    def said(da: str, en: str) -> str:
        return en if language == "en" else da

    def count(number: float) -> str:
        return marks(danish(number))

    driven, empty = (seconds / MINUTE_S for seconds in (numbers.driven_s, numbers.empty_s))
    percent = numbers.shared_percent
    of_empty = f"{count(100 * numbers.empty_s / numbers.driven_s)} %" if numbers.driven_s else "–"
    return [
        Figure(
            said("Ture", "Trips"),
            count(numbers.trips),
            said(
                f"{count(numbers.passengers)} passagerer; {count(numbers.wishes)} ønsker",
                f"{count(numbers.passengers)} passengers; {count(numbers.wishes)} requests",
            ),
        ),
        Figure(
            said("Vogne", "Vehicles"),
            count(numbers.vehicles),
            said(
                f"kørte også {count(numbers.referred)} visiterede bestillinger",
                f"also drove {count(numbers.referred)} referred bookings",
            ),
        ),
        Figure(
            said("Delte ture", "Shared trips"),
            "–" if percent is None else f"{count(percent)} %",
            said(f"{count(numbers.shared)} ture delte vogn", f"{count(numbers.shared)} trips shared the car"),
        ),
        Figure(
            said("Kørt", "Driven"),
            f"{count(numbers.straight_m / KM_M)} km",
            said("i lige linje mellem stop; vejen er længere", "straight between stops; the road is longer"),
        ),
        Figure(
            said("Køretid", "Driving time"), f"{count(driven)} min.", said("også fra hjemsted", "from the base too")
        ),
        Figure(
            said("Tom kørsel", "Empty driving"),
            f"{count(empty)} min.",
            said(f"{of_empty} af køretiden", f"{of_empty} of driving time"),
        ),
    ]


def hours(day: SimulatedDay, language: str) -> list[Hour]:
    """Return the day's stops by the hour in which the vehicle arrives, vehicle by vehicle."""
    stops = [(stop.arrive_s // HOUR_S, duty.vehicle, stop) for duty in day.duties for stop in duty.stops]
    stops.sort(key=lambda one: (one[0], one[1], one[2].arrive_s))
    found = []
    for hour, group in groupby(stops, key=lambda one: one[0]):
        rows = tuple(_row(vehicle, stop, language) for _, vehicle, stop in group)
        found.append(Hour(_between(hour, language), len({row.vehicle for row in rows}), rows))
    return found


def _between(hour: int, language: str) -> str:
    """Return the clocks of an hour of the service day.

    >>> _between(23, "da"), _between(24, "en")
    ('23-24', '0-1 next day')
    """
    past, within = divmod(hour, HOURS_A_DAY)
    return f"{within}-{within + 1}{NEXT_DAY[language == 'en'] if past else ''}"


def _row(vehicle: int, stop: Stop, language: str) -> HourRow:
    english = language == "en"
    who = (
        ("referred rider" if english else "visiteret passager")
        if stop.referred
        else f"{'trip' if english else 'tur'} {stop.request}"
    )
    return HourRow(
        vehicle + 1,
        clock(stop.arrive_s, language),
        KINDS[stop.kind][english],
        who,
        nearest_town(stop.lat, stop.lon),
        stop.load,
        stop.shared,
    )
