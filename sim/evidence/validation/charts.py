"""The pictures of the validation, as inline SVG drawn on this machine."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from sim.evidence.validation.group import Series
from sim.telling.report.charts import BLUE, GREY, GRID, INK, ORANGE, PALE_BLUE
from sim.telling.report.svg import finished
from sim.words.numbers import danish

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
    wide, high = alt.Scale(domain=[-100, -20]), alt.Scale(domain=[-100, -30])
    x, y = alt.X("trips:Q", title="ture, pct.", scale=wide), alt.Y("cost:Q", title="udgift, pct.", scale=high)
    left, bottom = alt.X("x:Q", scale=wide), alt.Y("y:Q", scale=high)
    area = alt.Chart(alt.Data(values=boxes))
    chart = alt.layer(
        area.mark_rect(color=PALE_BLUE, stroke=GREY, opacity=0.6).encode(x=left, x2="x2:Q", y=bottom, y2="y2:Q"),
        alt.Chart(alt.Data(values=points)).mark_point(filled=True, size=40, opacity=0.7).encode(
            x=x, y=y, color=alt.Color("colour:N", scale=None), shape=alt.Shape("shape:N", scale=None)
        ),
        area.mark_text(align="left", dy=-8, color=INK).encode(x=left, y=alt.Y("y2:Q", scale=high), text="name:N"),
    )  # fmt: skip
    return finished(
        calm(chart), "forsoeg", "Udgift mod ture i forsøgene",
        "Hvert punkt er en parametertrækning i en kommune: runde er 24 → 48 kr. i fire kommuner, ruder Lolland 36 → 72 kr."
        " Felterne er det, der er offentliggjort.",
    )  # fmt: skip


def years(series: Series) -> str:
    """Draw what the same people would have cost under each year's fares."""
    import altair as alt

    data = alt.Chart(alt.Data(values=[{**row, "said": danish(row["kr"], 1)} for row in series["years"]]))
    x = alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0))
    y = alt.Y("kr:Q", title="kr. pr. passager", scale=alt.Scale(zero=False, padding=20))
    chart = alt.layer(
        data.mark_line(color=BLUE, point=alt.OverlayMarkDef(color=BLUE, size=70)).encode(x=x, y=y),
        data.mark_text(dy=-14, color=INK, fontSize=13).encode(x=x, y=y, text="said:N"),
    )
    return finished(
        calm(chart), "aar", "Nettoudgift pr. passager under årenes takster",
        "Samme mennesker og kommuner under taksterne fra 2015, 2016 og 2017, i 2017-priser.",
    )  # fmt: skip


def elasticity(series: Series) -> str:
    """Draw the elasticity by fare level, with what is usual for local buses as a band; beyond 48 kr nothing is known."""
    import altair as alt

    lowest = -6.0
    rows = [{**row, "p10": max(row["p10"], lowest), "mean": max(row["mean"], lowest)} for row in series["levels"]]
    data = alt.Chart(alt.Data(values=rows))
    wide, high = alt.Scale(domain=[24, 72]), alt.Scale(domain=[lowest, 0])
    x = alt.X("kr:Q", title="takst for de første 10 km, kr.", scale=wide)
    y = alt.Y("mean:Q", title="elasticitet", scale=high)
    left, right, bottom = alt.X("x:Q", scale=wide), alt.X("x2:Q", scale=wide), alt.Y("y:Q", scale=high)
    unknown = alt.Chart(
        alt.Data(values=[{"x": 48, "x2": 72, "y": lowest, "y2": 0, "name": "over 48 kr.: intet at holde op imod"}])
    )
    buses = alt.Chart(alt.Data(values=[{"x": 24, "x2": 72, "y": -0.6, "y2": -0.1, "name": "bus, faglitteratur"}]))
    chart = alt.layer(
        unknown.mark_rect(color=GRID, opacity=0.5).encode(x=left, x2="x2:Q", y=bottom, y2="y2:Q"),
        buses.mark_rect(color=ORANGE, opacity=0.3).encode(x=left, x2="x2:Q", y=bottom, y2="y2:Q"),
        buses.mark_text(align="right", dx=-4, dy=14, color=INK).encode(x=right, y=bottom, text="name:N"),
        data.mark_area(color=PALE_BLUE, opacity=0.7).encode(x=x, y=alt.Y("p10:Q", title=None, scale=high), y2="p90:Q"),
        data.mark_line(color=BLUE, strokeWidth=2.5).encode(x=x, y=y),
        unknown.mark_text(align="left", dx=4, dy=-8, color=INK).encode(x=left, y=bottom, text="name:N"),
    )
    return finished(
        calm(chart), "elasticitet", "Priselasticitet efter takstniveau",
        "Linjen er gennemsnittet, fladen går fra 10- til 90-procent-fraktilen (skåret af ved -6). Båndet øverst er det, faglitteraturen"
        " finder for lokal bus.",
    )  # fmt: skip


def coverage(series: Series) -> str:
    """Draw where the true answers lie in their predictions: level when the intervals say what they cover."""
    import altair as alt

    rows = [
        {"place": (number + 0.5) * 100 / len(series[name]), "share": 100 * count / sum(series[name]), "colour": colour}
        for name, colour in (("prior", BLUE), ("left_out", ORANGE))
        for number, count in enumerate(series[name])
    ]
    level = 100 / len(series["prior"])
    chart = alt.layer(
        alt.Chart(alt.Data(values=rows)).mark_line(interpolate="step", strokeWidth=2).encode(
            x=alt.X("place:Q", title="sandhedens plads i forudsigelsen, pct.", scale=alt.Scale(domain=[0, 100])),
            y=alt.Y("share:Q", title="pct. af sandhederne", scale=alt.Scale(zero=True)),
            color=alt.Color("colour:N", scale=None), detail="colour:N",
        ),
        alt.Chart(alt.Data(values=[{"share": level}])).mark_rule(color=GREY, strokeDash=[5, 4]).encode(y="share:Q"),
    )  # fmt: skip
    return finished(
        calm(chart), "daekning", "Hvor sandheden ligger i forudsigelsen",
        "Den stiplede linje er det, der ventes, når intervallerne siger, hvad de dækker. Blå: sandheder fra prioren. Orange: fra en"
        " familie, som tilpasningen ikke har.",
    )  # fmt: skip


CHARTS: Final[Mapping[str, Callable[[Series], str]]] = {
    "trials": trials,
    "years": years,
    "elasticity": elasticity,
    "coverage": coverage,
}


def chart_of(name: str, series: Series) -> str | None:
    """Return a group's picture, None for one without."""
    return CHARTS[name](series) if name in CHARTS and series else None
