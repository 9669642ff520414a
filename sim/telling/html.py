"""A document as one HTML page that asks for nothing from outside."""

from base64 import b64encode
from typing import Any

from markupsafe import Markup, escape

from sim.telling.figures import shown_rows
from sim.telling.report.html import page_template, unbroken
from sim.telling.section import Document, Part, Text
from sim.telling.sheet import Lang

FILL_IN = Text("udfyldes", "to be filled in")
"""What stands where the author writes."""
PAGE_WORDS: dict[Lang, tuple[str, str]] = {"da": ("Side", "af"), "en": ("Page", "of")}
"""The words round the number of a page."""


def to_html(document: Document, lang: Lang = "da") -> str:
    """Return the document as a page; the same document gives the same text."""

    def say(text: Text) -> Markup:
        """Return a text in the page's language, or in Danish and marked as that."""
        words = escape(unbroken(text.in_language(lang)))
        return words if text.language(lang) == lang else Markup('<span lang="da">{}</span>').format(words)

    def plain(text: Text) -> str:
        return text.in_language(lang)

    def cells(rows: Any) -> Any:
        return shown_rows(rows, lang)

    page: str = page_template("document.html.j2", "sim.telling").render(
        document=document, lang=lang, kind=kind, say=say, plain=plain, cells=cells, data_address=data_address,
        fill_in=FILL_IN, page_words=PAGE_WORDS[lang],
    )  # fmt: skip
    return page


def kind(part: Part) -> str:
    """Return what sort of part it is, as the templates call it."""
    return type(part).__name__.lower()


def data_address(svg: str) -> str:
    """Return a drawing as an address that holds the whole of it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode('ascii')}"
