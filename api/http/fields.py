"""The fields of a cell: what each is called, where it stands in a comparison or an estimate, and how it is written."""

import difflib
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from api.http.problems import NoSuchFieldError
from sim.answer.quantities import cells, quantities
from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.answer.records.totals import PartYear
from sim.estimate.amounts import Amounts, OptionEstimate
from sim.telling.report.priced_trips import PricedTrip
from sim.telling.report.printed import accounts_of, counts_moved
from sim.words.numbers import OERE_PER_KRONE, nearest
from sim.words.rounding import KRONER
from tariffs import Certainty, certainty_word

Unit = Literal["kr", "oere"]
ACCOUNT = ("operator_payment", "fares", "movia_fee", "net_cost", "change")
PRICE_MARK = "price_mark"
"""The one field that is a text: how surely the option's prices are known."""
NO_PART_YEAR = "Scenariet har ingen startdato, så der er ingen virkning i budgetåret"


@dataclass(frozen=True)
class Field:
    """One number: a quantity, of a year or the rest of the budget year, itself or its change against today."""

    name: str
    base: str
    change: bool
    part_year: bool
    permille: bool
    part: Literal["mean", "p10", "p90"]

    @property
    def key(self) -> str:
        """Return what the quantity is called in a comparison."""
        return quantities()[self.base].key

    @property
    def is_money(self) -> bool:
        """Say whether the number is an amount in oere."""
        return quantities()[self.base].is_money and not self.permille


@cache
def all_fields() -> dict[str, Field]:
    """Return every field by its name."""
    fields = []
    for base in (quantity.id for quantity in cells()):
        for part in ("mean", "p10", "p90"):
            tail = "" if part == "mean" else f"_{part}"
            for period, part_year in (("", False), ("_part_year", True)):
                fields.append(Field(f"{base}{period}{tail}", base, False, part_year, False, part))
                for share in ("", "_permille"):
                    name = f"{base}_change{period}{share}{tail}"
                    fields.append(Field(name, base, True, part_year, bool(share), part))
    return {field.name: field for field in fields}


def option_mark(name: str, elements: Sequence[str]) -> str:
    """Return eight letters by which an option is known again: its name and its elements; the same in every run.

    >>> mark = option_mark("Nuværende ordning", ["kommunetakst"])
    >>> len(mark), mark == option_mark("Nuværende ordning", [])
    (8, False)
    """
    told = json.dumps([name, elements], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def check_mark(comparison: Answer, option: int, mark: str | None) -> None:
    """Raise NoSuchFieldError when the option at a place is another than the one that was meant."""
    if mark is None or option > len(comparison.options):
        return
    chosen = comparison.options[option - 1]
    if option_mark(chosen.name, chosen.elements) != mark:
        raise NoSuchFieldError(
            f"Valgmulighed {option} er en anden end den, formlen blev lavet til",
            why=f"den hedder nu {chosen.name}, eller dens elementer er ændret",
            next_step="hent regnearket igen, eller ret formlens nummer og valg",
        )


def find_field(name: str) -> Field:
    """Return the field called ``name``; raises NoSuchFieldError with the nearest ones."""
    field = all_fields().get(name)
    if field is None:
        near = difflib.get_close_matches(name[:60], [*all_fields(), PRICE_MARK], n=3)
        hint = f"mente du {' eller '.join(near)}? " if near else ""
        raise NoSuchFieldError("Feltet findes ikke", where="feltets navn", next_step=f"{hint}se felterne i docs/api.md")
    return field


def price_mark(prices: Sequence[PricedTrip], option: int, where: str) -> str:
    """Return in one word how surely the prices of an option (from 1) are known, by the trips that are priced (`priced_trips`).

    The weakest of what riders pay: kendt, antaget, udregnet, fremskrevet or egen pris. Raises NoSuchFieldError where nobody says.
    """
    found = [row.certainty[option - 1] for row in prices if row.certainty is not None]
    if not found:
        raise NoSuchFieldError(
            "Prisens mærke kendes ikke", where=where, why="svaret er fra før 0.5.0", next_step="lav simuleringen igen"
        )
    return certainty_word(max(found, key=tuple(Certainty).index)) or "kendt"


def check_option(comparison: Answer, option: int) -> None:
    """Raise NoSuchFieldError when the comparison has no such option (from 1)."""
    options = comparison.options
    if not 1 <= option <= len(options):
        raise NoSuchFieldError(
            f"Simuleringen har ikke en valgmulighed nummer {option}", next_step=f"vælg 1 til {len(options)}"
        )


def of_comparison(comparison: Answer, option: int, field: Field) -> float:
    """Return a field of an option (from 1) in a comparison, in oere, whole things or per mille.

    Raises NoSuchFieldError when there is no such option, no part year, or nobody knows the number.
    """
    check_option(comparison, option)
    chosen = comparison.options[option - 1]
    period = chosen.part_year if field.part_year else chosen
    if period is None:
        raise NoSuchFieldError(NO_PART_YEAR, next_step="giv scenariet en start")
    moved = period.change.percent if field.permille else period.change
    figure = quantities()[field.base].of(moved if field.change else period)
    if figure is None:
        raise _unknown(field)
    value: float = getattr(figure, field.part)
    return value * (10.0 if field.permille else 1.0)


def in_whole_kroner(comparison: Answer, option: int, field: Field) -> int | None:
    """Return an amount of an option's account in whole kroner that add up; None for what is no part of it.

    Operator payment less fares plus fee is net cost, and net cost is today's and the change.
    """
    name = "change" if field.change and field.base == "net_cost" else "" if field.change else field.base
    if name not in ACCOUNT or field.part != "mean" or field.permille:
        return None
    blocks = _blocks(comparison, field)
    if len(blocks) < len(comparison.options):
        return None
    moved = [block.change.net_cost_oere.mean for block in blocks]
    steps: int = getattr(accounts_of(blocks, moved, KRONER)[option - 1], name)
    return steps


def in_whole_numbers(comparison: Answer, option: int, field: Field) -> int | None:
    """Return an option's trips or passengers, or their change, as the answer's page has them; None for anything else.

    What an option has is today's and the change, both whole.
    """
    if field.base not in ("trips", "passengers") or field.part != "mean" or field.permille:
        return None
    blocks = _blocks(comparison, field)
    if len(blocks) < len(comparison.options):
        return None
    now, change = counts_moved(getattr(blocks[0], field.base), [getattr(block.change, field.base) for block in blocks])[
        option - 1
    ]
    return change if field.change else now


def _blocks(comparison: Answer, field: Field) -> Sequence[OptionAnswer | PartYear]:
    if field.part_year:
        return [one.part_year for one in comparison.options if one.part_year is not None]
    return list(comparison.options)


def of_estimate(base: OptionEstimate, option: OptionEstimate, field: Field) -> float:
    """Return a field of an estimate, in the same units; raises NoSuchFieldError, also for intervals, which it has none of."""
    if field.part != "mean":
        raise NoSuchFieldError("Et skøn har intet interval", next_step="udelad _p10 og _p90, eller lav en simulering")
    today, then = (base.part_year, option.part_year) if field.part_year else (base.year, option.year)
    if today is None or then is None:
        raise NoSuchFieldError(NO_PART_YEAR, next_step="tilføj start=ÅÅÅÅ-MM-DD")
    value = _amount(then, field)
    if not field.change:
        return value
    before = _amount(today, field)
    if not field.permille:
        return value - before
    if before <= 0:
        raise _unknown(field)
    return 1000.0 * (value - before) / before


def _amount(amounts: Amounts, field: Field) -> float:
    if field.base == "net_cost_per_passenger":
        found = amounts.net_cost_oere / amounts.passengers if amounts.passengers else None
    else:
        found = getattr(amounts, field.key, None)  # what only a simulation counts, an estimate has not
    if found is None:
        raise _unknown(field)
    return float(found)


def _unknown(field: Field) -> NoSuchFieldError:
    return NoSuchFieldError(
        "Tallet kendes ikke", where=field.name, why="der er ingen passagerer eller intet at måle imod"
    )


def answered(comparison: Answer, option: int, field: Field, unit: Unit) -> str:
    """Return a field of an option (from 1) as a cell has it: kroner so that the account adds up, trips and passengers as on the page."""
    value = of_comparison(comparison, option, field)
    if unit != "kr" or not math.isfinite(value):
        return cell_text(value, field, unit)
    kroner = in_whole_kroner(comparison, option, field)
    if kroner is not None and abs(kroner - value / OERE_PER_KRONE) <= 1:
        return str(kroner)
    counted = in_whole_numbers(comparison, option, field)
    if counted is not None and abs(counted - value) <= 1:
        return str(counted)
    return cell_text(value, field, unit)


def cell_text(value: float, field: Field, unit: Unit) -> str:
    """Return a number as a cell has it: whole, without separators, halves away from zero.

    >>> cell_text(-12_345_650.0, find_field("net_cost_change"), "kr")
    '-123457'
    """
    if not math.isfinite(value):
        raise _unknown(field)
    divisor = OERE_PER_KRONE if field.is_money and unit == "kr" else 1
    return str(nearest(value / divisor))
