"""The places that the parameters take in the 64 draws, as `sim.study.column_search` found them."""

from functools import cache
from typing import Final

import numpy as np

from sim.inputs.chance.places import DRAWS, Integers, further_column, places_of
from sim.riders.response.response import load_response
from sim.study.shipped_draws import ShippedDraws

SHIPPED: Final = ShippedDraws("columns.csv", DRAWS, "Trækningernes pladser", "kør python -m sim.study.column_search")
CHANGES: Final = ((2400, 4800), (2400, 6000), (4800, 6000), (2400, 3600))
"""Changes of fares whose effects the other columns are freed of: a town fare, none to low, none to high and low to high; and the
municipal fare removed."""


@cache
def response_columns() -> tuple[Integers, ...]:
    """Return the places of the shipped price response's draws, which are settled by its fit: its multiplier and its effects."""
    draws = load_response().draws
    found = [places_of([d.free_multiplier for d in draws])]
    curves = [load_response().curve(number) for number in range(len(draws))]
    for before, after in CHANGES:
        found.append(places_of([c.acceptance(after) / c.acceptance(before) for c in curves]))
    return tuple(found)


@cache
def shipped_columns() -> dict[str, Integers]:
    """Return the shipped places by name; raises DataError when a column does not hold every place once."""

    def columns(rows: list[dict[str, str]]) -> dict[str, Integers]:
        found = {name: np.array([int(row[name]) for row in rows], dtype=np.int64) for name in rows[0] if name != "draw"}
        for name, column in found.items():
            if sorted(column.tolist()) != list(range(DRAWS)):
                raise ValueError(f"{name} does not hold every place once")
        return found

    return SHIPPED.read(columns)


@cache
def places(name: str) -> tuple[float, ...]:
    """Return where in its distribution a parameter lies in each of the 64 draws: the middles of equally likely slices.

    A name that has no shipped column gets one of its own, stratified like the others and as free of them as swaps make it.

    >>> sorted(places("volume"))[:2]
    [0.0078125, 0.0234375]
    """
    column = shipped_columns().get(name)
    if column is None:
        column = further_column([*response_columns(), *shipped_columns().values()], name)
    return tuple((place + 0.5) / DRAWS for place in column.tolist())
