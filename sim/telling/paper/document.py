"""What a paper is made of: sections of blocks, the same for every way of showing it."""

from dataclasses import dataclass

from sim.words.table import Table


@dataclass(frozen=True)
class Paragraph:
    """Running text. ``kind`` is "plain", "answer" (one of the paper's conclusions) or "note" (small print to a table)."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Heading:
    """A heading inside a section."""

    text: str


@dataclass(frozen=True)
class Item:
    """A line of a list: what it is about, in bold, and what is said of it."""

    term: str
    text: str


@dataclass(frozen=True)
class Bullets:
    """A list; with ``lettered`` its lines are alternatives a), b), c)."""

    items: tuple[Item, ...]
    lettered: bool = False


@dataclass(frozen=True)
class Callout:
    """What nobody may overlook."""

    title: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """A table; of words rather than of numbers when ``words``."""

    table: Table
    words: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart or map as SVG, with the words that stand for it to whoever does not see it."""

    name: str
    svg: str
    alt: str
    caption: str


Block = Paragraph | Heading | Bullets | Callout | Rows | Picture


@dataclass(frozen=True)
class Section:
    """A part of the paper under a heading; ``own_page`` is one that is handed out by itself."""

    slug: str
    title: str
    blocks: tuple[Block, ...]
    own_page: bool = False


@dataclass(frozen=True)
class Paper:
    """The whole paper. ``facts`` are the lines of its head (what, which), ``running`` the words on top of each page."""

    title: str
    subtitle: str
    running: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]

    def tables(self) -> list[Table]:
        """Return the paper's tables in their order."""
        return [block.table for section in self.sections for block in section.blocks if isinstance(block, Rows)]


def sentences(texts: list[str]) -> Bullets:
    """Return a list of sentences that have no word in front."""
    return Bullets(tuple(Item("", text) for text in texts))
