"""What a vehicle earns its operator (vognmandsbetaling), by contract type, in exact whole parts of an oere.

Rates are oere per hour and times whole seconds, so a payment is counted in 1/3600 oere: sums over any number
of trips and duties are exact, and are turned into oere once, at the end.
"""

from dataclasses import dataclass
from typing import Literal

from tariffs.errors import TariffError
from tariffs.fare import N
from tariffs.money import Money

PARTS_PER_OERE = 3600
"""A payment is counted in this many parts of an oere."""

DayType = Literal["weekday", "weekend"]
"""weekend includes public holidays; which days those are is the caller's to know."""


@dataclass(frozen=True)
class VariabelRates:
    """Rates of a variable vehicle, paid when called: oere per start, oere per hour driving and waiting.

    Raises TariffError when a rate is negative.
    """

    start_oere: int
    driving_weekday_oere_h: int
    driving_weekend_oere_h: int
    waiting_weekday_oere_h: int
    waiting_weekend_oere_h: int

    def __post_init__(self) -> None:
        _check_rates(self)

    def driving(self, day_type: DayType) -> int:
        """Return the driving rate in oere per hour."""
        return self.driving_weekend_oere_h if day_type == "weekend" else self.driving_weekday_oere_h

    def waiting(self, day_type: DayType) -> int:
        """Return the waiting rate in oere per hour."""
        return self.waiting_weekend_oere_h if day_type == "weekend" else self.waiting_weekday_oere_h


@dataclass(frozen=True)
class GarantivognRates:
    """Rates of a guaranteed vehicle: oere per hour of duty, whether it drives or not.

    Raises TariffError when a rate is negative.
    """

    duty_weekday_oere_h: int
    duty_weekend_oere_h: int

    def __post_init__(self) -> None:
        _check_rates(self)

    def duty(self, day_type: DayType) -> int:
        """Return the duty rate in oere per hour."""
        return self.duty_weekend_oere_h if day_type == "weekend" else self.duty_weekday_oere_h


def variabel_payment(rates: VariabelRates, day_type: DayType, driving_s: N, waiting_s: N, starts: int = 1) -> N:
    """Return a variable vehicle's pay in parts of an oere: starts, driving seconds and waiting seconds.

    >>> variabel_payment(VariabelRates(4000, 30000, 34500, 21000, 24000), "weekday", 1800, 600) / PARTS_PER_OERE
    22500.0
    """
    time = driving_s * rates.driving(day_type) + waiting_s * rates.waiting(day_type)
    return time + starts * rates.start_oere * PARTS_PER_OERE


def garantivogn_payment(rates: GarantivognRates, day_type: DayType, duty_s: N) -> N:
    """Return a guaranteed vehicle's pay in parts of an oere: its whole duty, driven or not.

    >>> garantivogn_payment(GarantivognRates(29000, 33500), "weekend", 8 * 3600) // PARTS_PER_OERE
    268000
    """
    return duty_s * rates.duty(day_type)


def payment_to_oere(parts: int) -> Money:
    """Round a total to whole oere, half up; to be done once, on the year's total.

    >>> payment_to_oere(5400)
    2
    """
    return Money((parts + PARTS_PER_OERE // 2) // PARTS_PER_OERE)


def _check_rates(rates: VariabelRates | GarantivognRates) -> None:
    for name, rate in vars(rates).items():
        if rate < 0:
            raise TariffError(f"negativ sats: {name} = {rate}")
