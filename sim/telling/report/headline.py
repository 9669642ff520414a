"""An option's effect in one line: kroner and per cent, the fare before and after, and what it comes to in this budget year."""

import math
from dataclasses import dataclass
from datetime import date

from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.answer.records.prices import TripPrice
from sim.telling.report.phrases import date_words
from sim.telling.report.printed import accounts, money, net_cost_percents
from sim.words.cells import MOST_PERCENT, WHOLE_TIMES, between
from sim.words.figure import Figure
from sim.words.numbers import OERE_PER_KRONE, approximately, danish, english_marks, kroner, nearest, unchanged
from sim.words.rounding import Printed, outwards

DIGITS = 3
LEAST_PERCENT = 0.1
HUNDREDS = 100.0 * OERE_PER_KRONE
WORDS = {
    "da": {
        "less": "mindreudgift ca. {} kr.", "more": "merudgift ca. {} kr.", "unsure": "usikkert: kan blive mer- eller mindreudgift",
        "year": "{}{} om året", "same": "ingen ændring i forhold til {}", "part": "i {} fra {}: {}", "none": "ingen ændring",
        "kr": "{} kr.", "fewer": "ca. {} færre ture", "gain": "ca. {} flere ture", "trips": "samme antal ture",
        "either": "færre eller flere ture ({})", "closed": "køres ikke", "times": "ca. {} gange", "under": "under {} %",
    },
    "en": {
        "less": "about DKK {} less", "more": "about DKK {} more", "unsure": "uncertain: may raise or lower the net cost",
        "year": "{}{} a year", "same": "no change from {}", "part": "in {} from {}: {}", "none": "no change",
        "kr": "DKK {}", "fewer": "about {} fewer trips", "gain": "about {} more trips", "trips": "the same number of trips",
        "either": "fewer or more trips ({})", "closed": "not run", "times": "about {} times", "under": "under {} %",
    },
}  # fmt: skip


@dataclass(frozen=True)
class Headline:
    """What the first screen says of an option, in one language.

    Attributes
    ----------
    amount : the change in kroner and per cent, or that it may go either way
    interval : the interval of the change
    fare : an adult's price, by phone, before and after on the first typical trip that changes price; empty where none does
    trip : that trip, in Danish
    part : what the change comes to in the budget year; empty without a start date
    trips : how many trips fewer or more
    """

    amount: str
    interval: str
    fare: str
    trip: str
    part: str
    trips: str

    def __str__(self) -> str:
        """Return the line as a sentence."""
        told = ", ".join(filter(None, (f"{self.amount} {self.interval}".strip(), self.fare)))
        return "; ".join(filter(None, (told, self.part, self.trips))) + "."


def headline(comparison: Answer, place: int, language: str = "da") -> Headline:
    """Return an option's headline."""
    option, words = comparison.options[place], WORDS[language]
    cost, percent = option.change.net_cost_oere, net_cost_percents(comparison)[0][place - 1]
    trip = fare_move(comparison, place)
    told = Headline(
        _amount(cost, accounts(comparison)[place].change, money(comparison), percent_words(percent, words), words)
        or words["same"].format(unchanged(comparison.year) if language == "da" else f"{comparison.year} unchanged"),
        f"({words['kr'].format(kroner_span(cost))})" if not cost.is_nothing else "",
        "" if trip is None else _fare(trip, place, words),
        "" if trip is None else trip.trip,
        _part(comparison, option, words),
        _trips(option.change.trips, words),
    )
    if language == "da":
        return told
    english = {key: english_marks(text).replace(" til ", " to ") for key, text in vars(told).items() if key != "trip"}
    return Headline(**english, trip=told.trip)


def _amount(figure: Figure, steps: int, shown: Printed, percent: str, words: dict[str, str]) -> str | None:
    """Return an amount with its kind, None where nothing changes at all."""
    if figure.is_nothing:
        return None
    if not figure.sign_is_sure:
        return words["unsure"]
    kind = words["less" if figure.mean < 0 else "more"].format(whole_kroner(steps * shown.least))
    return words["year"].format(kind, percent and f" ({percent})")


def _part(comparison: Answer, option: OptionAnswer, words: dict[str, str]) -> str:
    figure, shown = option.part_year_change_oere, money(comparison)
    if figure is None or comparison.start is None:
        return ""
    if figure.is_nothing:
        told = words["none"]
    elif figure.sign_is_sure:
        kind = words["less" if figure.mean < 0 else "more"]
        told = kind.format(whole_kroner(shown.steps(figure.mean) * shown.least))
    else:
        told = words["unsure"].partition(":")[0] + f" ({words['kr'].format(kroner_span(figure))})"
    return words["part"].format(comparison.year, _day(comparison.start, words), told)


def _day(day: date, words: dict[str, str]) -> str:
    """Return the day without its year, which the line has named."""
    told = date_words(day)
    return (english_marks(told) if words is WORDS["en"] else told).rpartition(" ")[0]


def _trips(figure: Figure, words: dict[str, str]) -> str:
    """Return how the number of trips moves; one that may go either way is said to be uncertain."""
    if figure.p10 < 0 < figure.p90:
        return words["either"].format(between(*outwards(figure.p10, figure.p90), Printed(1, plus=True)))
    count = approximately(abs(figure.mean))
    return words["trips"] if count == "0" else words["fewer" if figure.mean < 0 else "gain"].format(count)


def _fare(trip: TripPrice, place: int, words: dict[str, str]) -> str:
    before, after = (trip.oere[n] for n in (0, place))
    if after is None:
        return words["closed"]
    first = "" if before is None else f"{kroner(before.adult_phone)} → "
    return words["kr"].format(f"{first}{kroner(after.adult_phone)}")


def fare_move(comparison: Answer, place: int) -> TripPrice | None:
    """Return the first typical trip that an option gives another price for an adult by phone; None where there is none."""

    def price(trip: TripPrice, n: int) -> int | None:
        found = trip.oere[n]
        return None if found is None else found.adult_phone

    return next((t for t in comparison.citizen_prices if price(t, 0) != price(t, place)), None)


def change_kroner(comparison: Answer, place: int) -> str:
    """Return the size of an option's change in net cost in kroner, as its headline has it."""
    return whole_kroner(accounts(comparison)[place].change * money(comparison).least)


def moved_words(figure: Figure, shown: Printed, language: str = "da") -> str:
    """Return a change of a year in kroner with its interval, as a headline has it.

    >>> moved_words(Figure(-16.2e6, -17.2e6, -15.5e6), Printed(100_000))
    'mindreudgift ca. 162.000 kr. om året (155.000-172.000 kr.)'
    """
    words = WORDS[language]
    told = _amount(figure, shown.steps(figure.mean), shown, "", words) or words["year"].format(words["none"], "")
    if not figure.is_nothing:
        told = f"{told} ({words['kr'].format(kroner_span(figure))})"
    return told if language == "da" else english_marks(told).replace(" til ", " to ")


def percent_words(percent: Figure | None, words: dict[str, str]) -> str:
    """Return how large a change is in per cent, without its sign: whole, or with a decimal below one; empty for none.

    One that may be more than twice as much again is told in times.

    >>> [percent_words(Figure.known(mean), WORDS["da"]) for mean in (-8.6, 0.4, -0.02, 303.9)]
    ['9 %', '0,4 %', 'under 0,1 %', 'ca. 4,0 gange']
    """
    if percent is None:
        return ""
    if percent.p90 > MOST_PERCENT:
        times = 1 + percent.mean / 100
        return words["times"].format(danish(times, 1 if times < WHOLE_TIMES else 0))
    size = abs(percent.mean)
    if size < LEAST_PERCENT:
        return words["under"].format(danish(LEAST_PERCENT, 1))
    return f"{danish(size, 0 if size >= 1 else 1)} %"


def whole_kroner(oere: float) -> str:
    """Return the size of an amount in whole kroner to three digits.

    >>> whole_kroner(-7_300_000.0), whole_kroner(1_234_500_000.0), whole_kroner(31_000.0)
    ('73.000', '12.300.000', '310')
    """
    amount = abs(oere) / OERE_PER_KRONE
    if not amount:
        return "0"
    step = 10 ** max(0, math.floor(math.log10(amount)) + 1 - DIGITS)
    return danish(nearest(amount / step) * step)


def kroner_span(figure: Figure) -> str:
    """Return an interval in kroner, rounded outwards; without signs, the smaller first, where both ends go the same way.

    >>> kroner_span(Figure(-6.8e6, -12_969_367.0, -4_612_671.0))
    '46.000-130.000'
    """
    low, high = figure.p10, figure.p90
    if figure.sign_is_sure:
        low, high = sorted((abs(low), abs(high)))
    first, last = outwards(low, high, HUNDREDS if high - low > 10 * HUNDREDS else float(OERE_PER_KRONE))
    return between(first, last, Printed(OERE_PER_KRONE, plus=low < 0 < high))
