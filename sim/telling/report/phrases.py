"""What the report says in words: the year, the date, an option's elements, the lead, what is booked beforehand."""

import math
import re
from collections.abc import Iterable, Sequence
from datetime import date

from sim.answer.records import Answer
from sim.telling.report.printed import net_cost_percents, trip_percents
from sim.words.cells import change_cell, count_cell, percent_cell, span
from sim.words.figure import Figure, Interval
from sim.words.numbers import OERE_PER_KRONE, approximately, danish, kroner, listed
from sim.words.rounding import KRONER
from tariffs.elements import elements
from tariffs.typed import MONTHS

NOT_OWN = "Ikke kommunens egne tal"
INTERVAL = "Tallene i parentes: i 8 af 10 beregninger ligger resultatet mellem de to."
ACROSS = "over kommunegrænsen"
ELEMENTS = {
    "kommunetakst": "kommunetakst",
    "bytakst=low": "bytakst, lavt niveau",
    "bytakst=high": "bytakst, højt niveau",
    "plustur": "plustur",
    **{element.id: element.da for element in elements().values()},
}
_EDITION = re.compile(r"(\d{4}-\d\d-\d\d)(-egen)?")
MARKS = {"A": "oplyst af Movia eller en kommune", "B": "presse", "C": "egen beregning", "J": "skøn"}


def year_words(year: int) -> str:
    """Return the year as the report names it; 2020 is one that never was.

    >>> year_words(2019)
    '2019'
    """
    return "et normalt 2020, uden corona" if year == 2020 else str(year)


def price_level_words(comparison: Answer) -> str:
    """Say of which year the kroner are, and which fares are not known; nothing of a comparison that does not tell."""
    level = comparison.price_level
    said = "" if level is None else f"Beløb i {level}-priser; taksterne er årets egne."
    return f"{said} {fares_words(comparison)}".strip()


def in_prices(comparison: Answer) -> str:
    """Say after an amount of which year its kroner are; nothing of a comparison that does not tell."""
    level = comparison.price_level
    return "" if level is None else f" i {level}-priser"


def fares_words(comparison: Answer) -> str:
    """Return the sentence that names the fares that are not known; comparisons of before 0.5.0 do not tell."""
    return "" if comparison.fares is None else comparison.fares.text_da


def editions_words(editions: Sequence[str]) -> str:
    """Return the days from which the price lists that priced the trips hold; one of the user's own is said to be that.

    >>> editions_words(["2026-01-18-egen", "2027-01-17"])
    '18. januar 2026 (egen prisliste) og 17. januar 2027'
    """
    return listed([edition_words(label) for label in editions])


def edition_words(label: str) -> str:
    """Return a price list by the day from which it holds; one that is named otherwise by its name.

    >>> edition_words("2027-01-17-egen"), edition_words("min liste")
    ('17. januar 2027 (egen prisliste)', 'min liste')
    """
    found = _EDITION.fullmatch(label)
    return (
        label if found is None else date_words(date.fromisoformat(found[1])) + (" (egen prisliste)" if found[2] else "")
    )


def date_words(day: date) -> str:
    """Return a date in Danish.

    >>> date_words(date(2020, 7, 1))
    '1. juli 2020'
    """
    return f"{day.day}. {MONTHS[day.month - 1]} {day.year}"


def price_day(comparison: Answer) -> date:
    """Return the day whose prices the comparison shows; comparisons of before 0.5.0 showed those of the start date."""
    return comparison.price_day or comparison.start or date(comparison.year, 7, 1)


def in_kroner_words(element: str) -> str | None:
    """Return an own price as a report says it, None for another element.

    >>> in_kroner_words("bytakst=52"), in_kroner_words("bytakst=low")
    ('bytakst 52 kr. (egen pris)', None)
    """
    name, _, value = element.partition("=")
    return f"{name} {value} kr. (egen pris)" if value.isdecimal() else None


def option_words(comparison: Answer, place: int) -> str:
    """Return an option's service elements in words, its bytakst in kroner, and the town areas that are its own."""
    told = elements_words(comparison.options[place].elements, town_fare_kr(comparison, place))
    own = own_areas(comparison, comparison.options[place].name)
    return f"{told}; eget byområde: {own}" if own else told


def town_fare_kr(comparison: Answer, place: int) -> int | None:
    """Return what an adult pays who phones for a short trip in town under an option; None where the answer does not say it."""
    for trip in comparison.citizen_prices:
        if trip.place_class == "in_town" and trip.destination is None:
            fare = trip.oere[place]
            return None if fare is None or fare.adult_phone % OERE_PER_KRONE else fare.adult_phone // OERE_PER_KRONE
    return None


def elements_words(elements: Iterable[str], town_fare: int | None = None) -> str:
    """Return service elements in words, a level of the bytakst in kroner where they are given; none of them is grundtakst.

    >>> elements_words(["kommunetakst=60", "bytakst=low"], 64), elements_words(["bytakst=low"])
    ('kommunetakst 60 kr. (egen pris); bytakst 64 kr.', 'bytakst, lavt niveau')
    """
    words = [
        f"gratis til og fra {element.partition('=')[2]}"
        if element.startswith("gratis=")
        else f"bytakst {town_fare} kr."
        if town_fare is not None and element in ("bytakst=low", "bytakst=high")
        else in_kroner_words(element) or ELEMENTS.get(element, element)
        for element in elements
    ]
    return "; ".join(words) or "grundtakst alene"


def own_areas(comparison: Answer, name: str) -> str:
    """Return the names of an option's own town areas as the answer's note has them, empty where it has none."""
    opening = f"{name} har sit eget byområde: "
    note = next((note for note in comparison.notes if note.startswith(opening)), "")
    return _before_parenthesis(note.removeprefix(opening).removesuffix("."))


def _before_parenthesis(text: str) -> str:
    """Return a text without the parenthesis it ends with, which may have parentheses in it.

    >>> _before_parenthesis("Holbæk (2), Tølløse (sognene (uden polygoner))")
    'Holbæk (2), Tølløse'
    """
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(text[place], 0)
        if not depth:
            return text[:place].rstrip()
    return ""


def is_own_volume(comparison: Answer) -> bool:
    """Say whether the number of passengers is the municipality's own."""
    return bool(comparison.volume.origin == "own")


def volume_words(comparison: Answer) -> str:
    """Say where the number of passengers comes from."""
    volume = comparison.volume
    statement = volume.statement.removeprefix(f"{NOT_OWN}: ")
    if is_own_volume(comparison):
        return f"{statement}."
    counted = f"Regnet med ca. {approximately(volume.passengers)} passagerer om året: {statement}."
    surer = "Kommunens eget passagertal gør svaret langt sikrere."
    if len(comparison.options) == 1:
        return f"{counted} Beløbene i kroner bærer hele usikkerheden om passagertallet. {surer}"
    return (
        f"{counted} Læs derfor først virkningen i procent og pr. 1.000 bypassagerer (passagerer med begge ender i samme"
        f" byområde); beløbene i kroner bærer hele usikkerheden om passagertallet. {surer}"
    )


def lead_words(comparison: Answer, place: int) -> str:
    """Return an option's effect in percent and per 1,000 town passengers."""
    option, parts = comparison.options[place], []
    shares = ((net_cost_percents(comparison), "nettoudgiften"), (trip_percents(comparison), "antal ture"))
    for (figures, per_cent), name in shares:
        figure = figures[place - 1]
        if figure is not None:
            cell = percent_cell(figure, per_cent)
            unit = "" if "gange" in cell.text else " %"
            parts.append(f"{name} {cell.text} {cell.under[:-1]}{unit})")
    each = option.per_1000_town_passengers_oere
    if each is not None:
        parts.append(f"{_per_thousand(each)} pr. 1.000 bypassagerer")
    return f"{option.name}: {'; '.join(parts)}." if parts else f"{option.name}: kan ikke regnes i procent."


def _per_thousand(each: Figure) -> str:
    if not each.sign_is_sure:
        cell = change_cell(each, KRONER)
        return f"{cell.text} {cell.under[:-1]} kr.)"
    if each.mean == 0:
        return "0 kr."
    kind = "mindreudgift" if each.mean < 0 else "merudgift"
    low, high = sorted((abs(each.p10), abs(each.p90)))
    return f"{kind} ca. {approximately(abs(each.mean) / 100)} kr. ({span(Interval(low, high), KRONER)})"


def prebooked_words(comparison: Answer) -> str | None:
    """Say how many trips after the start date still pay as before, None without a start date."""
    booked = comparison.prebooked
    if booked is None or comparison.start is None:
        return None
    trips, passengers, standing = map(count_cell, (booked.trips, booked.passengers, booked.standing_trips))
    return (
        f"Når ordningen begynder {date_words(comparison.start)}, er {trips.text} ture {trips.under} med {passengers.text}"
        f" passagerer {passengers.under} allerede bestilt til dagene efter; de betaler som hidtil."
        f" {standing.text} {standing.under} af dem er faste ture."
    )


def introduction_words(comparison: Answer) -> str | None:
    """Say that an introduced service has not its settled volume at first, None where nothing is introduced."""
    begins = comparison.introduction
    return None if begins is None else begins.sentence


def _ends_words(comparison: Answer) -> str:
    """Say what the intervals rest on beside the simulated draws, and how well their ends are known; nothing where that is not told."""
    several = len(comparison.options) > 1
    told = [option.ends for option in comparison.options if option.ends is not None]
    known = [each.change if several else each.net_cost for each in told]
    shares = [each.width_percent for each in known if each is not None]
    if not shares:
        return ""
    of, worst = (
        "ændringens" if several else "nettoudgiftens",
        " for den mest usikre valgmulighed" if len(known) > 2 else "",
    )
    return (
        f" Intervallerne bygger også på {danish(told[0].closed_form_draws)} sæt, der er regnet uden at køre turene og rettet ind efter"
        f" de {comparison.draws}. Hver ende af {of} interval er usikker med {danish(max(shares), 1)} % af intervallets bredde (én"
        f" standardfejl){worst}."
    )


def precision_words(comparison: Answer) -> str:
    """Say how far chance was brought down, and whether that was as far as asked for."""
    precision, runs = comparison.precision, comparison.replications
    width, allowed = precision.half_width_oere, precision.allowed_oere
    draws = comparison.draws
    many = (
        f"{runs} gentagelse{'r' if runs != 1 else ''} af året og {draws} sæt forudsætninger.{_ends_words(comparison)}"
    )
    if not draws:
        many += " Forudsætningerne er ikke varieret: intervallerne viser kun tilfældighed."
    if not math.isfinite(width):
        return f"{many} Én gentagelse viser ikke, hvor meget tilfældighed betyder."
    several = len(comparison.options) > 1
    about = "den gennemsnitlige ændring i nettoudgift" if several else "den gennemsnitlige nettoudgift"
    worst = " for den mest usikre valgmulighed" if len(comparison.options) > 2 else ""
    told = (
        f"95 %-intervallet for {about}, alene tilfældighed, er{worst} ±{kroner(width)} kr.;"
        f" højst ±{kroner(allowed)} kr. var ønsket"
    )
    if precision.reached:
        return f"{many} {told}. Den ønskede nøjagtighed er nået."
    return f"{many} {told}. Den ønskede nøjagtighed er ikke nået: flere gentagelser ville gøre svaret sikrere."
