"""What the clock works on: requests in columns, and two sets of them joined into one."""

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.road.dispatch.plan import (
    FAR,
    R_ASKED,
    R_BY,
    R_DAY,
    R_DROPOFF_PERMILLE,
    R_FATE,
    R_IN_VAIN,
    R_OUTBOUND,
    R_PICKUP_PERMILLE,
    R_REAL_ALIGHTING,
    R_REAL_BOARDING,
    REQUEST_FIELDS,
    ROW_FIELDS,
)


@dataclass(frozen=True)
class Workload:
    """What the kernel needs of the requests, one row each, ordered by ``asked_at_s`` (ties: as given).

    Attributes
    ----------
    asked_at_s : int64, seconds from the start of the year; never more than 14 days before the service day
    service_day : int64, days from the start of the year
    decision : int8, what becomes of the request before a vehicle is looked for: a ``Kind`` (DECLINED, REFUSED or BOOKED,
        the last meaning "ask the planner")
    outbound : int64, row of the tour's way out, -1 for a way out itself
    planner : int64 (rows, REQUEST_FIELDS), see ``sim.road.dispatch.plan``
    pickup_drive_permille, dropoff_drive_permille : int64, actual driving time over planned, of the leg to the stop
    boarding_s, alighting_s : int64, actual service times
    in_vain : bool, nobody will be there
    in_vain_wait_s : how long the vehicle waits then
    dropoff_by_s : int64, latest drop-off in seconds of the service day; None where only the length of the ride is limited
    """

    asked_at_s: NDArray[np.int64]
    service_day: NDArray[np.int64]
    decision: NDArray[np.int8]
    outbound: NDArray[np.int64]
    planner: NDArray[np.int64]
    pickup_drive_permille: NDArray[np.int64]
    dropoff_drive_permille: NDArray[np.int64]
    boarding_s: NDArray[np.int64]
    alighting_s: NDArray[np.int64]
    in_vain: NDArray[np.bool_]
    in_vain_wait_s: int
    dropoff_by_s: NDArray[np.int64] | None = None

    def rows(self) -> NDArray[np.int64]:
        """Return everything that compiled code needs of the requests, int64 (rows, ROW_FIELDS), see `sim.road.dispatch.plan`."""
        rows = np.empty((len(self.asked_at_s), ROW_FIELDS), dtype=np.int64)
        rows[:, :REQUEST_FIELDS] = self.planner
        rows[:, R_BY] = FAR if self.dropoff_by_s is None else self.dropoff_by_s
        rows[:, R_DAY], rows[:, R_ASKED] = self.service_day, self.asked_at_s
        rows[:, R_OUTBOUND], rows[:, R_FATE] = self.outbound, self.decision
        rows[:, R_PICKUP_PERMILLE], rows[:, R_DROPOFF_PERMILLE] = (
            self.pickup_drive_permille,
            self.dropoff_drive_permille,
        )
        rows[:, R_REAL_BOARDING] = np.where(self.in_vain, self.in_vain_wait_s, self.boarding_s)
        rows[:, R_REAL_ALIGHTING], rows[:, R_IN_VAIN] = self.alighting_s, self.in_vain
        return rows

    def take(self, rows: NDArray[np.int64]) -> "Workload":
        """Return the requests of these rows, in order; no way home without its way out."""
        place = np.full(len(self.asked_at_s), -1)
        place[rows] = np.arange(len(rows))
        columns: dict[str, Any] = {
            name: column[rows] for name, column in vars(self).items() if isinstance(column, np.ndarray)
        }
        columns["outbound"] = np.where(columns["outbound"] >= 0, place[columns["outbound"]], -1)
        return replace(self, **columns)

    def joined(self, other: "Workload") -> tuple["Workload", NDArray[np.int64]]:
        """Return both sets of requests as one, and the row of each of its requests in this set (-1 for the other's).

        Of requests in the same second this set's come first. The wait in vain is this set's.
        """
        if self.dropoff_by_s is not None or other.dropoff_by_s is not None:
            raise ValueError("requests with a latest drop-off cannot be joined with others")
        order = np.argsort(np.concatenate([self.asked_at_s, other.asked_at_s]), kind="stable")
        place = np.empty_like(order)
        place[order] = np.arange(len(order))
        own = len(self.asked_at_s)
        outbound = np.concatenate([self.outbound, np.where(other.outbound >= 0, other.outbound + own, -1)])
        columns = {
            field.name: np.concatenate([getattr(self, field.name), getattr(other, field.name)])[order]
            for field in fields(self)
            if field.name not in ("in_vain_wait_s", "dropoff_by_s")
        }
        columns["outbound"] = np.where(outbound >= 0, place[outbound], -1)[order]
        return Workload(**columns, in_vain_wait_s=self.in_vain_wait_s), np.where(order < own, order, -1)
