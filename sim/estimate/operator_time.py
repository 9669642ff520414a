"""What the operator is paid for beyond boarding, per booking: a linear model fitted on simulations (`sim.estimate.fit`).

    driving, waiting, starts = a + b x direct driving time + c x root of the area per daily booking + d x log of daily bookings

each with its own four coefficients. Where bookings are few and far between, vehicles come from further away and rides are
chained less. A garantivogn's hours count as driving, at what they are paid.
"""

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from sim.assumptions import Assumptions
from tariffs import VariabelRates
from tariffs.errors import DataError

FILE = "data/calibration/estimate.toml"
PARTS = ("driving_s", "waiting_s", "starts")
SECONDS_PER_HOUR = 3600
FEWEST_A_DAY = 0.5
"""Fewer bookings a day than this were never fitted; they count as so many."""


@dataclass(frozen=True)
class Setting:
    """What the operator's time rests on: the mean direct drive of the bookings, how many a day, and over what area."""

    direct_s: float
    bookings_a_day: float
    area_km2: float

    @property
    def terms(self) -> tuple[float, float, float, float]:
        """The four terms of the linear model."""
        bookings = max(self.bookings_a_day, FEWEST_A_DAY)
        return 1.0, self.direct_s, math.sqrt(self.area_km2 / bookings), math.log(bookings)


@dataclass(frozen=True)
class OperatorTime:
    """Seconds of driving, seconds of waiting and starts that a booking bears beyond its own boarding."""

    driving_s: float
    waiting_s: float
    starts: float

    def oere(self, rates: VariabelRates, weekend: float) -> float:
        """Return what it costs when ``weekend`` of the bookings are on weekend rates."""
        driving = _mixed(rates.driving_weekday_oere_h, rates.driving_weekend_oere_h, weekend)
        waiting = _mixed(rates.waiting_weekday_oere_h, rates.waiting_weekend_oere_h, weekend)
        return self.starts * rates.start_oere + (self.driving_s * driving + self.waiting_s * waiting) / SECONDS_PER_HOUR


@dataclass(frozen=True)
class Metamodel:
    """The fitted coefficients, what they were fitted on, and how far the estimate was off where it was not fitted."""

    coefficients: dict[str, tuple[float, ...]]
    version: str
    fitted_on: int
    measured_on: int
    net_cost_error_percent: float
    change_error_percent: float
    worst_net_cost_percent: float = math.nan
    rate_at_ends: Mapping[str, tuple[float, float]] = field(default_factory=dict)

    def rate_ratio(self, values: Mapping[str, float], assumptions: Assumptions) -> float:
        """Return how many times the fitted driving hour is paid at other values of the assumptions it was fitted under.

        Known for each assumption alone at the ends of its range (``rate_at_ends``); between them the logarithm is
        taken as straight, and several assumptions multiply.
        """
        logarithm = 0.0
        for key, value in values.items():
            entry = assumptions[key]
            if key in self.rate_at_ends and isinstance(entry.value, float) and value != entry.value:
                low_ratio, high_ratio = self.rate_at_ends[key]
                end, ratio = (entry.low, low_ratio) if value < entry.value else (entry.high, high_ratio)
                if end is not None and end != entry.value:
                    logarithm += math.log(ratio) * (value - entry.value) / (end - entry.value)
        return math.exp(logarithm)

    def time(self, setting: Setting) -> OperatorTime:
        """Return the operator's time per booking, never below nothing."""
        driving, waiting, starts = (
            max(0.0, sum(c * t for c, t in zip(self.coefficients[part], setting.terms, strict=True))) for part in PARTS
        )
        return OperatorTime(driving, waiting, starts)


@cache
def load_metamodel() -> Metamodel:
    """Return the shipped model; raises DataError when the file is not whole."""
    try:
        document = tomllib.loads((files("data") / "calibration" / "estimate.toml").read_text(encoding="utf-8"))
        fitted = document["operator"]
        coefficients = {part: tuple(float(c) for c in fitted[part]) for part in PARTS}
        if any(len(c) != 4 for c in coefficients.values()):
            raise ValueError("each part has four coefficients")
        return Metamodel(
            coefficients,
            str(document["version"]),
            int(document["fitted_on"]),
            int(document["measured_on"]),
            float(document["error"]["net_cost_percent"]),
            float(document["error"]["change_percent"]),
            float(document["error"]["worst_net_cost_percent"]),
            {key: (float(ends[0]), float(ends[1])) for key, ends in document["rate_at_ends"].items()},
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"Tallene bag skønnet kan ikke læses: {error}", where=FILE, next_step="kør python -m sim.estimate.fit"
        ) from None


def service_oere(seconds: float, rates: VariabelRates, weekend: float) -> float:
    """Return what boarding and alighting cost, paid as driving."""
    return seconds * _mixed(rates.driving_weekday_oere_h, rates.driving_weekend_oere_h, weekend) / SECONDS_PER_HOUR


def _mixed(weekday: int, weekend: int, share: float) -> float:
    return weekday * (1 - share) + weekend * share
