"""What an estimate says of one option: expected totals of a year, and how they move."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Amounts:
    """Expected totals of a period; money in oere, not rounded."""

    requests: float
    bookings: float
    trips: float
    passengers: float
    fares_oere: float
    operator_payment_oere: float
    movia_fee_oere: float

    @property
    def net_cost_oere(self) -> float:
        """Operator payment less fares plus fee to Movia."""
        return self.operator_payment_oere - self.fares_oere + self.movia_fee_oere

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(*(a - b for a, b in zip(vars(self).values(), vars(other).values(), strict=True)))

    def json(self) -> dict[str, float]:
        """Return the eight totals; money rounded to whole oere, the net cost being the sum of what is shown."""
        shown: dict[str, float] = {
            key: round(value) if key.endswith("_oere") else value for key, value in vars(self).items()
        }
        shown["net_cost_oere"] = shown["operator_payment_oere"] - shown["fares_oere"] + shown["movia_fee_oere"]
        return shown


@dataclass(frozen=True)
class OptionEstimate:
    """One option's year and, with a start date, the rest of the budget year; and both against the first option.

    ``turned_away`` are the first option's flextur trips in a year that the option's prices or rules turn away.
    """

    name: str
    year: Amounts
    change: Amounts
    part_year: Amounts | None
    part_year_change: Amounts | None
    turned_away: float
