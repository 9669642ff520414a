"""Reads printed tables back, and adds up what they print, in both languages: written without the code that rounds.

Each law below knows the tables it is about by their headings, and checks every row that has numbers: `None` where the table is
of another kind, else how many sums were added.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html.parser import HTMLParser

from sim.words.table import Table

NUMBER = re.compile(r"[-+−]?\d[\d.,]*")
NET = ("nettoudgift", "net cost", "= nettoudgift", "= net cost", "nettoudgift, hele året", "net cost, full year")
CHANGE = ("mer-/mindreudgift", "change in net cost", "ændring, hele året", "change, full year")
PART = ("virkning i budgetåret", "effect in the budget year", "effect in budget year")
OPERATOR, FARES, FEE = (
    ("vognmandsbetaling", "operator payment"),
    ("brugerbetaling", "fares paid", "− brugerbetaling", "− fares paid"),
    ("betaling til Movia", "fee to Movia", "+ betaling til Movia", "+ fee to Movia"),
)
TRIPS, TRIPS_CHANGE = ("ture", "trips"), ("ændring i ture", "change in trips")
PASSENGERS = ("passagerer", "passengers")
IN_PERCENT = ("i procent", "in percent", "ændring i procent", "change in percent")
BEFORE = ("ture, uændret", "trips,", "ture, valget kan berøre", "trips the choice can touch")
AFTER, MOVED = (
    ("ture efter", "trips after", "de samme ture efter valget", "the same kind of trips after"),
    ("ændring", "change"),
)
OUTTURN, BUDGET, DEVIATION, GRANT = (
    ("forventet regnskab", "expected outturn"), ("budget",),
    ("afvigelse", "deviation", "afvigelse (+ er merforbrug)", "deviation (+ is over budget)"),
    ("tillægsbevilling", "supplementary grant"),
)  # fmt: skip
SPENT, SIMULATED = (
    ("forbrug", "spent", "spending"),
    ("simuleret for de samme dage", "simulated for the same days"),
)
VISITS, MINUTES, HOURS, AN_HOUR, VALUE = (
    ("flyttede besøg", "visits moved"),
    ("minutters kørsel pr. besøg", "minutes driven per visit", "minutes of driving per visit"),
    ("timer", "hours"), ("kr. pr. time", "DKK per hour", "DKK an hour"), ("værdi", "value"),
)  # fmt: skip
OWN_NET, OWN_SUM = (
    ("nettoudgift (beregnet)", "net cost (calculated)"),
    ("nettoudgift med kommunens egne linjer", "net cost with the municipality's own lines"),
)
WATERFALL_SUM = ("ændring i nettoudgift", "change in net cost")
DIFFERENCE = ("ændring i alt", "Ændring i alt", "Change in all")
WHOLE_YEAR = ("hele året", "full year")
EACH = ("kr. pr. passager", "DKK per passenger")
FEE_EACH = ("betaling til Movia pr. passager",)
UNCHANGED = re.compile(r"\((?:uden ændring|unchanged|without the change) ([\d.,]+)\)")
IN_BRACKETS = re.compile(r"([\d.,]+) \(([-+][\d.,]+)\)")


def as_texts(table: Table) -> list[list[str]]:
    """Return a table as it is printed: the header, then its rows."""
    return [list(table.header), *([str(cell) for cell in row] for row in table.rows)]


@dataclass(frozen=True)
class Shown:
    """A table as it is read: its caption, and rows of the first text of each cell."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    language: str = "da"

    def __str__(self) -> str:
        return "\n".join([self.caption, " | ".join(self.header), *(" | ".join(row) for row in self.rows)])


def of_table(table: Table) -> Shown:
    return Shown(table.caption, table.header, tuple(tuple(cell.text for cell in row) for row in table.rows))


def steps(text: str) -> int | None:
    """Return the digits of a number, None for a word: in a table with equal decimals they add up as the numbers do."""
    found = NUMBER.fullmatch(text.strip().replace("\u2060", ""))
    return None if found is None else int(re.sub(r"[.,+]", "", found.group()).replace("−", "-"))


def number(text: str, language: str = "da") -> Decimal | None:
    """Return a printed number, None for a word; 12.345,6 in Danish, 12,345.6 in English; its decimals are those printed.

    >>> number("-1.234,50"), number("1,234.5", "en"), number("usikker")
    (Decimal('-1234.50'), Decimal('1234.5'), None)
    """
    bare = text.strip().removesuffix("%").strip()
    if NUMBER.fullmatch(bare) is None:
        return None
    group, decimal = (".", ",") if language == "da" else (",", ".")
    return Decimal(bare.replace(group, "").replace(decimal, ".").replace("−", "-"))


def place_of(table: Shown, names: Sequence[str]) -> int | None:
    """Return where a column is: one with a name, or a name and after it its year, its unit or what it is of."""
    for place, head in enumerate(table.header):
        for name in names:
            if head == name or (head.startswith(name) and head[len(name) :][:1] in (",", " ") and name != "ændring"):
                return place
            if name.endswith(",") and head.startswith(name):
                return place
    return None


def column(table: Shown, names: Sequence[str]) -> list[Decimal | None] | None:
    place = place_of(table, names)
    return None if place is None else [number(row[place], table.language) for row in table.rows]


def exactly(table: Shown, names: Sequence[str]) -> list[Decimal | None] | None:
    place = next((n for n, head in enumerate(table.header) if head in names), None)
    return None if place is None else [number(row[place], table.language) for row in table.rows]


def sums_of(table: Shown) -> int:
    """Check every sum that the table prints, and return how many there were."""
    return sum(law(table) or 0 for law in LAWS)


def kinds_of(table: Shown) -> list[str]:
    """Return the names of the laws that the table is under, checking them."""
    return [law.__name__.strip("_") for law in LAWS if law(table) is not None]


def half(text: Decimal) -> Decimal:
    """Return half a unit of a printed number's last digit."""
    return Decimal(5).scaleb(int(text.as_tuple().exponent) - 1)


def _account(table: Shown) -> int | None:
    """Operator payment less fares plus fee is net cost."""
    columns = [exactly(table, names) for names in (OPERATOR, FARES, FEE, NET)]
    if any(one is None for one in columns):
        return None
    rows = list(zip(*columns, strict=True))  # type: ignore[arg-type]
    for operator, fares, fee, net in rows:
        assert operator - fares + fee == net, f"{operator} - {fares} + {fee} is not {net}\n{table}"
    return len(rows)


def _changes_from_the_first_row(table: Shown) -> int | None:
    """What was before, in the first row, and a change are what is after; the per cent is of the two printed."""
    checked: int | None = None
    for level, change in ((NET, CHANGE), (TRIPS, TRIPS_CHANGE), (NET, DEVIATION[:0])):
        levels, changes = exactly(table, level), exactly(table, change)
        if levels is None or changes is None:
            continue
        checked = checked or 0
        shares, first = place_of(table, IN_PERCENT), levels[0]
        for row, after, moved in zip(table.rows, levels, changes, strict=True):
            if moved is not None and after is not None:
                assert first is not None
                assert first + moved == after, f"{first} + {moved} is not {after}\n{table}"
                checked += 1
                if shares is not None:
                    _percent(row[shares], moved, first, table)
    return checked


def _percent(text: str, moved: Decimal, before: Decimal, table: Shown) -> None:
    """Check a per cent, or how many times as much, of printed figures."""
    if not before or "%" not in text:
        return
    share = number(text, table.language)
    assert share is not None
    assert abs(share - 100 * moved / before) <= half(share), f"{moved} of {before} is not {text}\n{table}"


def _before_and_after(table: Shown) -> int | None:
    """What is before and the change are what is after."""
    before, after, moved = column(table, BEFORE), column(table, AFTER), exactly(table, MOVED)
    if before is None or after is None:
        return None
    shares, checked = place_of(table, IN_PERCENT[2:]), 0
    for n, (one, other) in enumerate(zip(before, after, strict=True)):
        if one is None or other is None:  # fewer than are shown
            continue
        change = None if moved is None else moved[n]
        if change is not None:
            assert one + change == other, f"{one} + {change} is not {other}\n{table}"
            checked += 1
        if shares is not None:
            _percent(table.rows[n][shares], other - one, one, table)
            checked += 1
    return checked


def _parts(table: Shown) -> int | None:
    """A waterfall's parts, in a row or in a column, are the change."""
    if table.header[-1] in WATERFALL_SUM and len(table.header) > 4:
        told = [[number(text, table.language) for text in row[1:]] for row in table.rows]
        sure = [row for row in told if row[-1] is not None]
        for *parts, total in sure:
            assert sum(parts) == total, f"{parts} are not {total}\n{table}"  # type: ignore[arg-type]
        return len(sure)
    names = [row[0] for row in table.rows]
    place = next((n for n, name in enumerate(names) if name in DIFFERENCE), None)
    if place is None or len(table.header) != 2:
        return None
    amounts = [number(row[1], table.language) for row in table.rows]
    before, *parts = amounts[:place]
    assert before is not None
    total, after = amounts[place], amounts[-1]
    if total is not None:
        assert sum(parts) == total, f"{parts} are not {total}\n{table}"  # type: ignore[arg-type]
    assert before + sum(parts) == after, f"{amounts}\n{table}"  # type: ignore[arg-type]
    return 1 + (total is not None)


def _months(table: Shown) -> int | None:
    """Twelve months are the year."""
    if not table.rows or table.rows[-1][0] not in WHOLE_YEAR or len(table.rows) != 13:
        return None
    for place in range(1, len(table.header)):
        months = [number(row[place], table.language) for row in table.rows]
        assert sum(months[:12]) == months[12], f"{months}\n{table}"  # type: ignore[arg-type]
    return len(table.header) - 1


def _budget(table: Shown) -> int | None:
    """The outturn is the budget and the deviation; what is above the budget is the grant."""
    columns = [exactly(table, names) for names in (OUTTURN, BUDGET, DEVIATION)]
    if any(one is None for one in columns):
        return None
    checked = 0
    for outturn, budget, over in zip(*columns, strict=True):  # type: ignore[arg-type]
        if None not in (outturn, budget, over):
            assert budget + over == outturn, f"{budget} + {over} is not {outturn}\n{table}"
            checked += 1
    for over, grant in zip(exactly(table, DEVIATION) or (), exactly(table, GRANT) or (), strict=False):
        if over is not None and grant is not None:
            assert grant == max(over, Decimal(0)), f"{over} needs {grant}\n{table}"
    return checked


def _spent(table: Shown) -> int | None:
    """What is spent is what was simulated and the deviation, with its per cent."""
    columns = [exactly(table, names) for names in (SPENT, SIMULATED, DEVIATION)]
    if any(one is None for one in columns):
        return None
    shares = place_of(table, IN_PERCENT)
    for row, spent, simulated, over in zip(table.rows, *columns, strict=True):  # type: ignore[arg-type]
        assert simulated + over == spent, f"{simulated} + {over} is not {spent}\n{table}"
        assert shares is not None
        told = number(row[shares], table.language)
        if told is not None and simulated:
            assert abs(told - 100 * over / simulated) <= half(told), f"{over} of {simulated} is not {told}\n{table}"
    return len(table.rows)


def _nurses(table: Shown) -> int | None:
    """Visits by minutes are hours, and hours by what one costs are their value in thousands."""
    columns = [column(table, names) for names in (VISITS, MINUTES, HOURS, AN_HOUR, VALUE)]
    if any(one is None for one in columns):
        return None
    for visits, minutes, hours, each, value in zip(*columns, strict=True):  # type: ignore[arg-type]
        assert abs(visits * minutes / 60 - hours) <= half(hours), f"{visits} x {minutes} is not {hours}\n{table}"
        assert abs(hours * each / 1000 - value) <= half(value), f"{hours} x {each} is not {value}\n{table}"
    return 2 * len(table.rows)


def _own_lines(table: Shown) -> int | None:
    """A net cost and the lines under it are the sum that follows; its change is from the first sum."""
    names = [row[1] if len(row) > 1 else "" for row in table.rows]
    if not any(name in OWN_NET for name in names):
        return None
    checked = 0
    for place in range(2, len(table.header)):
        amount = Decimal(0)
        for name, row in zip(names, table.rows, strict=True):
            found = number(row[place], table.language)
            if name in OWN_NET:
                assert found is not None
                amount = found
            elif name in OWN_SUM:
                assert amount == found, f"{amount} is not {found}\n{table}"
                checked += 1
            elif found is not None:
                amount += found
    return checked


def _prices_before_and_after(table: Shown) -> int | None:
    """A price that moves says the price without the change, which is today's; a week's change is from today's week."""
    found = [
        (row, text) for row in table.rows for text in row[1:] if UNCHANGED.search(text) or IN_BRACKETS.search(text)
    ]
    if not found:
        return None
    for row, text in found:
        if unchanged := UNCHANGED.search(text):
            firsts = {row[1], *(cell for place, cell in enumerate(table.rows[0]) if table.rows[0] is not row and place)}
            assert unchanged[1] in firsts, f"{text}\n{table}"
        elif moved := IN_BRACKETS.search(text):
            after, change, before = (number(one, table.language) for one in (moved[1], moved[2], row[1]))
            assert after is not None
            assert change is not None
            assert before is not None
            assert before + change == after, f"{text}\n{table}"
    return len(found)


def _each(table: Shown) -> int | None:
    """An amount for each of something is the printed amount over the printed number, as nearly as those are printed."""
    checked: int | None = None
    for amounts, counts, each, thousand in (
        (NET, PASSENGERS, EACH, 1000), (FEE, PASSENGERS, FEE_EACH, 1),
    ):  # fmt: skip
        columns = [exactly(table, names) for names in (amounts, counts, each)]
        if any(one is None for one in columns):
            continue
        checked = checked or 0
        for amount, count, one in zip(*columns, strict=True):  # type: ignore[arg-type]
            if None in (amount, count, one) or not count:
                continue
            low = thousand * (amount - half(amount)) / (count + half(count)) - half(one)
            high = thousand * (amount + half(amount)) / max(count - half(count), half(count)) + half(one)
            assert low <= one <= high, f"{amount} over {count} is not {one}\n{table}"
            checked += 1
    return checked


LAWS: tuple[Callable[[Shown], int | None], ...] = (
    _account, _changes_from_the_first_row, _before_and_after, _parts, _months, _budget, _spent, _nurses, _own_lines,
    _prices_before_and_after, _each,
)  # fmt: skip


class Page(HTMLParser):
    """The tables of a page of HTML; what stands small under a number, and what is only read aloud, is left out."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tables: list[Shown] = []
        self._caption, self._rows, self._inside = "", [], ""  # type: ignore[var-annotated]
        self._unread, self._language = 0, "da"
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "html":
            self._language = told.get("lang") or "da"
        if tag == "span":
            self._unread += bool(self._unread) or "sr-only" in (told.get("class") or "")
        if tag == "table":
            self._caption, self._rows = "", []
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("")
        if tag in ("td", "th", "caption", "small", "table"):
            self._inside = tag

    def handle_endtag(self, tag: str) -> None:
        if tag == "span" and self._unread:
            self._unread -= 1
        if tag in ("td", "th", "caption", "small"):
            self._inside = ""
        if tag == "table" and self._rows:
            rows = [tuple(bare(cell) for cell in row) for row in self._rows]
            self.tables.append(Shown(bare(self._caption), rows[0], tuple(rows[1:]), self._language))

    def handle_data(self, data: str) -> None:
        if self._unread:
            return
        if self._inside == "caption":
            self._caption += data
        elif self._inside in ("td", "th") and self._rows and self._rows[-1]:
            self._rows[-1][-1] += data


def bare(text: str) -> str:
    """Return a text without what only guides the breaking of lines."""
    return " ".join(re.sub("[\u00ad\u2060]", "", text).replace("\u00a0", " ").replace("\u2011", "-").split())
