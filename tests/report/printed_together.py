"""Holds the tables of one page against each other: what is printed twice is printed alike, and groups are their whole."""

import re
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from tests.report.printed_tables import (
    AFTER,
    BEFORE,
    CHANGE,
    FARES,
    FEE,
    NET,
    OPERATOR,
    PART,
    PASSENGERS,
    TRIPS,
    TRIPS_CHANGE,
    WATERFALL_SUM,
    Shown,
    column,
    exactly,
    number,
    place_of,
)

SAME = {
    "net cost": NET, "change": CHANGE, "operator": OPERATOR, "fares": FARES, "fee": FEE, "trips": TRIPS,
    "change in trips": TRIPS_CHANGE, "passengers": PASSENGERS, "part": PART,
}  # fmt: skip
OPTION = ("valgmulighed", "option")
BANDS = ("alder", "age", "turen begynder i", "trip begins in", "afstand", "distance")
GROUPED = ("opdeling", "grouped by", "split by", "grouping")
OERE = re.compile(r"kr\. og øre|kroner and øre|DKK and øre|DKK and oere")
OF_YEARS = re.compile(r"(?:budgetår|budget year) \d{4}")
MORE, LESS, STOPS, NEW = range(2, 6)
"""Columns of the table of who gains and who loses, after the grouping and the group."""


def agree(tables: Iterable[Shown]) -> int:
    """Check what is in more than one of a page's tables, and return how many figures were compared."""
    found = list(tables)
    return _printed_alike(found) + _bands(found) + _gains(found) + _years(found)


def _printed_alike(tables: list[Shown]) -> int:
    seen: dict[tuple[str, str], set[Decimal]] = defaultdict(set)
    for table in tables:
        if table.header[0] not in OPTION or OERE.search(table.caption) or table.header[-1] in WATERFALL_SUM:
            continue
        for name, heads in SAME.items():
            for row, value in zip(table.rows, exactly(table, heads) or [], strict=False):
                if value is not None:
                    seen[row[0], name].add(value)
    for (option, name), values in seen.items():
        assert len(values) == 1, f"{option}: {name} is printed as {sorted(values)}"
    return len(seen)


def _affected(tables: list[Shown]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return the affected trips of each option before and after, as the tables print them."""
    found: dict[str, tuple[Decimal, Decimal]] = {}
    for table in tables:
        before, after = column(table, BEFORE), column(table, AFTER)
        if table.header[0] in OPTION and before and after and place_of(table, BANDS) is None:
            for row, one, other in zip(table.rows, before, after, strict=True):
                assert one is not None
                assert other is not None
                assert found.setdefault(row[0], (one, other)) == (one, other), table
    return found


def _bands(tables: list[Shown]) -> int:
    """The trips of the bands of a group are all affected trips."""
    affected, checked = _affected(tables), 0
    for table in tables:
        before, after = column(table, BEFORE), column(table, AFTER)
        place, grouped = place_of(table, BANDS), table.header[1:2] in (("gruppe",), ("group",))
        if not before or not after or (place is None and not grouped):
            continue
        sums: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
        option = table.caption.partition(":")[0] if grouped else ""
        for row, one, other in zip(table.rows, before, after, strict=True):
            sums[option or row[0], row[0] if grouped else ""][0] += one or 0
            sums[option or row[0], row[0] if grouped else ""][1] += other or 0
        for (option, _), together in sums.items():
            assert tuple(together) == affected[option], f"{together} are not {affected[option]}\n{table}"
            checked += 1
    return checked


def _gains(tables: list[Shown]) -> int:
    """Each way of grouping has the same trips, and those are the affected ones: some pay otherwise, some stop, some begin."""
    affected, checked = _affected(tables), 0
    for table in tables:
        if len(table.header) != 7 or table.header[1] not in ("gruppe", "group"):
            continue
        sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0)] * 7)
        for row in table.rows:
            sums[row[0]] = [
                all_ + (number(text, table.language) or 0) for all_, text in zip(sums[row[0]], row, strict=True)
            ]
        first, *others = sums.values()
        assert all(one == first for one in others), f"{dict(sums)}\n{table}"
        before, after = affected[table.caption.partition(":")[0]]
        if first[MORE] + first[LESS] + first[STOPS] == before:  # else some affected trips pay as before
            assert first[MORE] + first[LESS] + first[NEW] == after, f"{first} are not {before} and {after}\n{table}"
        checked += len(sums)
    return checked


def _years(tables: list[Shown]) -> int:
    """In the years ahead an option's net cost is today's of the same year and the change."""
    of_years = [table for table in tables if len(table.header) > 1 and OF_YEARS.match(table.header[1])]
    money = [table for table in of_years if "1.000 kr." in table.caption or "DKK thousand" in table.caption]
    changes = [table for table in money if len(table.rows) < max(len(one.rows) for one in money)]
    checked = 0
    for table in changes:
        levels = next(one for one in money if len(one.rows) == len(table.rows) + 1)
        names = [row[0] for row in levels.rows]
        for row in table.rows:
            for place, text in enumerate(row[1:], 1):
                moved = number(text, table.language)
                if moved is not None:
                    after = number(levels.rows[names.index(row[0])][place], table.language)
                    before = number(levels.rows[0][place], table.language)
                    assert before is not None
                    assert before + moved == after, f"{before} + {moved} is not {after}\n{table}"
                    checked += 1
    return checked
