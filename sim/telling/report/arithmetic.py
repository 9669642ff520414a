"""The account to check with a pocket calculator: amounts in kroner and oere that add up exactly as shown."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from sim.answer.records.totals import Totals
from sim.words.cells import Cell
from sim.words.numbers import danish, kroner
from sim.words.table import Table

FORMULA = "nettoudgift = vognmandsbetaling − brugerbetaling + betaling til Movia"


@dataclass(frozen=True)
class WholeOere:
    """An account in whole oere; ``net_cost`` is exactly the sum of the others."""

    operator_payment: int
    fares: int
    movia_fee: int
    net_cost: int


def whole_oere(block: Totals) -> WholeOere:
    """Round an account of means to whole oere so that what is shown adds up.

    Net cost is rounded to the nearest oere; the parts take the floor of what they add to it, and the oere that are
    then missing go to the parts with the largest remainders. No part moves by a whole oere.

    Raises ValueError when the means themselves do not add up: then there is an error upstream that no rounding may hide.
    """
    exact = [block.operator_payment_oere.mean, -block.fares_oere.mean, block.movia_fee_oere.mean]
    net_exact = block.net_cost_oere.mean
    if abs(math.fsum(exact) - net_exact) > 0.01:
        raise ValueError(
            f"net_cost_oere {net_exact} is not operator payment less fares plus fee ({math.fsum(exact)}); the account is wrong"
        )
    # Two decimals of an oere are kept: means over replications have few, and float noise has none of them.
    tidy = [round(part, 2) for part in exact]
    net = math.floor(math.fsum(tidy) + 0.5)
    parts = [math.floor(part) for part in tidy]
    by_remainder = sorted(range(3), key=lambda n: (parts[n] - tidy[n], n))
    for n in by_remainder[: net - sum(parts)]:
        parts[n] += 1
    return WholeOere(parts[0], -parts[1], parts[2], net)


def arithmetic_table(accounts: Iterable[tuple[str, Totals]], caption: str) -> Table:
    """Return the formula in numbers for each account under its option's name."""
    header = (
        "valgmulighed", "vognmandsbetaling", "− brugerbetaling", "+ betaling til Movia", "= nettoudgift",
        "passagerer", "betaling til Movia pr. passager",
    )  # fmt: skip
    rows = []
    for name, block in accounts:
        whole, passengers = whole_oere(block), block.passengers.mean
        each = Cell(kroner(whole.movia_fee / passengers, 2) if passengers else "–")
        amounts = (whole.operator_payment, whole.fares, whole.movia_fee, whole.net_cost)
        rows.append((Cell(name), *(Cell(kroner(a, 2)) for a in amounts), Cell(danish(passengers, 1)), each))
    return Table(caption, header, tuple(rows))
