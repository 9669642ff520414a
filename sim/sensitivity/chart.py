"""The tornado as a drawing: one bar an assumption, from the answer at its low to the answer at its high value."""

from sim.report.charts import BLUE, INK, ORANGE, THOUSAND_KRONER, calm
from sim.report.svg import finished
from sim.sensitivity.tornado import Tornado

MOST_BARS = 12
WIDTH, LABELS, STEP = 420, 250, 26


def tornado_chart(found: Tornado, target: int) -> str:
    """Return one target's widest swings as SVG text."""
    import altair as alt

    swings = found.ordered(target)[:MOST_BARS]
    central = found.central[target] / THOUSAND_KRONER
    bars = [
        {"id": s.id, "end": end, "from": central, "to": result[target] / THOUSAND_KRONER}
        for s in swings
        for end, result in (("lav værdi", s.low), ("høj værdi", s.high))
    ]
    down = alt.Y("id:N", sort=[s.id for s in swings], title=None, axis=alt.Axis(labelLimit=LABELS, ticks=False))
    ends = [central, *(bar["to"] for bar in bars if isinstance(bar["to"], float))]
    scale = alt.Scale(domain=[min(ends), max(ends)], nice=True, zero=False)
    layers = [
        alt.Chart(alt.Data(values=bars))
        .mark_bar(height=14, opacity=0.85)
        .encode(
            x=alt.X("from:Q", scale=scale, title="1.000 kr.", axis=alt.Axis(format=",~f", tickCount=5)),
            x2="to:Q",
            y=down,
            color=alt.Color(
                "end:N",
                title=None,
                scale=alt.Scale(domain=["lav værdi", "høj værdi"], range=[BLUE, ORANGE]),
                legend=alt.Legend(orient="top", symbolType="square"),
            ),
        ),
        alt.Chart(alt.Data(values=[{"from": central}])).mark_rule(color=INK).encode(x="from:Q"),
    ]
    chart = alt.layer(*layers).properties(width=WIDTH, height=max(STEP * len(swings), STEP))
    return finished(
        calm(chart, {"left": LABELS + 10, "right": 20, "top": 34, "bottom": 44}),
        f"foelsomhed-{target}",
        f"Følsomhed (skøn), {found.targets[target]}",
        "Én vandret søjle for hver forudsætning, fra svaret ved dens lave til svaret ved dens høje værdi; stregen er svaret ved"
        " de centrale. Tallene står i sensitivity.json.",
    )
