"""A document as tagged PDF (PDF/UA-1) by typst: the words go in as data beside a fixed template, never as markup."""

import json
from importlib.resources import files
from typing import Any

from sim.telling.apart import drawn_apart
from sim.telling.figures import Shown, shown_rows
from sim.telling.html import FILL_IN, PAGE_WORDS, kind
from sim.telling.report.html import unbroken
from sim.telling.section import Bullets, Callout, Document, Part, Picture, Rows, Section, Text
from sim.telling.sheet import Lang
from sim.telling.widths import SMALL_FROM, column_widths

STANDARD = "ua-1"
LONG_ROWS = 14
"""A table with more rows may run over to the next page; its header is then repeated."""
FULL_SIZE, SMALL_SIZE = 9.0, 8.0
"""Type sizes of tables in points."""
_SHOWN = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x17F), (0x391, 0x3A1), (0x3A3, 0x3A9), (0x3B1, 0x3C9), (0x400, 0x44F), (0x2010, 0x2015),
    (0x2018, 0x201E), (0x2022, 0x2022), (0x2026, 0x2026), (0x2030, 0x2030), (0x20AC, 0x20AC),
    (0x2190, 0x2193), (0x2212, 0x2212), (0x2248, 0x2248), (0x2264, 0x2265),
)  # fmt: skip
"""Characters that the typeface has; a test shows them all. PDF/UA refuses a document with any other."""
INVISIBLE = "\u00ad\u2060"
"""What guides the breaking of lines in a page; in a PDF it would part a word from the one that is searched for."""
MISSING, NO_BREAK = "\ufffd", "\u00a0"


def to_pdf(document: Document, lang: Lang = "da") -> bytes:
    """Return the document as PDF/UA-1; the same document gives the same bytes, and no fonts of the machine are used.

    A character that the typeface does not have (a picture sign, Chinese) is shown as "�"; the HTML keeps it.
    """
    template = (files("sim.telling") / "templates" / "document.typ").read_bytes()
    data = json.dumps(_data(document, lang), ensure_ascii=False).encode()
    inputs = {"main.typ": template, "document.json": data}
    inputs |= {
        f"{p.name}.svg": visible(p.svg.in_language(lang)).encode() for p in document.parts() if isinstance(p, Picture)
    }
    return drawn_apart("paper", inputs, STANDARD)


def visible(text: str) -> str:
    """Return the text with the characters that the typeface has; others and controls are marked as missing.

    >>> visible("Bytakst 60 \\U0001f695")
    'Bytakst 60 �'
    """
    text = "".join(" " if c.isspace() and c != NO_BREAK else c for c in text if c not in INVISIBLE)
    return "".join(c if any(low <= ord(c) <= high for low, high in _SHOWN) else MISSING for c in text)


def _data(document: Document, lang: Lang) -> dict[str, Any]:
    side, of = PAGE_WORDS[lang]
    return {
        "lang": lang,
        "title": visible(document.title.in_language(lang)),
        "author": visible(document.author),
        "subtitle": _text(document.subtitle, lang),
        "running": _text(document.running, lang),
        "page": side,
        "of": of,
        "fill_in": FILL_IN.in_language(lang),
        "fields": [
            [_text(name, lang), value if value is None else visible(value.in_language(lang))]
            for name, value in document.fields
        ],
        "groups": [
            {
                "own_page": group[0].own_page,
                "new_page": group[0].new_page,
                "sections": [_section(section, lang) for section in group],
            }
            for group in document.groups()
        ],
    }


def _section(section: Section, lang: Lang) -> dict[str, Any]:
    parts = [{"sort": kind(part), **_part(part, lang)} for part in section.parts]
    return {"title": _text(section.title, lang), "level": section.level, "parts": parts}


def _text(text: Text, lang: Lang) -> dict[str, Any]:
    return _piece(unbroken(text.in_language(lang)), foreign=text.language(lang) != lang)


def _piece(text: str, *, foreign: bool) -> dict[str, Any]:
    return {"text": visible(text), "danish": foreign}


def _part(part: Part, lang: Lang) -> dict[str, Any]:
    if isinstance(part, Bullets):
        items = [
            {key: None if text is None else _text(text, lang) for key, text in (("term", i.term), ("text", i.text))}
            for i in part.items
        ]
        return {"items": items, "mark": part.mark}
    if isinstance(part, Callout):
        return {"title": _text(part.title, lang), "texts": [_text(text, lang) for text in part.texts]}
    if isinstance(part, Rows):
        return _rows(part, lang)
    if isinstance(part, Picture):
        alt = visible(part.alt.in_language(lang))
        return {"file": f"{part.name}.svg", "alt": alt, "caption": _text(part.caption, lang), "width": part.width}
    return {"text": _text(part.text, lang), "kind": part.kind}


def _rows(rows: Rows, lang: Lang) -> dict[str, Any]:
    cells = shown_rows(rows, lang)
    widths = column_widths([column.title.in_language(lang) for column in rows.columns], cells, words=rows.words)
    return {
        "caption": _text(rows.caption, lang),
        "header": [_text(column.title, lang) for column in rows.columns],
        "rows": [[_cell(cell, lang) for cell in row] for row in cells],
        "widths": widths,
        "words": rows.words,
        "long": len(cells) > LONG_ROWS,
        "size": SMALL_SIZE if sum(widths) > SMALL_FROM else FULL_SIZE,
    }


def _cell(cell: Shown, lang: Lang) -> dict[str, Any]:
    whole = cell.under.startswith("(") and len(cell.under) <= 22
    under = cell.under.replace(" ", NO_BREAK) if whole else unbroken(cell.under)
    return {
        "text": _piece(unbroken(cell.text), foreign=cell.language != lang),
        "under": _piece(under, foreign=cell.under_language != lang) if under else None,
    }
