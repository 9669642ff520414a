"""What the report says in words: the year, the date, an option's elements, the lead, what is booked beforehand."""

import math
import re
from datetime import date

from sim.words.cells import Json, change_cell, count_cell, percent_cell, sign_is_sure, span
from sim.words.numbers import approximately, kroner, listed
from sim.words.rounding import KRONER
from tariffs.typed import MONTHS

NOT_OWN = "Ikke kommunens egne tal"
INTERVAL = "Tallene i parentes: i 8 af 10 beregninger ligger resultatet mellem de to."
ACROSS = "over kommunegrænsen"
ELEMENTS = {
    "kommunetakst": "kommunetakst",
    "bytakst=low": "bytakst, lavt niveau",
    "bytakst=high": "bytakst, højt niveau",
    "plustur": "plustur",
    "dobbelt_grundtakst": "dobbelt grundtakst i byområdet",
    "lukket_by": "ingen ture inden for byområdet",
    "stoppested": "i byområder kun til og fra stoppesteder",
}
_EDITION = re.compile(r"(\d{4}-\d\d-\d\d)(-egen)?")
MARKS = {"A": "oplyst af Movia eller en kommune", "B": "presse", "C": "egen beregning", "J": "skøn"}


def year_words(year: int) -> str:
    """Return the year as the report names it; 2020 is one that never was.

    >>> year_words(2019)
    '2019'
    """
    return "et normalt 2020, uden corona" if year == 2020 else str(year)


def price_level_words(comparison: Json) -> str:
    """Say of which year the kroner are, and which fares are not known; nothing of a comparison that does not tell.

    >>> price_level_words({"price_level": 2017})
    'Beløb i 2017-priser; taksterne er årets egne.'
    """
    level = comparison.get("price_level")
    said = "" if level is None else f"Beløb i {level}-priser; taksterne er årets egne."
    return f"{said} {fares_words(comparison)}".strip()


def in_prices(comparison: Json) -> str:
    """Say after an amount of which year its kroner are; nothing of a comparison that does not tell.

    >>> in_prices({"price_level": 2027}), in_prices({})
    (' i 2027-priser', '')
    """
    level = comparison.get("price_level")
    return "" if level is None else f" i {level}-priser"


def fares_words(comparison: Json) -> str:
    """Return the sentence that names the fares that are not known; comparisons of before 0.5.0 do not tell.

    >>> fares_words({})
    ''
    """
    return str(comparison.get("fares", {}).get("text_da", ""))


def editions_words(comparison: Json) -> str:
    """Return the days from which the price lists that priced the trips hold; one of the user's own is said to be that.

    >>> editions_words({"tariff_editions": ["2026-01-18-egen", "2027-01-17"]})
    '18. januar 2026 (egen prisliste) og 17. januar 2027'
    """
    return listed([_edition_words(label) for label in comparison["tariff_editions"]])


def _edition_words(label: str) -> str:
    found = _EDITION.fullmatch(label)
    return label if found is None else date_words(found[1]) + (" (egen prisliste)" if found[2] else "")


def date_words(iso: str) -> str:
    """Return a date in Danish.

    >>> date_words("2020-07-01")
    '1. juli 2020'
    """
    day = date.fromisoformat(iso)
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def price_day(comparison: Json) -> str:
    """Return the day whose prices the comparison shows, ISO; comparisons of before 0.5.0 showed those of the start date.

    >>> price_day({"start": None, "year": 2019})
    '2019-07-01'
    """
    return str(comparison.get("price_day") or comparison["start"] or f"{comparison['year']}-07-01")


def in_kroner_words(element: str) -> str | None:
    """Return an own price as a report says it, None for another element.

    >>> in_kroner_words("bytakst=52"), in_kroner_words("bytakst=low")
    ('bytakst 52 kr. (egen pris)', None)
    """
    name, _, value = element.partition("=")
    return f"{name} {value} kr. (egen pris)" if value.isdecimal() else None


def elements_words(elements: list[str]) -> str:
    """Return an option's service elements in words; none of them is grundtakst."""
    words = [
        f"gratis til og fra {element.partition('=')[2]}"
        if element.startswith("gratis=")
        else in_kroner_words(element) or ELEMENTS.get(element, element)
        for element in elements
    ]
    return "; ".join(words) or "grundtakst alene"


def is_own_volume(comparison: Json) -> bool:
    """Say whether the number of passengers is the municipality's own."""
    return bool(comparison["volume"]["origin"] == "own")


def volume_words(comparison: Json) -> str:
    """Say where the number of passengers comes from."""
    volume = comparison["volume"]
    statement = volume["statement"].removeprefix(f"{NOT_OWN}: ")
    if is_own_volume(comparison):
        return f"{statement}."
    counted = f"Regnet med ca. {approximately(volume['passengers'])} passagerer om året: {statement}."
    surer = "Kommunens eget passagertal gør svaret langt sikrere."
    if len(comparison["options"]) == 1:
        return f"{counted} Beløbene i kroner bærer hele usikkerheden om passagertallet. {surer}"
    return (
        f"{counted} Læs derfor først virkningen i procent og pr. 1.000 bypassagerer (passagerer med begge ender i samme"
        f" byområde); beløbene i kroner bærer hele usikkerheden om passagertallet. {surer}"
    )


def lead_words(option: Json) -> str:
    """Return an option's effect in percent and per 1,000 town passengers."""
    change = option["change"]["percent"]
    parts = []
    for key, name in (("net_cost_oere", "nettoudgiften"), ("trips", "antal ture")):
        if change[key] is not None:
            cell = percent_cell(change[key])
            unit = "" if "gange" in cell.text else " %"
            parts.append(f"{name} {cell.text} {cell.under[:-1]}{unit})")
    each = option["per_1000_town_passengers_oere"]
    if each is not None:
        parts.append(f"{_per_thousand(each)} pr. 1.000 bypassagerer")
    return f"{option['name']}: {'; '.join(parts)}." if parts else f"{option['name']}: kan ikke regnes i procent."


def _per_thousand(each: Json) -> str:
    if not sign_is_sure(each):
        cell = change_cell(each, KRONER)
        return f"{cell.text} {cell.under[:-1]} kr.)"
    if each["mean"] == 0:
        return "0 kr."
    kind = "mindreudgift" if each["mean"] < 0 else "merudgift"
    low, high = sorted((abs(each["p10"]), abs(each["p90"])))
    return f"{kind} ca. {approximately(abs(each['mean']) / 100)} kr. ({span({'p10': low, 'p90': high}, KRONER)})"


def prebooked_words(comparison: Json) -> str | None:
    """Say how many trips after the start date still pay as before, None without a start date."""
    booked = comparison["prebooked"]
    if booked is None or comparison["start"] is None:
        return None
    trips, passengers, standing = (count_cell(booked[key]) for key in ("trips", "passengers", "standing_trips"))
    return (
        f"Når ordningen begynder {date_words(comparison['start'])}, er {trips.text} ture {trips.under} med {passengers.text}"
        f" passagerer {passengers.under} allerede bestilt til dagene efter; de betaler som hidtil."
        f" {standing.text} {standing.under} af dem er faste ture."
    )


def introduction_words(comparison: Json) -> str | None:
    """Say that an introduced service has not its settled volume at first, None where nothing is introduced."""
    begins = comparison.get("introduction")
    return None if begins is None else str(begins["sentence"])


def precision_words(comparison: Json) -> str:
    """Say how far chance was brought down, and whether that was as far as asked for."""
    precision, runs = comparison["precision"], comparison["replications"]
    width, allowed = precision["half_width_oere"], precision["allowed_oere"]
    draws = comparison["draws"]
    many = f"{runs} gentagelse{'r' if runs != 1 else ''} af året og {draws} sæt forudsætninger."
    if not draws:
        many += " Forudsætningerne er ikke varieret: intervallerne viser kun tilfældighed."
    if width is None or not math.isfinite(width):
        return f"{many} Én gentagelse viser ikke, hvor meget tilfældighed betyder."
    several = len(comparison["options"]) > 1
    about = "den gennemsnitlige ændring i nettoudgift" if several else "den gennemsnitlige nettoudgift"
    worst = " for den mest usikre valgmulighed" if len(comparison["options"]) > 2 else ""
    told = (
        f"95 %-intervallet for {about}, alene tilfældighed, er{worst} ±{kroner(width)} kr.;"
        f" højst ±{kroner(allowed)} kr. var ønsket"
    )
    if precision["reached"]:
        return f"{many} {told}. Den ønskede nøjagtighed er nået."
    return f"{many} {told}. Den ønskede nøjagtighed er ikke nået: flere gentagelser ville gøre svaret sikrere."
