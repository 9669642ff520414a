"""The decision paper: a finished comparison as the committee reads it, in HTML and in tagged PDF.

This room knows how a Danish municipal paper is built up (sag, resumé, indstilling, sagsfremstilling, økonomi …) and how one
document becomes HTML and PDF. Its numbers are those of the report's tables; it works out none of its own.
"""

from sim.telling.paper.document import Paper
from sim.telling.paper.html import to_html
from sim.telling.paper.paper import decision_paper
from sim.telling.paper.pdf import to_pdf

__all__ = ["Paper", "decision_paper", "to_html", "to_pdf"]
