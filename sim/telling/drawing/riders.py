"""Who makes the trips that an option touches: by age, by where they start, by how far they go, before and after."""

from sim.answer.records import Answer
from sim.answer.records.option import AffectedRiders, Grouping, OptionAnswer
from sim.telling.drawing.drawing import WIDE, Drawing
from sim.telling.drawing.figures_in_words import INTERVAL, count
from sim.telling.drawing.rows import Axis, Line, Marks, Row, interval, row_chart
from sim.telling.drawing.scale import Scale
from sim.telling.drawing.svg import BLUE, QUIET, document
from sim.telling.report.printed import band_counts
from sim.telling.sheet import band_name
from sim.words.cells import Cell, change_cell, count_cell
from sim.words.figure import Figure
from sim.words.numbers import unchanged
from sim.words.rounding import COUNT
from sim.words.table import Table

GROUPS: tuple[tuple[Grouping, str], ...] = (
    ("by_age", "Efter alder"),
    ("by_place", "Efter hvor turen begynder"),
    ("by_distance", "Efter afstand"),
)
APART = 6.0
"""Pixels from the middle of a line up to today's mark and down to the other."""


def riders(comparison: Answer, place: int, width: int = WIDE) -> Drawing | None:
    """Draw the affected trips of each group today (grey disc) and after (blue diamond); None without such groups."""
    option = comparison.options[place]
    found = option.riders
    if not found.by_age or not (found.trips.mean or option.touches.trips.mean):
        return None
    rows, values = [], []
    for group, heading in GROUPS:
        lines = []
        for band, (before, then) in zip(found.bands(group), band_counts(option, group), strict=True):
            today, after = band.trips, band.trips_after
            if not today.p90 and not after.p90:
                continue
            caption = f"{band_name(group, band.id)}: før {count(today, before)}, efter {count(after, then)}"
            lines.append(Line(caption, _pair(today, after)))
            values += [number for figure in (today, after) for number in (figure.mean, figure.p90)]
        rows.append(Row(heading, tuple(lines)))
    name, title = f"riders-{place + 1}", f"{option.name}: hvem der kører de berørte ture"
    parts, height = row_chart(
        rows, Axis(tuple(values), f"ture om året; cirkel: før ({unchanged(comparison.year)}), rombe: efter"), width
    )
    alt = f"{option.name} berører {option.touches.rule}. {_most(found)} {INTERVAL}"
    return Drawing(name, title, alt, document(name, width, height, title, alt, parts), table(option, comparison.year))


def table(option: OptionAnswer, year: int) -> Table:
    """Return every group's trips today and after."""
    rows = tuple(
        (
            Cell(heading), Cell(band_name(group, band.id)), count_cell(band.trips, before),
            count_cell(band.trips_after, after), change_cell(band.trips_change, COUNT, after - before),
        )
        for group, heading in GROUPS
        for band, (before, after) in zip(option.riders.bands(group), band_counts(option, group), strict=True)
    )  # fmt: skip
    header = ("opdeling", "gruppe", f"ture, {unchanged(year)}", "ture efter", "ændring")
    return Table(f"{option.name}: berørte ture på et helt år", header, rows)


def _pair(today: Figure, after: Figure) -> Marks:
    before, then = interval(today, 1, QUIET, radius=4.5), interval(after, 1, BLUE, rhomb=True, radius=4.5)

    def marks(across: Scale, y: float) -> str:
        return before(across, y - APART) + then(across, y + APART)

    return marks


def _most(found: AffectedRiders) -> str:
    band = max(found.bands("by_age"), key=lambda one: one.trips.mean)
    who = band_name("by_age", band.id)
    return f"Flest af turene har bestillere på {who}: før {count(band.trips)} ture, efter {count(band.trips_after)}."
