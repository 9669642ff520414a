"""How net cost runs: through this budget year month by month, or through the years ahead where they are calculated."""

from collections.abc import Sequence
from itertools import accumulate

from sim.answer.records import Answer
from sim.answer.records.outlook import Outlook
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import INTERVAL, kroner_words, sentences, span_words
from sim.telling.drawing.months import LETTERS
from sim.telling.drawing.panels import Mark, Panel, panels
from sim.telling.drawing.svg import document
from sim.telling.report.outlook_section import outlook_tables
from sim.telling.report.phrases import date_words, year_words
from sim.telling.report.printed import money, months_steps
from sim.telling.report.table import month_figures
from sim.words.cells import Cell, figure_cell
from sim.words.figure import Figure
from sim.words.table import Table
from tariffs.typed import MONTHS


def fan(comparison: Answer, width: int = WIDE) -> Drawing | None:
    """Draw the years ahead, else the budget year; None for a comparison that was kept before it held the months' sums."""
    if comparison.outlook is not None:
        return years(comparison, comparison.outlook, width)
    reached = [
        [month.accumulated_net_cost_oere for month in option.months if month.accumulated_net_cost_oere is not None]
        for option in comparison.options
    ]
    return budget_year(comparison, reached, width) if all(len(figures) == len(MONTHS) for figures in reached) else None


def budget_year(comparison: Answer, reached: Sequence[Sequence[Figure]], width: int = WIDE) -> Drawing:
    """Draw each option's net cost from 1 January to the end of each month, with the budget as a level where there is one."""
    options, start = comparison.options, comparison.start
    since = "" if start is None else f"andre ordninger gælder fra {date_words(start)}"
    budget = None if comparison.budget is None else comparison.budget.budget_oere
    mark = None if budget is None else Mark(budget, f"årets budget, {kroner_words(budget)}")
    shown = [Panel(option.name, figures, MONTHS) for option, figures in zip(options, reached, strict=True)]
    pieces, height = panels(shown, LETTERS, width, told=since, mark=mark)
    title = f"Nettoudgift i {year_words(comparison.year)}, lagt sammen måned for måned"
    alt = f"Ved årets udgang: {sentences([_said(panel.name, panel.figures[-1]) for panel in shown])} {INTERVAL}"
    money_shown = money(comparison)
    months = [[month.mean for month in month_figures(option, start)] for option in options]
    steps = [list(accumulate(own)) for own in months_steps(comparison, months)]
    rows = tuple(
        (
            Cell(MONTHS[n]),
            *(figure_cell(of[n], money_shown, own[n]) for of, own in zip(reached, steps, strict=True)),
        )
        for n in range(12)
    )
    table = Table(f"{title}, 1.000 kr.", ("til og med", *(option.name for option in options)), rows)
    return Drawing("fan", title, alt, document("fan", width, height, title, alt, pieces), table)


def years(comparison: Answer, outlook: Outlook, width: int = WIDE) -> Drawing:
    """Draw net cost in the budget year and the overslagsår."""
    ahead = outlook.years
    names = [option.name for option in ahead[0].options]
    shown = [Panel(name, [year.options[n].net_cost_oere for year in ahead]) for n, name in enumerate(names)]
    pieces, height = panels(shown, [str(year.year) for year in ahead], width)
    title = f"Nettoudgift i budgetåret og overslagsårene {ahead[0].year}-{ahead[-1].year}"
    clauses = [_said(panel.name, panel.figures[-1]) for panel in shown]
    alt = f"I {ahead[-1].year}: {sentences(clauses)} {INTERVAL}"
    return Drawing("fan", title, alt, document("fan", width, height, title, alt, pieces), outlook_tables(comparison)[0])


def _said(name: str, figure: Figure) -> str:
    return f"{name} {kroner_words(figure.mean)} {span_words(figure)}"
