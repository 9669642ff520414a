"""Citizens as a council pictures them: what their week costs before and after, and how many like them go on riding."""

from dataclasses import dataclass

from sim.telling.sheet import band_name
from sim.words.cells import Cell, Json
from sim.words.numbers import OERE_PER_KRONE, danish, kroner
from sim.words.table import Table


@dataclass(frozen=True)
class Citizen:
    """An example: who it is, the typical trip by its kilometres and place, how it is paid, and how often it is made."""

    told: str
    km: int
    place_class: str
    price: str
    trips_a_week: int
    age_band: str


CITIZENS = (
    Citizen(
        "82 år, til dagcenter i byen to gange om ugen, 3 km; bestiller i telefonen",
        3,
        "in_town",
        "adult_phone",
        4,
        "80+",
    ),
    Citizen(
        "74 år, fra landsbyen til byen en gang om ugen, 8 km; bestiller i telefonen",
        8,
        "inside",
        "adult_phone",
        2,
        "70-79",
    ),
    Citizen(
        "45 år, til arbejde i kommunen tre gange om ugen, 13 km; bestiller på nettet",
        13,
        "inside",
        "adult_online",
        6,
        "40-59",
    ),
    Citizen(
        "12 år, til sport i kommunen en gang om ugen, 8 km; bestiller i telefonen",
        8,
        "inside",
        "child_phone",
        2,
        "0-15",
    ),
)
CAPTION = "Eksempler på borgere: hvad turene koster på en uge, kr."
NOTE = (
    "Ude og hjemme er to ture. »Gruppen« er de ture, som valget kan berøre, bestilt af nogen på samme alder; hvor mange af dem der"
    " køres efter, er gennemsnittet i beregningen."
)


def citizens_table(comparison: Json) -> Table | None:
    """Return a row for each example, and what a week costs under each option; None of an answer that does not say its trips."""
    rows = []
    for citizen in CITIZENS:
        trip = next(
            (
                t
                for t in comparison["citizen_prices"]
                if (t.get("km"), t.get("place_class")) == (citizen.km, citizen.place_class)
            ),
            None,
        )
        if trip is not None:
            weeks = [_week(price, citizen) for price in trip["oere"]]
            cells = [_cell(weeks, place, citizen, option) for place, option in enumerate(comparison["options"])]
            rows.append((Cell(citizen.told), *cells))
    if not rows:
        return None
    return Table(CAPTION, ("borger", *(option["name"] for option in comparison["options"])), tuple(rows))


def _week(price: Json | None, citizen: Citizen) -> int | None:
    return None if price is None else citizen.trips_a_week * int(price[citizen.price])


def _cell(weeks: list[int | None], place: int, citizen: Citizen, option: Json) -> Cell:
    week, before = weeks[place], weeks[0]
    if week is None:
        return Cell("køres ikke")
    if place == 0 or before is None or week == before:
        return Cell(kroner(week), f"{citizen.trips_a_week} ture om ugen" if place == 0 else "")
    moved = (week - before) / OERE_PER_KRONE
    return Cell(f"{kroner(week)} ({'+' if moved > 0 else ''}{danish(moved)})", _group(option, citizen.age_band))


def _group(option: Json, age_band: str) -> str:
    """Return how many fewer or more of the touched trips the age group makes; empty where it makes too few to tell."""
    bands = (option["affected_riders"] or {}).get("by_age") or ()
    band = next((one for one in bands if one["id"] == age_band), None)
    if band is None or band["trips"]["mean"] < FEWEST:
        return ""
    percent = 100 * (band["trips_after"]["mean"] / band["trips"]["mean"] - 1)
    if abs(percent) < 1:
        return f"gruppen ({band_name('by_age', age_band)}) kører som før"
    way = "færre" if percent < 0 else "flere"
    return f"gruppen ({band_name('by_age', age_band)}) kører ca. {danish(abs(percent))} % {way} af turene"


FEWEST = 20
"""Touched trips a year in an age group below which a per cent says nothing."""
