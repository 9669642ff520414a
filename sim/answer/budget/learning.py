"""What spending so far says of the year: how far the model's remaining days follow it, and what is left unknown.

What was spent up to a day is an observation of the year's level, volume and unit cost together. A draw in which the same days
would have cost something else is set right by the ratio, so that a volume five times too large does not stay in the forecast.
Spending carries chance and a pattern of its own, and is believed for the part of the doubt that is about the level:

    factor = (spent / what the run's same days cost) ** w,  w = doubt / (doubt + pattern + chance)

with variances of logarithms: of the year over the draws; of the months' own differences (``month_profile_spread``); and of
chance, which weighs more the fewer the riders. It is the Kalman filter's update of an ensemble whose members have chance of their
own. For an allocated volume w is nearly 1; for a municipality's own number a few days' spending says little. What is left in
the forecast is the pattern of the months, chance, prices, and how riders answer to them.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.study.replicated.figures import Spread

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
MONTHS = 12
SEED = 20_170_701
"""Of the months' own differences and luck: the same in every forecast, as the parameter draws are."""
LEAST_YEARS = 256
"""Years of luck and months' own differences that the forecast is spread over, at least."""


@dataclass(frozen=True)
class Learned:
    """What spending makes of the days that are left.

    ``weight`` is how far it is believed, 0 to 1; ``remaining`` what the days cost, ``factor`` what every run's amounts are
    multiplied by. Both are told over years of luck, whose own place is also in ``replication``: the run it goes on from.
    """

    weight: float
    remaining: Spread
    factor: Spread
    replication: Integers

    def applied_to(self, of: Spread) -> Spread:
        """Return an amount of the runs as the spending has it."""
        return Spread(
            of.central[self.replication] * self.factor.central, of.drawn * self.factor.drawn, self.factor.paired
        )


def learn(
    spent_oere: int, central: Floats, drawn: Floats, paired: Integers, gone: Floats, assumptions: Assumptions
) -> Learned:
    """Return what spending says.

    ``central`` (replications, 12) and ``drawn`` (draws, 12) are the net cost of the months under today's option, ``paired`` the
    replication of each draw, ``gone`` how much of each month is over. Where there is nothing to compare, nothing is learned.
    """
    runs, draws = len(central), len(drawn)
    months, level = central.mean(axis=0), _levels(central, drawn, paired)
    so_far = float(months @ gone)
    if spent_oere <= 0 or so_far <= 0 or (months < 0).any() or level is None:
        one = Spread(np.ones(runs), np.ones(draws), paired)
        left = Spread(central @ (1 - gone), drawn @ (1 - gone), paired)
        return Learned(0.0, left, one, np.arange(runs, dtype=np.int64))
    times = -(-LEAST_YEARS // runs)
    years = runs * times
    generator = np.random.Generator(np.random.Philox(np.random.SeedSequence([SEED])))
    own = month_factors(assumptions, years, generator)
    # Costs of a month vary as its riders do, by a variance in proportion to their mean; the mean itself is of so many runs.
    per_oere = float(central.var(axis=0, ddof=1).sum() / months.sum()) * (1 + 1 / runs) if runs > 1 else 0.0
    at_level = months * spent_oere / so_far
    made_gone, made_left = (
        (own * _luck(at_level * part, per_oere, years, generator)) @ (months * part) for part in (gone, 1 - gone)
    )
    place = np.asarray(paired + runs * (np.arange(draws) % times), dtype=np.int64)
    weight = _weight(level, made_gone)
    factor = Spread((spent_oere / made_gone) ** weight, (spent_oere / (level * made_gone[place])) ** weight, place)
    remaining = Spread(made_left * factor.central, level * made_left[place] * factor.drawn, place)
    # The middle is the year without luck, so that it can be worked out by hand.
    middle = (spent_oere / so_far) ** weight
    factor, remaining = (
        Spread(of.central * exact / of.mean, of.drawn * exact / of.mean, place)
        for of, exact in ((factor, middle), (remaining, middle * float(months @ (1 - gone))))
    )
    return Learned(weight, remaining, factor, np.arange(years, dtype=np.int64) % runs)


def month_factors(assumptions: Assumptions, years: int, generator: np.random.Generator) -> Floats:
    """Return how many times the month profile's trips each year has in each month, float64 (years, 12).

    A triangle of ``month_profile_spread`` either way, every month by itself; none where the user has stated the profile.
    """
    if assumptions["month_profile"].overridden:
        return np.ones((years, MONTHS))
    spread = assumptions.number("month_profile_spread")
    return 1.0 + spread * (generator.random((years, MONTHS, 2)).sum(axis=2) - 1.0)


def _levels(central: Floats, drawn: Floats, paired: Integers) -> Floats | None:
    """Return how many times the central year each draw's costs, on the same people; None where one of them costs nothing."""
    years = central.sum(axis=1)[paired] if len(paired) else np.ones(0)
    if (years <= 0).any() or (drawn.sum(axis=1) <= 0).any():
        return None
    return np.asarray(drawn.sum(axis=1) / years, dtype=np.float64)


def _luck(means: Floats, per_oere: float, years: int, generator: np.random.Generator) -> Floats:
    """Return how many times its mean each month costs by chance: lognormal, the variance in proportion to the mean."""
    variance = np.log1p(np.divide(per_oere, means, out=np.zeros(MONTHS), where=means > 0))
    standard = generator.standard_normal((years, MONTHS))
    return np.asarray(np.exp(standard * np.sqrt(variance) - variance / 2), dtype=np.float64)


def _weight(level: Floats, so_far: Floats) -> float:
    """Return how far spending is believed; wholly where no draws say what else could be."""
    if not len(level):
        return 1.0
    doubt, others = float(np.mean(np.log(level) ** 2)), float(np.var(np.log(so_far)))
    return doubt / (doubt + others) if doubt > 0 else 0.0
