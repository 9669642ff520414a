"""Typing a price list: each field read, and the amounts held against those of the year before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from tariffs.certainty import Certainty, certainty_of
from tariffs.errors import InputError
from tariffs.money import OERE_PER_KRONE, format_kroner
from tariffs.price_book import PriceBook
from tariffs.price_list import AMOUNTS, FREE, LONGEST_SOURCE, YEARS, PriceList, is_one_line
from tariffs.projection import FURTHEST_YEAR, third_sunday_of_january
from tariffs.typed import Door, read_day, read_kroner, shown

START, SOURCE = "from", "source"
FIELDS = (START, SOURCE, *AMOUNTS)
MOST_UP, MOST_DOWN = 25, 10
"""Per cent from one year to the next; the largest rise so far is 17 (6 to 7 kr a kilometre in 2023), and none has fallen."""
_ASCENDING = (
    ("kommunetakst", "grundtakst"),
    ("grundtakst", "bytakst_low"),
    ("bytakst_low", "bytakst_high"),
    ("kilometertakst_fra_km_11", "kilometertakst_fra_km_21"),
)
MOST_KR = 1_000_000


@dataclass(frozen=True)
class Remark:
    """What is wrong with, or unusual about, one field."""

    field: str
    text: str


@dataclass(frozen=True)
class Row:
    """One amount beside that of the year before; ``percent`` is None where nothing was known then or nothing was paid."""

    field: str
    name_da: str
    name_en: str
    unit: str
    oere: int | None
    before_oere: int | None
    before: Certainty
    percent: Fraction | None


def read_entry(
    told: Mapping[str, str], book: PriceBook, door: Door = Door.DANISH
) -> tuple[PriceList | None, tuple[Remark, ...]]:
    """Return the price list that the fields hold, None when one of them cannot be used, with what is wrong.

    ``book`` is without the list: what it knows by Movia's word cannot be replaced. ``door`` is where they were typed.
    """
    wrong: list[Remark] = []
    start = _start(told.get(START, ""), book, wrong)
    source = " ".join(told.get(SOURCE, "").split())
    if not is_one_line(source):
        wrong.append(Remark(SOURCE, f"Skriv, hvor priserne står, fx Movias brev med dato; højst {LONGEST_SOURCE} tegn"))
    oere = {field: _oere(told.get(field, ""), field, door, wrong) for field in AMOUNTS}
    if wrong or start is None:
        return None, tuple(wrong)
    return PriceList(start, source, oere), ()


def check_price_list(price_list: PriceList, book: PriceBook) -> tuple[Remark, ...]:
    """Return what makes a list from a file impossible, whatever its prices are; the same as `read_entry` finds."""
    told = {field: format_kroner(oere) for field, oere in price_list.oere.items()}
    return read_entry({START: str(price_list.start), SOURCE: price_list.source, **told}, book)[1]


def unusual(price_list: PriceList, book: PriceBook) -> tuple[Remark, ...]:
    """Return what can be so but seldom is, and is to be confirmed: another day than usual, a leap, prices that change places."""
    found = []
    usual = third_sunday_of_january(price_list.start.year)
    if price_list.start != usual:
        found.append(
            Remark(START, f"Taksterne skifter ellers den tredje søndag i januar, i {usual.year} den {usual:%d-%m-%Y}")
        )
    for row in side_by_side(price_list, book):
        if row.oere is not None and row.oere % OERE_PER_KRONE:
            found.append(Remark(row.field, "Movias priser er ellers hele kroner"))
        if row.percent is not None and not -MOST_DOWN <= row.percent <= MOST_UP:
            before, shown = format_kroner(row.before_oere or 0), percent_text(row.percent)
            found.append(Remark(row.field, f"Det er {shown} % i forhold til året før ({before} kr.)"))
    for lower, higher in _ASCENDING:
        if price_list.oere[lower] > price_list.oere[higher]:
            name = book.parameters[AMOUNTS[higher]].name_da
            found.append(Remark(lower, f"Den er højere end {name} ({format_kroner(price_list.oere[higher])} kr.)"))
    return tuple(found)


def side_by_side(price_list: PriceList, book: PriceBook) -> tuple[Row, ...]:
    """Return each amount beside that of the year before, by a ``book`` without the list."""
    return rows_before(price_list.start, book, price_list.oere)


def rows_before(start: date, book: PriceBook, oere: Mapping[str, int] | None = None) -> tuple[Row, ...]:
    """Return the amounts of the year before, beside those of ``oere`` where they are given.

    That is the day before ``start``, or before the fares changed in January when ``start`` is later in the year.
    """
    day, rows = min(start, third_sunday_of_january(start.year)) - timedelta(days=1), []
    for field, key in AMOUNTS.items():
        parameter, value = book.parameters[key], book.value(key, day)
        before = None if value is None else value.amount
        amount = None if oere is None else oere.get(field)
        percent = None if not before or amount is None else Fraction(100 * (amount - before), before)
        certainty = Certainty.KNOWN if value is None else certainty_of([value.source])
        rows.append(
            Row(field, parameter.name_da, parameter.name_en, parameter.unit, amount, before, certainty, percent)
        )
    return tuple(rows)


def percent_text(percent: Fraction) -> str:
    """Return a change in per cent with its sign and one decimal, halves away from zero.

    >>> percent_text(Fraction(25, 12)), percent_text(Fraction(-1, 3)), percent_text(Fraction(0)), percent_text(Fraction(25, 4))
    ('+2,1', '-0,3', '0,0', '+6,3')
    """
    whole, tenth = divmod(int(abs(10 * percent) + Fraction(1, 2)), 10)
    sign = "" if not whole + tenth else "-" if percent < 0 else "+"
    return f"{sign}{whole},{tenth}"


def _start(text: str, book: PriceBook, wrong: list[Remark]) -> date | None:
    known = [e for e in book.editions if not (e.source.projected or e.source.entered)][-1]
    try:
        start = read_day(text, example="17-01-2027") if text.strip() else None
    except InputError as error:
        wrong.append(Remark(START, f"{error.what}; {error.next_step}"))
        return None
    if start is None or start.year not in YEARS:
        wrong.append(Remark(START, "Skriv dagen, priserne gælder fra, fx 17-01-2027"))
        return None
    if known.end is not None and start <= known.end:
        wrong.append(
            Remark(START, f"Priserne er kendt til og med {known.end:%d-%m-%Y} ({known.name_da}); skriv en senere dag")
        )
    elif start.year > FURTHEST_YEAR:
        wrong.append(Remark(START, f"Der kan højst regnes til {FURTHEST_YEAR}"))
    return start


def _oere(text: str, field: str, door: Door, wrong: list[Remark]) -> int:
    example = "0" if AMOUNTS[field] == FREE else "48"
    try:
        oere = read_kroner(text, door, kind="en pris", example=example) * OERE_PER_KRONE
    except InputError as error:
        said = f"{error.what}; {error.next_step}" if text.strip() else f"Skriv prisen i kroner, fx {example}"
        wrong.append(Remark(field, said))
        return 0
    if oere != int(oere) or not 0 <= oere < MOST_KR * OERE_PER_KRONE:
        wrong.append(Remark(field, f"'{shown(text)}' er ikke en pris; skriv den i kroner, fx {example}"))
        return 0
    if AMOUNTS[field] == FREE and oere:
        wrong.append(Remark(field, "En gratis destination koster 0 kr."))
    if AMOUNTS[field] != FREE and not oere:
        wrong.append(Remark(field, "Prisen skal være over 0 kr."))
    return int(oere)
