"""What the option in force costs in the year and in the years ahead, in sentences of both languages."""

from sim.answer.records import Answer
from sim.telling.report.headline import kroner_span
from sim.telling.report.printed import money
from sim.words.figure import Figure
from sim.words.numbers import english_marks, kroner, listed


def cost_words(comparison: Answer) -> str:
    """Return what the option in force costs in a year, with its interval."""
    return f"Nettoudgiften er i {comparison.year} under nuværende ordning {_danish(comparison, _cost(comparison), ' om året')}."


def cost_words_en(comparison: Answer) -> str:
    """Return the same in English."""
    return f"The net cost in {comparison.year} under the present scheme is {_english(comparison, _cost(comparison), ' a year')}."


def years_ahead_words(comparison: Answer) -> str | None:
    """Return the net cost of each overslagsår under the option in force, None where none was asked for."""
    years = [f"{_danish(comparison, cost)} i {year}" for year, cost in _ahead(comparison)]
    level = _level(comparison, "årets priser", "faste priser")
    return f"I overslagsårene er den {listed(years)}, i {level}." if years else None


def years_ahead_words_en(comparison: Answer) -> str | None:
    """Return the same in English."""
    years = [f"{_english(comparison, cost)} in {year}" for year, cost in _ahead(comparison)]
    level = _level(comparison, "prices of each year", "fixed prices")
    return f"In the years ahead it is {'; '.join(years)}, in {level}." if years else None


def _cost(comparison: Answer) -> Figure:
    return comparison.options[0].net_cost_oere


def _ahead(comparison: Answer) -> list[tuple[int, Figure]]:
    years = () if comparison.outlook is None else comparison.outlook.years
    return [(year.year, year.options[0].net_cost_oere) for year in years[1:]]


def _level(comparison: Answer, yearly: str, fixed: str) -> str:
    return fixed if comparison.outlook is not None and comparison.outlook.fixed_prices else yearly


def _danish(comparison: Answer, cost: Figure, each: str = "") -> str:
    return f"ca. {_as_printed(comparison, cost)} kr.{each} ({kroner_span(cost)})"


def _english(comparison: Answer, cost: Figure, each: str = "") -> str:
    return english_marks(f"about DKK {_as_printed(comparison, cost)}{each} ({kroner_span(cost)})")


def _as_printed(comparison: Answer, cost: Figure) -> str:
    """Return a net cost in kroner, as the tables have it in thousands: it is the amount that goes into a budget."""
    shown = money(comparison)
    return kroner(shown.steps(cost.mean) * shown.least)
