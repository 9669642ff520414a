"""Sentences on a result in the page's language; the Danish ones are the comparison's own."""

from collections.abc import Sequence

from sim.answer.flexhandicap import share_words
from sim.answer.records.option import Flexhandicap
from sim.answer.wording import amounts
from sim.words.figure import Figure
from sim.words.numbers import approximately, english_marks


def sentence_en(name: str, town: str, cost: Figure, trips: Figure, year: int, price_level: int | None) -> str:
    """Return one plain sentence in English, with the same numbers as the Danish one.

    >>> cost, trips = Figure(-40e6, -50e6, -30e6), Figure(-2900.0, -3000.0, -2800.0)
    >>> print(sentence_en("Ny", "Holbæk", cost, trips, 2027, 2026))
    Ny in Holbæk lowers the net cost in 2027 by about DKK 400,000 a year (300,000-500,000) in prices of 2026, with about 2,900 fewer trips.
    """
    riders = _riders(trips)
    if cost.is_nothing:
        same = (
            f"changes nothing compared with {year} unchanged"
            if trips.mean == 0
            else f"costs the same as {year} unchanged, {riders}"
        )
        return f"{name} in {town} {same}."
    sure, prices = cost.sign_is_sure, f" in prices of {price_level}" if price_level else ""
    *told, unit = amounts(cost, signed=not sure)
    mean, low, high = map(english_marks, told)
    million = " million" if unit.startswith("mio") else ""
    if not sure:
        span = f"DKK {low} to {high}{million} a year{prices}"
        return f"{name} in {town} is uncertain: it may raise or lower the net cost in {year} ({span}), {riders}."
    does = "lowers" if cost.mean < 0 else "raises"
    return f"{name} in {town} {does} the net cost in {year} by about DKK {mean}{million} a year ({low}-{high}){prices}, {riders}."


def flexhandicap_en(name: str, shown: Flexhandicap, share: Sequence[float]) -> str | None:
    """Return the line on an option's follow-on cost in English, with the numbers of the Danish one; None where there is none."""
    cost = shown.cost_oere
    if cost.is_nothing:
        return None
    *told, unit = amounts(cost, signed=False)
    mean, low, high = map(english_marks, told)
    million = " million" if unit.startswith("mio") else ""
    part = english_marks(share_words(share))
    away = english_marks(approximately(shown.turned_away_trips.mean))
    return (
        f"{name}: flexhandicap may add about DKK {mean}{million} a year ({low}-{high}) if {part} of the about {away}"
        " trips turned away come back as flexhandicap. It is not part of the net cost."
    )


def _riders(trips: Figure) -> str:
    if trips.p10 < 0 < trips.p90:
        return english_marks(
            f"with either fewer or more trips ({approximately(trips.p10)} to +{approximately(trips.p90)})"
        )
    count = english_marks(approximately(abs(trips.mean)))
    if count == "0":
        return "with the same number of trips"
    return f"with about {count} {'fewer' if trips.mean < 0 else 'more'} trip{'' if count == '1' else 's'}"
