"""The budget year and the overslagsår as tables and sentences, from the ``outlook`` block of the comparison."""

from collections.abc import Callable, Sequence
from datetime import date

from sim.answer.records import Answer
from sim.answer.records.outlook import EditionInForce, OptionYear, Outlook
from sim.telling.report.phrases import date_words, edition_words
from sim.telling.report.printed import UNIT, money
from sim.words.cells import NONE, Cell, change_cell, count_cell, figure_cell
from sim.words.figure import Figure
from sim.words.numbers import danish, listed, nearest
from sim.words.rounding import moved_by, outwards
from sim.words.table import Table
from tariffs import Certainty

LAST_CEILING = "2026-01-18"
"""The day from which the last known price ceiling holds."""
HEADING = "Budgetår og overslagsår"
CERTAINTY = {
    "known": "kendt",
    "entered": "egen prisliste",
    "calculated": "beregnet",
    "assumed": "skøn",
    "projected": "fremskrevet",
    "drafted": "udkast",
}
"""Comparisons of before 0.5.0 have ``drafted`` editions."""


def outlook_tables(comparison: Answer) -> list[Table]:
    """Return net cost, change and trips by option and year, and what was assumed of each year; none without years ahead."""
    outlook = comparison.outlook
    if outlook is None:
        return []
    header, shown = ("valgmulighed", *_year_names(outlook)), money(comparison)
    prices = "faste priser" if outlook.fixed_prices else "årets priser"
    moved = [_moved(year.options, shown.least) for year in outlook.years]
    trips = [_trips(year.options) for year in outlook.years]
    tables = [
        Table(
            f"Nettoudgift, {UNIT}, {prices}",
            header,
            _rows(outlook, lambda option, n, k: figure_cell(option.net_cost_oere, shown, moved[n][k][0]), first=True),
        )
    ]
    if len(comparison.options) > 1:
        tables.append(
            Table(
                f"Mer- eller mindreudgift i forhold til nuværende ordning samme år, {UNIT}, {prices}",
                header,
                _rows(
                    outlook,
                    lambda option, n, k: change_cell(option.change.net_cost_oere, shown, moved[n][k][1]),
                    first=False,
                ),
            )
        )
    told = _rows(outlook, lambda option, n, k: count_cell(option.trips, trips[n][k]), first=True)
    tables.append(Table("Ture", header, told))
    return [*tables, _assumed(outlook)]


def _moved(options: Sequence[OptionYear], least: float) -> list[tuple[int, int]]:
    """Return the net cost of a year's options and their changes as printed."""
    base = nearest(options[0].net_cost_oere.mean / least)
    return [moved_by(base, o.change.net_cost_oere.mean / least if n else 0.0) for n, o in enumerate(options)]


def _trips(options: Sequence[OptionYear]) -> list[int]:
    """Return the trips of a year's options as printed: today's, and today's with each change."""
    base = nearest(options[0].trips.mean)
    return [moved_by(base, o.change.trips.mean if n else 0.0)[0] for n, o in enumerate(options)]


def outlook_words(comparison: Answer) -> list[str]:
    """Return what the years rest on, a sentence each."""
    outlook = comparison.outlook
    if outlook is None:
        return []
    used, years = outlook.assumptions, outlook.years
    first, last = years[0], years[-1]
    said = [
        *filter(None, [budget_year_words(comparison)]),
        f"Antallet af ture følger aldersgrupperne: fra {first.year} til {last.year} ændres efterspørgslen med"
        f" {_percent(100 * (last.demand_index.mean - 1))} %. Grupper under 80 år fortsætter kommunens udvikling"
        f" 2014-2020, dæmpet; 80-årige og ældre vokser med {danish(used['growth_80plus_persons'])} i hele landet på ti år"
        " (KL 2021).",
    ]
    if outlook.fixed_prices:
        said.append(
            f"Alle år er i {first.price_level}-priser, som er valgt til beregningen; taksterne er dem, der gælder i årene."
        )
    else:
        said.append(
            "Beløbene er i årets priser, fremskrevet fra 2017: vognmandsbetaling"
            f" {_percent(used['operator_index_percent'])} %, betaling til Movia {_percent(used['fee_index_percent'])} %,"
            f" betalingsvillighed {_percent(used['willingness_index_percent'])} % om året."
        )
        level = comparison.price_level
        if level is not None and level != first.year:
            said.append(f"Beregningens andre tabeller er i {level}-priser.")
    said += _projected_words(outlook)
    said.append(
        f"Hvert år er regnet med {outlook.replications} gentagelser. Usikkerheden om forudsætningerne er sammenligningens"
        " egen, ført videre med hvert års vækst og priser. Plusture og kendte besøg til gratis destinationer følger ikke"
        " aldersgrupperne."
    )
    return said


def _projected_words(outlook: Outlook) -> list[str]:
    """Say which years' fares are carried forward and from what: before a list that the user typed they are it too, from an earlier one."""
    if not outlook.drafted_from:
        return []
    editions = [(year.year, edition) for year in outlook.years for edition in year.editions]
    projected = [(year, edition) for year, edition in editions if edition.certainty == Certainty.PROJECTED]
    begins = next((edition.first for _, edition in editions if edition.id == outlook.drafted_from), date.min)
    years = dict.fromkeys(str(year) for year, edition in projected if edition.first >= begins)
    said = []
    if any(edition.first < begins for _, edition in projected):
        said.append(f"Før {date_words(begins)} er taksten fremskrevet; ikke Movias prisliste.")
    if years:
        said.append(
            f"For {listed(list(years))} er taksten helt eller delvis fremskrevet; ikke Movias prisliste: udgaven fra"
            f" {edition_words(outlook.drafted_from)} ganget op med {_grown(outlook, outlook.drafted_from)}."
        )
    return [
        *said,
        "Hvert sæt forudsætninger har sin egen fremskrivning, så intervallerne rummer, at taksterne ikke kendes.",
    ]


def _grown(outlook: Outlook, drafted_from: str) -> str:
    """Say by what the last price list is carried forward: a list of after the last ceiling by the growth alone."""
    growth = f"{_percent(outlook.assumptions['fare_index_percent'])} % om året, hver takstdel til nærmeste krone"
    if drafted_from >= LAST_CEILING:
        return growth
    return f"takststigningsloftet, så langt det er kendt (2026), ellers med {growth}. Plustur er kendt til og med 2026"


def budget_year_words(comparison: Answer) -> str:
    """Say that the budget year is the options' from the start date only; nothing where they have all of it, as in older answers."""
    outlook = comparison.outlook
    if outlook is None or outlook.budget_year_from is None:
        return ""
    start, year = date_words(outlook.budget_year_from), outlook.years[0].year
    several = len(comparison.options) > 1
    runs = f"nuværende ordning indtil {start} og derefter valgmuligheden" if several else f"ordningen fra {start}"
    return f"Budgetåret {year} er, som det forløber: {runs}. Overslagsårene er hele år."


def _year_names(outlook: Outlook) -> tuple[str, ...]:
    years = [year.year for year in outlook.years]
    return (f"budgetår {years[0]}", *(f"overslagsår {year}" for year in years[1:]))


def _rows(
    outlook: Outlook, cell: Callable[[OptionYear, int, int], Cell], *, first: bool
) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each option, without today's where a change has no meaning."""
    options = outlook.years[0].options
    return tuple(
        (Cell(option.name), *(cell(year.options[place], n, place) for n, year in enumerate(outlook.years)))
        for place, option in enumerate(options)
        if first or place
    )


def _assumed(outlook: Outlook) -> Table:
    years = outlook.years
    rows: tuple[tuple[Cell, ...], ...] = (
        (Cell("prisniveau"), *(Cell(f"{year.price_level}-priser") for year in years)),
        (
            Cell("efterspørgsel", f"{years[0].year} er 100"),
            *(_index_cell(year.demand_index) for year in years),
        ),
        (
            Cell("passagerer", "under den takst, der gjaldt, da de blev talt"),
            *(Cell(danish(year.passengers)) for year in years),
        ),
        (Cell("takst"), *(_editions_cell(year.editions) for year in years)),
    )
    shares = [year.settled_share for year in years]
    if any(shares):
        there = (Cell("") if share is None else _index_cell(share) for share in shares)
        rows += ((Cell("indkørt trafik i den nye ordning, %", "i budgetåret fra startdatoen"), *there),)
    return Table("Hvad årene er regnet på", ("forudsætning", *_year_names(outlook)), rows)


def _index_cell(index: Figure) -> Cell:
    mean = danish(100 * index.mean, 1)
    low, high = (danish(end, 1) for end in outwards(100 * index.p10, 100 * index.p90, 0.1))
    return Cell(mean) if low == high else Cell(mean, f"({low}-{high})")


def _editions_cell(editions: Sequence[EditionInForce]) -> Cell:
    if not editions:
        return Cell(NONE)
    told = [f"{CERTAINTY[edition.certainty]} fra {date_words(edition.first)}" for edition in editions]
    return Cell("; ".join(told))


def _percent(value: float) -> str:
    return danish(value, 1)
