"""What is left of Danish marks in the English of a page: numbers with a point between thousands or a decimal comma, and days."""

import re
from html.parser import HTMLParser

DANISH = re.compile(
    r"(?<![\d.,])[1-9]\d{0,2}(?:\.\d{3})+(?![\d.])"  # 12.000
    r"|(?<![\d.,])\d[\d.]*,(?!\d{3}(?!\d))\d+"  # 12,5
    r"|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{4}"  # 1.7.2020
    r"|\d{1,2}\. (?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december) \d{4}"
)
EMPTY = {"input", "br", "img", "meta", "link", "hr", "wbr"}
NOT_READ = {"script", "style", "code", "pre", "textarea", "svg", "select"}
"""Elements whose text is no sentence, or what a file may hold (1.234,50); a drawing is Danish as a whole."""
TO_BE_TYPED = "form-hint"
"""A field's example has the marks that the field reads, which are Danish on every page."""


class _English(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.inside: list[bool] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        danish = (
            (told.get("lang") == "da" and tag != "html")
            or tag in NOT_READ
            or TO_BE_TYPED in (told.get("class") or "").split()
        )
        if tag not in EMPTY:
            self.inside.append(danish)

    def handle_endtag(self, tag: str) -> None:
        if tag not in EMPTY and self.inside:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        plain = data.replace("\u2060", "").replace("\u00ad", "").replace("\u00a0", " ")
        if not any(self.inside) and DANISH.search(plain):
            self.found.append(" ".join(plain.split()))


def danish_marks(markup: str) -> list[str]:
    """Return the texts of a page, outside what is marked as Danish, that have a number or a day with Danish marks."""
    reader = _English()
    reader.feed(markup)
    return reader.found
