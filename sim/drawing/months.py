"""Net cost month by month."""

from sim.drawing.drawing import WIDE, Drawing
from sim.drawing.panels import Panel, panels
from sim.drawing.said import INTERVAL, kroner_words, sentences, span_words
from sim.drawing.svg import document
from sim.report.cells import Json
from sim.report.phrases import MONTHS
from sim.report.table import months_table

TITLE = "Nettoudgift pr. måned"
LETTERS = tuple(month[0] for month in MONTHS)


def months(comparison: Json, width: int = WIDE) -> Drawing:
    """Draw each option's months as a line with its band."""
    options = comparison["options"]
    shown = [Panel(option["name"], [month["net_cost_oere"] for month in option["months"]]) for option in options]
    pieces, height = panels(shown, LETTERS, width)
    alt = f"{sentences([_dearest(option) for option in options])} {INTERVAL}"
    return Drawing(
        "months", TITLE, alt, document("months", width, height, TITLE, alt, pieces), months_table(comparison)
    )


def _dearest(option: Json) -> str:
    month = max(option["months"], key=lambda one: one["net_cost_oere"]["mean"])
    cost = month["net_cost_oere"]
    return f"{option['name']} er dyrest i {MONTHS[month['month'] - 1]}: {kroner_words(cost['mean'])} {span_words(cost)}"
