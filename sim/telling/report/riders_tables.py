"""Who makes the affected trips, before and after: by age, by where they start, by how far they go."""

from sim.telling.sheet import band_name
from sim.words.cells import Cell, Json, change_cell, count_cell
from sim.words.numbers import danish, unchanged
from sim.words.table import Table


def riders_by_age_table(comparison: Json) -> Table | None:
    """Return the affected trips by the age of who books; None for a comparison without them, or with one option."""
    return _table(comparison, "by_age", "alder", "Berørte ture efter alder på den, der bestiller")


def riders_by_place_table(comparison: Json) -> Table | None:
    """Return the affected trips by where they start; None for a comparison without them, or with one option."""
    return _table(comparison, "by_place", "turen begynder i", "Berørte ture efter, hvor de begynder")


def riders_by_distance_table(comparison: Json) -> Table | None:
    """Return the affected trips by fare distance; None for a comparison without them, or with one option."""
    return _table(comparison, "by_distance", "afstand", "Berørte ture efter afstand")


def riders_tables(comparison: Json) -> list[Table]:
    """Return those of the three that the comparison has."""
    made = (riders_by_age_table, riders_by_place_table, riders_by_distance_table)
    return [table for table in (make(comparison) for make in made) if table is not None]


def _table(comparison: Json, group: str, name: str, caption: str) -> Table | None:
    rows = tuple(
        (
            Cell(option["name"]), Cell(band_name(group, band["id"])), count_cell(band["trips"]),
            count_cell(band["trips_after"]), change_cell(band["trips_change"], danish),
        )
        for option in comparison["options"][1:]
        for band in option["affected_riders"].get(group, ())
        if any(band["trips"].values()) or any(band["trips_after"].values())
    )  # fmt: skip
    header = ("valgmulighed", name, f"ture, {unchanged(comparison['year'])}", "ture efter", "ændring")
    return Table(f"{caption}, på et helt år; rækker uden ture er udeladt", header, rows) if rows else None
