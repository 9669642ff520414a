"""How a workbook shows its numbers, where that is something else than what is stored: per cent, in thousands, in another currency."""

import re
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

PERCENT, SCALED, CURRENCY = "percent", "scaled", "currency"
_BUILT_IN_PERCENT = ("9", "10")
_FOREIGN = re.compile(r"€|£|\b(?:EUR|GBP|SEK|NOK|USD)\b")
_TEXT = re.compile(r'"[^"]*"|\\.|_.|\*.')
_SCALE = re.compile(r"[0#?](,+)(?![0#?,])")


@dataclass(frozen=True)
class Format:
    """How a number is shown; ``unit`` is a currency's name, ``by`` what a number is divided by before it is shown."""

    kind: str
    unit: str = ""
    by: int = 1


class ScaledNumber(float):
    """A number that its sheet shows divided by ``by``: 12 where 12000 is stored."""

    by: int = 1


class MaybeShare(float):
    """A number between 0 and 1 of a file that keeps its formats to itself: 0.42, or 42 %."""


def shown_as(value: Any, how: Format) -> Any:
    """Return a stored number as it is to be read: a share of a hundred and another currency are no amounts in kroner.

    >>> shown_as(0.42, Format(PERCENT)), shown_as(42.5, Format(CURRENCY, "EUR")), shown_as(12000, Format(SCALED, by=1000))
    ('42 %', '42.5 EUR', 12000.0)
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    if how.kind == PERCENT:
        return f"{100 * value:.10g} %"
    if how.kind == CURRENCY:
        return f"{value:.10g} {how.unit}"
    number = ScaledNumber(value)
    number.by = how.by
    return number


def xlsx_formats(styles: bytes) -> dict[str, Format]:
    """Return by number the styles of an .xlsx file that show a number as something else than it is."""
    try:
        tree = ElementTree.fromstring(styles)
    except ElementTree.ParseError:
        return {}
    codes = {one.get("numFmtId", ""): one.get("formatCode", "") for one in tree.iterfind(".//{*}numFmts/{*}numFmt")}
    found = {}
    for place, style in enumerate(tree.iterfind(".//{*}cellXfs/{*}xf")):
        number = style.get("numFmtId", "0")
        how = (
            Format(PERCENT) if number in _BUILT_IN_PERCENT and number not in codes else format_of(codes.get(number, ""))
        )
        if how:
            found[str(place)] = how
    return found


def xlsx_struck(styles: bytes) -> frozenset[str]:
    """Return by number the styles of an .xlsx file that strike their text through."""
    try:
        tree = ElementTree.fromstring(styles)
    except ElementTree.ParseError:
        return frozenset()
    fonts = tree.iterfind(".//{*}fonts/{*}font")
    struck = {
        str(place)
        for place, font in enumerate(fonts)
        if (strike := font.find("{*}strike")) is not None and strike.get("val", "1") in ("1", "true")
    }
    styles_of = tree.iterfind(".//{*}cellXfs/{*}xf")
    return frozenset(str(place) for place, style in enumerate(styles_of) if style.get("fontId") in struck)


def format_of(code: str) -> Format | None:
    """Return how a format code shows a positive number, None where the number shown is the one that is stored.

    >>> format_of("0.0 %").kind, format_of("#,##0,").by, format_of('0.0,," mio."').by, format_of("#,##0.00"), format_of('0" %"')
    ('percent', 1000, 1000000, None, None)
    >>> format_of("[$€-2] #,##0.00").unit, format_of('#,##0.00 "kr."'), format_of("[$kr.-406] #,##0")
    ('€', None, None)
    """
    first = code.split(";")[0]
    foreign = _FOREIGN.search(first)
    if foreign:
        return Format(CURRENCY, unit=foreign[0])
    bare = _TEXT.sub("", re.sub(r"\[[^\]]*\]", "", first))
    if "%" in bare:
        return Format(PERCENT)
    scale = _SCALE.search(bare)
    return Format(SCALED, by=1000 ** len(scale[1])) if scale else None
