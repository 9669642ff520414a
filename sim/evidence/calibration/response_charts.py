"""The price response drawn: the curve before and after the trials, and what the answers for 60 kr rest on."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.evidence.calibration.found import CurveRow, Effect
from sim.telling.report.charts import BLUE, GREY, INK, ORANGE, PALE_BLUE, calm
from sim.telling.report.svg import finished
from sim.words.figure import Figure, Range
from sim.words.numbers import danish

WIDTH = 400
PALE_GREY = "#e3e3e3"
TRIALS = {24: (48, "fire kommuner"), 36: (72, "Lolland")}
"""Where each trial started, and where it ended and in whose name."""
ROW, HEADING, GAP = 34, 22, 14
SERIES: tuple[tuple[str, str, str, Callable[[Effect], Figure | Range]], ...] = (
    ("med Lolland", BLUE, "circle", lambda effect: effect.posterior),
    ("uden Lolland", ORANGE, "diamond", lambda effect: effect.without_lolland),
    ("uden kurveform", GREY, "square", lambda effect: effect.without_form),
)


def survival_chart(start: int, rows: Sequence[CurveRow], low: float, high: float) -> str:
    """Draw the trips left, percent of those at ``start`` kr; the trial that started there fell by low to high percent.

    The falls are negative numbers, as declared: -55 and -40.
    """
    import altair as alt

    end, where = TRIALS[start]
    values = [
        {
            "kr": row.kr,
            **{f"prior_{key}": value for key, value in vars(row.prior).items()},
            **{f"posterior_{key}": value for key, value in vars(row.posterior).items()},
        }
        for row in rows
    ]
    levels = [level for level in (24, 36, 48, 60, 72, 84) if level >= start]
    across = alt.X(
        "kr:Q", scale=alt.Scale(domain=[start, 84], nice=False), title="takst for de første 10 km, kr.",
        axis=alt.Axis(values=levels, grid=True, ticks=False, labelFlush=False),
    )  # fmt: skip
    up = alt.Scale(domain=[0, 100])
    axis = alt.Axis(values=[0, 20, 40, 60, 80, 100], domain=False, ticks=False)
    title = f"ture tilbage, pct. af turene ved {start} kr."
    data = alt.Chart(alt.Data(values=values))
    trial = [
        {"kr": start, "low": 100.0, "mid": 100.0, "high": 100.0},
        {"kr": end, "low": 100.0 + low, "mid": 100.0 + (low + high) / 2, "high": 100.0 + high},
    ]
    seen = alt.Chart(alt.Data(values=trial))
    words = [
        {"x": 396, "y": 16, "text": "før forsøgene", "colour": GREY},
        {"x": 396, "y": 36, "text": "efter forsøgene", "colour": BLUE},
        {"x": 396, "y": 56, "text": f"målt: {where}", "colour": ORANGE},
    ]

    def y(field: str) -> Any:
        return alt.Y(f"{field}:Q", scale=up, axis=axis, title=title)

    layers = [
        data.mark_area(color=PALE_GREY, opacity=0.75).encode(x=across, y=y("prior_p10"), y2="prior_p90:Q"),
        data.mark_area(color=PALE_BLUE, opacity=0.8).encode(x=across, y=y("posterior_p10"), y2="posterior_p90:Q"),
        data.mark_line(color=GREY, strokeWidth=2, strokeDash=[5, 4]).encode(x=across, y=y("prior_mean")),
        data.mark_line(color=BLUE, strokeWidth=2.5).encode(x=across, y=y("posterior_mean")),
        seen.mark_rule(color=ORANGE, strokeWidth=5, strokeCap="round").encode(x=across, y=y("low"), y2="high:Q"),
        seen.mark_point(color=ORANGE, filled=True, size=90, shape="diamond", opacity=1).encode(x=across, y=y("mid")),
        _in_pixels(alt, words),
    ]  # fmt: skip
    at = next(row.posterior for row in rows if row.kr == end)
    description = (
        f"Kurven falder fra 100 procent ved {start} kr. Målt ved {end} kr. ({where}): {danish(100 + low)} til {danish(100 + high)} "
        f"procent tilbage. Efter forsøgene siger modellen {danish(at.mean)} procent ({danish(at.p10)} til {danish(at.p90)}). "
        "Fladerne går fra 10- til 90-procent-fraktilen for en kommune, der ikke er set før; den grå er før forsøgene, den blå efter."
    )
    chart = alt.layer(*layers).properties(width=WIDTH, height=240)
    return finished(
        calm(chart, {"left": 56, "right": 24, "top": 12, "bottom": 42}), f"kurve-{start}", f"Ture tilbage fra {start} kr.", description
    )  # fmt: skip


def _in_pixels(alt: Any, words: Sequence[Mapping[str, Any]]) -> Any:
    """Return words at fixed places in the drawing, whatever the axes are, each on a white edge."""
    return alt.layer(*(
        alt.Chart(alt.Data(values=[{"text": word["text"]}]))
        .mark_text(align="right", fontSize=13, fontWeight="bold", **dress)
        .encode(x=alt.value(word["x"]), y=alt.value(word["y"]), text="text:N")
        for word in words
        for dress in ({"stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}, {"color": word["colour"]})
    ))  # fmt: skip


def sixty_chart(effects: Mapping[str, Effect], keys: Mapping[str, str]) -> str:
    """Draw the answers for 60 kr as intervals: with Lolland, without, and without any shape of curve.

    ``keys`` names the changes to draw, e.g. ``{"24_to_60": "fra 24 til 60 kr."}``.
    """
    import altair as alt

    names, marks, sentences, y = [], [], [], 10
    for key, name in keys.items():
        names.append({"name": name, "y": y})
        y += HEADING
        for words, colour, shape, answer in SERIES:
            found = answer(effects[key])
            if isinstance(found, Figure):
                mean, low, high = found.numbers
                text = f"{words}: {danish(mean)} pct. ({danish(low)} til {danish(high)})"
            else:
                mean, low, high = None, found.low, found.high
                text = f"{words}: {danish(low)} til {danish(high)} pct."
            marks.append({
                "low": low, "high": high, "y": y + 13, "said_y": y, "colour": colour, "shape": shape, "mean": mean, "said": text
            })  # fmt: skip
            sentences.append(f"{name}, {text}")
            y += ROW
        y += GAP
    height = y - GAP - ROW // 2
    across = alt.X(
        "low:Q", scale=alt.Scale(domain=[-100, 0]), title="ændring i de berørte ture, pct.",
        axis=alt.Axis(values=[-100, -80, -60, -40, -20, 0], grid=True, domain=False, ticks=False, labelFlush=False),
    )  # fmt: skip
    down = alt.Y("y:Q", scale=alt.Scale(domain=[height, 0]), axis=None)
    colour = alt.Color("colour:N", scale=None)
    data = alt.Chart(alt.Data(values=marks))
    means = alt.Chart(alt.Data(values=[mark for mark in marks if mark["mean"] is not None]))
    layers = [
        data.mark_rule(strokeWidth=4, strokeCap="round", opacity=0.6).encode(x=across, x2="high:Q", y=down, color=colour),
        means.mark_point(size=90, filled=True, opacity=1).encode(
            x=alt.X("mean:Q"), y=down, color=colour, shape=alt.Shape("shape:N", scale=None)
        ),
    ]  # fmt: skip
    for edge in ({"stroke": "white", "strokeWidth": 5, "strokeJoin": "round"}, {}):
        layers += [
            data.mark_text(align="left", fontSize=13, **edge).encode(
                x=alt.value(0), y=alt.Y("said_y:Q", axis=None), text="said:N", **({} if edge else {"color": colour})
            ),
            alt.Chart(alt.Data(values=names))
            .mark_text(align="left", fontSize=14, fontWeight="bold", color=INK, **edge)
            .encode(x=alt.value(0), y=alt.Y("y:Q", axis=None), text="name:N"),
        ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=height)
    return finished(
        calm(chart, {"left": 18, "right": 24, "top": 4, "bottom": 42}), "tres-kroner", "Svaret for 60 kr. og hvad det hviler på",
        "Vandrette linjer fra 10- til 90-procent-fraktilen med middeltallet som punkt; uden kurveform er linjen det, forsøgene i det "
        "hele taget tillader. " + "; ".join(sentences) + ".",
    )  # fmt: skip
