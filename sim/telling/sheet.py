"""A comparison's figures as rows of a sheet, one figure a row, in Danish or English words; amounts in kroner."""

import csv
import io
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Literal

from sim.answer.quantities import quantities
from sim.answer.records import Answer
from sim.answer.records.option import Grouping, WaterfallPart
from sim.answer.records.own_lines import WithOwn
from sim.answer.records.totals import Shares
from sim.words.figure import Figure
from sim.words.no_formula import no_formula
from sim.words.numbers import OERE_PER_KRONE, danish, rounded

Lang = Literal["da", "en"]
HEADINGS = ("kommune", "valgmulighed", "periode", "omfang", "størrelse", "enhed", "middel", "p10", "p90")
WORDS = {
    "year": ("helår", "full year"),
    "part_year": ("budgetår", "part year"),
    "total": ("i alt", "total"),
    "change": ("ændring", "change"),
    "plustur": ("heraf plustur", "of which plustur"),
    "affected": ("berørte ture", "affected trips"),
    "affected_change": ("berørte ture, ændring", "affected trips, change"),
    "waterfall": ("ændring i nettoudgift, delt op (+ er merudgift)", "change in net cost, taken apart (+ is dearer)"),
    "by_age": ("berørte ture efter alder", "affected trips by age"),
    "by_place": ("berørte ture efter startsted", "affected trips by where they start"),
    "by_distance": ("berørte ture efter afstand", "affected trips by distance"),
    "flexhandicap": ("flexhandicap, uden for nettoudgiften", "flexhandicap, outside the net cost"),
    "own": ("med kommunens egne linjer", "with the municipality's own lines"),
    "kr": ("kr.", "kr"),
    "count": ("antal", "count"),
    "percent": ("procent", "percent"),
    "minutes": ("minutter", "minutes"),
}
BAND_UNITS = {"by_age": ("år", "years"), "by_distance": ("km", "km")}
OPEN_BANDS = {"80+": ("80 år eller ældre", "80 years or older"), "20+": ("over 20 km", "over 20 km")}
PLACES = {"other_towns": ("øvrige byer og landsbyer", "other towns and villages"), "country": ("landet", "the country")}
GROUPS: tuple[Grouping, ...] = ("by_age", "by_place", "by_distance")


@dataclass(frozen=True)
class Row:
    """One figure of one option; amounts in kroner."""

    municipality: str
    option: int
    option_name: str
    period: str
    scope: str
    quantity: str
    unit: str
    mean: float
    p10: float
    p90: float


def rows_of(comparison: Answer, lang: Lang) -> list[Row]:
    """Return every figure of a comparison's options; what nobody knows has no row."""
    word = 0 if lang == "da" else 1
    rows = []
    for number, option in enumerate(comparison.options, 1):
        for period, scope, block in _blocks(comparison, number - 1, word):
            for key, figure, in_percent in _figures(block):
                quantity = quantities()[key.removesuffix("_oere")]
                in_kroner = quantity.is_money and not in_percent
                unit = "kr" if in_kroner else "percent" if in_percent else quantity.unit
                per = OERE_PER_KRONE if in_kroner else 1
                values = (rounded(number / per, 2) for number in figure.numbers)
                name = quantity.da if lang == "da" else quantity.en
                words = (WORDS[period][word], scope, name, WORDS[unit][word])
                rows.append(Row(comparison.municipality, number, option.name, *words, *values))
    return rows


def danish_csv(comparison: Answer) -> bytes:
    """Return the figures for a Danish sheet: semicolons, decimal commas, UTF-8 with BOM, one figure a line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows_of(comparison, "da"):
        numbers = [danish(value, 2).replace(".", "") for value in (row.mean, row.p10, row.p90)]
        name = no_formula(row.option_name)
        writer.writerow([row.municipality, name, row.period, no_formula(row.scope), row.quantity, row.unit, *numbers])
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


def band_name(group: str, band: str, word: int = 0) -> str:
    """Return what a band of affected riders is called; the name of a town area is its own.

    >>> band_name("by_age", "70-79"), band_name("by_place", "country"), band_name("by_place", "Holbæk")
    ('70-79 år', 'landet', 'Holbæk')
    """
    if group in BAND_UNITS:
        return OPEN_BANDS[band][word] if band in OPEN_BANDS else f"{band} {BAND_UNITS[group][word]}"
    return PLACES[band][word] if band in PLACES else band


def _blocks(comparison: Answer, place: int, word: int) -> Iterator[tuple[str, str, Hashable]]:
    """Yield an option's blocks of figures with their period and scope; a comparison kept from before has not all of them."""
    option = comparison.options[place]
    yield "year", WORDS["total"][word], option
    yield "year", WORDS["change"][word], option.change
    if option.part_year is not None:
        yield "part_year", WORDS["total"][word], option.part_year
        yield "part_year", WORDS["change"][word], option.part_year.change
    if option.plustur is not None:
        yield "year", WORDS["plustur"][word], option.plustur
    if option.affected is not None:
        yield "year", WORDS["affected"][word], option.affected
        yield "year", WORDS["affected_change"][word], option.affected.change
    for part in option.waterfall or ():
        yield "year", WORDS["waterfall"][word], part
    if option.affected_riders is not None:
        for group in GROUPS:
            for band in option.affected_riders.bands(group):
                yield "year", f"{WORDS[group][word]}: {band_name(group, band.id, word)}", band
    if option.flexhandicap is not None:
        yield "year", WORDS["flexhandicap"][word], option.flexhandicap
    if comparison.own_lines is not None:
        year = comparison.own_lines.options[place]
        for period, own in (("year", year), ("part_year", year.part_year)):
            if own is not None:
                yield period, WORDS["own"][word], own


def _figures(block: Hashable) -> Iterator[tuple[str, Figure, bool]]:
    """Yield a block's figures with their keys, and whether each is a change in percent of what its key names."""
    if isinstance(block, WaterfallPart):
        yield f"{block.id}_oere", block.oere, False
        return
    if isinstance(block, WithOwn):
        yield "own_lines_oere", Figure.known(block.oere), False
    for key, value in vars(block).items():
        if isinstance(value, Shares):
            yield from ((name, figure, True) for name, figure in vars(value).items() if figure is not None)
        elif isinstance(value, Figure):
            yield key, value, False
