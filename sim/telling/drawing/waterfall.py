"""From today's net cost to an option's, part by part."""

from sim.answer.records import Answer
from sim.answer.records.option import WaterfallPart
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import (
    INTERVAL,
    THOUSAND_KRONER,
    UNIT,
    amount,
    change,
    change_words,
    sentences,
)
from sim.telling.drawing.figures_in_words import part as part_in_words
from sim.telling.drawing.rows import Axis, Line, Marks, Row, bar, both, row_chart, whisker
from sim.telling.drawing.scale import Scale
from sim.telling.drawing.svg import BLUE, GREEN, INK, VERMILION, document, line
from sim.telling.report.phrases import in_prices
from sim.telling.report.printed import accounts, money, parts_in_play, waterfall_steps
from sim.words.cells import Cell, change_cell, figure_cell
from sim.words.numbers import unchanged
from sim.words.table import Table

LABELS = {
    "fewer_trips": ("Brugerbetaling fra ture, der kommer til", "Brugerbetaling fra ture, der falder bort"),
    "higher_fares": ("Brugerbetaling fra ture, der køres som før",) * 2,
    "operator_payment": ("Vognmandsbetaling",) * 2,
    "movia_fee": ("Betaling til Movia",) * 2,
    "plustur": ("Plustur i alt",) * 2,
}
"""What each part is called where it lowers net cost, and where it raises it."""


def waterfall(comparison: Answer, place: int, width: int = WIDE) -> Drawing | None:
    """Draw how an option's parts add up to its change; None where the comparison does not hold the parts.

    Zero on the scale is today's net cost, so that bars of a few per cent of it can be seen. Parts that are nothing at all are
    left to the table.
    """
    today, option = comparison.options[0], comparison.options[place]
    if not option.waterfall:
        return None
    shown, year = money(comparison), accounts(comparison)
    steps = waterfall_steps(comparison, place)
    parts = [(part, n) for part, n in zip(option.waterfall, steps, strict=True) if not part.oere.is_nothing]
    name, title = (
        f"waterfall-{place + 1}",
        f"{option.name}: fra nettoudgiften, {unchanged(comparison.year)}, til nettoudgiften efter",
    )
    total = option.change.net_cost_oere
    rows = [
        Row(
            f"Nettoudgift, {unchanged(comparison.year)}",
            (Line(amount(today.net_cost_oere, shown, year[0].net_cost), None),),
        )
    ]
    values = [number / THOUSAND_KRONER for number in total.numbers]
    reached = 0.0
    for part, n in parts:
        end = reached + part.oere.mean / THOUSAND_KRONER
        colour = GREEN if end <= reached else VERMILION
        rows.append(
            Row(label(part), (Line(part_in_words(part.oere, shown, n), both(bar(reached, end, colour), _edge(end))),))
        )
        values.append(end)
        reached = end
    ends = both(bar(0.0, values[0], BLUE), whisker(values[1], values[2]))
    after = (
        Line(amount(option.net_cost_oere, shown, year[place].net_cost), None),
        Line(f"ændring {change(total, shown, year[place].change)}", ends),
    )
    rows.append(Row(f"Nettoudgift efter: {option.name}", after))
    drawn, height = row_chart(
        rows,
        Axis(
            tuple(values),
            f"ændring fra {unchanged(comparison.year)}, {UNIT} om året{in_prices(comparison)}",
            "mindreudgift",
            "merudgift",
        ),
        width,
    )
    clauses = [change_words(label(part), part.oere) for part, _ in parts]
    alt = f"{change_words(option.name, total)} om året. Delene: {sentences(clauses)} {INTERVAL}"
    return Drawing(name, title, alt, document(name, width, height, title, alt, drawn), table(comparison, place))


def label(part: WaterfallPart) -> str:
    """Return what a part of the change is called, by the way it goes."""
    return LABELS[part.id][part.oere.mean > 0]


def table(comparison: Answer, place: int) -> Table:
    """Return today's net cost, the parts of the change, and the option's net cost.

    A part's mean stands also where its interval crosses zero, so that the parts add up; the sum says when it is uncertain.
    """
    today, option = comparison.options[0], comparison.options[place]
    shown, year, steps = money(comparison), accounts(comparison), waterfall_steps(comparison, place)
    before, after, kept = year[0].net_cost, year[place].net_cost, parts_in_play(comparison)
    rows = [(Cell(f"Nettoudgift, {unchanged(comparison.year)}"), figure_cell(today.net_cost_oere, shown, before))]
    rows += [
        (Cell(label(part)), figure_cell(part.oere, shown.with_plus(), n))
        for part, n in zip(option.waterfall or (), steps, strict=True)
        if part.id in kept
    ]
    rows.append((Cell("Ændring i alt"), change_cell(option.change.net_cost_oere, shown, year[place].change)))
    rows.append((Cell(f"Nettoudgift efter: {option.name}"), figure_cell(option.net_cost_oere, shown, after)))
    caption = f"Fra {unchanged(comparison.year)} til {option.name}, {UNIT} om året{in_prices(comparison)}"
    return Table(caption, ("del", "beløb"), tuple(rows))


def _edge(value: float) -> Marks:
    """Return the thin line that a part ends at and the next begins at."""

    def marks(across: Scale, y: float) -> str:
        return line(across(value), y - 9, across(value), y + 9, INK)

    return marks
