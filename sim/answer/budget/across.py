"""Months that stand side by side: a sheet with a month a column, turned so that it has a month a row."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sim.answer.budget.month_rows import MOST_ABOVE, is_sum, kind_of
from sim.answer.budget.sheet import Cell, Row
from sim.inputs.intake.workbook import rows_named
from tariffs.errors import InputError

FEWEST_MONTHS = 2
_TURNED = {"kolonne ": "rækken ", "række ": "kolonne ", "Række ": "Kolonne ", "rækker ": "kolonner "}


@dataclass(frozen=True)
class Turned:
    """A sheet with a month a row, numbered by the columns that it had; the rows above its months, and what was passed over."""

    rows: list[Row]
    above: list[Row]
    notes: list[str]


def turned(rows: Sequence[Row], is_month: Callable[[Cell], bool], where: str) -> Turned | None:
    """Return a sheet whose months stand side by side with them below each other, None when they do not.

    Raises InputError when no row under them is the passengers.
    """
    place = next((n for n, (_, row) in enumerate(rows[:MOST_ABOVE]) if _months(row, is_month)), None)
    if place is None:
        return None
    heading = rows[place][1]
    months = _months(heading, is_month)
    named = [(number, row, _label(row[: months[0]])) for number, row in rows[place + 1 :]]
    read = [(row, label) for _, row, label in named if kind_of(label) in ("passengers", "cost")]
    if not any(kind_of(label) == "passengers" for _, label in read):
        raise InputError(
            "Månederne står ved siden af hinanden, men ingen række under dem hedder passagerer",
            where=where,
            next_step="skriv »passagerer« foran rækken med antallet",
        )
    columns = [n for n in range(months[0], len(heading)) if n in months or is_sum(heading[n])]
    found = [(1, ["måned", *(label for _, label in read)])]
    found += [(n + 1, [heading[n], *(row[n] if n < len(row) else "" for row, _ in read)]) for n in columns]
    notes = ["Månederne står ved siden af hinanden og er læst en kolonne ad gangen."]
    passed = tuple(number for number, _, label in named if kind_of(label) not in ("passengers", "cost"))
    if passed:
        text = rows_named(passed)
        notes.append(f"{text[0].upper()}{text[1:]} er hverken passagerer eller nettoudgift og er ikke læst.")
    return Turned(found, list(rows[:place]), notes)


def stands_across(rows: Sequence[Row], is_month: Callable[[Cell], bool]) -> bool:
    """Say whether a row of a sheet has months side by side."""
    return any(_months(row, is_month) for _, row in rows[:MOST_ABOVE])


def said_of_columns(text: str) -> str:
    """Return what is said of a turned sheet by its own rows and columns.

    >>> said_of_columns("række 3, kolonne passagerer: 'x'")
    "kolonne 3, rækken passagerer: 'x'"
    """
    return re.sub("|".join(_TURNED), lambda found: _TURNED[found[0]], text)


def _months(row: Sequence[Cell], is_month: Callable[[Cell], bool]) -> list[int]:
    """Return where the months of a row stand, [] where they are too few; a number alone is no month here."""
    places = [n for n, cell in enumerate(row) if not isinstance(cell, int | float) and is_month(cell)]
    places = [n for n in places if not str(row[n]).strip().isdigit()]
    return places if len(places) >= FEWEST_MONTHS and places[0] > 0 else []


def _label(cells: Sequence[Cell]) -> str:
    """Return the first text of a row that names what its numbers are."""
    texts = [cell for cell in cells if isinstance(cell, str) and cell]
    return next((text for text in texts if kind_of(text)), texts[0] if texts else "")
