"""Cutting a long period into parts, by hand: hours of shifts, and windows that reach over the gaps between them."""

import numpy as np
import pytest

from sim.desk.planning.parts import parts_of
from sim.desk.planning.protocol import NO_LIMIT, Requests, Vehicles

HOUR = 3600


def requests_with(*windows: tuple[float, float]) -> Requests:
    count = len(windows)
    nought = np.zeros(count, dtype=np.int64)
    earliest, latest = (np.array([w[end] * HOUR for w in windows], dtype=np.int64) for end in (0, 1))
    return Requests(nought, earliest, latest, nought + NO_LIMIT, nought, nought + 1, nought, nought)


def vehicles_with(*shifts: tuple[float, float]) -> Vehicles:
    start, end = (np.array([s[side] * HOUR for s in shifts], dtype=np.int64) for side in (0, 1))
    return Vehicles(np.zeros_like(start), np.ones_like(start), start, end)


@pytest.mark.parametrize(
    ("windows", "shifts", "parts"),
    [
        # One day, two shifts, the second right after the first.
        ([(8, 9), (13, 14)], [(6, 12), (12, 18)], [([0, 1], [0, 1])]),
        # A gap from 12 to 14.
        ([(8, 9), (15, 16)], [(6, 12), (14, 18)], [([0], [0]), ([1], [1])]),
        # Somebody can be fetched on either side of the gap.
        ([(8, 9), (11, 15), (15, 16)], [(6, 12), (14, 18)], [([0, 1, 2], [0, 1])]),
        # The ends of windows and shifts are included.
        ([(12, 14)], [(6, 12), (14, 18)], [([0], [0, 1])]),
        # Nobody is there in the gap, before and after.
        ([(12.5, 13.5), (3, 5), (19, 20), (8, 9)], [(6, 12), (14, 18)], [([3], [0])]),
        # The order of the file is not that of time; a night is one part.
        ([(50, 51), (8, 9), (25, 26)], [(48, 60), (20, 30), (6, 21)], [([1, 2], [1, 2]), ([0], [0])]),
        # Two windows that reach over two gaps join three days.
        ([(10, 26), (30, 50)], [(6, 12), (24, 36), (48, 60), (72, 80)], [([0, 1], [0, 1, 2])]),
    ],
)
def test_parts_are_cut_where_no_window_reaches_over(
    windows: list[tuple[float, float]], shifts: list[tuple[float, float]], parts: list[tuple[list[int], list[int]]]
) -> None:
    found = list(parts_of(requests_with(*windows), vehicles_with(*shifts)))
    assert [(p.request_rows.tolist(), p.vehicle_rows.tolist()) for p in found] == parts
    for part in found:
        assert part.begins_s == min(HOUR * shifts[v][0] for v in part.vehicle_rows)
