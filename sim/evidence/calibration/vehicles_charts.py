"""The draws of the hourly rate, drawn against the mean fare."""

from collections.abc import Sequence

from sim.evidence.calibration.rates import RateDraw
from sim.telling.report.charts import BLUE, PALE_BLUE, calm
from sim.telling.report.svg import finished
from sim.words.numbers import danish

WIDTH, HEIGHT = 400, 240
PADDING = {"left": 56, "right": 24, "top": 12, "bottom": 42}


def rates_chart(draws: Sequence[RateDraw], low_kr: float, high_kr: float) -> str:
    """Draw one point for each draw: its mean fare across, its hour up; the believable hours as a band."""
    import altair as alt

    points = [{"fare": draw.mean_fare_kr, "rate": draw.rate_kr} for draw in draws]
    rates, fares = [draw.rate_kr for draw in draws], [draw.mean_fare_kr for draw in draws]
    up = alt.Scale(domain=[min(low_kr, *rates) - 20, max(high_kr, *rates) + 20], nice=False)
    across = alt.Scale(domain=[min(fares) - 1, max(fares) + 1], nice=False)
    band = alt.Chart(alt.Data(values=[{"low": low_kr, "high": high_kr}])).mark_rect(color=PALE_BLUE, opacity=0.4)
    dots = alt.Chart(alt.Data(values=points)).mark_point(color=BLUE, filled=True, size=40, opacity=0.9)
    chart = alt.layer(
        band.encode(y=alt.Y("low:Q", scale=up, title="køretime, kr."), y2="high:Q"),
        dots.encode(
            x=alt.X("fare:Q", scale=across, title="middelpris pr. passager i 2017, kr."),
            y=alt.Y("rate:Q", scale=up, title="køretime, kr."),
        ),
    ).properties(width=WIDTH, height=HEIGHT)
    told = (
        f"Hver prik er en parametertrækning. Køretimen går fra {danish(min(rates))} til {danish(max(rates))} kr., middelprisen fra "
        f"{danish(min(fares), 1)} til {danish(max(fares), 1)} kr. "
        f"Det blå bånd er de {danish(low_kr)}-{danish(high_kr)} kr., som bud tillader."
    )
    return finished(calm(chart, PADDING), "timepris", "Køretimens pris i trækningerne", told)
