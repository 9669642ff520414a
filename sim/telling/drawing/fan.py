"""How net cost runs: through this budget year month by month, or through the years ahead where they are calculated."""

from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.months import LETTERS
from sim.telling.drawing.panels import Mark, Panel, panels
from sim.telling.drawing.said import INTERVAL, kroner_words, sentences, span_words
from sim.telling.drawing.svg import document
from sim.telling.report.outlook_section import outlook_tables
from sim.telling.report.phrases import date_words, year_words
from sim.words.cells import Cell, Json, figure_cell, thousands
from sim.words.table import Table
from tariffs.typed import MONTHS

KEY = "accumulated_net_cost_oere"


def fan(comparison: Json, width: int = WIDE) -> Drawing | None:
    """Draw the years ahead, else the budget year; None for a comparison that was kept before it held the months' sums."""
    if comparison.get("outlook") is not None:
        return years(comparison, width)
    return budget_year(comparison, width) if KEY in comparison["options"][0]["months"][0] else None


def budget_year(comparison: Json, width: int = WIDE) -> Drawing:
    """Draw net cost from 1 January, added month by month, with the budget as a level where there is one."""
    options, start = comparison["options"], comparison["start"]
    since = "" if start is None else f"andre ordninger gælder fra {date_words(start)}"
    budget = (comparison.get("budget") or {}).get("budget_oere")
    mark = None if budget is None else Mark(budget, f"årets budget, {kroner_words(budget)}")
    shown = [Panel(option["name"], [month[KEY] for month in option["months"]]) for option in options]
    pieces, height = panels(shown, LETTERS, width, told=since, mark=mark)
    title = f"Nettoudgift i {year_words(comparison['year'])}, lagt sammen måned for måned"
    ends = [(option["name"], option["months"][-1][KEY]) for option in options]
    alt = f"Ved årets udgang: {sentences([_said(name, figure) for name, figure in ends])} {INTERVAL}"
    rows = tuple(
        (Cell(MONTHS[n]), *(figure_cell(option["months"][n][KEY], thousands) for option in options)) for n in range(12)
    )
    table = Table(f"{title}, 1.000 kr.", ("til og med", *(option["name"] for option in options)), rows)
    return Drawing("fan", title, alt, document("fan", width, height, title, alt, pieces), table)


def years(comparison: Json, width: int = WIDE) -> Drawing:
    """Draw net cost in the budget year and the overslagsår."""
    ahead = comparison["outlook"]["years"]
    names = [option["name"] for option in ahead[0]["options"]]
    shown = [Panel(name, [year["options"][n]["net_cost_oere"] for year in ahead]) for n, name in enumerate(names)]
    pieces, height = panels(shown, [str(year["year"]) for year in ahead], width)
    title = f"Nettoudgift i budgetåret og overslagsårene {ahead[0]['year']}-{ahead[-1]['year']}"
    clauses = [_said(panel.name, panel.figures[-1]) for panel in shown]
    alt = f"I {ahead[-1]['year']}: {sentences(clauses)} {INTERVAL}"
    return Drawing("fan", title, alt, document("fan", width, height, title, alt, pieces), outlook_tables(comparison)[0])


def _said(name: str, figure: Json) -> str:
    return f"{name} {kroner_words(figure['mean'])} {span_words(figure)}"
