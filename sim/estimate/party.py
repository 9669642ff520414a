"""Who is in the car, on average: expected adults and children by channel, aids and boarding time."""

from dataclasses import dataclass

import numpy as np

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
