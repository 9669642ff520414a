"""What calibration would solve for in a draw that it has not seen: regressions over the 64 draws that it has.

The driving hour that the estimate has in each (`sim.estimate.draws`), and the mean fare of 2017, each on the parameters it depends on.
As in the 64 draws, trip lengths whose mean fare would be above what it was at most are shortened, and the factor on trips within a
town is solved for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from sim.estimate.draws import estimated_draws
from sim.estimate.operator_time import load_metamodel
from sim.evidence.calibration.knobs import RATE
from sim.evidence.calibration.rates import DECAY, DECAY_ACROSS, UNKNOWN, across_km, solved
from sim.evidence.calibration.town import TOWN_SHARE
from sim.inputs.assumptions import load_assumptions
from sim.inputs.chance.places import DRAWS
from sim.inputs.facts import load_facts
from sim.riders.demand.volume import own_volume
from sim.study.columns import places
from sim.study.draws import column, fitted_column, two_sided

Floats = NDArray[np.float64]
ACROSS_SHARE: Final = "cross_border_share"
HOUR_WITH: Final = (DECAY, TOWN_SHARE, "operator_start_kr", "boarding_s")
"""What moves the hour beside what is known of each assumption alone, by the 64 draws."""
PLACED: Final = (TOWN_SHARE, UNKNOWN)
"""What a draw is solved with that is none of its values."""


@dataclass(frozen=True)
class Hour:
    """The regression of the driving hour: coefficients of its logarithm, and the standard deviation that is left."""

    coefficients: Floats
    left: float

    def values(self, truths: Sequence[Mapping[str, float]], where: Mapping[str, Floats], noise: Floats) -> Floats:
        """Return the hour (kr) of truths by their assumptions and places 0-1; ``noise`` is standard normal."""
        return np.asarray(np.exp(_terms(truths, where) @ self.coefficients + self.left * noise))


def _terms(draws: Sequence[Mapping[str, float]], where: Mapping[str, Floats]) -> Floats:
    """Return the terms of the regression, one row a draw: how the hour follows each assumption alone, and places."""
    register, model = load_assumptions(), load_metamodel()
    follows = np.array([np.log(model.rate_ratio(values, register)) for values in draws])
    return np.column_stack([np.ones(len(draws)), follows, *(2 * where[name] - 1 for name in HOUR_WITH)])


@cache
def hour() -> Hour:
    """Return the regression over the 64 draws."""
    draws = estimated_draws(DRAWS, load_assumptions(), own_volume(1))
    terms = _terms([draw.values for draw in draws], {name: np.array(places(name)) for name in HOUR_WITH})
    logs = np.log(np.array([draw.values[RATE] for draw in draws]))
    coefficients = np.linalg.lstsq(terms, logs, rcond=None)[0]
    left = float(np.sqrt(((logs - terms @ coefficients) ** 2).sum() / (len(logs) - terms.shape[1])))
    return Hour(coefficients, left)


@cache
def _fare_coefficients() -> Floats:
    """Return the regression of the mean fare of 2017 (kr) on trip length, share across the border and their product."""
    register = load_assumptions()
    across = np.array(column(register[ACROSS_SHARE]))
    terms = _fare_terms(np.array(fitted_column(DECAY)), across, np.array(places(UNKNOWN)))
    return np.asarray(np.linalg.lstsq(terms, np.array(fitted_column("mean_fare_kr")), rcond=None)[0])


def _fare_terms(length_km: Floats, across: Floats, kommunetakst: Floats) -> Floats:
    return np.column_stack([np.ones(len(across)), across, kommunetakst, length_km, length_km * across])


def possible_length(length_km: float, across: float, kommunetakst: float) -> float:
    """Return a trip length (km) shortened until the mean fare of 2017 is no more than it was at most."""
    level, *slope = np.split(_fare_coefficients(), [3])
    highest = load_facts()["mean_fare_2017"].high
    room = highest - float(level @ [1.0, across, kommunetakst])
    return min(length_km, room / float(slope[0] @ [1.0, across]))


def drawn_names() -> list[str]:
    """Return the assumptions that a draw has a place for: those with a range, but the hour that is solved for."""
    return [entry.id for entry in load_assumptions().values() if entry.drawn and entry.id != RATE]


def settled(where: Mapping[str, Floats], noise: Floats) -> list[dict[str, float]]:
    """Return the assumptions of draws by their places 0-1, for `drawn_names` and `PLACED`; ``noise`` of the hour is standard normal."""
    register = load_assumptions()
    found = []
    for n in range(len(noise)):
        values = {name: two_sided(float(where[name][n]), register[name]) for name in drawn_names()}
        values[DECAY] = possible_length(values[DECAY], values[ACROSS_SHARE], float(where[UNKNOWN][n]))
        values[DECAY_ACROSS] = across_km(values[DECAY])
        found.append(solved(values, two_sided(float(where[TOWN_SHARE][n]), register[TOWN_SHARE])))
    hours = hour().values(found, where, noise)
    return [{**values, RATE: float(hours[n])} for n, values in enumerate(found)]
