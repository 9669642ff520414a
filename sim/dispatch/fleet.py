"""The pool of vehicles that serves a municipality's flextur."""

import math

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import Assumptions
from sim.dispatch.plan import V_BASE, V_GROUP, V_LIFT, V_SEATS, VEHICLE_FIELDS
from sim.geography.region import Region


def variable_fleet(region: Region, bookings_a_day: float, assumptions: Assumptions) -> NDArray[np.int64]:
    """Return the variable vehicles, int64 (vehicles, VEHICLE_FIELDS), alike ones next to each other.

    Their bases lie where people live: each new base is the place with most people not yet near a base, near meaning
    that a person an hour's drive away counts fully and one next door not at all.
    """
    wanted = math.ceil(bookings_a_day / assumptions.number("bookings_per_vehicle_day"))
    count = max(1, int(assumptions.number("fleet_minimum")), wanted)
    bases = _bases(region, math.ceil(count / max(1.0, assumptions.number("vehicles_per_base"))))
    lifts = max(1, round(count * assumptions.number("lift_vehicle_share")))
    rows = sorted((bases[number % len(bases)], 1 if number < lifts else 0) for number in range(count))
    vehicles = np.zeros((count, VEHICLE_FIELDS), dtype=np.int64)
    vehicles[:, V_BASE] = [base for base, _ in rows]
    vehicles[:, V_LIFT] = [lift for _, lift in rows]
    vehicles[:, V_SEATS] = int(assumptions.number("seats"))
    groups = sorted(set(rows))
    vehicles[:, V_GROUP] = [groups.index(row) for row in rows]
    return vehicles


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
