"""What the trials allow without any family of curves: the least and the most that riders can fall by."""

import math
from itertools import pairwise

from sim.inputs.facts import load_facts
from sim.riders.response.facts import Facts, read_facts

Bounds = tuple[float, float]
"""Least and greatest change in affected trips, percent; the first is the smaller number."""


def without_form(from_kr: float, to_kr: float, facts: Facts | None = None) -> Bounds:
    """Return the bounds that the trials alone set on the change in trips when the level goes up, percent.

    Two things are supposed and nothing else. One response holds everywhere: the falls of the trials and the fall asked for
    belong to one curve S. And riders grow no less sensitive as the price rises: h(p) = -d ln S / dp never falls.

    The fall from p to q is then the area under h, an area is at least 0, and what a trial reported bounds an area: from 24 to
    48 kr between -ln 0.60 and -ln 0.45, from 36 to 72 kr between -ln 0.15 and -ln 0.08 (low and high as declared in
    data/facts.toml). Cut the prices at every end of a trial and of the change. Within a piece h may be replaced by its mean
    without moving any area or the order of the pieces, so the extremes are those of a linear programme with one unknown for
    each piece. By hand, with pieces of 12 kr, L = 24 -> 48 and M = 36 -> 72: 24 -> 60 is at least 3/2 L (a straight line on) and
    at most 3/4 L + 1/2 M (L split evenly, the rest of M too), 36 -> 60 at least L and at most L/2 + M/2.
    """
    from scipy.optimize import linprog  # slow to import, needed here alone

    found, declared = facts or read_facts(), load_facts()
    observed = ((found.trials, declared["town_48_trips"]), (found.lolland, declared["lolland_72_trips"]))
    cuts = sorted({float(p) for trial, _ in observed for p in (trial.from_kr, trial.to_kr)} | {from_kr, to_kr})
    pieces = list(pairwise(cuts))
    rows, limits = [], []
    for trial, fact in observed:
        area = _widths(pieces, trial.from_kr, trial.to_kr)
        rows += [area, [-width for width in area]]
        limits += [-math.log1p(fact.low / 100), math.log1p(fact.high / 100)]
    for place in range(len(pieces) - 1):
        rows.append([1.0 if n == place else -1.0 if n == place + 1 else 0.0 for n in range(len(pieces))])
        limits.append(0.0)
    asked = _widths(pieces, from_kr, to_kr)
    falls = []
    for sign in (1.0, -1.0):
        solved = linprog([sign * width for width in asked], A_ub=rows, b_ub=limits, bounds=(0.0, None), method="highs")
        falls.append(sign * solved.fun if solved.success else math.inf)
    return 100 * math.expm1(-falls[1]), 100 * math.expm1(-falls[0])


def _widths(pieces: list[tuple[float, float]], low: float, high: float) -> list[float]:
    """Return the width of each piece that lies between ``low`` and ``high``, 0 for the others."""
    return [q - p if low <= p and q <= high else 0.0 for p, q in pieces]
