"""The Prisberegner: what one trip costs, with its explanation; the address is the question."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.answers import parse_km, quote_answer
from api.store.price_lists import PriceLists
from api.web import price_tables
from api.web.advice import advice
from api.web.form import ELSEWHERE
from api.web.level_labels import level_labels
from api.web.page import language_of, render, translator
from api.web.reading import Faults, day_text, read_day, read_whole
from api.web.ticks import elements_of, is_tick, ticks
from sim.desk.quoting.places import find_place, known_places
from sim.desk.quoting.single import Priced, Wish, in_every_edition, price
from tariffs import PriceBook, Switches, last_known, load_price_book, parse_package
from tariffs.elements import elements
from tariffs.errors import TakstlabError
from tariffs.package import ServicePackage
from tariffs.typed import Door

router = APIRouter()
USUAL_KM = "8"
"""A trip in the municipality, for those who come here with a municipality alone."""
MOST_PEOPLE = 99
LONGEST_LISTS = 2_000
OWN = "egne"
"""``valg`` when the elements are the asker's own; else those in force that day count, and ticks in the address do not."""


@dataclass(frozen=True)
class PriceForm:
    """The form's fields as they were written; their names are the address's parameters."""

    fra: str = ""
    til: str = ""
    km: str = ""
    dag: str = ""
    bestilt: str = ""
    kanal: str = "phone"
    voksne: str = "1"
    boern: str = "0"
    produkt: str = "flextur"
    fast: str = ""
    iby: str = ""
    valg: str = ""
    kommunetakst: str = ""
    bytakst: str = ""
    by: str = ""
    plustur: str = ""
    gratis: str = ""
    somom: str = ""
    kendte: str = ""
    prisliste: str = ""
    """Own price lists, prices:<id>, with commas between."""

    @property
    def lists(self) -> tuple[str, ...]:
        """The own price lists by name."""
        return tuple(name for name in self.prisliste.split(",") if name)

    @property
    def address(self) -> str:
        """The question as an address; what has its usual value is left out."""
        usual = PriceForm()
        told = [(f.name, getattr(self, f.name)) for f in fields(self)]
        return "/pris?" + urlencode([(name, value) for name, value in told if value != getattr(usual, name)])

    def elements(self) -> str:
        """The elements that are ticked, as a package is written."""
        chosen = elements_of(self.kommunetakst, self.bytakst, self.by)
        return ", ".join([*chosen, *(["plustur"] if self.plustur else [])])

    def showing(self, package: ServicePackage) -> "PriceForm":
        """Return the form with the ticks of a package."""
        return replace(self, plustur="1" if package.plustur else "", **ticks(package))


CHOICES = {
    "kanal": ("phone", "online"),
    "produkt": ("flextur", "plustur"),
    "iby": ("", "ja", "nej"),
    "valg": ("", OWN),
    "bytakst": ("", "low", "high"),
    "by": ("", *elements()),
    **dict.fromkeys(("fast", "kommunetakst", "plustur", "gratis", "somom", "kendte"), ("", "1")),
}


@router.get("/pris")
def page(request: Request) -> Response:
    """Show the form, and the price of what is asked."""
    faults = Faults()
    form = read_form(list(request.query_params.multi_items()), faults, request.app.state.today())
    language = language_of(request)
    store: PriceLists = request.app.state.price_lists
    usable = store.usable()
    if set(request.query_params) <= {"kommune", *ELSEWHERE}:
        form = replace(form, prisliste=",".join(kept.name for kept in usable))
    asked = bool(form.fra or form.til or faults)
    own_lists = list_files(form, faults, store)
    priced = answer(form, faults, own_lists) if asked else None
    own = form if priced is None else replace(form.showing(priced.package), valg=OWN)
    book = load_price_book()
    return render(
        request, "prices.html.j2", 422 if faults else 200, form=form, faults=faults, places=place_labels(),
        first_day=day_text(book.editions[0].start.isoformat()),
        known_to=day_text((last_known(book).end or date.max).isoformat()),
        last_day=day_text((book.editions[-1].end or date.max).isoformat()), km=price_tables.km,
        as_if=replace(form, somom="1").address, own=replace(own, valg=OWN).address,
        in_force=replace(form, valg="", kommunetakst="", bytakst="", by="", plustur="").address,
        shown=None if priced is None else shown(form, priced, language), usable=usable,
        levels=_levels(form, own_lists, language),
    )  # fmt: skip


def read_form(pairs: list[tuple[str, str]], faults: Faults, today: date) -> PriceForm:
    """Return the form that an address holds; a municipality alone asks for a trip within it, and no day is today."""
    told = {key: value.strip()[:120] for key, value in pairs if key not in ELSEWHERE}
    if "prisliste" in told:
        told["prisliste"] = ",".join(value.strip() for key, value in pairs if key == "prisliste")[:LONGEST_LISTS]
    if "kommune" in told:
        municipality = told.pop("kommune")
        try:
            found = find_place(_municipality(municipality), "kommune").label
            told = {"fra": found, "til": found, "km": USUAL_KM} | told
        except TakstlabError as error:
            faults.add("fra", said_beside(error))
    known = {f.name for f in fields(PriceForm)}
    for name in sorted(told.keys() - known):
        faults.add("", f"Adressen har et felt, som siden ikke kender: '{name[:40]}'")
    form = PriceForm(**{name: value for name, value in told.items() if name in known})
    form = replace(form, dag=form.dag or day_text(today.isoformat()))
    if form.produkt == "plustur":  # which is booked in no other way
        form = replace(form, kanal="online")
    for name, allowed in CHOICES.items():
        if getattr(form, name) not in allowed and not is_tick(name, getattr(form, name)):
            faults.add(name, f"'{getattr(form, name)[:40]}' kan ikke vælges her")
            form = replace(form, **{name: allowed[0]})
    return form


def _municipality(text: str) -> str:
    from sim.geography.municipalities import find_municipality

    return f"{find_municipality(text).name} Kommune"


def list_files(form: PriceForm, faults: Faults, lists: PriceLists) -> tuple[Path, ...]:
    """Return the files of the own price lists that are ticked, none with what is wrong noted."""
    try:
        return lists.places(form.lists)
    except TakstlabError as error:
        faults.add("prislister", said_beside(error))
        return ()


def answer(form: PriceForm, faults: Faults, own_lists: Sequence[Path] = ()) -> Priced | None:
    """Return the trip priced with the files of own price lists, or None with what is wrong noted."""
    ends = []
    for name, text in (("fra", form.fra), ("til", form.til)):
        try:
            if not text:
                faults.add(name, "Skriv en by, en station, et sted eller en kommune")
                continue
            ends.append(find_place(text, name))
        except TakstlabError as error:
            faults.add(name, said_beside(error))
    travel = read_day(form.dag, "dag", faults)
    booked = read_day(form.bestilt, "bestilt", faults) if form.bestilt else None
    people = [_count(getattr(form, name), name, faults) for name in ("voksne", "boern")]
    metres = None
    if form.km:
        metres = faults.of("km", parse_km, form.km, Door.DANISH)
    elif any(end.kind == "municipality" for end in ends):
        faults.add("km", "Skriv vejafstanden i km, eller vælg byer i stedet for hele kommuner")
    if faults or travel is None or len(ends) < 2:
        return None
    try:
        wish = Wish(
            ends[0], ends[1], travel, metres, booked,
            product="plustur" if form.produkt == "plustur" else "flextur",
            channel="online" if form.kanal == "online" else "phone",
            adults=people[0], children=people[1], standing=bool(form.fast),
            package=parse_package(form.elements()) if form.valg == OWN else None,
            in_town={"ja": True, "nej": False}.get(form.iby), free_destination=bool(form.gratis),
            as_if_offered=bool(form.somom),
        )  # fmt: skip
        return price(wish, load_price_book(own_lists, known_only=bool(form.kendte)), Switches())
    except TakstlabError as error:
        faults.add("", said_beside(error))
        return None


def _levels(form: PriceForm, own_lists: tuple[Path, ...], language: str) -> dict[str, Any]:
    """Return the levels of the day whose price list the trip is priced by."""
    day, booked = (read_day(text, "", Faults()) if text else None for text in (form.dag, form.bestilt))
    if day is not None:
        day = load_price_book(own_lists).effective_date(booked or day, day, bool(form.fast))
    return level_labels(day, own_lists, language)


def said_beside(error: TakstlabError) -> str:
    """Return an error as it is said beside its field, which says where by itself."""
    return advice(error)


def _count(text: str, where: str, faults: Faults) -> int:
    people = read_whole(text, where, faults, kind="et antal", example="2")
    if people is not None and not 0 <= people <= MOST_PEOPLE:
        faults.add(where, f"Skriv et antal fra 0 til {MOST_PEOPLE}")
    return people or 0


@lru_cache(maxsize=1)
def place_labels() -> tuple[str, ...]:
    """Return what the fields suggest: municipalities, towns and stations; other places are found when they are written."""
    return tuple(place.label for place in known_places() if place.kind in ("municipality", "town", "station"))


def shown(form: PriceForm, priced: Priced, language: str) -> dict[str, Any]:
    """Return what the page says of an answer."""
    t, trip, book = translator(language), priced.trip, priced.book
    assumed = not form.bestilt
    told = quote_answer(trip, priced.package, priced.answer, assumed, Switches(), language)
    return {
        "told": told,
        "fare": None if told["fare_oere"] is None else price_tables.in_kroner(told["fare_oere"]),
        "lines": price_tables.lines_table(told, language),
        "sources": price_tables.sources(told, language),
        "edition": price_tables.edition_words(book, told["edition"], language),
        "editions": price_tables.editions_table(in_every_edition(priced, Switches()), language),
        "between": price_tables.price_range(priced, language),
        "way": priced.way,
        "km": price_tables.km(trip.distance_m),
        "elements": price_tables.package_words(priced.package, language),
        "municipality": _name(book, trip.from_municipality),
        "crosses": trip.crosses_border,
        "choice": priced.choice,
        "own": form.valg == OWN,
        "zone_assumed": priced.zone_assumed,
        "towns": (trip.from_town, trip.to_town),
        "trip": trip,
        "travel": price_tables.day_words(trip.travel_on, language),
        "booked": price_tables.day_words(trip.booked_on, language),
        "command": command(form, priced),
        "api": api_address(form, priced),
        "from": find_place(form.fra, "fra").label,
        "to": find_place(form.til, "til").label,
        "party": price_tables.party_words(trip.adults, trip.children, t),
    }


def _name(book: PriceBook, code: str) -> str:
    return book.choices.find(code).name


def _asked(form: PriceForm, priced: Priced) -> list[tuple[str, str]]:
    """Return the trip as the command line's options and the API's parameters both have it."""
    trip = priced.trip
    told = [("from", trip.from_municipality), ("to", trip.to_municipality), ("distance-m", str(trip.distance_m))]
    told.append(("travel", trip.travel.isoformat()))
    told += [("booked", trip.booked.isoformat())] if form.bestilt else []
    told += [("product", trip.product), ("channel", trip.channel)]
    told += [("adults", str(trip.adults)), ("children", str(trip.children))]
    told += [("element", element) for element in priced.package.elements()]
    told += [(key, town) for key, town in (("from-town", trip.from_town), ("to-town", trip.to_town)) if town]
    return told + [("place", place) for place in trip.places]


def command(form: PriceForm, priced: Priced) -> str:
    """Return the command that gives the same price."""
    words = [part for key, value in _asked(form, priced) for part in (f"--{key}", value)]
    words += ["--standing"] if priced.trip.standing else []
    words += ["--free-destination"] if priced.trip.free_destination else []
    words += ["--known-prices-only"] if form.kendte else []
    starts = [edition.start for edition in priced.book.editions if edition.source.entered]
    words += [part for start in starts for part in ("--tariff", f"prisliste-{start}.toml")]
    if form.somom:
        ends = dict.fromkeys((priced.trip.from_municipality, priced.trip.to_municipality))
        words += [part for code in ends for part in ("--offers", code)]
    return shlex.join(["takstlab", "quote", *words])


def api_address(form: PriceForm, priced: Priced) -> str | None:
    """Return the address of the service that gives the same answer; None for what only the command can be asked."""
    if form.somom:
        return None
    told = [(key.replace("-", "_"), value) for key, value in _asked(form, priced)]
    told += [("standing", "true")] if priced.trip.standing else []
    told += [("free_destination", "true")] if priced.trip.free_destination else []
    told += [("known_prices_only", "true")] if form.kendte else []
    told += [("tariff_file", name) for name in form.lists]
    return f"/v1/quote?{urlencode(told)}"
