"""Prices in kroner that the year's price list does not have: what is refused of them, and what is said of the others."""

import math
import re
from collections.abc import Iterable
from datetime import date

from sim.riders.response.response import LOWEST_PAID_OERE
from sim.study.prices import PriceIndex
from sim.words.numbers import danish
from tariffs import Level, PriceBook, ServicePackage, choose_level, format_kroner
from tariffs.errors import About, InputError
from tariffs.money import OERE_PER_KRONE

BYTAKST_SAID = re.compile(
    r"bytakst(?:en)?[\s:=–-]*(?:(?:på|til|fra)\s+)?(\d{2,3})\b(?:\s*(?:->|→|–|-|/|til|eller|og)\s*(\d{2,3})\b)?",
    re.IGNORECASE,
)
KRONER_SAID = re.compile(r"\b(\d{2,3}) ?kr\b", re.IGNORECASE)
"""How a name says a bytakst, or kroner of something: »Bytakst 60«, »Bytakst 48 -> 60«, »60 kr. i byen«."""


def check_own_prices(packages: Iterable[ServicePackage], prices: PriceIndex) -> None:
    """Refuse an own price worth less than 21 kr of 2017, below which nothing is known of riders; raises InputError."""
    lowest = lowest_kroner(prices)
    for package in packages:
        for name, kroner in package.in_kroner:
            if kroner < lowest:
                worth = danish(kroner / prices.willingness, 1)
                raise InputError(
                    f"{name.capitalize()} på {kroner} kr. for en voksen kan ikke beregnes i {prices.year}-priser",
                    where=f"valgmuligheden '{package}'",
                    why=f"det er {worth} kr. i 2017-priser, og mellem 0 og 21 kr. er intet kendt om, hvem der kører med",
                    next_step=f"vælg mindst {lowest} kr., eller gør enkelte steder gratis",
                    about=About(name, (str(kroner),)),
                )


def lowest_kroner(prices: PriceIndex) -> int:
    """Return the least whole kroner that are worth 21 kr of 2017."""
    return math.ceil(LOWEST_PAID_OERE * prices.willingness / OERE_PER_KRONE)


def own_price_notes(
    packages: Iterable[ServicePackage], book: PriceBook, day: date, years_ahead: int
) -> tuple[str, ...]:
    """Say in Danish which prices are own, what the price list of the day has instead, and that an own price stays as it is."""
    own = list(dict.fromkeys(pair for package in packages for pair in package.in_kroner))
    notes = [
        f"{name.capitalize()} {kroner} kr. er en egen pris: den findes ikke i Movias prisliste for {day.year}"
        f" ({_listed(name, book, day)}). Kilometertakster, børnepris og onlinerabat er prislistens."
        for name, kroner in own
    ]
    if own and years_ahead:
        notes.append("En egen pris er den samme i alle overslagsårene; den følger ikke Movias takstændringer.")
    return tuple(notes)


def check_names(named: Iterable[tuple[str, ServicePackage]], book: PriceBook, day: date) -> None:
    """Refuse an option whose name says another bytakst than it has: it was named in another year; raises InputError."""
    for name, package in named:
        if package.bytakst is None:
            continue
        of_bytakst = [int(n) for found in BYTAKST_SAID.findall(name) for n in found if n]
        said = of_bytakst or [int(n) for n in KRONER_SAID.findall(name)]
        costs = [book.level(choose_level(package, place), day) for place in ("in_town", "inside")]
        amounts = [
            value.amount // OERE_PER_KRONE for value in costs[: 1 if of_bytakst else 2] if value and value.amount
        ]
        if said and amounts and not set(said) & set(amounts):
            raise InputError(
                f"Valgmuligheden '{name}' siger {said[-1]} kr., men dens bytakst er {amounts[0]} kr. i {day.year}",
                where=f"valgmuligheden '{name}'",
                why="Movias niveauer har ikke de samme kroner alle år",
                next_step=f"vælg bytakst {said[-1]} kr. (bytakst={said[-1]}), eller behold {amounts[0]} kr. under et andet navn",
                about=About("name", (name,)),
            )


def _listed(name: str, book: PriceBook, day: date) -> str:
    levels = (Level.KOMMUNETAKST,) if name == "kommunetakst" else (Level.BYTAKST_LOW, Level.BYTAKST_HIGH)
    found = [value.amount for level in levels if (value := book.level(level, day)) and value.amount is not None]
    amounts = " eller ".join(format_kroner(oere, "da") for oere in found)
    return f"{name} er der {amounts} kr." if amounts else f"{name} har den ikke"
