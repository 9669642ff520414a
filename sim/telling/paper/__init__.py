"""The decision paper: a finished comparison as the committee reads it, in Danish or English, as PDF, HTML or Word.

This room knows how a Danish municipal paper is built up: what is asked, the recommendation, kroner, who is affected, how sure it is,
and an appendix with the rest. It works out no numbers of its own; `sim.telling` writes its document in each form.
"""

from sim.telling.html import to_html
from sim.telling.paper.head import Head
from sim.telling.paper.paper import decision_paper
from sim.telling.pdf import to_pdf
from sim.telling.section import Document

__all__ = ["Document", "Head", "decision_paper", "to_html", "to_pdf"]
