"""The change in net cost of every option, and its trips, as points with their intervals."""

from sim.answer.records import Answer
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import INTERVAL, THOUSAND_KRONER, UNIT, change, change_words, count, sentences
from sim.telling.drawing.rows import Axis, Line, Row, interval, row_chart
from sim.telling.drawing.svg import BLUE, QUIET, VERMILION, document
from sim.telling.report.phrases import in_prices
from sim.telling.report.printed import money, trip_counts
from sim.telling.report.table import change_table, trips_table
from sim.words.numbers import unchanged

NAME = "intervals"


def intervals(comparison: Answer, width: int = WIDE) -> Drawing:
    """Draw the change of each option: the full year as a dot, this budget year's part as a diamond; hollow where unsure."""
    rows, values, shown_as = [], [], money(comparison)
    for place, option in enumerate(comparison.options[1:], start=2):
        shown = [("hele året", option.change.net_cost_oere, BLUE)]
        if option.part_year_change_oere is not None:
            shown.append(("i budgetåret", option.part_year_change_oere, VERMILION))
        lines = [
            Line(
                f"{name}: {change(figure, shown_as)}",
                interval(figure, THOUSAND_KRONER, colour, rhomb=colour == VERMILION, hollow=not figure.sign_is_sure),
            )
            for name, figure, colour in shown
        ]
        rows.append(Row(option.name, tuple(lines), place))
        values += [number / THOUSAND_KRONER for _, figure, _ in shown for number in figure.numbers]
    against, unit = unchanged(comparison.year), f"{UNIT}{in_prices(comparison)}"
    title = f"Ændring i nettoudgift i forhold til {against}"
    parts, height = row_chart(rows, Axis(tuple(values), unit, "mindreudgift", "merudgift"), width)
    clauses = [change_words(o.name, o.change.net_cost_oere) for o in comparison.options[1:]]
    alt = f"Om året i forhold til {against}{in_prices(comparison)}: {sentences(clauses)} {INTERVAL}"
    return Drawing(NAME, title, alt, document(NAME, width, height, title, alt, parts), change_table(comparison))


def trips(comparison: Answer, width: int = WIDE) -> Drawing:
    """Draw the trips of each option, today's grey."""
    options = comparison.options
    steps = [after for after, _ in trip_counts(options)]
    rows = [
        Row(
            o.name,
            (Line(f"{count(o.trips, steps[place])} ture", interval(o.trips, 1, BLUE if place else QUIET)),),
            place + 1,
        )
        for place, o in enumerate(options)
    ]
    values = [number for option in options for number in option.trips.numbers]
    parts, height = row_chart(rows, Axis(tuple(values), "ture om året"), width)
    clauses = [f"{option.name} {count(option.trips, n)}" for option, n in zip(options, steps, strict=True)]
    alt = f"Ture om året: {sentences(clauses)} {INTERVAL}"
    title = "Ture på et helt år"
    return Drawing("trips", title, alt, document("trips", width, height, title, alt, parts), trips_table(comparison))
