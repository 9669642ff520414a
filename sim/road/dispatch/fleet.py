"""The pool of vehicles that serves an area: variable ones, called when needed, and garantivogne with fixed hours."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.geography.region import Region
from sim.inputs.assumptions import Assumptions
from sim.road.dispatch.plan import (
    GARANTIVOGN,
    NO_END,
    V_BASE,
    V_CONTRACT,
    V_FROM,
    V_GROUP,
    V_LIFT,
    V_SEATS,
    V_UNTIL,
    V_WEEKEND,
    VEHICLE_FIELDS,
)


def variable_fleet(region: Region, bookings_a_day: float, assumptions: Assumptions) -> NDArray[np.int64]:
    """Return the variable vehicles, int64 (vehicles, VEHICLE_FIELDS), alike ones next to each other.

    Their bases lie where people live: each new base is the place with most people not yet near a base, near meaning
    that a person an hour's drive away counts fully and one next door not at all.
    """
    wanted = math.ceil(bookings_a_day / assumptions.number("bookings_per_vehicle_day"))
    count = max(1, int(assumptions.number("fleet_minimum")), wanted)
    vehicles = _vehicles(region, count, assumptions)
    vehicles[:, V_FROM], vehicles[:, V_UNTIL] = int(3600 * assumptions.number("vehicles_ready_hour")), NO_END
    vehicles[:, V_WEEKEND] = 1
    return vehicles


def guaranteed_fleet(region: Region, bookings_a_weekday: float, assumptions: Assumptions) -> NDArray[np.int64]:
    """Return the garantivogne, int64 (vehicles, VEHICLE_FIELDS): as many as their share of the bookings fills.

    They work the same hours; on weekends and holidays only a share of them does, the last ones.
    """
    starts, ends = assumptions.number("garantivogn_start_hour"), assumptions.number("garantivogn_end_hour")
    a_duty = assumptions.number("garantivogn_bookings_per_hour") * max(0.0, ends - starts)
    count = round(bookings_a_weekday * assumptions.number("garantivogn_share") / a_duty) if a_duty else 0
    vehicles = _vehicles(region, count, assumptions)
    vehicles[:, V_CONTRACT] = GARANTIVOGN
    vehicles[:, V_FROM], vehicles[:, V_UNTIL] = int(3600 * starts), int(3600 * ends)
    weekends = round(count * assumptions.number("garantivogn_weekend_share"))
    vehicles[count - weekends :, V_WEEKEND] = 1
    return grouped(vehicles)


def grouped(vehicles: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return vehicles with their groups numbered: neighbours that are alike in all else are one group."""
    others = np.delete(vehicles, V_GROUP, axis=1)
    vehicles[:, V_GROUP] = np.cumsum(np.r_[False, (others[1:] != others[:-1]).any(axis=1)])[: len(vehicles)]
    return vehicles


def joint_fleet(*parts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return several fleets as one, their groups kept apart."""
    return grouped(np.concatenate(parts))


def _vehicles(region: Region, count: int, assumptions: Assumptions) -> NDArray[np.int64]:
    """Return vehicles at bases where people live, some with a lift, alike ones next to each other."""
    vehicles = np.zeros((count, VEHICLE_FIELDS), dtype=np.int64)
    if not count:
        return vehicles
    bases = _bases(region, math.ceil(count / max(1.0, assumptions.number("vehicles_per_base"))))
    lifts = max(1, round(count * assumptions.number("lift_vehicle_share")))
    rows = sorted((bases[number % len(bases)], 1 if number < lifts else 0) for number in range(count))
    vehicles[:, V_BASE] = [base for base, _ in rows]
    vehicles[:, V_LIFT] = [lift for _, lift in rows]
    vehicles[:, V_SEATS] = int(assumptions.number("seats"))
    return grouped(vehicles)


def _bases(region: Region, wanted: int) -> list[int]:
    people = region.population * region.inside
    far = np.full(len(people), 3600.0)
    bases: list[int] = []
    for _ in range(wanted):
        base = int(np.argmax(people * np.minimum(far, 3600.0)))
        bases.append(base)
        far = np.minimum(far, region.drive_s[base].astype(np.float64))
        far[base] = 0.0
    return sorted(set(bases))
