"""Citizens as a council pictures them: what their week costs before and after, and how many like them go on riding."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.answer.records.prices import Fare
from sim.telling.sheet import band_name
from sim.words.cells import Cell
from sim.words.numbers import OERE_PER_KRONE, danish, kroner
from sim.words.table import Table


@dataclass(frozen=True)
class Citizen:
    """An example: who it is, the typical trip by its kilometres and place, how it is paid, and how often it is made."""

    told: str
    km: int
    place_class: str
    price: Callable[[Fare], int]
    trips_a_week: int
    age_band: str


CITIZENS = (
    Citizen(
        "82 år, til dagcenter i byen to gange om ugen, 3 km; bestiller i telefonen",
        3,
        "in_town",
        attrgetter("adult_phone"),
        4,
        "80+",
    ),
    Citizen(
        "74 år, fra landsbyen til byen en gang om ugen, 8 km; bestiller i telefonen",
        8,
        "inside",
        attrgetter("adult_phone"),
        2,
        "70-79",
    ),
    Citizen(
        "45 år, til arbejde i kommunen tre gange om ugen, 13 km; bestiller på nettet",
        13,
        "inside",
        attrgetter("adult_online"),
        6,
        "40-59",
    ),
    Citizen(
        "12 år, til sport i kommunen en gang om ugen, 8 km; bestiller i telefonen",
        8,
        "inside",
        attrgetter("child_phone"),
        2,
        "0-15",
    ),
)
CAPTION = "Eksempler på borgere: hvad turene koster på en uge, kr."
NOTE = (
    "Ude og hjemme er to ture. »Gruppen« er de ture, som valget kan berøre, bestilt af nogen på samme alder; hvor mange af dem der"
    " køres efter ændringen, er gennemsnittet i beregningen."
)


def citizens_table(comparison: Answer) -> Table | None:
    """Return a row for each example, and what a week costs under each option; None of an answer that does not say its trips."""
    rows = []
    for citizen in CITIZENS:
        trip = next(
            (t for t in comparison.citizen_prices if (t.km, t.place_class) == (citizen.km, citizen.place_class)),
            None,
        )
        if trip is not None:
            weeks = [_week(price, citizen) for price in trip.oere]
            cells = [_cell(weeks, place, citizen, option) for place, option in enumerate(comparison.options)]
            rows.append((Cell(citizen.told), *cells))
    if not rows:
        return None
    return Table(CAPTION, ("borger", *(option.name for option in comparison.options)), tuple(rows))


def _week(price: Fare | None, citizen: Citizen) -> int | None:
    return None if price is None else citizen.trips_a_week * citizen.price(price)


def _cell(weeks: list[int | None], place: int, citizen: Citizen, option: OptionAnswer) -> Cell:
    week, before = weeks[place], weeks[0]
    if week is None:
        return Cell("køres ikke")
    if place == 0 or before is None or week == before:
        return Cell(kroner(week), f"{citizen.trips_a_week} ture om ugen" if place == 0 else "")
    moved = (week - before) / OERE_PER_KRONE
    return Cell(f"{kroner(week)} ({'+' if moved > 0 else ''}{danish(moved)})", _group(option, citizen.age_band))


def _group(option: OptionAnswer, age_band: str) -> str:
    """Return how many fewer or more of the touched trips the age group makes; empty where it makes too few to tell."""
    bands = () if option.affected_riders is None else option.affected_riders.bands("by_age")
    band = next((one for one in bands if one.id == age_band), None)
    if band is None or band.trips.mean < FEWEST:
        return ""
    percent = 100 * (band.trips_after.mean / band.trips.mean - 1)
    if abs(percent) < 1:
        return f"gruppen ({band_name('by_age', age_band)}) kører som før"
    way = "færre" if percent < 0 else "flere"
    return f"gruppen ({band_name('by_age', age_band)}) kører ca. {danish(abs(percent))} % {way} af turene"


FEWEST = 20
"""Touched trips a year in an age group below which a per cent says nothing."""
