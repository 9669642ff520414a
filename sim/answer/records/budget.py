"""The year's outturn against its budget, and the municipality's own months that a model was fitted to."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from sim.words.figure import Figure

Number = int | float
Verdict = Literal["merforbrug", "mindreforbrug", "usikker"]


@dataclass(frozen=True)
class Outturn:
    """What a year comes to (forventet regnskab), what that is over its budget, and the tillægsbevilling, oere.

    The last three are None without a budget; a tillægsbevilling is the deviation, at least 0.
    """

    outturn_oere: Figure
    deviation_oere: Figure | None
    tillaegsbevilling_oere: Figure | None
    verdict: Verdict | None


@dataclass(frozen=True)
class ToDate:
    """What was spent, oere, beside what the simulation makes of the same days."""

    actual_oere: int
    simulated_oere: Figure
    deviation_oere: Figure
    deviation_percent: Figure | None


@dataclass(frozen=True)
class OptionBudget:
    """An option's outturn by the officers' straight line (None where nothing is spent yet) and simulated."""

    name: str
    straight_line: Outturn | None
    simulated: Outturn
    sentence: str

    @property
    def methods(self) -> tuple[Outturn | None, Outturn]:
        """The outturn by both methods, the officers' own first."""
        return self.straight_line, self.simulated


@dataclass(frozen=True)
class Budget:
    """The budget year: oere budgeted and spent up to and including a day, and each option's outturn.

    ``spending_weight`` is how far the rest of the year follows what was spent, 0 to 1.
    """

    budget_oere: int | None
    spent_oere: int | None
    spent_to: date | None
    days_gone: int | None
    days_in_year: int
    to_date: ToDate | None
    spending_weight: float | None
    options: tuple[OptionBudget, ...]


@dataclass(frozen=True)
class DrivingHour:
    """The price of a driving hour that gives the observed cost: kr, with its chance (95 % half-width).

    ``low`` and ``high`` are what bids allow, kr; ``plausible`` is whether the price is among them.
    """

    operator_driving_kr_per_hour: float
    chance_kr_per_hour: float
    replications: int
    observed_oere: int
    simulated_oere: float
    simulated_passengers: float
    low: float
    high: float
    plausible: bool


@dataclass(frozen=True)
class ObservedMonths:
    """The municipality's own months, and what they decide.

    ``passengers`` and ``cost_oere`` are by month of ``months`` (1-12); ``overrides`` are the assumptions they replace, by id.
    """

    year: int
    months: tuple[int, ...]
    passengers: tuple[Number, ...]
    cost_oere: tuple[int, ...] | None
    passengers_per_year: float | None
    rate: DrivingHour | None
    overrides: dict[str, Number | tuple[Number, ...]]
    use: Literal["calibration"]
    notes: tuple[str, ...]
