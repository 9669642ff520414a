"""All groups, in the order of the report."""

from typing import Final

from sim.validation import covering, elasticity, prices, totals_2017, trials, years
from sim.validation.group import Group

GROUPS: Final[tuple[Group, ...]] = (
    prices.GROUP,
    totals_2017.GROUP,
    trials.GROUP,
    years.GROUP,
    elasticity.GROUP,
    covering.GROUP,
)
