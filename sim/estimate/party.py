"""Who is in the car, on average: expected adults and children by channel, aids and boarding time."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.riders.demand.requests import FIRST_OLDER_BAND
from sim.riders.demand.riders import older_shares, online_share_by_age, tilted
from sim.riders.demand.volume import mean_party
from tariffs.switches import Switches


@dataclass(frozen=True)
class Party:
    """The mean booking of a strand.

    ``adults`` and ``children`` pay as such, by (phone, online); ``boarding_s`` and ``alighting_s`` are the stops' times.
    """

    passengers: float
    adults: tuple[float, float]
    children: tuple[float, float]
    boarding_s: float
    alighting_s: float


@dataclass(frozen=True, eq=False)
class Parties:
    """The mean booking of a strand under some draws, the first axis of each number.

    ``paying`` float64 (draws, 4): adults and children by phone, adults and children online, in the order of `PAYING`.
    """

    passengers: NDArray[np.float64]
    paying: NDArray[np.float64]
    boarding_s: NDArray[np.float64]
    alighting_s: NDArray[np.float64]

    @classmethod
    def of(cls, each: Sequence[Party]) -> "Parties":
        """Return the bookings of some draws together."""
        return cls(
            np.array([who.passengers for who in each]),
            np.array([(who.adults[0], who.children[0], who.adults[1], who.children[1]) for who in each]),
            np.array([who.boarding_s for who in each]),
            np.array([who.alighting_s for who in each]),
        )


PAYING = ((0, 1, 0), (0, 0, 1), (1, 1, 0), (1, 0, 1))
"""Who pays apart: whether online, and one adult or one child."""


def party(
    assumptions: Assumptions, switches: Switches, *, in_town: bool, town_share: float, plustur: bool = False
) -> Party:
    """Return the mean booking of tours in town or elsewhere, among tours of which ``town_share`` are in town."""
    shares = np.array(assumptions.profile("age_shares"))
    older = older_shares(assumptions, town_share)[0 if in_town else 1]
    young = shares[:FIRST_OLDER_BAND] / shares[:FIRST_OLDER_BAND].sum()
    old = shares[FIRST_OLDER_BAND:] / shares[FIRST_OLDER_BAND:].sum()
    ages = np.concatenate([(1 - older) * young, older * old])
    online = np.ones(len(ages)) if plustur else online_share_by_age(assumptions)
    aids = tilted(
        np.array(assumptions.profile("aids_share_by_age")),
        assumptions.number("town_aids_tilt"),
        np.full(len(ages), in_town),
    )

    sizes = np.array(assumptions.profile("party_size_shares"))
    sizes = sizes / sizes.sum()
    companion_child = assumptions.number("child_companion_share")
    passengers = mean_party(assumptions)
    young_companions = (passengers - 1.0) * companion_child
    booker_child = np.zeros(len(ages))
    booker_child[0] = 1.0
    children = young_companions + booker_child
    adults = passengers - children
    if switches.companion_price == "half":
        # One adult pays in full; everybody else pays as a child.
        some_adult = 1.0 - float(sizes @ companion_child ** np.arange(len(sizes)))
        full = np.where(booker_child == 1.0, some_adult, 1.0)
        adults, children = full, passengers - full
    by_phone, by_net = ages * (1 - online), ages * online
    boarding = assumptions.number("boarding_s")
    if not plustur:
        boarding += assumptions.number("boarding_aids_s") * float(ages @ aids)
        boarding += assumptions.number("boarding_wheelchair_s") * assumptions.number("wheelchair_share")
    return Party(
        passengers,
        (float(by_phone @ adults), float(by_net @ adults)),
        (float(by_phone @ children), float(by_net @ children)),
        boarding,
        boarding * assumptions.number("alighting_share"),
    )
