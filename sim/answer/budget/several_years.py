"""Months that run over several years: which year is read, and what is said of the others."""

from collections.abc import Sequence

from sim.inputs.intake.workbook import rows_named

MOST_ROWS = 6


def latest_year(told: Sequence[tuple[int | None, int]], passengers: Sequence[int]) -> int | None:
    """Return the last year with passengers of months that follow each other over several years; None for one year, or with a gap.

    A gap may be a year that is mistyped.
    """
    numbers = [12 * year + month for year, month in told if year is not None]
    years = {year for year, _ in told}
    if (
        len(years) < 2
        or len(numbers) < len(told)
        or sorted(numbers) != [*range(min(numbers), min(numbers) + len(told))]
    ):
        return None
    return max((year for (year, _), count in zip(told, passengers, strict=True) if year and count), default=None)


def years_note(told: Sequence[tuple[int | None, int]], latest: int, numbers: Sequence[int]) -> str:
    """Return what is said of months that are not of the latest year; ``numbers`` are their rows in the file."""
    others = sorted({year for year, _ in told if year and year != latest})
    passed = [number for number, (year, _) in zip(numbers, told, strict=True) if year != latest]
    return (
        f"Månederne er fra {', '.join(map(str, others))} og {latest}; kun {latest} er læst"
        f" ({rows_named(tuple(passed), MOST_ROWS)} er sprunget over). Slet rækkerne for {latest}, hvis et andet år skal læses."
    )
