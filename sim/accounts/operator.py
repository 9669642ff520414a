"""What the operator is paid for each duty, and each trip's part of it, in whole parts of an oere: every sum is exact."""

from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from sim.accounts.shares import largest_remainder_within
from sim.assumptions import Assumptions
from sim.demand.days import ServiceYear
from sim.kernel.log import Kind
from sim.tables.stops import Duties, Stops
from tariffs import VariabelRates, variabel_payment
from tariffs.operator_payment import PARTS_PER_OERE


def rates_from_register(assumptions: Assumptions, index: Fraction = Fraction(1)) -> VariabelRates:
    """Take a variable vehicle's rates from the register; kroner become whole oere, the weekend's by its factor.

    ``index`` carries the amounts of 2017 to another year's prices.
    """
    driving = round(Fraction(str(assumptions.number("operator_driving_kr_per_hour"))) * 100 * index)
    waiting = round(driving * assumptions.number("operator_waiting_share"))
    weekend = assumptions.number("operator_weekend_factor")
    return VariabelRates(
        start_oere=round(Fraction(str(assumptions.number("operator_start_kr"))) * 100 * index),
        driving_weekday_oere_h=driving,
        driving_weekend_oere_h=round(driving * weekend),
        waiting_weekday_oere_h=waiting,
        waiting_weekend_oere_h=round(waiting * weekend),
    )


def planner_rates(rates: VariabelRates, year: ServiceYear) -> NDArray[np.int64]:
    """Return what the planner pays on each service day, int64 (days, 3): start in parts of an oere, hours in oere."""
    start = rates.start_oere * PARTS_PER_OERE
    weekday = (start, rates.driving("weekday"), rates.waiting("weekday"))
    weekend = (start, rates.driving("weekend"), rates.waiting("weekend"))
    return np.where(year.weekend[:, None], weekend, weekday).astype(np.int64)


def duty_payments(duties: Duties, rates: VariabelRates, weekend: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return what each duty is paid, in parts of an oere: start, driving and service at the driving rate, waiting."""
    on_road = duties.drive_s + duties.service_s
    return np.where(
        weekend[duties.service_day],
        variabel_payment(rates, "weekend", on_road, duties.wait_s),
        variabel_payment(rates, "weekday", on_road, duties.wait_s),
    )


def trip_payments(
    stops: Stops,
    duties: Duties,
    rates: VariabelRates,
    weekend: NDArray[np.bool_],
    direct_s: NDArray[np.int64],
    requests: int,
) -> NDArray[np.int64]:
    """Return each request's part of the operator payment, in parts of an oere, 0 for those never driven.

    Boarding and alighting fall on the trip itself; the rest of the duty is shared in proportion to the direct driving time
    plus the approach, the empty drive to its pickup. A trip in vain has only its approach.
    """
    at_pickup = stops.kind != Kind.DROPPED_OFF
    request, duty = stops.request[at_pickup], stops.duty[at_pickup]
    own = np.zeros(requests, dtype=np.int64)
    hour = np.where(weekend[duties.service_day[stops.duty]], rates.driving("weekend"), rates.driving("weekday"))
    np.add.at(own, stops.request, stops.service_s * hour)
    approach = np.where(stops.load_before[at_pickup] == 0, stops.drive_s[at_pickup], 0)
    driven = np.where(stops.kind[at_pickup] == Kind.PICKED_UP, direct_s[request], 0)
    weight = driven + approach
    rest = duty_payments(duties, rates, weekend)
    np.subtract.at(rest, duty, own[request])
    # A duty of nothing but trips in vain beside the base has no weight: then every booking weighs the same.
    total = np.zeros(len(rest), dtype=np.int64)
    np.add.at(total, duty, weight)
    weight = np.where(total[duty] == 0, 1, weight)
    payments = own
    payments[request] += largest_remainder_within(rest, weight, duty)
    return payments
