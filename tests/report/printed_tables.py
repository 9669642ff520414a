"""Reads printed tables, and adds up what they print: the account, the changes, the parts, the months, before and after."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from sim.words.table import Table

NUMBER = re.compile(r"[-+−]?\d[\d.,]*")
NET, CHANGE = ("nettoudgift", "net cost", "= nettoudgift"), ("mer-/mindreudgift", "change in net cost")
OPERATOR, FARES, FEE = (
    ("vognmandsbetaling", "operator payment"),
    ("brugerbetaling", "fares paid", "− brugerbetaling"),
    ("betaling til Movia", "fee to Movia", "+ betaling til Movia"),
)
TRIPS, TRIPS_CHANGE = ("ture", "trips"), ("ændring i ture", "change in trips")
BEFORE, AFTER, MOVED = ("ture, uændret", "trips,"), ("ture efter", "trips after"), ("ændring", "change")
WATERFALL_SUM, DIFFERENCE = (
    ("ændring i nettoudgift", "change in net cost"),
    ("ændring i alt", "Ændring i alt", "Change in all"),
)
WHOLE_YEAR = ("hele året", "full year")


def as_texts(table: Table) -> list[list[str]]:
    """Return a table as it is printed: the header, then its rows."""
    return [list(table.header), *([str(cell) for cell in row] for row in table.rows)]


@dataclass(frozen=True)
class Shown:
    """A table as it is read: its caption, and rows of the first text of each cell."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def of_table(table: Table) -> Shown:
    return Shown(table.caption, table.header, tuple(tuple(cell.text for cell in row) for row in table.rows))


def steps(text: str) -> int | None:
    """Return the digits of a number, None for a word: in a table with equal decimals they add up as the numbers do."""
    found = NUMBER.fullmatch(text.strip().replace("\u2060", ""))
    return None if found is None else int(re.sub(r"[.,+]", "", found.group()).replace("−", "-"))


def column(table: Shown, names: Sequence[str]) -> list[int | None] | None:
    for place, name in enumerate(table.header):
        if any(name == one or (one.endswith((",", "uændret")) and name.startswith(one)) for one in names):
            return [steps(row[place]) for row in table.rows]
    return None


def sums_of(table: Shown) -> int:
    """Check every sum that the table prints, and return how many there were."""
    return _account(table) + _moves(table) + _parts(table) + _months(table)


def _account(table: Shown) -> int:
    columns = [column(table, names) for names in (OPERATOR, FARES, FEE, NET)]
    if any(one is None for one in columns):
        return 0
    rows = list(zip(*columns, strict=True))  # type: ignore[arg-type]
    for operator, fares, fee, net in rows:
        assert operator - fares + fee == net, (table.caption, operator, fares, fee, net)
    return len(rows)


def _moves(table: Shown) -> int:
    """Add changes from the first row, and changes from one column to another."""
    checked = 0
    for level, change in ((NET, CHANGE), (TRIPS, TRIPS_CHANGE)):
        levels, changes = column(table, level), column(table, change)
        for after, moved in zip(levels or (), changes or (), strict=False):
            if moved is not None and after is not None:
                assert levels is not None
                assert levels[0] is not None
                assert levels[0] + moved == after, (table.caption, levels, changes)
                checked += 1
    before, after_, moved_ = (column(table, names) for names in (BEFORE, AFTER, MOVED))
    for one, other, change_ in zip(before or (), after_ or (), moved_ or (), strict=False):
        if None not in (one, other, change_):
            assert one + change_ == other, (table.caption, one, other, change_)  # type: ignore[operator]
            checked += 1
    return checked


def _parts(table: Shown) -> int:
    """Add a waterfall's parts, in a row or in a column."""
    if table.header[-1] in WATERFALL_SUM and len(table.header) > 5:
        told = [[steps(text) for text in row[1:]] for row in table.rows]
        sure = [row for row in told if row[-1] is not None]
        for *parts, total in sure:
            assert sum(parts) == total, (table.caption, parts, total)  # type: ignore[arg-type]
        return len(sure)
    names = [row[0] for row in table.rows]
    place = next((n for n, name in enumerate(names) if name in DIFFERENCE), None)
    if place is None or len(table.header) != 2:
        return 0
    amounts = [steps(row[1]) for row in table.rows]
    before, *parts = amounts[:place]
    assert before is not None
    total, after = amounts[place], amounts[-1]
    if total is not None:
        assert sum(parts) == total, (table.caption, parts, total)  # type: ignore[arg-type]
    assert before + sum(parts) == after, (table.caption, amounts)  # type: ignore[arg-type]
    return 1 + (total is not None)


def _months(table: Shown) -> int:
    if table.rows and table.rows[-1][0] in WHOLE_YEAR and len(table.rows) == 13:
        for place in range(1, len(table.header)):
            months = [steps(row[place]) for row in table.rows]
            assert sum(months[:12]) == months[12], (table.caption, months)  # type: ignore[arg-type]
        return len(table.header) - 1
    return 0


class Page(HTMLParser):
    """The tables of a page of HTML; what stands small under a number is left out."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tables: list[Shown] = []
        self._caption, self._rows, self._inside = "", [], ""  # type: ignore[var-annotated]
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self._caption, self._rows = "", []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("")
        if tag in ("td", "th", "caption", "small", "table"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "caption", "small"):
            self._inside = ""
        if tag == "table":
            rows = [tuple(cell.replace("\u00ad", "").strip() for cell in row) for row in self._rows]
            self.tables.append(Shown(self._caption.strip(), rows[0], tuple(rows[1:])))

    def handle_data(self, data: str) -> None:
        if self._inside == "caption":
            self._caption += data
        elif self._inside in ("td", "th") and self._rows and self._rows[-1]:
            self._rows[-1][-1] += data
