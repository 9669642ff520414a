"""The comparison as people read it: text for a terminal, and a report in one HTML file.

This room knows how a finished comparison is worded, laid out and drawn. It takes the published dictionary
(``comparison.json``) and gives back text; it knows nothing of how the numbers came about, and touches no files.
"""
