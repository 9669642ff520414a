"""Drafting the next edition: each price of the last one, indexed by a percentage to the nearest krone."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from tariffs.edition import Edition
from tariffs.errors import InputError
from tariffs.money import OERE_PER_KRONE, format_kroner
from tariffs.price_book import PriceBook
from tariffs.source import Source
from tariffs.typed import MONTHS, MONTHS_EN, read_number, shown

DRAFTED = "Takstlab: fremskrivning; ikke Movias prisliste"
MOST_PERCENT = 100


def parse_percent(text: str, where: str = "") -> Fraction:
    """Read a percentage such as ``10.3`` or ``10,3`` exactly; raises InputError."""
    percent = read_number(text, where=where, kind="en procent", example="10,3")
    if abs(percent) >= MOST_PERCENT:
        raise InputError(f"'{shown(text)}' er ikke en procent", where=where, next_step="skriv fx 10,3")
    return Fraction(percent)


def indexed(oere: int, percent: Fraction) -> int:
    """Return an amount indexed by ``percent``, to the nearest krone, half up.

    >>> [indexed(oere, Fraction("10.3")) for oere in (5400, 700, 1400)]
    [6000, 800, 1500]
    """
    exact = oere * (1 + percent / 100) / OERE_PER_KRONE
    return int((exact + Fraction(1, 2)) // 1) * OERE_PER_KRONE


def drafted_note(base: str, percent: Fraction) -> str:
    """Return what the source of an amount says when it is that of the edition ``base`` indexed.

    >>> drafted_note("2024-01-21", Fraction("3.6"))
    'udgaven 2024-01-21 +3,6 %, hver takstdel til nærmeste krone'
    """
    return f"udgaven {base} {'+' if percent >= 0 else ''}{_shown(percent)} %, hver takstdel til nærmeste krone"


def drafted_names(start: date, percent: Fraction) -> tuple[str, str]:
    """Return what a drafted edition is called in Danish and in English.

    >>> drafted_names(date(2027, 1, 17), Fraction("2.8"))[0]
    'Fremskrevet fra 17. januar 2027 (2,8 %); ikke Movias prisliste'
    """
    shown = _shown(percent)
    return (
        f"Fremskrevet fra {start.day}. {MONTHS[start.month - 1]} {start.year} ({shown} %); ikke Movias prisliste",
        f"Projected from {start.day} {MONTHS_EN[start.month - 1]} {start.year} ({shown.replace(',', '.')} %); not Movia's price list",
    )


def drafted_source(base: str, percent: Fraction) -> Source:
    """Return the source of a drafted edition and of its amounts."""
    return Source(DRAFTED, "C", note=drafted_note(base, percent), projected=True)


def _shown(percent: Fraction) -> str:
    return f"{Decimal(percent.numerator) / Decimal(percent.denominator)}".replace(".", ",")


def draft_edition(book: PriceBook, percent: Fraction, start: date, end: date | None = None, base: str = "") -> str:
    """Return the TOML of an edition drafted from the one before ``start`` (or the one called ``base``), projected and marked C.

    Prices that are unknown stay unknown, and levels the base does not have stay out.

    Raises InputError when the base does not exist or the days cannot be so.
    """
    edition = _base_edition(book, start, base)
    if end is not None and end < start:
        raise InputError(f"udgaven slutter {end}, før den begynder {start}", next_step="ret --from og --to")
    day = edition.end or edition.start
    told = drafted_source(edition.id, percent)
    source = f'source = {{title = "{told.title}", note = "{told.note}", mark = "{told.mark}", projected = true}}'
    name_da, name_en = drafted_names(start, percent)
    lines = [
        "# Fremskrevet. Skriv de rigtige priser og kilder ind, når de kendes; mark C betyder: egen beregning.",
        "",
        "[[editions]]",
        f'id = "{start}"',
        f"from = {start}",
        *([f"to = {end}"] if end else []),
        f'name_da = "{name_da}"',
        f'name_en = "{name_en}"',
        source,
    ]
    for key, parameter in book.parameters.items():
        value = parameter.on(day)
        if not parameter.is_money or key.partition("/")[0] not in ("flextur", "plustur") or value is None:
            continue
        if value.amount is None and value.state != "unknown":
            continue
        answer = (
            "unknown = true"
            if value.amount is None
            else (f'value = "{format_kroner(indexed(value.amount, percent), "en")}"')
        )
        lines += ["", f'[[parameters."{key}".values]]', f"from = {start}", answer, source]
    return "\n".join(lines) + "\n"


def _base_edition(book: PriceBook, start: date, base: str) -> Edition:
    if not base:
        earlier = [edition for edition in book.editions if edition.start < start]
        return earlier[-1] if earlier else book.editions[0]
    for edition in book.editions:
        if edition.id == base:
            return edition
    raise InputError(f"ukendt udgave '{base}'", next_step=f"vælg {', '.join(e.id for e in book.editions)}")
