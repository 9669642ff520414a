"""What a document is made of: sections of parts, in both languages, the same for every form it is written in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sim.telling.sheet import Lang
from sim.words.table import Table


@dataclass(frozen=True)
class Text:
    """A text in Danish and English; without ``en`` it is shown in Danish, and marked as that."""

    da: str
    en: str | None = None

    def in_language(self, lang: Lang) -> str:
        """Return the text in a language.

        >>> Text("ture", "trips").in_language("en"), Text("en bemærkning").in_language("en")
        ('trips', 'en bemærkning')
        """
        return self.da if lang == "da" or self.en is None else self.en

    def language(self, lang: Lang) -> Lang:
        """Return the language that the text is shown in, where ``lang`` is asked for."""
        return "da" if self.en is None else lang


def same(name: str) -> Text:
    """Return a name that is the same in both languages."""
    return Text(name, name)


@dataclass(frozen=True)
class Unit:
    """How a column's numbers are shown: what they are divided by, with how many decimals, and what follows each."""

    per: float = 1.0
    decimals: int = 0
    suffix: str = ""


@dataclass(frozen=True)
class Figure:
    """A number with its interval; as a ``change`` it has a sign, and is called uncertain where the interval crosses zero."""

    mean: float
    low: float | None = None
    high: float | None = None
    change: bool = False


@dataclass(frozen=True)
class Pair:
    """Words, and under them a remark: a cell of the report's tables, which is text already."""

    text: Text
    under: Text


Value = Text | Figure | Pair | None
"""What a table's cell holds; None is a number that has no meaning."""


@dataclass(frozen=True)
class Column:
    """A column of a table, known by its id, whatever its title says."""

    id: str
    title: Text
    unit: Unit = Unit()


@dataclass(frozen=True)
class Paragraph:
    """Running text. ``kind`` is "plain", "answer" (a conclusion) or "note" (small print to a table)."""

    text: Text
    kind: Literal["plain", "answer", "note"] = "plain"


@dataclass(frozen=True)
class Item:
    """A line of a list: what it is about, in bold, and what is stated; a line without ``text`` is to be filled in."""

    term: Text | None
    text: Text | None


@dataclass(frozen=True)
class Bullets:
    """A list: of bullets, of alternatives a), b), c), or of numbered points."""

    items: tuple[Item, ...]
    mark: Literal["bullet", "letter", "number"] = "bullet"


@dataclass(frozen=True)
class Callout:
    """What nobody may overlook."""

    title: Text
    texts: tuple[Text, ...]


@dataclass(frozen=True)
class Rows:
    """A table, whose first column names its rows; of words rather than of numbers when ``words``.

    Raises ValueError when a row has another number of cells than there are columns.
    """

    caption: Text
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    words: bool = False

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.caption.da}: a row has not {len(self.columns)} cells")


@dataclass(frozen=True)
class Picture:
    """A chart or map as SVG, with the text that stands for it to whoever does not see it; ``width`` is percent of the text's."""

    name: str
    svg: Text
    alt: Text
    caption: Text
    width: int = 100


Part = Paragraph | Bullets | Callout | Rows | Picture


@dataclass(frozen=True)
class Section:
    """A part of a document under a heading of its ``level``.

    ``new_page`` begins a page with it; with ``own_page`` it and those below it fill one page, to be handed out separately.
    """

    id: str
    title: Text
    parts: tuple[Part, ...]
    level: int = 1
    new_page: bool = False
    own_page: bool = False


@dataclass(frozen=True)
class Document:
    """A whole document. ``fields`` are the lines of its head (None: to be filled in), ``running`` the words on top of each page."""

    title: Text
    subtitle: Text
    running: Text
    fields: tuple[tuple[Text, Text | None], ...]
    sections: tuple[Section, ...]
    author: str = ""

    def parts(self) -> list[Part]:
        """Return all parts in their order."""
        return [part for section in self.sections for part in section.parts]

    def groups(self) -> list[list[Section]]:
        """Return each section of the first level with those below it."""
        found: list[list[Section]] = []
        for section in self.sections:
            if section.level == 1 or not found:
                found.append([])
            found[-1].append(section)
        return found


def sentences(texts: list[Text]) -> Bullets:
    """Return a list of sentences that have no word in front."""
    return Bullets(tuple(Item(None, text) for text in texts))


NAMES_EN = {"Nuværende ordning": "Nuværende ordning (present scheme)"}
"""The name that the page gives today's option, explained to who reads English; other names stay as they were typed."""
English = Callable[[str], str | None]
"""Returns the English of a Danish text of the report's, None where it is not known."""


def untranslated(text: str) -> str | None:
    """Return no English."""
    return None


def rows_of(table: Table, english: English = untranslated, *, words: bool = False) -> Rows:
    """Return a table of the report's; its columns are numbered, since it does not say which they are."""

    def text(danish: str) -> Text:
        return Text(danish, english(danish) if danish else "")

    def name(typed: str) -> Text:
        return text(typed) if typed in NAMES_EN else same(typed)

    first, *others = table.header
    heads = [text(first), *(name(title) if table.columns_are_options else text(title) for title in others)]
    columns = tuple(Column(str(place), head) for place, head in enumerate(heads))
    rows = tuple(
        tuple(
            Pair(name(cell.text) if table.rows_are_options and not place else text(cell.text), text(cell.under))
            for place, cell in enumerate(row)
        )
        for row in table.rows
    )
    return Rows(text(table.caption), columns, rows, words)


def turned(rows: Rows, corner: Column) -> Rows:
    """Return a table with a row for each of its columns but the first, under the names that its rows had.

    Raises ValueError when a row's name has a remark under it, which a column's title has no room for, or is a number.
    """
    names = [row[0].text if isinstance(row[0], Pair) and not row[0].under.da else row[0] for row in rows.rows]
    titles = [name for name in names if isinstance(name, Text)]
    if len(titles) < len(names):
        raise ValueError(f"{rows.caption.da}: a column has no room for what is under a row's name")
    columns = (corner, *(Column(f"row-{n}", title, rows.columns[-1].unit) for n, title in enumerate(titles, 1)))
    turned_rows = tuple(
        (column.title, *(row[place] for row in rows.rows)) for place, column in enumerate(rows.columns) if place
    )
    return Rows(rows.caption, columns, turned_rows, rows.words)
