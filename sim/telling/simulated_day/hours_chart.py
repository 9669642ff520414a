"""The vehicles' hours as a drawing: a row for each vehicle, its duties, and how full it drove."""

from collections.abc import Callable, Sequence

from sim.telling.drawing.svg import BLUE, GRID, INK, PALE, QUIET, SMALL, VERMILION, box, document, line, tag, words
from sim.telling.simulated_day.vehicles import Vehicle, spells

WIDTH, LEFT, RIGHT, TOP, ROW = 1160, 78, 14, 26, 24
HOUR_S, HOURS_A_DAY = 3600, 24
DUTY_HIGH, EMPTY_HIGH, RIDE_HIGH, SHARED_HIGH = 16, 3, 9, 16
LEVELS = ((QUIET, EMPTY_HIGH), (BLUE, RIDE_HIGH), (VERMILION, SHARED_HIGH))
"""Colour and height of driving empty, with one booking, with several: nothing is said by colour alone."""
NAME = "dag-vagter"
CURSOR = "dag-streg"
"""The id of the line that a script moves to the clock."""


def hours_chart(
    shown: Sequence[Vehicle], ends: tuple[int, int], title: str, alt: str, name_of: Callable[[int], str]
) -> str:
    """Return the drawing; ``ends`` are the whole hours it goes between, in seconds, and ``name_of`` names a vehicle."""
    from_s, until_s = ends
    scale = (WIDTH - LEFT - RIGHT) / (until_s - from_s)
    bottom = TOP + ROW * len(shown) + 2

    def across(seconds: int) -> float:
        return LEFT + (seconds - from_s) * scale

    pieces = []
    for hour in range(from_s // HOUR_S, until_s // HOUR_S + 1):
        x = across(hour * HOUR_S)
        pieces += [
            line(x, TOP - 4, x, bottom, GRID),
            words(
                x,
                TOP - 10,
                str(hour if hour <= HOURS_A_DAY else hour - HOURS_A_DAY),
                size=SMALL,
                fill=QUIET,
                anchor="middle",
            ),
        ]
    for row, vehicle in enumerate(shown):
        middle = TOP + ROW * row + ROW / 2
        pieces.append(words(0, middle + 4, name_of(vehicle.number), size=SMALL))
        for duty in vehicle.duties:
            start, end = across(duty.start_s), across(duty.end_s)
            pieces.append(box(start, middle - DUTY_HIGH / 2, end - start, DUTY_HIGH, PALE))
            for spell in spells(duty):
                colour, high = LEVELS[spell.level]
                left, right = across(spell.from_s), across(spell.until_s)
                pieces.append(box(left, middle - high / 2, right - left, high, colour))
    cursor = tag(
        "line", x1=LEFT, y1=TOP - 6, x2=LEFT, y2=bottom, stroke=INK, stroke_width=2.0, id=CURSOR, visibility="hidden",
        data_left=LEFT, data_right=WIDTH - RIGHT,
    )  # fmt: skip
    return document(NAME, WIDTH, bottom + 4, title, alt, [*pieces, cursor])
