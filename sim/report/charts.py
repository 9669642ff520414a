"""The charts: from the comparison to SVG text, drawn on this machine, with Danish numbers and nothing from outside.

Positions are whole pixels laid out here, so that a chart is the same bytes wherever it is drawn.
"""

from textwrap import wrap
from typing import Any

from sim.report.cells import UNSURE, Formatter, Json, change_cell, count_cell, thousands
from sim.report.svg import finished
from sim.wording import OERE_PER_KRONE

BLUE, ORANGE, GREY, PALE_BLUE, GRID, INK = "#0b4f8a", "#a84300", "#595959", "#c6dbef", "#d9d9d9", "#1a1a1a"
"""Told apart by the colour-blind too; each series has a shape and a line of words besides."""
WIDTH, NAME_WIDTH = 320, 43
NAME_STEP, SERIES_STEP, GAP = 18, 36, 16
THOUSAND_KRONER = 1000 * OERE_PER_KRONE
MONTH_LETTERS = "jfmamjjasond"


def change_chart(comparison: Json) -> str:
    """Draw the change in net cost of each option, full year and this budget year's part, as points with intervals."""
    rows = []
    for option in comparison["options"][1:]:
        series = [_series("hele året", option["change"]["net_cost_oere"], BLUE, "circle", thousands, THOUSAND_KRONER)]
        if option["part_year"] is not None:
            part = option["part_year"]["change"]["net_cost_oere"]
            series.append(_series("i budgetåret", part, ORANGE, "diamond", thousands, THOUSAND_KRONER))
        rows.append((option["name"], series))
    return _interval_chart(
        rows, "1.000 kr.", "aendring", "Ændring i nettoudgift i forhold til i dag",
        "Vandret linje for hver valgmulighed: punktet er gennemsnittet, linjen går fra 10- til 90-procent-fraktilen."
        " Til højre for nul er det en merudgift, til venstre en mindreudgift. Tallene står i tabellen ved siden af.",
    )  # fmt: skip


def trips_chart(comparison: Json) -> str:
    """Draw the trips of each option, today's first, as points with intervals."""
    rows = []
    for place, option in enumerate(comparison["options"]):
        cell = count_cell(option["trips"])
        mark = {"colour": BLUE if place else GREY, "shape": "circle" if place else "square"}
        rows.append((option["name"], [{**_ends(option["trips"], 1), **mark, "said": f"{cell.text} ture {cell.under}"}]))
    return _interval_chart(
        rows, "ture om året", "ture", "Ture på et helt år",
        "Vandret linje for hver valgmulighed: punktet er gennemsnittet, linjen går fra 10- til 90-procent-fraktilen."
        " Tallene står i tabellen ved siden af.",
    )  # fmt: skip


def month_charts(comparison: Json) -> list[str]:
    """Draw net cost by month, one small chart for each option, all on the same scale, today's dashed behind."""
    options = comparison["options"]
    top = (
        max(m["net_cost_oere"][key] for o in options for m in o["months"] for key in ("mean", "p90")) / THOUSAND_KRONER
    )
    low = min(0.0, *(m["net_cost_oere"]["p10"] / THOUSAND_KRONER for o in options for m in o["months"]))
    return [_month_chart(options, place, low, top or 1.0) for place in range(len(options))]


def _ends(figure: Json, unit: int) -> dict[str, float]:
    return {key: figure[key] / unit for key in ("mean", "p10", "p90")}


def _series(name: str, figure: Json, colour: str, shape: str, shown: Formatter, unit: int) -> dict[str, Any]:
    cell = change_cell(figure, shown)
    said = f"{name}: {cell.text if cell.text != UNSURE else UNSURE} {cell.under}"
    return {**_ends(figure, unit), "colour": colour, "shape": shape, "said": said}


def _interval_chart(rows: list[tuple[str, list[dict[str, Any]]]], unit: str, name: str, title: str, told: str) -> str:
    import altair as alt

    names, marks, height = _placed(rows)
    ends = [0.0, *(mark[key] for mark in marks for key in ("mean", "p10", "p90"))]
    across = alt.X(
        "mean:Q", scale=alt.Scale(domain=[min(ends), max(ends)], nice=True), title=unit,
        axis=alt.Axis(format=",~f", tickCount=5, grid=True, domain=False, ticks=False, labelFlush=False, labelOverlap=True),
    )  # fmt: skip
    down = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0]), axis=None)
    data = alt.Chart(alt.Data(values=marks))
    colour = alt.Color("colour:N", scale=None)
    layers = [
        alt.Chart(alt.Data(values=[{"mean": 0}])).mark_rule(color=INK, strokeWidth=1).encode(x="mean:Q"),
        data.mark_rule(strokeWidth=4, strokeCap="round", opacity=0.55).encode(x=across, x2="p90_end:Q", y=down, color=colour)
        .transform_calculate(mean="datum.p10", p90_end="datum.p90"),
        data.mark_point(size=90, filled=True, opacity=1).encode(
            x=across, y=down, color=colour, shape=alt.Shape("shape:N", scale=None)
        ),
    ]  # fmt: skip
    # Words lie over grid lines: first a white edge around them, then the words themselves.
    for edge in ({"stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}, {}):
        ink = {} if edge else {"color": colour}
        layers += [
            data.mark_text(align="left", fontSize=13, **edge).encode(
                x=alt.value(0), y=alt.Y("said_y:Q", axis=None), text="said:N", **ink
            ),
            alt.Chart(alt.Data(values=names))
            .mark_text(align="left", fontSize=14, fontWeight="bold", color=INK, **edge)
            .encode(x=alt.value(0), y=alt.Y("y:Q", axis=None), text="name:N"),
        ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=height)
    return finished(calm(chart, {"left": 18, "right": 24, "top": 4, "bottom": 42}), name, title, told)


def _placed(rows: list[tuple[str, list[dict[str, Any]]]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Return the names' lines and the marks with their heights in pixels, and the height of it all."""
    names, marks, y = [], [], 10
    for name, series in rows:
        for line in wrap(name, NAME_WIDTH, break_on_hyphens=False):
            names.append({"name": line, "y": y})
            y += NAME_STEP
        for mark in series:
            marks.append({**mark, "said_y": y, "y": y + 17})
            y += SERIES_STEP
        y += GAP
    return names, marks, y - GAP


def _month_chart(options: list[Json], place: int, low: float, top: float) -> str:
    import altair as alt

    values = [
        {
            "month": month["month"],
            **_ends(month["net_cost_oere"], THOUSAND_KRONER),
            "today": base["net_cost_oere"]["mean"] / THOUSAND_KRONER,
        }
        for month, base in zip(options[place]["months"], options[0]["months"], strict=True)
    ]  # fmt: skip
    letters = f"slice('{MONTH_LETTERS}', datum.value - 1, datum.value)"
    across = alt.X(
        "month:Q", scale=alt.Scale(domain=[1, 12], nice=False), title=None,
        axis=alt.Axis(values=list(range(1, 13)), labelExpr=letters, grid=False, ticks=False, labelFlush=False),
    )  # fmt: skip
    up = alt.Y(
        "mean:Q", scale=alt.Scale(domain=[low, top], nice=True), title=None,
        axis=alt.Axis(format=",~f", tickCount=4, domain=False, ticks=False),
    )  # fmt: skip
    data = alt.Chart(alt.Data(values=values))
    layers = [
        data.mark_area(color=PALE_BLUE, opacity=0.7).encode(x=across, y=alt.Y("p10:Q", title=None), y2="p90:Q"),
        data.mark_line(color=GREY, strokeDash=[5, 4], strokeWidth=2).encode(x=across, y=alt.Y("today:Q", title=None)),
        data.mark_line(color=BLUE, strokeWidth=2.5).encode(x=across, y=up),
    ]
    if place == 0:
        del layers[1]
    chart = alt.layer(*layers).properties(width=250, height=130)
    name = options[place]["name"]
    return finished(
        calm(chart, {"left": 44, "right": 12, "top": 10, "bottom": 24}), f"maaned-{place + 1}",
        f"Nettoudgift pr. måned, 1.000 kr.: {name}",
        "Linjen er gennemsnittet, fladen går fra 10- til 90-procent-fraktilen, den stiplede linje er nuværende ordning."
        " Tallene står i tabellen nedenfor.",
    )  # fmt: skip


def calm(chart: Any, padding: dict[str, int]) -> Any:
    """Return the chart in the report's plain dress: no frame, quiet grid, whole pixels, nothing said twice to a reader."""
    return (
        chart.properties(padding=padding, autosize="none", background="transparent")
        .configure(aria=False, font="sans-serif")
        .configure_view(stroke=None)
        .configure_axis(gridColor=GRID, labelColor=INK, titleColor=INK, labelFontSize=12, titleFontSize=12, titleFontWeight="normal")
    )  # fmt: skip
