"""The change in net cost of every option, as points with their intervals."""

from sim.drawing.drawing import WIDE, Drawing
from sim.drawing.rows import Axis, Line, Row, interval, row_chart
from sim.drawing.said import INTERVAL, THOUSAND_KRONER, UNIT, change, change_words, sentences
from sim.drawing.svg import BLUE, VERMILION, document
from sim.report.cells import Json, sign_is_sure
from sim.report.table import change_table

NAME = "intervals"
TITLE = "Ændring i nettoudgift i forhold til i dag"


def intervals(comparison: Json, width: int = WIDE) -> Drawing:
    """Draw the change of each option: the full year as a dot, this budget year's part as a diamond; hollow where unsure."""
    rows, values = [], []
    for option in comparison["options"][1:]:
        shown = [("hele året", option["change"]["net_cost_oere"], BLUE)]
        if option["part_year"] is not None:
            shown.append(("i budgetåret", option["part_year"]["change"]["net_cost_oere"], VERMILION))
        lines = [
            Line(
                f"{name}: {change(figure)}",
                interval(figure, THOUSAND_KRONER, colour, rhomb=colour == VERMILION, hollow=not sign_is_sure(figure)),
            )
            for name, figure, colour in shown
        ]
        rows.append(Row(option["name"], tuple(lines)))
        values += [figure[key] / THOUSAND_KRONER for _, figure, _ in shown for key in ("mean", "p10", "p90")]
    parts, height = row_chart(rows, Axis(tuple(values), UNIT, "mindreudgift", "merudgift"), width)
    clauses = [change_words(o["name"], o["change"]["net_cost_oere"]) for o in comparison["options"][1:]]
    alt = f"Om året i forhold til i dag: {sentences(clauses)} {INTERVAL}"
    return Drawing(NAME, TITLE, alt, document(NAME, width, height, TITLE, alt, parts), change_table(comparison))
