"""The numbers of a simulated day, added up from its own rows."""

from dataclasses import dataclass

import numpy as np

from sim.geography.projection import to_metres
from sim.telling.simulated_day.day import PICKUP, SimulatedDay
from sim.telling.simulated_day.days import MADE


@dataclass(frozen=True)
class DayNumbers:
    """What a day comes to.

    ``wishes`` are all requests of the day, ``trips`` those that were made, ``shared`` those of them with another booking in the
    car. ``referred`` are the bookings of referred riders in the same vehicles. ``driven_s`` is all driving, the approach from the
    base included, and ``empty_s`` the part of it with nobody on board. ``straight_m`` is between stops as the crow flies: the
    tables hold no driven metres, and the way from the base is not in it.
    """

    wishes: int
    trips: int
    passengers: int
    shared: int
    referred: int
    vehicles: int
    driven_s: int
    empty_s: int
    straight_m: float

    @property
    def shared_percent(self) -> float | None:
        """Shared trips in percent of those made; None without any."""
        return 100 * self.shared / self.trips if self.trips else None


def day_numbers(day: SimulatedDay) -> DayNumbers:
    """Add up a day."""
    made = [trip for trip in day.trips if trip.status == MADE]
    return DayNumbers(
        wishes=len(day.trips),
        trips=len(made),
        passengers=sum(trip.passengers for trip in made),
        shared=sum(trip.shared for trip in made),
        referred=sum(stop.referred and stop.kind == PICKUP for stop in day.stops),
        vehicles=len({duty.vehicle for duty in day.duties}),
        driven_s=sum(stop.drive_s for stop in day.stops),
        empty_s=sum(stop.drive_s for stop in day.stops if stop.load_before == 0),
        straight_m=sum(_straight_m(day)),
    )


def _straight_m(day: SimulatedDay) -> list[float]:
    """Return the metres between each duty's stops."""
    found = []
    for duty in day.duties:
        x, y = to_metres([stop.lat for stop in duty.stops], [stop.lon for stop in duty.stops])
        found.append(float(np.hypot(np.diff(x), np.diff(y)).sum()))
    return found
