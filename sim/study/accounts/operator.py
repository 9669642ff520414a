"""What the operator is paid for each duty, and each trip's part of it, in whole parts of an oere: every sum is exact."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import Assumptions
from sim.riders.demand.days import ServiceYear
from sim.road.dispatch.plan import GARANTIVOGN, V_CONTRACT, V_FROM, V_UNTIL, V_WEEKEND
from sim.road.kernel.log import Kind
from sim.road.stops import Duties, Stops
from sim.study.accounts.shares import largest_remainder_within
from tariffs import VariabelRates, variabel_payment
from tariffs.operator_payment import PARTS_PER_OERE, DayType, GarantivognRates, garantivogn_payment


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


@dataclass(frozen=True)
class OperatorRates:
    """What both contracts are paid, and where the planner reckons otherwise than what is paid.

    A garantivogn's hours are paid whether it drives or not, so driving costs nothing more; the planner puts a price on it all
    the same (``guaranteed_driving``, relative to a variable vehicle's), so that a free vehicle is not sent across the land for
    a short trip. ``chaining_oere`` is what it adds to the start of a variable vehicle, so that one under way goes on.
    """

    variable: VariabelRates
    guaranteed: GarantivognRates
    guaranteed_driving: Fraction
    chaining_oere: int


def operator_rates(variable: VariabelRates, assumptions: Assumptions, index: Fraction = Fraction(1)) -> OperatorRates:
    """Return both contracts' rates; a garantivogn's hour is in proportion to a variable vehicle's driving hour.

    ``index`` is that of ``variable``, so that other prices alone do not make the planner choose otherwise.
    """
    share = Fraction(str(assumptions.number("garantivogn_rate_share")))
    return OperatorRates(
        variable=variable,
        guaranteed=GarantivognRates(
            duty_weekday_oere_h=round(share * variable.driving_weekday_oere_h),
            duty_weekend_oere_h=round(share * variable.driving_weekend_oere_h),
        ),
        guaranteed_driving=Fraction(str(assumptions.number("garantivogn_planning_share"))),
        chaining_oere=round(Fraction(str(assumptions.number("pool_chaining_kr"))) * 100 * index),
    )


def planner_rates(rates: OperatorRates, year: ServiceYear) -> NDArray[np.int64]:
    """Return what the planner reckons with on each service day, int64 (days, CONTRACTS, 3).

    Start in parts of an oere, driving and waiting hours in oere.
    """

    def on(day_type: DayType) -> NDArray[np.int64]:
        variable = rates.variable
        start = (variable.start_oere + rates.chaining_oere) * PARTS_PER_OERE
        called = start, variable.driving(day_type), variable.waiting(day_type)
        return np.array([called, (0, round(rates.guaranteed_driving * variable.driving(day_type)), 0)], dtype=np.int64)

    return np.where(year.weekend[:, None, None], on("weekend"), on("weekday"))


def duty_payments(duties: Duties, rates: OperatorRates, weekend: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Return what each duty is paid, in parts of an oere.

    A variable vehicle: start, driving and service at the driving rate, waiting. A garantivogn: its hours.
    """
    on_road = duties.drive_s + duties.service_s
    hours = duties.end_s - duties.start_s
    off = weekend[duties.service_day]
    return np.where(
        duties.contract == GARANTIVOGN,
        np.where(
            off,
            garantivogn_payment(rates.guaranteed, "weekend", hours),
            garantivogn_payment(rates.guaranteed, "weekday", hours),
        ),
        np.where(
            off,
            variabel_payment(rates.variable, "weekend", on_road, duties.wait_s),
            variabel_payment(rates.variable, "weekday", on_road, duties.wait_s),
        ),
    )


def unused_payment(
    vehicles: NDArray[np.int64], duties: Duties, rates: OperatorRates, weekend: NDArray[np.bool_]
) -> int:
    """Return what garantivogne are paid on days on which nobody rode with them, in parts of an oere.

    It belongs to no trip, and so to the pool, not to a municipality.
    """
    total = 0
    worked = duties.contract == GARANTIVOGN
    for number in np.flatnonzero(vehicles[:, V_CONTRACT] == GARANTIVOGN).tolist():
        days = np.ones(len(weekend), dtype=bool) if vehicles[number, V_WEEKEND] else ~weekend
        days[duties.service_day[worked & (duties.vehicle == number)]] = False
        hours = int(vehicles[number, V_UNTIL] - vehicles[number, V_FROM])
        on_weekends = int(np.count_nonzero(days & weekend))
        total += garantivogn_payment(rates.guaranteed, "weekend", hours) * on_weekends
        total += garantivogn_payment(rates.guaranteed, "weekday", hours) * (int(np.count_nonzero(days)) - on_weekends)
    return total


def trip_payments(
    stops: Stops,
    duties: Duties,
    rates: OperatorRates,
    weekend: NDArray[np.bool_],
    direct_s: NDArray[np.int64],
    requests: int,
) -> NDArray[np.int64]:
    """Return each request's part of the operator payment, in parts of an oere, 0 for those never driven.

    Boarding and alighting fall on the trip itself; the rest of the duty is shared in proportion to the direct driving time
    plus the approach, the empty drive to its pickup. A trip in vain has only its approach. The idle hours of a garantivogn are
    shared like the rest.
    """
    request, duty, weight = _weights(stops, len(duties.vehicle), direct_s)
    own = np.zeros(requests, dtype=np.int64)
    hour = np.where(
        duties.contract == GARANTIVOGN,
        _by_day(weekend[duties.service_day], rates.guaranteed.duty),
        _by_day(weekend[duties.service_day], rates.variable.driving),
    )
    np.add.at(own, stops.request, stops.service_s * hour[stops.duty])
    rest = duty_payments(duties, rates, weekend)
    np.subtract.at(rest, duty, own[request])
    payments = own
    payments[request] += largest_remainder_within(rest, weight, duty)
    return payments


def start_payments(
    stops: Stops, duties: Duties, rates: OperatorRates, direct_s: NDArray[np.int64], requests: int
) -> NDArray[np.float64]:
    """Return the start fee within each request's part, in parts of an oere, not rounded to whole ones."""
    request, duty, weight = _weights(stops, len(duties.vehicle), direct_s)
    fee = np.where(duties.contract == GARANTIVOGN, 0, rates.variable.start_oere * PARTS_PER_OERE)
    share = weight / np.bincount(duty, weights=weight, minlength=len(fee))[duty]
    return np.bincount(request, weights=fee[duty] * share, minlength=requests).astype(np.float64)


def _weights(
    stops: Stops, duties: int, direct_s: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return the bookings as (request, duty, weight): the direct driving time that was driven, plus the approach."""
    at_pickup = stops.kind != Kind.DROPPED_OFF
    request, duty = stops.request[at_pickup], stops.duty[at_pickup]
    approach = np.where(stops.load_before[at_pickup] == 0, stops.drive_s[at_pickup], 0)
    weight = np.where(stops.kind[at_pickup] == Kind.PICKED_UP, direct_s[request], 0) + approach
    # A duty of nothing but trips in vain beside the base has no weight: then every booking weighs the same.
    total = np.zeros(duties, dtype=np.int64)
    np.add.at(total, duty, weight)
    return request, duty, np.where(total[duty] == 0, 1, weight)


def _by_day(weekend: NDArray[np.bool_], rate: Callable[[DayType], int]) -> NDArray[np.int64]:
    return np.where(weekend, rate("weekend"), rate("weekday"))
