"""The one place where a document's numbers become text: rounded for people, with the marks of the language."""

from dataclasses import dataclass

from sim.telling.section import Column, Figure, Rows, Text, Unit, Value
from sim.telling.sheet import Lang
from sim.words.cells import NONE, UNSURE
from sim.words.figure import Figure as Published
from sim.words.numbers import OERE_PER_KRONE, english_marks
from sim.words.rounding import Printed, thousands_for

COUNT = Unit()
SHARE = Unit(suffix="\u00a0%")
KRONER = Unit(per=OERE_PER_KRONE)
THOUSANDS_FROM_OERE = 10_000_000
"""Amounts from 100,000 kr on are shown in thousands of kroner."""
UNCERTAIN = Text(UNSURE, "uncertain")


@dataclass(frozen=True)
class Shown:
    """A cell as it is read: the number or words, what is under it, and the language of each."""

    text: str
    under: str
    language: Lang
    under_language: Lang


def money(figures: list[Figure]) -> tuple[Unit, Text]:
    """Return the unit in which amounts (oere) of one table are shown, and its name: kroner, or thousands where they are large.

    >>> money([Figure(98e6), Figure(-510_480.0)])[0], money([Figure(98e6), Figure(-26e6)])[0].decimals
    (Unit(per=100000, decimals=1, suffix=''), 0)
    """
    known = [published(figure) for figure in figures]
    if max((abs(number) for figure in known for number in figure.numbers), default=0.0) < THOUSANDS_FROM_OERE:
        return KRONER, Text("kr.", "DKK")
    shown = thousands_for(known)
    return Unit(shown.unit, shown.decimals), Text("1.000 kr.", "DKK thousand")


def shown(value: Value, column: Column, lang: Lang) -> Shown:
    """Return one cell."""
    if value is None:
        return Shown(NONE, "", lang, lang)
    if isinstance(value, Text):
        return Shown(value.in_language(lang), "", value.language(lang), lang)
    if isinstance(value, Figure):
        return _figure(value, column.unit, lang)
    text, under = value.text, value.under
    return Shown(text.in_language(lang), under.in_language(lang), text.language(lang), under.language(lang))


def _figure(figure: Figure, unit: Unit, lang: Lang) -> Shown:
    printed = Printed(unit.per, unit.decimals, plus=figure.change)

    def marked(text: str) -> str:
        return text if lang == "da" else english_marks(text)

    mean = f"{marked(printed(figure.mean))}{unit.suffix}"
    if figure.low is None or figure.high is None:
        return Shown(mean, "", lang, lang)
    low, high = map(marked, printed.interval(published(figure)))
    to = " til " if lang == "da" else " to "
    span = f"({low}{to if figure.change or low.startswith('-') else '-'}{high})"
    unsure = figure.change and not sure(figure)
    return Shown(UNCERTAIN.in_language(lang) if unsure else mean, span, lang, lang)


def sure(figure: Figure) -> bool:
    """Say whether a figure's sign is sure, see `sim.words.figure.Figure`; one without an interval is known."""
    return figure.low is None or figure.high is None or published(figure).sign_is_sure


def published(figure: Figure) -> Published:
    """Return a figure as the answer has it; one without an interval is known."""
    low, high = (figure.mean if end is None else end for end in (figure.low, figure.high))
    return Published(figure.mean, low, high)


def shown_rows(rows: Rows, lang: Lang) -> list[list[Shown]]:
    """Return a table's cells as they are read."""
    return [[shown(value, column, lang) for value, column in zip(row, rows.columns, strict=True)] for row in rows.rows]
