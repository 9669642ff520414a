"""What a municipality observed: passengers, and if known net cost, month by month."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import TypeVar

from sim.answer.budget.across import said_of_columns, stands_across, turned
from sim.answer.budget.amounts import marks_that_fit, reading
from sim.answer.budget.month_cells import is_month, month_of, year_of
from sim.answer.budget.month_rows import COLUMN_NAMES, MOST_ABOVE, MonthRows, is_heading, month_rows
from sim.answer.budget.several_years import latest_year, years_note
from sim.answer.budget.sheet import Cell, Rows, read_sheets
from sim.inputs.intake.cell_marks import NOT_CALCULATED
from sim.inputs.intake.number_formats import MaybeShare, ScaledNumber
from sim.inputs.intake.workbook import rows_named
from sim.words.numbers import danish
from tariffs.errors import InputError
from tariffs.typed import MONTHS as MONTH_NAMES

T = TypeVar("T")
MOST_ROWS = 6
_KRONER = re.compile(r"(?:\s*kr\.?|,-)$", re.IGNORECASE)
EXPECTED_MONTH = "en måned som 2020-03, marts 2020 eller 3"
EXPECTED_COUNT = "et helt antal passagerer som 1234 eller 1.234"
EXPECTED_COST = "et beløb i kroner som 123.456,50"


@dataclass(frozen=True)
class Fault:
    """What is wrong in ``count`` places of a file, in Danish, with what should stand there."""

    count: int
    text: str


@dataclass(frozen=True)
class Observed:
    """Observed months of one year, in order.

    ``year`` is None where the file has month numbers alone; ``months`` are 1-12; ``cost_oere`` is the net cost of each
    month (operator payment less fares plus fee to Movia), None where the file has none. ``notes`` are what is to be said of
    how the file was read.
    """

    year: int | None
    months: tuple[int, ...]
    passengers: tuple[int, ...]
    cost_oere: tuple[int, ...] | None
    notes: tuple[str, ...] = field(default=(), compare=False)

    @property
    def are_the_first(self) -> bool:
        """Whether they are the year's first months, so that what they cost is what is spent so far."""
        return self.months == tuple(range(1, len(self.months) + 1))

    def before(self, day: date) -> "Observed | None":
        """Return the months of a year that had ended before a day, the others told of; None for none."""
        ended = [
            n for n, month in enumerate(self.months) if self.year is None or (self.year, month) < (day.year, day.month)
        ]
        if len(ended) == len(self.months):
            return self
        if not ended:
            return None
        coming = [MONTH_NAMES[month - 1] for n, month in enumerate(self.months) if n not in ended]
        note = f"{', '.join(coming).capitalize()} {self.year} er ikke omme endnu og er ikke regnet som observeret."
        return replace(
            self,
            months=tuple(self.months[n] for n in ended),
            passengers=tuple(self.passengers[n] for n in ended),
            cost_oere=None if self.cost_oere is None else tuple(self.cost_oere[n] for n in ended),
            notes=(*self.notes, note),
        )

    @property
    def is_whole_year(self) -> bool:
        """Whether all twelve months are there."""
        return len(self.months) == 12


def read_observed(path: Path) -> Observed:
    """Read a file of observed months: month (or year and month), passengers, and optionally net cost in kroner.

    Raises InputError that names every fault by row, column, value and what was expected; nothing is taken from a file
    with a fault.
    """
    sheets = read_sheets(path)
    return observed_in(sheets[likely_sheet(sheets)], str(path), said_of_sheets(sheets, likely_sheet(sheets)))


def likely_sheet(sheets: Mapping[str, Rows]) -> str:
    """Return the name of the first sheet that names the columns of months or has months side by side, else of the first."""
    return next((name for name, sheet in sheets.items() if _has_months(sheet)), next(iter(sheets)))


def said_of_sheets(sheets: Mapping[str, Rows], read: str) -> tuple[str, ...]:
    """Return what is said of the sheets that are not read."""
    others = [name for name in sheets if name != read]
    return (f"Kun arket {read!r} er læst, ikke {', '.join(map(repr, others))}.",) if others else ()


def _has_months(sheet: Rows) -> bool:
    return any(is_heading(row) for _, row in sheet.rows[:MOST_ABOVE]) or stands_across(sheet.rows, is_month)


def observed_in(sheet: Rows, where: str, before: Sequence[str] = ()) -> Observed:
    """Return the observed months of a sheet's rows or columns, ``before`` its notes; raises InputError as `read_observed` does."""
    across = None
    if not any(is_heading(row) for _, row in sheet.rows[:MOST_ABOVE]):
        across = turned(sheet.rows, is_month, where)
    if across is None:
        return observed_of(month_rows(sheet.rows, where), where, (*before, *sheet.notes))
    try:
        read = observed_of(month_rows(across.rows, where, across.above), where, ())
    except InputError as error:
        said = [said_of_columns(part) for part in (error.what, error.why, error.next_step)]
        raise InputError(said[0], where=error.where, why=said[1], next_step=said[2]) from None
    return replace(read, notes=(*before, *sheet.notes, *across.notes, *map(said_of_columns, read.notes)))


def observed_of(found: MonthRows, where: str, before: Sequence[str]) -> Observed:
    """Return the observed months of a sheet's sorted rows; raises InputError as `read_observed` does."""
    rows = found.rows
    faults: list[Fault] = []
    wide = [(number, len(row)) for number, row in rows if any(extra != "" for extra in row[found.width :])]
    if wide:
        named, several = _named([number for number, _ in wide]), len({width for _, width in wide}) > 1
        faults.append(
            Fault(
                len(wide),
                f"{named} har {wide[0][1]} felter{' m.fl.' if several else ''}, men overskriften har {found.width}; giv hver række"
                f" {found.width}, og skriv et tal med komma i anførselstegn, hvor komma skiller felter",
            )
        )
    cells = {name: [(number, found.cell(row, name)) for number, row in rows] for name in found.columns}
    cost, scale = None, found.scale
    if any(isinstance(cell, str) and _KRONER.search(cell) for _, cell in cells.get("cost", [])):
        scale = 1  # a cell says kroner itself
    only_shown = scale > 1 and any(isinstance(cell, ScaledNumber) for _, cell in cells.get("cost", []))
    if only_shown:
        scale = 1
    numeric = [(cells.get("passengers", []), 0), (cells.get("cost", []), _decimals(scale))]
    texts = [(_bare(cell), most) for found, most in numeric for _, cell in found if isinstance(cell, str) and cell]
    marks = marks_that_fit(texts) or _usual_mark(texts)
    mark = marks[0]

    months = _parsed(cells, "month", month_of, EXPECTED_MONTH, faults)
    years = _parsed(cells, "year", year_of, "et år som 2020", faults) if "year" in cells else []
    passengers = _parsed(cells, "passengers", lambda cell: _count(cell, mark), EXPECTED_COUNT, faults)
    faults += _read_two_ways(cells, marks, scale)
    if any(cell != "" for _, cell in cells.get("cost", [])):
        cost = _parsed(
            cells, "cost", lambda cell: _oere(cell, mark, scale), f"{EXPECTED_COST} i alle rækker eller ingen", faults
        )
    told = [(year, month[1]) for year, month in zip(years, months, strict=False)] if years else months
    of_years = ""
    if not faults:
        latest = latest_year(told, passengers)
        if latest is not None:
            kept_rows = [n for n, (year, _) in enumerate(told) if year == latest]
            of_years = years_note(told, latest, [number for number, _ in rows])
            rows, told = [rows[n] for n in kept_rows], [told[n] for n in kept_rows]
            passengers = [passengers[n] for n in kept_rows]
            cost = None if cost is None else [cost[n] for n in kept_rows]
        faults += _calendar_faults(told)
        if not sum(passengers):
            faults.append(Fault(1, "der er ingen passagerer i nogen måned; angiv mindst én måned med passagerer"))
        unpaid = [
            number
            for (number, _), riders, paid in zip(rows, passengers, cost or (), strict=False)
            if not riders and paid
        ]
        if unpaid:
            text = (
                "0 passagerer, men en udgift; slet rækken, hvis måneden ikke er talt endnu, ellers skriv passagererne"
            )
            faults.append(Fault(len(unpaid), f"{_named(unpaid)}: {text}"))
    if faults:
        raise InputError(
            f"Filen med kommunens egne måneder har {sum(fault.count for fault in faults)} fejl",
            where=where,
            why="; ".join(fault.text for fault in faults),
            next_step="ret filen; intet er læst ind",
        )
    order = sorted(range(len(rows)), key=lambda n: told[n][1])
    last = max(place for place, n in enumerate(order) if passengers[n])
    kept, coming = order[: last + 1], order[last + 1 :]
    notes = [*before, *found.notes, *_zero_notes([told[n][1] for n in coming], kept, told, passengers)]
    notes += [of_years] if of_years else _total_notes(found, passengers, mark)
    notes += _gap_notes([told[n][1] for n in kept])
    if cost:
        notes += _cost_notes([(told[n][1], passengers[n], cost[n]) for n in kept])
    if cost and scale > 1:
        notes.append(f"Nettoudgiften er skrevet i {danish(scale)} kr. og er regnet om til kroner.")
    if cost and only_shown:
        notes.append(
            f"Nettoudgiften vises i {danish(found.scale)} kr., men er gemt i kroner; de gemte tal er læst uden at gange dem."
        )
    year = told[0][0]
    if year is None and found.title_year is not None:
        year = found.title_year
        taken_from = "overskriften" if found.year_in_heading else "rækkerne over overskriften"
        notes.append(f"Månederne har intet år; {year} er taget fra {taken_from}.")
    return Observed(
        year=year,
        months=tuple(told[n][1] for n in kept),
        passengers=tuple(passengers[n] for n in kept),
        cost_oere=None if cost is None else tuple(cost[n] for n in kept),
        notes=tuple(notes),
    )


def _zero_notes(
    coming: Sequence[int],
    kept: Sequence[int],
    told: Sequence[tuple[int | None, int]],
    passengers: Sequence[int],
) -> list[str]:
    """Return what is said of months with 0 passengers: the last ones are not observed, those between are."""
    notes = []
    if coming:
        names = ", ".join(MONTH_NAMES[month - 1] for month in coming)
        notes.append(
            f"Årets sidste måneder med 0 passagerer ({names}) er ikke regnet som observeret. Var der ingen kørsel i dem, så"
            " skriv årets passagerer i stedet."
        )
    zeros = [MONTH_NAMES[told[n][1] - 1] for n in kept if not passengers[n]]
    if zeros:
        notes.append(
            f"0 passagerer i {', '.join(zeros)} er regnet som observeret, fordi en senere måned har passagerer."
        )
    return notes


def _gap_notes(months: Sequence[int]) -> list[str]:
    gaps = [MONTH_NAMES[n - 1] for n in range(months[0], months[-1]) if n not in months]
    return [f"Der er ingen tal for {', '.join(gaps)}, og en senere måned har."] if gaps else []


def _cost_notes(months: Sequence[tuple[int, int, int]]) -> list[str]:
    """Return what is said of costs that few months have: none at all, or less than none; (month, passengers, oere)."""
    notes = []
    if unpaid := [MONTH_NAMES[month - 1] for month, riders, paid in months if riders and not paid]:
        notes.append(
            f"Nettoudgiften er 0 kr. i {', '.join(unpaid)}, hvor der er passagerer. Er den ikke bogført endnu, så slet månedens"
            " række, og læs igen."
        )
    if negative := [MONTH_NAMES[month - 1] for month, _, paid in months if paid < 0]:
        notes.append(
            f"Nettoudgiften er negativ i {', '.join(negative)}. Er udgifter skrevet med minus, så fjern det, og læs igen."
        )
    return notes


def _total_notes(found: MonthRows, passengers: Sequence[int], mark: str) -> list[str]:
    """Return what is said of a total that is not the sum of the months that were read."""
    notes = []
    for number, row in found.totals:
        total = _count(found.cell(row, "passengers"), mark)
        if total is not None and total != sum(passengers):
            notes.append(
                f"Summen i række {number} er {danish(total)} passagerer, men månederne giver {danish(sum(passengers))}."
            )
    return notes


def _parsed(
    cells: Mapping[str, Sequence[tuple[int, Cell]]],
    name: str,
    parse: Callable[[Cell], T | None],
    expected: str,
    faults: list[Fault],
) -> list[T]:
    """Return the values of a column; the cells that cannot be read are added to ``faults``, as one, and left out."""
    values = []
    wrong: list[tuple[int, Cell]] = []
    for number, cell in cells[name]:
        value = parse(cell)
        if value is None:
            wrong.append((number, cell))
        else:
            values.append(value)
    if wrong:
        named = _named([number for number, _ in wrong])
        first = wrong[0][1]
        found = "er tom" if first == "" else f"{str(first)!r}"
        if str(first) == NOT_CALCULATED:
            expected = f"{expected}; formlen er ikke regnet ud, så åbn filen i regnearket, og gem den igen"
        if isinstance(first, MaybeShare) and name == "cost":
            expected = f"{expected}; her vises tallet måske som procent, så gem filen som .xlsx, eller ret cellen"
        more = " m.fl." if any(cell != first for _, cell in wrong) else ""
        faults.append(Fault(len(wrong), f"{named}, kolonne {COLUMN_NAMES[name]}: {found}{more}, forventet {expected}"))
    return values


def _named(rows: Sequence[int]) -> str:
    return rows_named(tuple(rows), MOST_ROWS)


def _count(cell: Cell, mark: str) -> int | None:
    """Return a whole number that is not negative, None when the cell has none."""
    value = _number(cell, mark, 0)
    return None if value is None or value < 0 or value != int(value) else int(value)


def _oere(cell: Cell, mark: str, scale: int) -> int | None:
    """Return an amount in whole oere: a workbook's sums carry noise beyond a hundredth of a krone."""
    value = None if isinstance(cell, MaybeShare) and scale == 1 else _number(cell, mark, _decimals(scale))
    return None if value is None else int((value * scale * 100).to_integral_value(ROUND_HALF_UP))


def _number(cell: Cell, mark: str, decimals: int) -> Decimal | None:
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return Decimal(str(cell))
    return reading(_bare(cell), mark, decimals) if isinstance(cell, str) else None


def _bare(text: str) -> str:
    """Return a number without its unit and apostrophes between thousands, with the minus of a book-keeper first.

    >>> _bare("1.234,50 kr."), _bare("(1'234,50)"), _bare("1.234,50-"), _bare("145.300,-")
    ('1.234,50', '-1234,50', '-1.234,50', '145.300')
    """
    bare = re.sub(r"(?<=[0-9])['’](?=[0-9]{3})", "", _KRONER.sub("", text.strip()))
    less = re.fullmatch(r"\(([0-9].*)\)|([0-9].*)-", bare)
    return f"-{less[1] or less[2]}" if less else bare


def _decimals(scale: int) -> int:
    """Return how many decimals an amount may have: down to whole oere.

    >>> _decimals(1), _decimals(1_000_000)
    (2, 8)
    """
    return 1 + len(str(scale))


def _read_two_ways(
    cells: Mapping[str, Sequence[tuple[int, Cell]]], marks: Sequence[str], scale: int
) -> Iterator[Fault]:
    """Yield the amounts that are a thousand times as large by one mark as by the other, and a lone day of two orders."""
    amounts = [(number, cell) for number, cell in cells.get("cost", []) if isinstance(cell, str) and cell]
    unsure = [
        (number, cell)
        for number, cell in amounts
        if len({reading(_bare(cell), mark, _decimals(scale)) for mark in marks}) > 1
    ]
    if scale > 1 and unsure:
        yield Fault(
            len(unsure),
            f"{_named([number for number, _ in unsure])}, kolonne nettoudgift: '{unsure[0][1]}' kan være {danish(scale)} kr."
            " med tre decimaler eller tusinder af dem; skriv beløbene i hele kroner med kr. efter, som 1234000 kr.",
        )
    lone = cells["month"][0] if len(cells["month"]) == 1 else (0, "")
    if (day := re.fullmatch(r"0?1/0?([2-9]|1[0-2])/[0-9]{4}", str(lone[1]).strip())) is not None:
        yield Fault(
            1,
            f"{_named([lone[0]])}, kolonne måned: '{lone[1]}' kan være den 1. i måned {day[1]} eller den {day[1]}. januar; skriv"
            " måneden som 2020-03",
        )


def _usual_mark(texts: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """Return the mark under which most cells can be read, so that only the others are told as faults."""
    fits = {mark: sum(reading(text, mark, most) is not None for text, most in texts) for mark in (",", ".")}
    return (max(fits, key=lambda mark: fits[mark]),)


def _calendar_faults(told: Sequence[tuple[int | None, int]]) -> list[Fault]:
    years = {year for year, _ in told}
    if len(years) > 1:
        names = ", ".join("uden år" if y is None else str(y) for y in sorted(years, key=lambda y: y or 0))
        return [Fault(1, f"månederne er ikke fra ét år ({names}); angiv ét års måneder, alle med år eller ingen")]
    numbers = [month for _, month in told]
    twice = [f"måned {m} står {numbers.count(m)} gange" for m in sorted(set(numbers)) if numbers.count(m) > 1]
    return [Fault(len(twice), f"{', '.join(twice)}; slet rækker, så hver måned står én gang")] if twice else []
