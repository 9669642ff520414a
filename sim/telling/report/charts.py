"""The plain dress of the charts of fit and validation, which Altair draws; those of a comparison are `sim.telling.drawing`'s."""

from typing import Any

BLUE, ORANGE, GREY, PALE_BLUE, GRID, INK = "#0b4f8a", "#a84300", "#595959", "#c6dbef", "#d9d9d9", "#1a1a1a"
"""Told apart by the colour-blind too; each series has a shape and a line of words besides."""


def calm(chart: Any, padding: dict[str, int]) -> Any:
    """Return the chart in the report's plain dress: no frame, quiet grid, whole pixels, nothing said twice to a reader."""
    return (
        chart.properties(padding=padding, autosize="none", background="transparent")
        .configure(aria=False, font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(gridColor=GRID, labelColor=INK, titleColor=INK, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
    )  # fmt: skip
