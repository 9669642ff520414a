"""Who makes the affected trips, before and after: by age, by where they start, by how far they go."""

from sim.answer.records import Answer
from sim.answer.records.option import Grouping
from sim.telling.report.printed import band_counts
from sim.telling.sheet import band_name
from sim.words.cells import Cell, change_cell, count_cell
from sim.words.numbers import unchanged
from sim.words.rounding import COUNT
from sim.words.table import Table


def riders_by_age_table(comparison: Answer) -> Table | None:
    """Return the affected trips by the age of who books; None for a comparison without them, or with one option."""
    return _table(comparison, "by_age", "alder", "Berørte ture efter alder på den, der bestiller")


def riders_by_place_table(comparison: Answer) -> Table | None:
    """Return the affected trips by where they start; None for a comparison without them, or with one option."""
    return _table(comparison, "by_place", "turen begynder i", "Berørte ture efter, hvor de begynder")


def riders_by_distance_table(comparison: Answer) -> Table | None:
    """Return the affected trips by fare distance; None for a comparison without them, or with one option."""
    return _table(comparison, "by_distance", "afstand", "Berørte ture efter afstand")


def riders_tables(comparison: Answer) -> list[Table]:
    """Return those of the three that the comparison has."""
    made = (riders_by_age_table, riders_by_place_table, riders_by_distance_table)
    return [table for table in (make(comparison) for make in made) if table is not None]


def _table(comparison: Answer, group: Grouping, name: str, caption: str) -> Table | None:
    rows = tuple(
        (
            Cell(option.name), Cell(band_name(group, band.id)), count_cell(band.trips, before),
            count_cell(band.trips_after, after), change_cell(band.trips_change, COUNT, after - before),
        )
        for option in comparison.options[1:]
        if option.riders.bands(group)
        for band, (before, after) in zip(option.riders.bands(group), band_counts(option, group), strict=True)
        if not (band.trips.is_nothing and band.trips_after.is_nothing)
    )  # fmt: skip
    header = ("valgmulighed", name, f"ture, {unchanged(comparison.year)}", "ture efter", "ændring")
    return Table(f"{caption}, på et helt år; rækker uden ture er udeladt", header, rows) if rows else None
