"""What the two fits found, as records: the numbers of evidence.json and calibration.json, in their order."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from sim.words.figure import Figure, Range


@dataclass(frozen=True)
class Known:
    """A figure in the three states of knowledge: before the trials, after them, and after them without Lolland."""

    prior: Figure
    posterior: Figure
    without_lolland: Figure

    @property
    def in_order(self) -> tuple[Figure, Figure, Figure]:
        """The three, in the order in which they are published."""
        return self.prior, self.posterior, self.without_lolland


@dataclass(frozen=True)
class Weighed:
    """A family of curves in one state: its weight, and its own mean of each change, percent."""

    weight: float
    mean: dict[str, float]


@dataclass(frozen=True)
class Family:
    """A family of curves in the same three states."""

    prior: Weighed
    posterior: Weighed
    without_lolland: Weighed

    @property
    def in_order(self) -> tuple[Weighed, Weighed, Weighed]:
        """The three, in the order in which they are published."""
        return self.prior, self.posterior, self.without_lolland


@dataclass(frozen=True)
class Effect(Known):
    """A change in affected trips, percent; ``typical`` in the municipality in the middle, ``without_form`` without any curve."""

    typical: Figure
    without_form: Range


@dataclass(frozen=True)
class LollandPart:
    """What of a change to 60 kr rests on Lolland: percentage points, and the ratio of the widths of the intervals."""

    mean_with: float
    mean_without: float
    shift: float
    width_with: float
    width_without: float
    ratio: float


@dataclass(frozen=True)
class CurveRow:
    """The trips left at a level, percent of those at the level that the curve starts at."""

    kr: int
    prior: Figure
    posterior: Figure


@dataclass(frozen=True)
class FreeFactor:
    """How many times the trips to a destination grow when it becomes free."""

    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Evidence:
    """What the price response rests on; see `sim.riders.response.evidence`. Changes are keyed as ``24_to_60``."""

    version: str
    draws: int
    families: dict[str, Family]
    spread: Known
    effects: dict[str, Effect]
    lolland: dict[str, LollandPart]
    other_priors: dict[str, float]
    elasticity: dict[str, Figure]
    curves: dict[str, tuple[CurveRow, ...]]
    free: FreeFactor


def evidence_of(content: Mapping[str, Any]) -> Evidence:
    """Return the content of evidence.json as a record."""
    return TypeAdapter(Evidence).validate_python(content)


@dataclass(frozen=True)
class Compared:
    """A number as it was counted and as the fit simulates it."""

    counted: float
    simulated: float


@dataclass(frozen=True)
class Drawn:
    """A number under central parameters, and over the draws."""

    central: float
    mean: float
    p10: float
    p90: float
    lowest: float
    highest: float

    @property
    def figure(self) -> Figure:
        """Its mean and interval over the draws."""
        return Figure(self.mean, self.p10, self.p90)


@dataclass(frozen=True)
class DrawnFare(Drawn):
    """The mean fare; ``draws_inside`` of the draws have one within what is published."""

    draws_inside: int


@dataclass(frozen=True)
class DrawnRate(Drawn):
    """The price of an hour; ``draws_inside`` of the draws have one within what is plausible."""

    plausible_low: float
    plausible_high: float
    draws_inside: int


@dataclass(frozen=True)
class VehicleFit:
    """What pool and operator cost were fitted to, and how near they came."""

    version: str
    values: dict[str, float]
    at_bounds: tuple[str, ...]
    municipalities: int
    trips_simulated: int
    shared_percent: Compared
    coordinated_percent: Compared
    net_kr_per_passenger: Compared
    mean_fare_kr: DrawnFare
    rate_kr_per_hour: DrawnRate
    unknown_kommunetakst_share: float
