"""What the option in force costs in the year and in the years ahead, in sentences of both languages."""

from sim.report.cells import Cell, Json, millions_cell
from sim.report.phrases import listed
from sim.report.table import net_cost_cells
from sim.wording import english_marks


def cost_words(comparison: Json) -> str:
    """Return what the option in force costs in a year, with its interval."""
    return f"Nettoudgiften er i {comparison['year']} under nuværende ordning {_danish(_cost(comparison), ' om året')}."


def cost_words_en(comparison: Json) -> str:
    """Return the same in English."""
    return f"The net cost in {comparison['year']} under the present scheme is {_english(_cost(comparison), ' a year')}."


def years_ahead_words(comparison: Json) -> str | None:
    """Return the net cost of each overslagsår under the option in force, None where none was asked for."""
    years = [f"{_danish(cost)} i {year}" for year, cost in _ahead(comparison)]
    level = _level(comparison, "årets priser", "faste priser")
    return f"I overslagsårene er den {listed(years)}, i {level}." if years else None


def years_ahead_words_en(comparison: Json) -> str | None:
    """Return the same in English."""
    years = [f"{_english(cost)} in {year}" for year, cost in _ahead(comparison)]
    level = _level(comparison, "prices of each year", "fixed prices")
    return f"In the years ahead it is {'; '.join(years)}, in {level}." if years else None


def _cost(comparison: Json) -> Cell:
    """Return the cell of the officers' table, so that the sentence has its figures."""
    return net_cost_cells(comparison["options"])[0]


def _ahead(comparison: Json) -> list[tuple[int, Cell]]:
    years = (comparison.get("outlook") or {"years": []})["years"]
    return [(year["year"], millions_cell(year["options"][0]["net_cost_oere"])) for year in years[1:]]


def _level(comparison: Json, yearly: str, fixed: str) -> str:
    return fixed if (comparison.get("outlook") or {}).get("fixed_prices") else yearly


def _danish(cost: Cell, each: str = "") -> str:
    return f"{cost.text} mio. kr.{each} {cost.under}".strip()


def _english(cost: Cell, each: str = "") -> str:
    return f"DKK {english_marks(cost.text)} million{each} {english_marks(cost.under)}".strip()
