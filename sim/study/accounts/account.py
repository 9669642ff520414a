"""The account of a set of trips: totals rounded once to the oere and shared out to the trips exactly."""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from sim.study.accounts.shares import largest_remainder
from tariffs.operator_payment import payment_to_oere


@dataclass(frozen=True)
class TripAccount:
    """Each request's amounts in whole oere; int64 (requests,). They sum to the totals of the year."""

    fares: NDArray[np.int64]
    operator_payment: NDArray[np.int64]
    movia_fee: NDArray[np.int64]

    @property
    def net_cost(self) -> NDArray[np.int64]:
        """Operator payment less fares plus fee to Movia."""
        return self.operator_payment - self.fares + self.movia_fee


def round_half_up(value: Fraction) -> int:
    """Return the nearest whole number, halves upwards.

    >>> round_half_up(Fraction(5, 2))
    3
    """
    return (value + Fraction(1, 2)).__floor__()


def account(
    operator_parts: NDArray[np.int64],
    fares_oere: NDArray[np.int64],
    passengers: NDArray[np.int64],
    fee_oere_per_passenger: Fraction,
) -> TripAccount:
    """Draw up the account of one period.

    Parameters
    ----------
    operator_parts : each request's part of the operator payment, in parts of an oere (1/3600)
    fares_oere : what its party paid, 0 when it did not ride
    passengers : carried passengers, 0 when it did not ride
    fee_oere_per_passenger : the fee to Movia, exact
    """
    operator_total = payment_to_oere(int(operator_parts.sum()))
    fee_total = round_half_up(int(passengers.sum()) * fee_oere_per_passenger)
    return TripAccount(
        fares=fares_oere,
        operator_payment=largest_remainder(operator_total, operator_parts),
        movia_fee=largest_remainder(fee_total, passengers),
    )
