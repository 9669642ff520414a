"""What the builder offers to choose from: a municipality's levels, towns, destinations and stations, and what it has today."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial
from itertools import takewhile
from pathlib import Path

from api.web.reading import Faults, read_day
from sim.geography.municipalities import Municipality, find_municipality, movia_municipalities
from sim.inputs.assumptions import Assumption, load_assumptions
from sim.words.numbers import kroner
from tariffs import Certainty, Level, certainty_of, certainty_text, load_municipal_choices, load_price_book
from tariffs.errors import TakstlabError

GROWTH = ("growth_80plus_persons", "fare_index_percent", "operator_index_percent", "pool_leaving_share")
NEAR = 8
"""Neighbours offered first."""
CERTAINTY = {"known": ("kendt", "known"), "assumed": ("antaget", "assumed"), "no": ("nej", "no")}


YEAR = re.compile(r"(19|20)[0-9][0-9]")


@dataclass(frozen=True)
class Levels:
    """The adult's base price of each level on a day, in oere; None where the edition has no such level."""

    grund: int | None
    kommune: int | None
    low: int | None
    high: int | None
    plustur: int | None
    certainty: Certainty = Certainty.KNOWN
    """How surely the weakest of them is known."""

    @property
    def bytakst(self) -> tuple[int, ...]:
        """The levels of bytakst in whole kroner, low and high; without one that the edition does not have."""
        return tuple(oere // 100 for oere in (self.low, self.high) if oere is not None)

    def kroner(self, bytakst: str) -> str:
        """Return a level by name (low, high) as its kroner; anything else, and a level there is none of, as it is."""
        oere = {"low": self.low, "high": self.high}.get(bytakst)
        return bytakst if oere is None else str(oere // 100)

    @property
    def note(self) -> tuple[str, str]:
        """What is said beside them in Danish and English; empty where all are known."""
        return certainty_text(self.certainty), certainty_text(self.certainty, "en")


@dataclass(frozen=True)
class Offer:
    """What a municipality can choose from, and what is known of it."""

    municipality: Municipality
    levels: Levels
    flextur: str
    plustur: str
    certainty: str
    zones: tuple[str, ...]
    towns: tuple[str, ...]
    destinations: tuple[str, ...]
    stations: tuple[str, ...]
    sources: tuple[str, ...]
    own_fare: str = ""
    """A fare of the municipality's own, which is filled in as a kommunetakst in kroner."""


@lru_cache(maxsize=256)
def levels_on(day: date, list_files: tuple[Path, ...] = ()) -> Levels:
    """Return the prices of the levels on a day, with own price lists where they are given."""
    from sim.study.demand import level_oere

    book = load_price_book(list_files)

    def price(level: Level) -> int | None:
        try:
            return level_oere(level, book, day, "siden")
        except TakstlabError:
            return None

    values = [book.level(level, day) for level in Level if level is not Level.GRATIS]
    return Levels(
        price(Level.GRUNDTAKST), price(Level.KOMMUNETAKST), price(Level.BYTAKST_LOW), price(Level.BYTAKST_HIGH),
        price(Level.PLUSTUR), certainty_of(value.source for value in values if value is not None and value.amount),
    )  # fmt: skip


UNKNOWN = Levels(None, None, None, None, None)
ELECTIVE = ("low", "high", "plustur")
"""The levels that an option chooses, and that some price lists do not have."""


def price_day(year: int, start: date | None, list_files: tuple[Path, ...] = ()) -> date:
    """Return the day whose prices are shown, as a study's: of the edition that holds for most of the year, or from its start date on."""
    from sim.study.price_days import settled_day

    first, wished = date(year, 1, 1), date(year, 7, 1)
    if start is not None and start.year == year:
        first = wished = start
    return settled_day(load_price_book(list_files), first, date(year, 12, 31), wished)


def levels_of(year: str, start: str, list_files: tuple[Path, ...] = ()) -> Levels:
    """Return the prices of a year and start date as they are written; none are known of what is no year."""
    if not YEAR.fullmatch(year):
        return UNKNOWN
    begins = read_day(start, "", Faults()) if start else None
    return levels_on(price_day(int(year), begins, list_files), list_files)


@lru_cache(maxsize=64)
def priced_from(year: int, list_files: tuple[Path, ...] = ()) -> Mapping[str, date | None]:
    """Return from which day an elective level (low, high, plustur) has a price to the end of a year; None is the whole year.

    The whole year are the days that its trips are booked or driven. A level without a price at its end is not there.
    """
    from sim.riders.demand.times import HORIZON_DAYS
    from sim.study.price_days import turning_days

    booked, last = date(year, 1, 1) - timedelta(days=HORIZON_DAYS), date(year, 12, 31)
    days = turning_days(load_price_book(list_files), booked, last)
    found: dict[str, date | None] = {}
    for name in ELECTIVE:
        since = list(takewhile(partial(_has, name, list_files), reversed(days)))
        if since:
            found[name] = None if since[-1] == booked else since[-1]
    return found


def _has(name: str, list_files: tuple[Path, ...], day: date) -> bool:
    return getattr(levels_on(day, list_files), name) is not None


@lru_cache(maxsize=256)
def offer(code: str, day: date, list_files: tuple[Path, ...] = ()) -> Offer:
    """Return what a municipality can choose from on a day."""
    from sim.geography.destinations import station_name
    from sim.geography.records import destinations, hamlets, stations, towns

    municipality = find_municipality(code)
    choices = load_municipal_choices()
    choice = choices.choices(code, day)
    own_towns = sorted(
        (t for t in (*towns(), *hamlets()) if t.municipality_code == code), key=lambda t: (-(t.population or 0), t.name)
    )
    own_stations = [s.name for s in stations() if s.municipality_code == code]
    named = [station_name(name) for name in own_stations]
    places = [d.name.replace('"', "").strip() for d in destinations() if d.municipality_code == code and d.name]
    return Offer(
        municipality=municipality,
        levels=levels_on(day, list_files),
        flextur=choices.offers("flextur", code, day),
        plustur=choices.offers("plustur", code, day),
        certainty=choice.certainty,
        zones=choice.zones,
        towns=tuple(dict.fromkeys(t.name for t in own_towns)),
        destinations=tuple(sorted(dict.fromkeys([*places, *named]))),
        stations=tuple(dict.fromkeys(own_stations)),
        sources=tuple(dict.fromkeys(str(source.title) for source in choice.sources)),
        own_fare="" if choice.own_fare is None else choice.own_fare.text_da,
    )


def municipalities() -> list[tuple[str, str]]:
    """Return the 45 as (code, name), by name."""
    return sorted(((m.code, m.name) for m in movia_municipalities()), key=lambda pair: _alphabet(pair[1]))


def full_name(code: str) -> str:
    """Return what a municipality calls itself.

    >>> full_name("0101"), full_name("0316")
    ('Københavns Kommune', 'Holbæk Kommune')
    """
    name = find_municipality(code).name
    return f"{name}s Kommune" if name == "København" else f"{name} Kommune"


@lru_cache(maxsize=64)
def by_nearness(code: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return the other municipalities as (code, name): the nearest by their middles first, then all the rest by name."""
    from sim.geography.projection import to_metres
    from sim.geography.records import parishes

    middles: dict[str, tuple[float, float]] = {}
    for other, _ in municipalities():
        own = [p for p in parishes() if p.municipality_code == other]
        persons = sum(p.population_2021 for p in own)
        lat, lon = (sum(getattr(p, axis) * p.population_2021 for p in own) / persons for axis in ("lat", "lon"))
        x, y = to_metres(lat, lon)
        middles[other] = float(x), float(y)
    here = middles[code]
    others = [pair for pair in municipalities() if pair[0] != code]
    far = {other: (middles[other][0] - here[0]) ** 2 + (middles[other][1] - here[1]) ** 2 for other, _ in others}
    near = sorted(others, key=lambda pair: far[pair[0]])[:NEAR]
    return near, [pair for pair in others if pair not in near]


def _alphabet(name: str) -> str:
    """Return what sorts a Danish name: æ, ø and å come last."""
    return name.lower().replace("æ", "z1").replace("ø", "z2").replace("å", "z3")


def own_assumptions() -> list[Assumption]:
    """Return the assumptions that a municipality may know better than we do: one number with a range each."""
    entries = load_assumptions().values()
    return [
        a
        for a in entries
        if a.who == "kommune" and not isinstance(a.value, tuple) and a.low != a.high and a.id not in GROWTH
    ]


def growth_assumptions() -> list[Assumption]:
    """Return the assumptions by which a budget is carried from year to year."""
    register = load_assumptions()
    return [register[key] for key in GROWTH]


def in_kroner(oere: int | None) -> str:
    """Return a price as the page writes it.

    >>> in_kroner(3600), in_kroner(None)
    ('36 kr.', 'ukendt pris')
    """
    return "ukendt pris" if oere is None else f"{kroner(oere)} kr."
