"""The municipality and chosen neighbours side by side."""

from dataclasses import dataclass
from typing import Literal

from sim.words.figure import Figure

Offered = Literal["yes", "no", "assumed", "known"]


@dataclass(frozen=True)
class NeighbourWithout:
    """A neighbour without flextur: nothing is calculated for it."""

    municipality: str
    name: str
    own: bool
    offers_flextur: str


@dataclass(frozen=True)
class NeighbourRow(NeighbourWithout):
    """A municipality under its own package: prices of an adult by phone in oere, volume, net cost in oere.

    ``own`` is the row of the municipality that the answer is of. The figures of the others are not their own.
    """

    package: tuple[str, ...]
    package_certainty: str
    price_3_km_oere: int | None
    price_8_km_oere: int | None
    volume_origin: str
    population: int
    older: int
    trips: Figure
    passengers: Figure
    net_cost_oere: Figure
    net_cost_per_passenger_oere: Figure | None
    net_cost_per_resident_oere: Figure
    net_cost_per_older_resident_oere: Figure
    trips_per_1000_older: Figure


@dataclass(frozen=True)
class FeeMove:
    """What Movia's common fee moves by when a neighbour leaves, oere, at one fixed part (0 to 1) of the fee."""

    fixed_part: float
    per_passenger_oere: float
    year_oere: float


@dataclass(frozen=True)
class AcrossTo:
    """The trips to one neighbour, a year and oere, and what its leaving does to the fee; None where it has left."""

    municipality: str
    name: str
    offers_flextur: str
    trips: Figure
    passengers: Figure
    net_cost_oere: Figure
    fee: tuple[FeeMove, ...] | None


@dataclass(frozen=True)
class Neighbours:
    """The rows, the municipality's own first, and the trips across; figures of different rows may not be added."""

    rows: tuple[NeighbourRow | NeighbourWithout, ...]
    across: tuple[AcrossTo, ...]
    replications: int
    draws: int
    notes: tuple[str, ...]
