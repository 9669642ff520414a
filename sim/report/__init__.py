"""The comparison as people read it: text for a terminal, and a report in one HTML file.

This room knows how a finished comparison is worded, laid out and drawn. It takes the published dictionary
(``comparison.json``) and gives back text; it knows nothing of how the numbers came about, and touches no files.
"""

from sim.report.html import render_html
from sim.report.table import officers_table
from sim.report.text import text_report

__all__ = ["officers_table", "render_html", "text_report"]
