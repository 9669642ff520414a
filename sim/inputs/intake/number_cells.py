"""Cells read as numbers: the style of a file's numbers found from its own cells, units and spaces taken off."""

import re
from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.inputs.intake.cells import Bools, Texts, matches
from tariffs.errors import InputError

_UNIT = re.compile(r"^(?:kr\.?|dkk)\s*|\s*(?:kr\.?|kroner|dkk|,-)$", re.IGNORECASE)
_SPACED = re.compile(r"^[-−]?[0-9]{1,3}(?:[ '’][0-9]{3})+(?:[.,][0-9]+)?$")
_WHOLE = re.compile(r"^([0-9]{1,2})[.,]0{1,2}$")


def bare_amounts(texts: Texts) -> Texts:
    """Return amounts without kr. and without spaces or apostrophes between thousands.

    >>> bare_amounts(Texts.of(pa.array(["42,00 kr.", "kr. 32", "1\u00a0234,00", "24 mand"]))).values.to_pylist()[:4]
    ['42,00', '32', '1234,00', '24 mand']
    """

    def bare(text: str) -> str:
        text = _UNIT.sub("", re.sub(r"[\u00a0\u202f\u2009]", " ", text)).strip()
        return re.sub("[ '’]", "", text) if _SPACED.match(text) else text

    return Texts(pa.array([bare(text) for text in texts.values.to_pylist()], pa.string()), texts.places)


def bare_counts(texts: Texts) -> Texts:
    """Return counts without the decimals that a program writes after whole numbers.

    >>> bare_counts(Texts.of(pa.array(["2.0", "1,00", "1.5", "12"]))).values.to_pylist()[:4]
    ['2', '1', '1.5', '12']
    """
    return Texts(pa.array([_WHOLE.sub(r"\1", text) for text in texts.values.to_pylist()], pa.string()), texts.places)


# "1.234" may be one and a bit or more than a thousand; other cells of the file say which.
_DANISH = r"^[-−]?(?:[0-9]{1,3}(?:\.[0-9]{3})+|[0-9]+)(?:,[0-9]+)?$"
_ENGLISH = r"^[-−]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?$"
_EITHER = r"^[-−]?[1-9][0-9]{0,2}[.,][0-9]{3}$"


def number_style(columns: Mapping[str, tuple[Texts, bool]], told: str | None, where: str) -> str:
    """Return how the file writes numbers, 'da' or 'en': as told, or as its own cells show beyond doubt.

    ``columns`` are the texts by column name, with True for a coordinate, which has no thousands. Raises InputError when
    the file shows both, or only cells that could be either; a coordinate is never shown.
    """
    if told is not None:
        return told
    seen: dict[str, str] = {}
    unsure = ""
    for name, (texts, coordinate) in columns.items():
        either = np.zeros(len(texts.values), dtype=bool) if coordinate else matches(texts.values, _EITHER)
        for style, pattern, mark in (("da", _DANISH, ","), ("en", _ENGLISH, ".")):
            other = "." if mark == "," else ","
            decimal = matches(texts.values, pattern) & ~either
            decimal &= matches(texts.values, rf"\{mark}[0-9]+$" + ("" if coordinate else rf"|\{other}.*\{other}"))
            if decimal.any() and style not in seen:
                number = "et tal" if coordinate else f"'{texts.values[int(np.argmax(decimal))].as_py()}'"
                seen[style] = f"{number} i kolonnen '{name}'"
        if either.any() and not unsure:
            unsure = f"'{texts.values[int(np.argmax(either))].as_py()}' i kolonnen '{name}'"
    if len(seen) == 2:
        raise InputError(
            "filen blander danske og engelske tal",
            where=where,
            why=f"{seen['da']} er dansk, {seen['en']} er engelsk",
            next_step="ret filen, så alle tal er skrevet ens",
        )
    if not seen and unsure:
        raise InputError(
            f"tallet {unsure} kan læses på to måder",
            where=where,
            why="som tusinder på dansk eller som decimaler på engelsk (eller omvendt), og intet andet tal i filen afgør det",
            next_step="angiv --numbers da (1.234,50) eller --numbers en (1,234.50)",
        )
    return next(iter(seen), "da")


def decimals(texts: Texts, style: str) -> tuple[NDArray[np.float64], Bools]:
    """Return each row's number, and which rows hold none in the given style."""
    good = matches(texts.values, _DANISH if style == "da" else _ENGLISH)
    thousands, mark = (".", ",") if style == "da" else (",", ".")
    plain = pc.replace_substring(pc.replace_substring(texts.values, thousands, ""), mark, ".")
    plain = pc.replace_substring(plain, "−", "-")
    numbers = pc.cast(pc.if_else(pa.array(good), plain, "0"), pa.float64()).to_numpy(zero_copy_only=False)
    return texts.rows(numbers), texts.rows(~good)
