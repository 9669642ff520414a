"""A municipality's own trips as a study holds them, in place of drawn demand."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.riders.demand.listed import ListedTrips
from sim.riders.demand.requests import PlaceClass
from sim.riders.demand.trip_pattern import TourKind, chance_inside
from sim.riders.demand.volume import Volume
from tariffs.errors import InputError

Shares = NDArray[np.float64]

SOURCE = "kommunens egen turliste"


@dataclass(frozen=True, eq=False)
class OwnTrips:
    """The list as a study holds it.

    ``has_status`` says whether trips in vain are told; ``passengers`` those carried by flextur; ``told`` in Danish what a
    reader must know; ``statement`` where the volume comes from.
    """

    trips: ListedTrips
    has_status: bool
    passengers: float
    statement: str
    told: tuple[str, ...]

    @property
    def volume(self) -> Volume:
        """The list's passengers as the study's volume."""
        return Volume(self.passengers, "own", 0.0, self.statement)

    def told_to(
        self, assumptions: Assumptions, accepted: Mapping[int, float], places: Shares, *, any_town: bool
    ) -> Assumptions:
        """Return the register with the list's own shares in town and across the border, known and so without a range.

        They are shares of all who would ride at equal fares; ``accepted`` is the share of each place class that rides
        under the reference package, ``places`` each place's share in each of its town areas, float64 (places, areas).
        Raises InputError when that forbids trips of the list.
        """
        flextur = ~self.trips.plustur
        across = self.trips.kind == TourKind.ACROSS_OUT
        town = chance_inside(places[self.trips.origin], places[self.trips.destination], any_town) * ~across
        listed = {
            PlaceClass.IN_TOWN: float(town[flextur].sum()),
            PlaceClass.INSIDE: float((1.0 - town)[flextur & ~across].sum()),
            PlaceClass.ACROSS: float(np.count_nonzero(flextur & across)),
        }
        forbidden = sum(count for place, count in listed.items() if not accepted[place])
        if forbidden:
            raise forbidden_trips(math.ceil(forbidden))
        wishes = {place: count / accepted[place] for place, count in listed.items() if count}
        whole = sum(wishes.values())
        entries = dict(assumptions)
        for key, place in (("town_share", PlaceClass.IN_TOWN), ("cross_border_share", PlaceClass.ACROSS)):
            value = round(wishes.get(place, 0.0) / whole, 4)
            entries[key] = replace(entries[key], value=value, low=value, high=value, mark="C", source=SOURCE)
        return Assumptions(entries)


def forbidden_trips(trips: int) -> InputError:
    """Return the error for trips of a list that the reference package forbids."""
    return InputError(
        f"{trips} af turlistens ture kan ikke køres under den takst og de serviceelementer, listen skal gælde under",
        why="de serviceelementer, der gjaldt, da turene blev kørt, passer ikke til listen",
        next_step="angiv de rigtige med --reference (ellers er det den første valgmulighed)",
    )
