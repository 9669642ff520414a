"""The two planners: what is done with a booking, and with those that are booked already."""

from dataclasses import dataclass

RELOCATIONS = 20
"""Relocations a booking that `improve` makes when not told otherwise; more gain more and take longer in proportion."""


@dataclass(frozen=True)
class Planner:
    """How bookings are planned: each where it costs least, and then so many relocations of open ones for each booking.

    So many open bookings are moved together with others (`sim.road.dispatch.regrouping`), then as many one by one. ``seed`` decides
    which. Raises ValueError for a negative number of relocations.
    """

    relocations: int = 0
    seed: int = 1

    def __post_init__(self) -> None:
        if self.relocations < 0:
            raise ValueError(f"relocations must not be negative, got {self.relocations}")


INSERTION = Planner()


def improve(relocations: int = RELOCATIONS, seed: int = 1) -> Planner:
    """Return the planner that goes on improving what is booked and not yet driven."""
    return Planner(relocations, seed)
