"""A vehicle's day by hand: driving empty, with one booking and with two, and what its row of the drawing has."""

import datetime as dt
import xml.etree.ElementTree as ET

from sim.telling.simulated_day.day import Duty, SimulatedDay, Stop
from sim.telling.simulated_day.hours_chart import hours_chart
from sim.telling.simulated_day.numbers import day_numbers
from sim.telling.simulated_day.vehicles import Spell, spells, vehicles

SVG = "{http://www.w3.org/2000/svg}"


def stop(
    request: int, kind: str, arrive_s: int, done_s: int, drive_s: int, load: tuple[int, int], bookings: int
) -> Stop:
    return Stop(request, kind, 55.7, 11.7, arrive_s, done_s, drive_s, *load, bookings, ())


SHARED = Duty(
    0, 4, "variabel", 28_000, 32_000,
    (
        stop(7, "pickup", 28_600, 28_800, 600, (0, 2), 1),
        stop(-1, "pickup", 29_400, 29_500, 500, (2, 3), 2),  # waits for 100 s with two passengers of one booking on board
        stop(7, "dropoff", 30_000, 30_060, 500, (3, 1), 1),
        stop(-1, "dropoff", 30_660, 30_700, 600, (1, 0), 0),
        stop(8, "in_vain", 31_900, 32_000, 300, (0, 0), 0),  # stands for 900 s, then drives empty
    ),
)  # fmt: skip
DAY = SimulatedDay("I dag", dt.date(2026, 5, 27), (SHARED,), ())


def test_a_duty_is_empty_single_and_shared_by_turns() -> None:
    assert spells(SHARED) == [
        Spell(28_000, 28_600, 0),
        Spell(28_600, 29_400, 1),
        Spell(29_400, 30_060, 2),
        Spell(30_060, 30_700, 1),
        Spell(31_600, 31_900, 0),
    ]


def test_driving_is_empty_only_with_nobody_on_board() -> None:
    numbers = day_numbers(DAY)
    assert (numbers.driven_s, numbers.empty_s) == (2_500, 900)
    assert (numbers.referred, numbers.vehicles, numbers.shared_percent) == (1, 1, None)
    (vehicle,) = vehicles(DAY)
    assert (vehicle.driven_s, vehicle.empty_s, vehicle.on_duty_s, vehicle.stops) == (2_500, 900, 4_000, 5)


def test_the_drawing_has_a_duty_at_its_hours_and_a_higher_bar_where_it_is_shared() -> None:
    drawn = ET.fromstring(
        hours_chart(vehicles(DAY), (25_200, 32_400), "Vagter", "Ord", lambda number: f"Vogn {number}")
    )
    duty, *bars = drawn.findall(f"{SVG}rect")[1:]  # the first is the paper
    assert len(bars) == 5
    hour = (float(duty.get("width", 0)) / 4_000) * 3_600
    assert abs(float(duty.get("x", 0)) - (78 + hour * 2_800 / 3_600)) < 0.2
    heights = [float(bar.get("height", 0)) for bar in bars]
    assert heights[2] > heights[1] > heights[0]
    assert [text.text for text in drawn.findall(f"{SVG}text")] == ["7", "8", "9", "Vogn 4"]
