"""All groups, in the order of the report."""

from typing import Final

from sim.evidence.validation import (
    common_numbers,
    conserved,
    covering,
    elasticity,
    inputs,
    prices,
    printed,
    queues,
    totals_2017,
    trials,
    years,
)
from sim.evidence.validation.group import Group

GROUPS: Final[tuple[Group, ...]] = (
    prices.GROUP,
    totals_2017.GROUP,
    inputs.GROUP,
    conserved.GROUP,
    queues.GROUP,
    trials.GROUP,
    years.GROUP,
    elasticity.GROUP,
    covering.GROUP,
    printed.GROUP,
    common_numbers.GROUP,
)
