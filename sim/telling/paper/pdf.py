"""The paper as tagged PDF (PDF/UA-1) by typst: the words go in as data beside a fixed template, never as markup."""

import json
from importlib.resources import files
from typing import Any

from sim.telling.paper.document import Block, Bullets, Callout, Paper, Picture, Rows
from sim.telling.paper.html import kind
from sim.telling.report.html import breakable, unbroken
from sim.words.cells import Cell
from sim.words.table import Table

STANDARD = "ua-1"
LONG_ROWS = 14
"""A table with more rows may run over to the next page; its header is then repeated."""
FULL_SIZE, SMALL_SIZE, SMALL_FROM = 9.0, 8.0, 62
"""Type sizes of tables in points, and the width in characters from which the small one is taken."""
_SHOWN = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9), (0x400, 0x44F), (0x2010, 0x2015),
    (0x2018, 0x201E), (0x2022, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x2060, 0x2060), (0x20AC, 0x20AC),
    (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2264, 0x2265),
)  # fmt: skip
"""Characters that the typeface has; a test shows them all. PDF/UA refuses a paper with any other."""
LOOSE = 26
"""The width in characters beyond which words rather go on to a new line."""
MISSING, NO_BREAK = "\ufffd", "\u00a0"
PICTURE_PERCENT = 75
"""How much of the width of the text a drawing takes."""


def to_pdf(paper: Paper) -> bytes:
    """Return the paper as PDF/UA-1; the same paper gives the same bytes, and no fonts of the machine are used.

    A character that the typeface does not have (a picture sign, Chinese) is shown as "�"; the HTML keeps it.
    """
    import typst

    template = (files("sim.telling.paper") / "templates" / "paper.typ").read_bytes()
    inputs = {"main.typ": template, "paper.json": json.dumps(_data(paper), ensure_ascii=False).encode()}
    inputs |= {f"{p.name}.svg": shown(p.svg).encode() for p in _pictures(paper)}
    # Files by name in memory are taken by typst, though its type stubs do not say so.
    made: bytes = typst.compile(inputs, format="pdf", pdf_standards=[STANDARD], ignore_system_fonts=True)  # type: ignore[call-overload]
    return made


def shown(text: str) -> str:
    """Return the text with the characters that the typeface has; others and controls are marked as missing.

    >>> shown("Bytakst 60 \\U0001f695")
    'Bytakst 60 �'
    """
    text = "".join(" " if c.isspace() and c != NO_BREAK else c for c in text)
    return "".join(c if any(low <= ord(c) <= high for low, high in _SHOWN) else MISSING for c in text)


def _data(paper: Paper) -> dict[str, Any]:
    return {
        "title": shown(paper.title),
        "subtitle": shown(paper.subtitle),
        "running": shown(paper.running),
        "facts": [[shown(name), shown(value)] for name, value in paper.facts],
        "sections": [
            {
                "title": shown(section.title),
                "own_page": section.own_page,
                "blocks": [{"sort": kind(block), **_block(block)} for block in section.blocks],
            }
            for section in paper.sections
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Bullets):
        items = [{"term": shown(item.term), "text": _said(item.text)} for item in block.items]
        return {"items": items, "lettered": block.lettered}
    if isinstance(block, Callout):
        return {"title": shown(block.title), "texts": [_said(text) for text in block.texts]}
    if isinstance(block, Rows):
        return _rows(block)
    if isinstance(block, Picture):
        return {
            "file": f"{block.name}.svg",
            "alt": shown(block.alt),
            "caption": shown(block.caption),
            "width": PICTURE_PERCENT,
        }
    return {"text": _said(block.text), "kind": getattr(block, "kind", "plain")}


def _rows(block: Rows) -> dict[str, Any]:
    table = block.table
    weights = column_weights(table, words=block.words)
    return {
        "caption": shown(table.caption),
        "header": [shown(breakable(name)) for name in table.header],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
        "weights": weights,
        "words": block.words,
        "long": len(table.rows) > LONG_ROWS,
        "size": SMALL_SIZE if sum(weights) > SMALL_FROM else FULL_SIZE,
    }


def column_weights(table: Table, *, words: bool) -> list[int]:
    """Return how wide each column wants to be, in characters: numbers unbroken, words about a third of the longest.

    A column is no narrower than its longest word.
    """
    wanted = []
    for place, name in enumerate(table.header):
        cells = [row[place] for row in table.rows]
        loose = words or place == 0
        longest_word = max(len(word) for text in (name, *(c.text for c in cells)) for word in (*_pieces(text), ""))
        if loose:
            wanted.append(max(longest_word, min(LOOSE, max((len(str(c)) for c in cells), default=0))) + 2)
        else:
            widest = max((max(len(c.text), round(0.88 * len(c.under))) for c in cells), default=0)
            wanted.append(max(longest_word, min(20, widest)) + 2)
    return wanted


def _pieces(text: str) -> list[str]:
    """Return the parts of a text between which a line may end."""
    return breakable(text).replace("\u00ad", " ").replace("-", "- ").split()


def _cell(cell: Cell) -> dict[str, str]:
    under = cell.under.replace(" ", "\u00a0") if cell.under.startswith("(") and len(cell.under) <= 22 else cell.under
    return {"text": shown(unbroken(cell.text)), "under": shown(unbroken(under))}


def _said(text: str) -> str:
    return shown(unbroken(text))


def _pictures(paper: Paper) -> list[Picture]:
    return [block for section in paper.sections for block in section.blocks if isinstance(block, Picture)]
