"""A comparison's figures as every table, sentence and drawing prints them: the same everywhere, and adding up as printed.

All amounts of a year are in thousands of kroner. The change of an option is rounded itself; its net cost is that of the option in
force and the change, and its parts add up to it. Figures are in whole steps of `sim.words.rounding.Printed`.
"""

import math
from dataclasses import dataclass

from sim.words.cells import Json
from sim.words.rounding import COUNT, Printed, thousands_for

UNIT = "1.000 kr."
PARTS = ("operator_payment_oere", "fares_oere", "movia_fee_oere")


@dataclass(frozen=True)
class Account:
    """An option's amounts in steps: operator payment less fares plus fee is net cost, which is today's and the change."""

    operator_payment: int
    fares: int
    movia_fee: int
    net_cost: int
    change: int

    def of(self, key: str) -> int:
        """Return the amount under its key in the comparison."""
        return int(getattr(self, key.removesuffix("_oere")))


def money(comparison: Json) -> Printed:
    """Return how the amounts of a comparison are printed: so that the smallest change between options says something."""
    return thousands_for([option["change"]["net_cost_oere"] for option in comparison["options"][1:]])


def accounts(comparison: Json) -> list[Account]:
    """Return the account of every option over the full year."""
    options, shown = comparison["options"], money(comparison)
    return accounts_of(options, [option["change"]["net_cost_oere"]["mean"] for option in options], shown)


def accounts_of(blocks: list[Json], changes: list[float], shown: Printed) -> list[Account]:
    """Return accounts of blocks with net cost, the first today's, and of their changes from it."""
    base = shown.steps(blocks[0]["net_cost_oere"]["mean"])
    return [_account(block, *shown.moved(base, changes[n] if n else 0.0), shown) for n, block in enumerate(blocks)]


def _account(block: Json, net: int, change: int, shown: Printed) -> Account:
    operator, fares, fee = (block[key]["mean"] for key in PARTS)
    own = operator - fares + fee
    if abs(net - own / shown.least) > 1:  # a block whose change is not its own, as in a part of an older answer
        net = shown.steps(own)
    parts = shown.split([operator, -fares, fee], net)
    return Account(parts[0], -parts[1], parts[2], net, change)


def counts(options: list[Json], key: str) -> list[tuple[int, int]]:
    """Return every option's trips or passengers and their change from today's."""
    base = COUNT.steps(options[0][key]["mean"])
    return [COUNT.moved(base, option["change"][key]["mean"] if n else 0.0) for n, option in enumerate(options)]


def affected_counts(option: Json) -> tuple[int, int]:
    """Return the trips that an option can touch, today and under it."""
    before = COUNT.steps(option["affected_riders"]["trips"]["mean"])
    return before, COUNT.moved(before, option["affected"]["change"]["trips"]["mean"])[0]


def band_counts(option: Json, group: str) -> list[tuple[int, int]]:
    """Return the trips of each band of a group, today and under the option; each column adds up to all affected trips."""
    bands = option["affected_riders"][group]
    columns = []
    for key, total in zip(("trips", "trips_after"), affected_counts(option), strict=True):
        means = [band[key]["mean"] for band in bands]
        columns.append(_split(means, total, COUNT))
    return list(zip(*columns, strict=True))


def waterfall_steps(comparison: Json, place: int) -> list[int]:
    """Return the parts of an option's change; together they are the change."""
    shown = money(comparison)
    parts = [part["oere"]["mean"] for part in comparison["options"][place]["waterfall"]]
    return _split(parts, accounts(comparison)[place].change, shown)


def month_steps(comparison: Json, place: int, means: list[float]) -> list[int]:
    """Return an option's months; together they are its year, or what the budget year comes to with a start date."""
    shown, year = money(comparison), accounts(comparison)
    total = year[place].net_cost
    if comparison["start"] is not None and place:
        change = comparison["options"][place]["part_year"]["change"]["net_cost_oere"]["mean"]
        total = shown.moved(year[0].net_cost, change)[0]
    return _split(means, total, shown)


def _split(means: list[float], total: int, shown: Printed) -> list[int]:
    """Return the steps of figures that add up to a total, or to their own sum where that is another.

    It is another where an older answer lacks the months of the budget year.
    """
    own = math.fsum(means) / shown.least
    return shown.split(means, total if abs(own - total) < 1 else shown.steps(math.fsum(means)))
