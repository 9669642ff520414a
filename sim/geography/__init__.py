"""Where people live, travel to and how far it is: one municipality's `Region`.

This room knows land, places, town zones, distances and driving times, all derived from the files of `data`. It knows
nothing of fares, vehicles or clocks. How it is done and how wrong it may be stands in docs/geography.md.
"""

from sim.geography.attraction import VisitWeights
from sim.geography.destinations import FoundDestination, find_destination
from sim.geography.municipalities import Municipality, find_municipality, movia_municipalities
from sim.geography.network import Ferries, Speeds
from sim.geography.records import BANDS
from sim.geography.region import Region
from sim.geography.regions import build_region

__all__ = [
    "BANDS",
    "Ferries",
    "FoundDestination",
    "Municipality",
    "Region",
    "Speeds",
    "VisitWeights",
    "build_region",
    "find_destination",
    "find_municipality",
    "movia_municipalities",
]
