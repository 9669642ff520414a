"""Which rows of a sheet are months: the heading is found, and titles, totals and notes are passed over, and told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sim.answer.budget.sheet import Cell, Row
from sim.geography.names import fold
from sim.inputs.intake.workbook import rows_named
from tariffs.errors import InputError

HEADINGS = {
    "month": ("måned", "måneder", "mdr", "month", "år-måned", "årmåned", "year-month", "periode", "period"),
    "year": ("år", "year"),
    "passengers": (
        "passagerer",
        "passengers",
        "antal passagerer",
        "passagertal",
        "passagerer i alt",
        "rejsende",
        "antal rejsende",
        "antal pass",
        "pax",
    ),
    "cost": (
        "nettoudgift",
        "nettoudgifter",
        "udgift",
        "udgifter",
        "net cost",
        "cost",
        "kommunens udgift",
        "kommunens nettoudgift",
        "nettoudgift i alt",
        "regnskab",
        "forbrug",
    ),
}
COLUMN_NAMES = {"month": "måned", "year": "år", "passengers": "passagerer", "cost": "nettoudgift"}
BESIDE = ("budget", "afvig", "differen", "rest", "akkum", "bemaerk", "note", "kommentar")
"""How the headings of columns begin that a sheet of a budget has beside the months' own; they are passed over, and told."""
NEEDED = ("month", "passengers")
MOST_ABOVE = 30
"""Rows in which the heading is looked for."""
_TOTAL = re.compile(r"(i ?alt|total\w*|sum|samlet|(hele )?aar(et)?|aarstotal|year total)( (i )?\d{4})?:?")
_YEAR = re.compile(r"(?<![\d.,])20\d\d(?![\d.,]\d)")
_CUMULATED = re.compile(r"\b(akk|akkum\w*|kumuleret|kumulativ\w*|aar til dato|ytd|year to date)\b")
_PART = re.compile(r"(\d\.? ?(kvartal|halvaar)|[qk]\d|(gennemsnit|snit|average|mean)\w*)( (i )?\d{4})?:?")


@dataclass(frozen=True)
class MonthRows:
    """The rows of months under their heading, and the totals beside them.

    ``columns`` is where each kind of column stands; ``totals`` are rows that say they are the sum of the months;
    ``title_year`` the year that the heading or the rows above it name, None for none or several, and
    ``year_in_heading`` whether the heading does; ``scale`` how many kroner one in the column of cost is.
    """

    columns: dict[str, int]
    width: int
    rows: list[Row]
    totals: list[Row]
    notes: list[str] = field(default_factory=list)
    title_year: int | None = None
    year_in_heading: bool = False
    scale: int = 1

    def cell(self, row: Sequence[Cell], name: str) -> Cell:
        """Return a row's cell in a column, '' where the row or the file has none."""
        place = self.columns.get(name)
        return row[place] if place is not None and place < len(row) else ""


def month_rows(rows: Sequence[Row], where: str, above: Sequence[Row] = ()) -> MonthRows:
    """Sort a sheet's rows; raises InputError when there is no heading that can be used. ``above`` are rows above them."""
    place = next((n for n, (_, row) in enumerate(rows[:MOST_ABOVE]) if is_heading(row)), _nearest_heading(rows))
    titles = [str(cell) for _, row in (*above, *rows[:place]) for cell in row if cell != ""]
    if cumulated := next((title for title in titles if is_cumulated(title)), None):
        raise InputError(
            f"Månedernes tal er lagt sammen måned for måned (»{cumulated[:60]}«)",
            where=where,
            next_step="skriv hver måneds egne tal, og ret titlen",
        )
    heading = rows[place][1]
    columns, passed = _columns(heading, where)
    above_it, in_it = (
        {int(year) for text in texts for year in _YEAR.findall(text)}
        for texts in (titles, [str(heading[at]) for at in columns.values()])
    )
    years = above_it | in_it
    title_year = years.pop() if len(years) == 1 else None
    scale = _scale_of(str(heading[columns["cost"]]), titles) if "cost" in columns else 1
    found = MonthRows(columns, len(heading), [], [], title_year=title_year, scale=scale, year_in_heading=bool(in_it))
    if passed:
        several = len(passed) > 1
        found.notes.append(f"Kolonne{'rne' if several else 'n'} {_quoted(passed)} er ikke læst.")
    if place:
        found.notes.append(f"{_at([n for n, _ in rows[:place]])} over overskriften er sprunget over.")
    totals, parts, remarks, uncounted = [], [], [], []
    for number, row in rows[place + 1 :]:
        label = fold(str(found.cell(row, "month") or found.cell(row, "year"))).strip()
        empty = found.cell(row, "passengers") == "" and found.cell(row, "cost") == ""
        if _TOTAL.fullmatch(label):
            totals.append(number)
            found.totals.append((number, row))
        elif _PART.fullmatch(label):
            parts.append(number)
        elif empty and _is_remark(row):
            remarks.append(number)
        elif empty:
            uncounted.append(number)
        else:
            found.rows.append((number, row))
    for numbers, text in (
        (totals, "er en sum og ikke læst som en måned"),
        (parts, "er en delsum eller et gennemsnit og ikke læst som en måned"),
        (remarks, "er en bemærkning og ikke læst"),
        (uncounted, "har ingen tal og er ikke læst som en observeret måned"),
    ):
        if numbers:
            found.notes.append(f"{_at(numbers)} {text}.")
    if not found.rows:
        raise InputError("Filen har ingen måneder med tal", where=where, next_step="brug én række pr. måned")
    return found


def _at(numbers: Sequence[int]) -> str:
    text = rows_named(tuple(numbers))
    return text[0].upper() + text[1:]


def is_heading(row: Sequence[Cell]) -> bool:
    """Say whether a row names the columns that months need."""
    named = {kind_of(cell) for cell in row}
    return set(NEEDED) <= named


def _nearest_heading(rows: Sequence[Row]) -> int:
    """Return where the row is that names most of what months need, so that what it lacks is said of it; the first if none does."""
    named = [len({kind_of(cell) for cell in row} - {None}) for _, row in rows[:MOST_ABOVE]]
    return named.index(max(named))


def _is_remark(row: Sequence[Cell]) -> bool:
    """Whether a row without numbers is a text, not a month that waits for its numbers."""
    texts = [cell for cell in row if cell != ""]
    return len(texts) == 1 and isinstance(texts[0], str) and len(texts[0].split()) > 2


def is_sum(cell: Cell) -> bool:
    """Say whether a label is that of a total or of a part of the year."""
    label = fold(str(cell)).strip()
    return bool(_TOTAL.fullmatch(label) or _PART.fullmatch(label))


def kind_of(cell: Cell) -> str | None:
    """Return what a heading names, None for nothing that is read."""
    return _KNOWN.get(_plain(str(cell))) if cell != "" else None


def _scale_of(heading: str, titles: Sequence[str]) -> int:
    """Return how many kroner one is in a column: as its heading says, else as the rows above do.

    >>> _scale_of("Nettoudgift (t.kr.)", []), _scale_of("Udgift", ["Beløb i 1.000 kr."]), _scale_of("Udgift i kr.", ["mio. kr."])
    (1000, 1000, 1)
    """
    if re.search(r"\b(t?kr|kroner|dkk)\b", heading, re.IGNORECASE):
        titles = [heading]
    found = [_SCALED.search(_words(title)) for title in titles]
    return next((_SCALES[one[1]] for one in found if one), 1)


def unit_of(heading: str) -> str:
    """Return the unit in a heading, so far as it says that its amounts are of more than one krone.

    >>> unit_of("Udgift i t.kr."), unit_of("Udgift")
    ('t kr', '')
    """
    found = _SCALED.search(_words(heading))
    return found[0] if found else ""


def is_cumulated(text: str) -> bool:
    """Say whether a title or a heading says that each month's number holds those before it."""
    return bool(_CUMULATED.search(_words(text)))


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(map(repr, names))


def _columns(heading: Sequence[Cell], where: str) -> tuple[dict[str, int], list[str]]:
    """Return the place of each column by its meaning, and the columns that are passed over."""
    found: dict[str, int] = {}
    beside = [str(text) for text in heading if text != "" and kind_of(text) is None]
    passed = [text for text in beside if _words(text).startswith(BESIDE)]
    unknown = [text for text in beside if text not in passed]
    for place, text in enumerate(heading):
        if text == "" or str(text) in passed:
            continue
        key = kind_of(text)
        if key is None:
            several = len(unknown) > 1
            raise InputError(
                f"Kolonne{'rne' if several else 'n'} {_quoted(unknown)} kendes ikke",
                where=where,
                why=f"filen skal have kolonnerne {', '.join(COLUMN_NAMES.values())}; år kan stå i måneden, nettoudgift kan"
                " udelades",
                next_step="ret overskriften, eller slet kolonnen",
            )
        if key in found:
            raise InputError(f"Kolonnen {COLUMN_NAMES[key]} er der to gange", where=where, next_step="slet den ene")
        found[key] = place
    missing = [COLUMN_NAMES[key] for key in NEEDED if key not in found]
    if missing:
        raise InputError(
            f"Filen mangler kolonnen {' og '.join(missing)}",
            where=where,
            next_step="én række skal være overskrifter: måned;passagerer;nettoudgift",
        )
    return found, passed


def _words(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()


def _plain(text: str) -> str:
    """Return a heading without case, marks, year and unit.

    >>> _plain("Nettoudgift 2025 (t.kr.)"), _plain("Måned, 2025"), _plain("2025")
    ('nettoudgift', 'maaned', '2025')
    """
    words = re.sub(r"(?<=[a-z]) (i )?20\d\d\b", "", _words(text))
    return re.sub(rf" (i )?(({_SCALE}) ?)?(kr|kroner|dkk)( (i )?20\d\d)?$", "", words)


_SCALES = {
    "t": 1_000,
    "1000": 1_000,
    "1 000": 1_000,
    "tusind": 1_000,
    "tusinde": 1_000,
    "mio": 1_000_000,
    "mill": 1_000_000,
}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_SCALED = re.compile(rf"\b({_SCALE}) ?(?:kr|kroner|dkk)\b")


_KNOWN = {_plain(name): key for key, names in HEADINGS.items() for name in names}
