"""Writes what the thousand draws of the closed form cannot be told from: ``python -m sim.evidence.calibration.many``.

Their price responses lie at the middles of equally likely slices of the posterior, by what is left of the trips from 24 to 60 kr; their
driving hours, trip lengths and town factors are what a calibration would settle (`sim.evidence.calibration.unseen`). To be written
anew after either part of the calibration, and after a fit of the instant estimate.
"""

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.evidence.calibration.unseen import PLACED, drawn_names, settled
from sim.riders.response.draws import KEY, Draw, free_multiplier_at, largest_remainder
from sim.riders.response.facts import read_facts
from sim.riders.response.posterior import posterior
from sim.study.draws import FITTED
from sim.study.many_draws import MANY, places, ranks

FIRST: Final = ("draw", "family", "a", "b", "spread", "z", "free_multiplier")
HOUR_NOISE: Final = "hour_noise"


def riders() -> list[Draw]:
    """Return the price responses, each family as often as it weighs."""
    facts = read_facts()
    fitted = posterior(facts)
    counts = largest_remainder(fitted.weights, MANY)
    multipliers = [free_multiplier_at(u, *facts.free) for u in places("free_destination_multiplier").tolist()]
    found: list[tuple[float, Draw]] = []
    for part in fitted.parts:
        order = np.argsort(np.round(part.log_response(*KEY), 12), kind="stable")
        reached = np.cumsum(part.weight[order])
        middles = (np.arange(counts[part.family]) + 0.5) / counts[part.family]
        chosen = part.at(order[np.searchsorted(reached, middles * reached[-1])])
        rows = zip(*(getattr(chosen, name).tolist() for name in ("a", "b", "spread", "z")), strict=True)
        draws = [Draw(part.family, a, b, spread, z, 0.0) for a, b, spread, z in rows]
        found += zip(chosen.log_response(*KEY).tolist(), draws, strict=True)
    found.sort(key=lambda each: each[0])
    return [
        replace(found[rank][1], free_multiplier=multiplier)
        for rank, multiplier in zip(ranks("riders").tolist(), multipliers, strict=True)
    ]


def fitted(count: int = MANY) -> dict[str, NDArray[np.float64]]:
    """Return what calibration would settle in the first ``count`` draws, by assumption id."""
    from scipy.special import ndtri

    where = {name: places(name)[:count] for name in (*drawn_names(), *PLACED)}
    values = settled(where, np.asarray(ndtri(places(HOUR_NOISE)[:count])))
    return {key: np.array([each[key] for each in values]) for key in FITTED}


def as_csv() -> str:
    """Return many.csv: one row a draw."""
    columns = {key: np.round(values, 5).tolist() for key, values in fitted().items()}
    lines = [",".join([*FIRST, *columns])]
    for number, draw in enumerate(riders()):
        cells = [repr(round(getattr(draw, name), 9)) for name in FIRST[2:]]
        lines.append(
            ",".join([str(number), draw.family, *cells, *(repr(values[number]) for values in columns.values())])
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write data/calibration/many.csv."""
    path = Path(__file__).parent.parent.parent.parent / "data" / "calibration" / "many.csv"
    path.write_text(as_csv(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
