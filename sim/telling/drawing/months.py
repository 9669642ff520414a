"""Net cost month by month."""

from sim.answer.records import Answer
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import INTERVAL, kroner_words, sentences, span_words
from sim.telling.drawing.panels import Panel, panels
from sim.telling.drawing.svg import document
from sim.telling.report.phrases import date_words
from sim.telling.report.table import month_figures, months_table
from tariffs.typed import MONTHS

TITLE = "Nettoudgift pr. måned"
LETTERS = tuple(month[0] for month in MONTHS)


def months(comparison: Answer, width: int = WIDE) -> Drawing:
    """Draw each option's months as a line with its band; before the start date they are today's."""
    options, start = comparison.options, comparison.start
    shown = [Panel(option.name, month_figures(option, start), MONTHS) for option in options]
    since = "" if start is None else f"andre ordninger gælder fra {date_words(start)}"
    pieces, height = panels(shown, LETTERS, width, told=since)
    alt = f"{sentences([_dearest(panel) for panel in shown])} {INTERVAL}"
    return Drawing(
        "months", TITLE, alt, document("months", width, height, TITLE, alt, pieces), months_table(comparison)
    )


def _dearest(panel: Panel) -> str:
    month, cost = max(enumerate(panel.figures), key=lambda one: one[1].mean)
    return f"{panel.name} er dyrest i {MONTHS[month]}: {kroner_words(cost.mean)} {span_words(cost)}"
