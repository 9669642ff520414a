"""A long period cut into parts that have nothing to do with each other: no request could use the vehicles of two of them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sim.desk.planning.protocol import Ints, Requests, Vehicles


@dataclass(frozen=True)
class Part:
    """Rows of the requests and of the vehicles that belong together, and from when on its vehicles are there."""

    request_rows: Ints
    vehicle_rows: Ints
    begins_s: int


def parts_of(requests: Requests, vehicles: Vehicles) -> Iterator[Part]:
    """Yield the parts in the order of time; a request in whose window no vehicle is there belongs to none."""
    order = np.argsort(vehicles.start_s, kind="stable")
    start = vehicles.start_s[order]
    ends_so_far = np.maximum.accumulate(vehicles.end_s[order])
    # Stretches of time with vehicles, nobody there between them: a new one starts where all before have ended.
    fresh = np.r_[True, start[1:] > ends_so_far[:-1]]
    stretch = np.cumsum(fresh) - 1
    begins, ends = start[fresh], ends_so_far[np.r_[fresh[1:], True]]
    first = np.searchsorted(ends, requests.earliest_s, side="left")
    last = np.searchsorted(begins, requests.latest_s, side="right") - 1
    served = first <= last
    # A window that reaches over a gap joins the stretches on both sides.
    joins = np.zeros(len(begins) + 1, dtype=np.int64)
    np.add.at(joins, first[served] + 1, 1)
    np.add.at(joins, last[served] + 1, -1)
    part = np.cumsum(np.cumsum(joins[:-1]) == 0) - 1
    of_vehicle = np.empty(len(vehicles), dtype=np.int64)
    of_vehicle[order] = part[stretch]
    of_request = np.where(served, part[np.minimum(first, len(part) - 1)], -1)
    for number, begins_s in enumerate(begins[np.r_[True, part[1:] != part[:-1]]].tolist()):
        rows = np.flatnonzero(of_request == number)
        if len(rows):
            yield Part(rows, np.flatnonzero(of_vehicle == number), begins_s)
