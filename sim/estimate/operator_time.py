"""What the operator is paid for beyond boarding: a trip's part of the duties, by four small formulas fitted on simulations.

A duty is shared among its trips by what each puts on it, its *burden*: its direct drive and the empty drive to its pickup
(`sim.study.accounts.operator`). So that is what is fitted (`sim.estimate.fit`), with near = the drive from the nearest of a few vehicles
(`sim.estimate.approach`), size = log of the bookings a day that the fleet is made for / 50, and filled = log of the part of them
that is booked, flextur and referred:

    approach = a + b x near + c x near x size                         seconds a booking
    driving, waiting, starts = a + b x size + c x filled, each its own   per second of burden

Where more is driven, vehicles are nearer and a minute under way leads to fewer starts and detours; an option that turns riders away
leaves the same fleet emptier, which costs those who still ride a little more. A trip that falls away takes its own
burden with it: a short one little, a long one much. A garantivogn's hours count as driving, at what they are paid.
"""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from tariffs import VariabelRates
from tariffs.errors import DataError

FILE = "data/calibration/estimate.toml"
TERMS = {"approach_s": 3, "driving": 3, "waiting": 3, "starts": 3}
"""The formulas, and how many coefficients each has."""
PARTS = ("driving", "waiting", "starts")
"""What a second of burden brings: seconds of driving and of waiting, and starts."""
SECONDS_PER_HOUR = 3600
USUAL_A_DAY = 50.0
"""Bookings a day at which the logarithm is zero."""
FEWEST_A_DAY = 10.0
"""Less traffic than this was never fitted; it counts as so much."""


Number = float | NDArray[np.float64]
"""A number, or that of each of some draws."""


@dataclass(frozen=True)
class Traffic:
    """Bookings a day in the same vehicles: flextur's, the referred riders', and those of flextur that the fleet is made for.

    The last are the same for every option (`sim.study.run.pool_of`).
    """

    flextur_a_day: Number
    referred_a_day: Number
    wanted_a_day: Number

    @property
    def size(self) -> Number:
        """Logarithm of what the fleet is made for, 0 at 50 bookings a day."""
        return np.log(np.maximum(FEWEST_A_DAY, self.wanted_a_day + self.referred_a_day) / USUAL_A_DAY)

    @property
    def filled(self) -> Number:
        """Logarithm of the part of it that is booked, 0 when all is."""
        booked, most = (FEWEST_A_DAY + a + self.referred_a_day for a in (self.flextur_a_day, self.wanted_a_day))
        return np.log(booked / most)


class HourlyRates(Protocol):
    """What a variable vehicle is paid in oere, each a number or that of each of some draws; see `VariabelRates`."""

    @property
    def start_oere(self) -> Number: ...  # noqa: D102

    @property
    def driving_weekday_oere_h(self) -> Number: ...  # noqa: D102

    @property
    def driving_weekend_oere_h(self) -> Number: ...  # noqa: D102

    @property
    def waiting_weekday_oere_h(self) -> Number: ...  # noqa: D102

    @property
    def waiting_weekend_oere_h(self) -> Number: ...  # noqa: D102


@dataclass(frozen=True, eq=False)
class DrawnRates:
    """The rates of some draws, float64 (draws,) each."""

    start_oere: NDArray[np.float64]
    driving_weekday_oere_h: NDArray[np.float64]
    driving_weekend_oere_h: NDArray[np.float64]
    waiting_weekday_oere_h: NDArray[np.float64]
    waiting_weekend_oere_h: NDArray[np.float64]

    @classmethod
    def of(cls, each: Sequence[VariabelRates]) -> "DrawnRates":
        """Return the rates of some draws together."""
        return cls(*(np.array([getattr(rates, f.name) for rates in each], dtype=np.float64) for f in fields(cls)))


@dataclass(frozen=True)
class OperatorTime:
    """Seconds of driving, seconds of waiting and starts that a second of burden brings, beyond the trips' own boarding."""

    driving: Number
    waiting: Number
    starts: Number

    def oere(self, burden_s: Number, rates: HourlyRates, weekend: Number) -> Number:
        """Return what a burden costs when ``weekend`` of the bookings are on weekend rates."""
        driving = _mixed(rates.driving_weekday_oere_h, rates.driving_weekend_oere_h, weekend)
        waiting = _mixed(rates.waiting_weekday_oere_h, rates.waiting_weekend_oere_h, weekend)
        hourly = (self.driving * driving + self.waiting * waiting) / SECONDS_PER_HOUR
        return burden_s * (self.starts * rates.start_oere + hourly)


@dataclass(frozen=True)
class KindError:
    """How far the estimate was off for one kind of option at one volume, in percent; see `sim.estimate.error`.

    ``mean`` tells a bias, ``rms`` the usual size, chance left out; ``chance`` is the simulations' own standard error.
    ``passengers`` is None for the volumes that Movia's total was shared out to.
    """

    kind: str
    passengers: int | None
    net_mean: float
    net_rms: float
    net_chance: float
    change_mean: float
    change_rms: float
    change_chance: float


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
    errors: tuple[KindError, ...] = ()
    rate_in_draws: tuple[float, ...] = ()

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

    def errors_at(self, passengers: float) -> tuple[KindError, ...]:
        """Return the errors at the measured volume that is nearest to this one, as a ratio."""
        measured = {e.passengers for e in self.errors if e.passengers is not None}
        if not measured or passengers <= 0:
            return ()
        nearest = min(measured, key=lambda volume: abs(math.log(volume / passengers)))
        return tuple(e for e in self.errors if e.passengers == nearest)

    def stated_at(self, passengers: float) -> tuple[float, float, float]:
        """Return what is said of the error at a volume, in percent: of net cost, and the least and the most of a kind of change."""
        errors = self.errors_at(passengers)
        changes = [e.change_rms for e in errors if e.change_rms]
        if not changes:
            return self.net_cost_error_percent, self.change_error_percent, self.change_error_percent
        return max(e.net_rms for e in errors), min(changes), max(changes)

    def approach_s(self, near_s: Number, traffic: Traffic) -> Number:
        """Return the empty drive to a pickup that has a vehicle so near, in seconds, never below nothing."""
        constant, near, near_size = self.coefficients["approach_s"]
        return np.maximum(0.0, constant + near_s * (near + near_size * traffic.size))

    def time(self, traffic: Traffic) -> OperatorTime:
        """Return what a second of burden brings, never below nothing."""
        fitted = (self.coefficients[part] for part in PARTS)
        driving, waiting, starts = (np.maximum(0.0, a + b * traffic.size + c * traffic.filled) for a, b, c in fitted)
        return OperatorTime(driving, waiting, starts)


@cache
def load_metamodel() -> Metamodel:
    """Return the shipped model; raises DataError when the file is not whole."""
    try:
        document = tomllib.loads((files("data") / "calibration" / "estimate.toml").read_text(encoding="utf-8"))
        fitted = document["operator"]
        coefficients = {name: tuple(float(c) for c in fitted[name]) for name in TERMS}
        if any(len(coefficients[name]) != count for name, count in TERMS.items()):
            raise ValueError("a formula lacks a coefficient")
        return Metamodel(
            coefficients,
            str(document["version"]),
            int(document["fitted_on"]),
            int(document["measured_on"]),
            float(document["error"]["net_cost_percent"]),
            float(document["error"]["change_percent"]),
            float(document["error"]["worst_net_cost_percent"]),
            {key: (float(ends[0]), float(ends[1])) for key, ends in document["rate_at_ends"].items()},
            tuple(KindError(**{**row, "passengers": row.get("passengers")}) for row in document["error"]["kinds"]),
            tuple(float(ratio) for ratio in document["rate_in_draws"]["ratios"]),
        )
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DataError(
            f"Tallene bag skønnet kan ikke læses: {error}", where=FILE, next_step="kør python -m sim.estimate.fit"
        ) from None


def service_oere(seconds: Number, rates: HourlyRates, weekend: Number) -> Number:
    """Return what boarding and alighting cost, paid as driving."""
    return seconds * _mixed(rates.driving_weekday_oere_h, rates.driving_weekend_oere_h, weekend) / SECONDS_PER_HOUR


def _mixed(weekday: Number, weekend: Number, share: Number) -> Number:
    return weekday * (1 - share) + weekend * share
