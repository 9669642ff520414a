"""The paper as one HTML file that asks for nothing from outside; what users wrote in it is escaped by the templates."""

from base64 import b64encode

from sim.telling.paper.document import Block, Paper
from sim.telling.report.html import page_template


def to_html(paper: Paper) -> str:
    """Return the paper as a page; the same paper gives the same text."""

    template = page_template("paper.html.j2", "sim.telling.paper")
    text: str = template.render(paper=paper, kind=kind, data_address=data_address)
    return text


def kind(block: Block) -> str:
    """Return what sort of block it is, as the templates of both forms call it."""
    return type(block).__name__.lower()


def data_address(svg: str) -> str:
    """Return a drawing as an address that holds the whole of it."""
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode('ascii')}"
