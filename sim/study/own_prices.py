"""Prices in kroner that the year's price list does not have: what is refused of them, and what is said of the others."""

import math
from collections.abc import Iterable
from datetime import date

from sim.response.response import LOWEST_PAID_OERE
from sim.study.prices import PriceIndex
from sim.wording import danish
from tariffs import Level, PriceBook, ServicePackage, format_kroner
from tariffs.errors import InputError
from tariffs.money import OERE_PER_KRONE


def check_own_prices(packages: Iterable[ServicePackage], prices: PriceIndex) -> None:
    """Refuse an own price worth less than 21 kr of 2017, below which nothing is known of riders; raises InputError."""
    lowest = math.ceil(LOWEST_PAID_OERE * prices.willingness / OERE_PER_KRONE)
    for package in packages:
        for name, kroner in package.in_kroner:
            if kroner < lowest:
                worth = danish(kroner / prices.willingness, 1)
                raise InputError(
                    f"{name.capitalize()} på {kroner} kr. for en voksen kan ikke beregnes i {prices.year}-priser",
                    where=f"valgmuligheden '{package}'",
                    why=f"det er {worth} kr. i 2017-priser, og mellem 0 og 21 kr. er intet kendt om, hvem der kører med",
                    next_step=f"vælg mindst {lowest} kr., eller gør enkelte steder gratis",
                )


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


def _listed(name: str, book: PriceBook, day: date) -> str:
    levels = (Level.KOMMUNETAKST,) if name == "kommunetakst" else (Level.BYTAKST_LOW, Level.BYTAKST_HIGH)
    found = [value.amount for level in levels if (value := book.level(level, day)) and value.amount is not None]
    amounts = " eller ".join(format_kroner(oere, "da") for oere in found)
    return f"{name} er der {amounts} kr." if amounts else f"{name} har den ikke"
