"""What the closed form takes a draw, for four options for Holbæk: one draw after the other, and all together.

Checked: every draw's net cost is the same either way.
"""

from datetime import date

import numpy as np

from benchmarks.timing import alternating_cpu_seconds
from sim.estimate.draws import estimated_draws
from sim.estimate.estimate import estimate, estimates
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare

DRAWS = 64
AIM_MS = 1.0
CASES: dict[str, tuple[tuple[str, ...], date | None]] = {
    "town fares and a closed town": (
        ("kommunetakst", "kommunetakst, bytakst=low", "kommunetakst, bytakst=high", "kommunetakst, lukket_by"),
        None,
    ),
    "plustur from a start date": (
        (
            "kommunetakst, bytakst=low",
            "kommunetakst, bytakst=high",
            "kommunetakst",
            "kommunetakst, bytakst=low, plustur",
        ),
        date(2020, 7, 1),
    ),
}


def run() -> None:
    """Print processor milliseconds a draw, the draws' own studies included, for an own and an allocated volume."""
    for name, (elements, start) in CASES.items():
        options = [parse_option(f"Valg {n}: {each}") for n, each in enumerate(elements)]
        for volume, given in (("12,000 passengers", {"passengers": 12_000.0}), ("allocated volume", {})):
            values = {"municipality": "0316", "options": options, "start": start, **given}
            study = prepare(build_scenario(values, "benchmark"), "0316")
            draws = estimated_draws(DRAWS, study.assumptions, study.volume)
            apart = [estimate(study, draw) for draw in draws]
            together = estimates([study.under(draw) for draw in draws])
            for one, other in zip(apart, together, strict=True):
                for a, b in zip(one.options, other.options, strict=True):
                    assert np.isclose(a.year.net_cost_oere, b.year.net_cost_oere, rtol=1e-11)
            alone, at_once = alternating_cpu_seconds(
                lambda study=study, draws=draws: [estimate(study, draw) for draw in draws],
                lambda study=study, draws=draws: estimates([study.under(draw) for draw in draws]),
            )
            print(
                f"closed form, four options, {name}, {volume}: {1e3 * at_once / DRAWS:.2f} ms a draw together (aim: {AIM_MS:.0f}), "
                f"{1e3 * alone / DRAWS:.1f} one by one"
            )
