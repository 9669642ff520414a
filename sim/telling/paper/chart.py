"""The paper's one chart: the change in net cost of every option, in both languages."""

import re

from sim.answer.records import Answer
from sim.telling.drawing.drawing import WIDE
from sim.telling.drawing.rows import Axis, Line, Row, interval, row_chart
from sim.telling.drawing.svg import BLUE, SMALL, VERMILION, document
from sim.telling.figures import shown, sure
from sim.telling.paper.kroner import change_figure, change_spans, unit_of
from sim.telling.section import Column, Picture, Text
from sim.telling.sheet import Lang
from sim.words.numbers import english_marks, unchanged

NAME = "change"
_AXIS = re.compile(rf'(<text [^>]*font-size="{SMALL}"[^>]*>)([^<]*)(</text>)')
"""The words of a chart's axis, whose numbers the chart writes in Danish."""
LOWER, HIGHER = Text("mindreudgift", "lower cost"), Text("merudgift", "higher cost")


def change_chart(comparison: Answer) -> Picture:
    """Return the chart: the full year as a dot, this budget year's part as a diamond; hollow where unsure."""
    danish, english = _drawn(comparison, "da"), _drawn(comparison, "en")
    _, of = unit_of(comparison)
    year = comparison.year
    caption = Text(
        f"Ændring i nettoudgift i forhold til {unchanged(year)}, {of.da} om året",
        f"Change in net cost against {year} unchanged, {of.en} a year",
    )
    return Picture(NAME, Text(danish[0], english[0]), Text(danish[1], english[1]), caption)


def _drawn(comparison: Answer, lang: Lang) -> tuple[str, str]:
    """Return the chart and what it shows in words."""
    unit, of = unit_of(comparison)
    spans = change_spans(comparison)
    rows, values, told = [], [], []
    for place, option in enumerate(comparison.options[1:]):
        lines = []
        for (period, figures), colour in zip(spans, (BLUE, VERMILION), strict=False):
            figure, change = figures[place], change_figure(figures[place])
            cell = shown(change, Column("change", of, unit), lang)
            words = f"{period.in_language(lang)}: {cell.text} {cell.under}"
            told.append(f"{option.name}, {words}.")
            marks = interval(figure, unit.per, colour, rhomb=colour == VERMILION, hollow=not sure(change))
            lines.append(Line(words, marks))
            values += [number / unit.per for number in figures[place].numbers]
        rows.append(Row(option.name, tuple(lines)))
    axis = Axis(tuple(values), of.in_language(lang), LOWER.in_language(lang), HIGHER.in_language(lang))
    pieces, height = row_chart(rows, axis, WIDE)
    if lang == "en":
        pieces = [_AXIS.sub(lambda found: found[1] + english_marks(found[2]) + found[3], piece) for piece in pieces]
    title = Text("Ændring i nettoudgift", "Change in net cost").in_language(lang)
    alt = f"{title}, {of.in_language(lang)}: {' '.join(told)}"
    return document(NAME, WIDE, height, title, alt, pieces), alt
