"""What the cells of a column may be, whatever it is called: a day, a time, a count, an amount, a coordinate, a place or a word."""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from sim.geography.names import fold
from sim.inputs.intake.addresses import is_place
from sim.inputs.intake.cells import ERROR_CELL, Bools, Texts, clock_times, matches, moments
from sim.inputs.intake.number_cells import bare_amounts
from sim.inputs.intake.stamps import in_danish_time
from sim.inputs.intake.trip_reader import CHANNEL, MOST_PASSENGERS, PRODUCT, STATUS, YES_NO

MOST = 0.6
"""The share of a column's filled cells that must be of a kind for the column to be."""
MOST_PLACES = 0.4
"""The same for places, of which many are named as nobody else names them."""
BETWEEN = {
    "party": (1, MOST_PASSENGERS),
    "children": (0, MOST_PASSENGERS),
    "amount": (0, 9_999),
    "latitude": (54.4, 58.0),
    "longitude": (7.8, 15.4),
    "east": (400_000, 900_000),
    "north": (6_000_000, 6_450_000),
}
"""The kinds of numbers, by least and most; of cells with a day, "clock" says that a time of day stands after it."""
_WHOLE = ("party", "children")
_DECIMALS = ("latitude", "longitude")
_WORDS = {"channel": CHANNEL, "standing": YES_NO, "status": STATUS, "product": PRODUCT}
_ZONE = re.compile(r"[0-9]{4}-[0-9]+(?:-[0-9]+)?")


def fitting(texts: Texts) -> dict[str, Bools]:
    """Return, for each kind, which of a column's different texts are of it; an empty one is of none."""
    values: list[str] = texts.values.to_pylist()
    each = Texts(texts.values, np.arange(len(values), dtype=np.int64))
    stamps, _ = in_danish_time(each)
    days = [moments(stamps, order) for order in ("dmy", "mdy")]
    found: dict[str, Bools] = {
        "day": ~(days[0][2] & days[1][2]),
        "clock": (days[0][1] >= 0) | (days[1][1] >= 0),
        "time": ~clock_times(stamps)[1],
    }
    numbers = [_number(text) for text in bare_amounts(texts).values.to_pylist()]
    for kind in BETWEEN:
        found[kind] = _where(numbers, partial(_is_number, kind))
    for kind, meanings in _WORDS.items():
        found[kind] = _where(values, partial(_is_word, frozenset(fold(word) for word in meanings)))
    found["zone"] = ~found["day"] & _where(values, lambda text: bool(_ZONE.fullmatch(text)))
    found["place"] = _where(values, lambda text: bool(text) and is_place(text))
    return found


def kinds_of(texts: Texts, fits: dict[str, Bools]) -> frozenset[str]:
    """Return the kinds that most of a column's filled cells are of."""
    filled = int(texts.rows(_where(texts.values.to_pylist(), bool) & ~matches(texts.values, ERROR_CELL)).sum())
    least = {kind: MOST_PLACES if kind == "place" else MOST for kind in fits}
    return frozenset(kind for kind, which in fits.items() if filled and texts.rows(which).sum() >= least[kind] * filled)


def _where(values: list[Any], test: Callable[[Any], bool]) -> Bools:
    return np.array([test(value) for value in values], dtype=np.bool_)


def _is_number(kind: str, number: float | None) -> bool:
    least, most = BETWEEN[kind]
    if number is None or not least <= number <= most:
        return False
    return bool(number % 1) if kind in _DECIMALS else kind not in _WHOLE or number % 1 == 0


def _is_word(known: frozenset[str], text: str) -> bool:
    return bool(text) and fold(text) in known


def _number(text: str) -> float | None:
    """Return a number in either style; one with a single mark is taken to have decimals, which is near enough for its kind."""
    if re.fullmatch(r"[0-9]+(?:[.,][0-9]+)?", text):
        return float(text.replace(",", "."))
    if re.fullmatch(r"[0-9]{1,3}(?:\.[0-9]{3})+(?:,[0-9]+)?", text):
        return float(text.replace(".", "").replace(",", "."))
    if re.fullmatch(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?", text):
        return float(text.replace(",", ""))
    return None
