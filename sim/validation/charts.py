"""The pictures of the validation, as inline SVG drawn on this machine."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sim.report.charts import BLUE, GREY, GRID, INK, ORANGE, PALE_BLUE
from sim.report.svg import finished
from sim.validation.group import Series

SIZE = {"width": 420, "height": 260}


def calm(chart: Any) -> Any:
    """Return the chart in the report's plain dress."""
    return (
        chart.properties(**SIZE, padding=8, background="transparent")
        .configure(aria=False, font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(gridColor=GRID, labelColor=INK, titleColor=INK, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
    )  # fmt: skip


def trials(series: Series) -> str:
    """Draw cost against trips for every draw of the 48-kr trials and Lolland, with the published ranges as boxes."""
    import altair as alt

    boxes = [
        {"x": -55, "x2": -40, "y": -65, "y2": -55, "name": "24 → 48 kr., offentliggjort"},
        {"x": -92, "x2": -85, "y": -94, "y2": -90, "name": "Lolland, offentliggjort"},
    ]
    points = [{**p, "colour": BLUE, "shape": "circle"} for p in series["town"]]
    points += [{**p, "colour": ORANGE, "shape": "diamond"} for p in series["lolland"]]
    x = alt.X("trips:Q", title="ture, pct.", scale=alt.Scale(domain=[-100, -20]))
    y = alt.Y("cost:Q", title="udgift, pct.", scale=alt.Scale(domain=[-100, -30]))
    area = alt.Chart(alt.Data(values=boxes))
    chart = alt.layer(
        area.mark_rect(color=PALE_BLUE, stroke=GREY, opacity=0.6).encode(x="x:Q", x2="x2:Q", y="y:Q", y2="y2:Q"),
        alt.Chart(alt.Data(values=points)).mark_point(filled=True, size=40, opacity=0.7).encode(
            x=x, y=y, color=alt.Color("colour:N", scale=None), shape=alt.Shape("shape:N", scale=None)
        ),
        area.mark_text(align="left", dx=4, dy=12, color=INK).encode(x="x:Q", y="y2:Q", text="name:N"),
    )  # fmt: skip
    return finished(
        calm(chart), "forsoeg", "Udgift mod ture i forsøgene",
        "Hvert punkt er en parametertrækning i en kommune: runde er 24 → 48 kr. i fire kommuner, ruder Lolland 36 → 72 kr."
        " Felterne er det, der er offentliggjort.",
    )  # fmt: skip


CHARTS: Final[Mapping[str, Callable[[Series], str]]] = {"trials": trials}


def chart_of(name: str, series: Series) -> str | None:
    """Return a group's picture, None for one without."""
    return CHARTS[name](series) if name in CHARTS and series else None
