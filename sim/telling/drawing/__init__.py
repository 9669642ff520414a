"""Charts and maps: from the published comparison and the reference data to pictures with titles, words and tables.

This room knows how to draw; it calculates nothing that the comparison does not hold, and asks for nothing from outside.
How the drawings are laid out, and how to use one, stands in docs/drawing.md.
"""

from sim.telling.drawing.drawing import NARROW, WIDE, Drawing, pdf, png, titled

__all__ = ["NARROW", "WIDE", "Drawing", "pdf", "png", "titled"]
