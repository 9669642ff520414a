"""Laying one set of dated values over another, day by day, without silent overlap."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tariffs.errors import DataError
from tariffs.parameter import Value

ONE_DAY = timedelta(days=1)


def overlay(base: Sequence[Value], patch: Value, may_replace: Callable[[Value], bool], where: str) -> tuple[Value, ...]:
    """Return ``base`` with ``patch`` in force on the patch's days.

    Raises DataError when one of those days already has a value that ``may_replace`` does not give up.
    """
    kept: list[Value] = []
    for value in base:
        if not _meet(value, patch):
            kept.append(value)
            continue
        if not may_replace(value):
            raise DataError(
                "værdien overlapper en offentliggjort værdi",
                where=where,
                why=f"{value.text or value.state} gælder allerede fra {value.start} til {value.end or '…'}"
                f" ifølge {value.source}",
                next_step="lad værdien begynde efter den, eller brug en variant ved navn",
            )
        if value.start < patch.start:
            kept.append(replace(value, end=patch.start - ONE_DAY))
        if patch.end is not None and (value.end is None or value.end > patch.end):
            kept.append(replace(value, start=patch.end + ONE_DAY))
    return tuple(sorted([*kept, patch], key=lambda value: value.start))


def close(values: Sequence[Value], last: date | None) -> tuple[Value, ...]:
    """Return ``values`` without the days after ``last`` (None leaves them open)."""
    if last is None:
        return tuple(values)
    return tuple(
        replace(value, end=last) if value.end is None or value.end > last else value
        for value in values
        if value.start <= last
    )


def carry_over(values: Sequence[Value], start: date, end: date | None) -> tuple[Value, ...]:
    """Fill the days from ``start`` to ``end`` that have no value with the nearest earlier one (else the first)."""
    filled = list(values)
    day: date | None = start
    while day is not None and (end is None or day <= end):
        covering = next((v for v in filled if v.start <= day and (v.end is None or day <= v.end)), None)
        if covering is not None:
            day = covering.end + ONE_DAY if covering.end else None
            continue
        later = [value.start for value in filled if value.start > day]
        stop = min(later) - ONE_DAY if later else end
        if end is not None and stop is not None:
            stop = min(stop, end)
        earlier = [value for value in filled if value.start < day]
        model = max(earlier, key=lambda value: value.start) if earlier else min(filled, key=lambda value: value.start)
        filled.append(replace(model, start=day, end=stop))
        day = stop + ONE_DAY if stop else None
    return tuple(sorted(filled, key=lambda value: value.start))


def _meet(first: Value, second: Value) -> bool:
    return (first.end is None or second.start <= first.end) and (second.end is None or first.start <= second.end)
