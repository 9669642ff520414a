"""What the fit of the price response rests on, number by number: what the report and docs/response.md are made from."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from sim.riders.response.bounds import without_form
from sim.riders.response.draws import Draw
from sim.riders.response.elasticity import elasticities
from sim.riders.response.facts import Facts, Trial
from sim.riders.response.fit import CHANGES, Fits
from sim.riders.response.posterior import FamilyPosterior, Posterior, Summary, posterior

DECIMALS = 4
SIXTY = ("24_to_60", "36_to_60", "48_to_60")
"""The changes that end at 60 kr, which nobody has tried."""
CURVES = {24: tuple(range(28, 85, 4)), 36: tuple(range(40, 85, 4))}
"""The levels at which the curve is drawn, from each level that a trial started at."""
COARSE = 0.5
"""Points on each axis of the grids behind curves and other priors, relative to the fit's; moves them by less than 0.5 points."""


def evidence(fitted: Fits, content: Mapping[str, Any], draws: Sequence[Draw]) -> dict[str, Any]:
    """Return everything that is told about the fit; ``content`` is that of response.toml, ``draws`` those of draws.csv.

    Effects are changes in affected trips, percent, in a municipality not yet seen, but under ``typical``, where it is the
    one in the middle (z = 0). Numbers are rounded to four decimals, so that the text is the same on other machines.
    """
    whole: dict[str, Any] = {
        "version": content["version"],
        "draws": len(draws),
        "families": _families(fitted),
        "spread": {name: content[part]["spread"] for name, part in _PARTS.items()},
        "effects": {key: _effect(fitted, content, key) for key in _keys()},
        "lolland": {key: lolland_part(content, key) for key in SIXTY},
        "other_priors": _other_priors(fitted.facts),
        "elasticity": {str(level): vars(found) for level, found in elasticities(draws).items()},
        "curves": {str(start): _curve(fitted.facts, start, levels) for start, levels in CURVES.items()},
        "free": {
            key: float(fitted.facts.raw["facts"]["free"][f"multiplier_{key}"]) for key in ("low", "median", "high")
        },
    }
    rounded: dict[str, Any] = _rounded(whole)
    return rounded


def evidence_json(found: dict[str, Any]) -> str:
    """Return evidence.json's text."""
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


_PARTS = {"prior": "prior", "posterior": "posterior", "without_lolland": "posterior_without_lolland"}


def _keys() -> list[str]:
    return [f"{a}_to_{b}" for a, b in CHANGES]


def ends(key: str) -> tuple[int, int]:
    """Return the two levels of a change's key.

    >>> ends("24_to_60")
    (24, 60)
    """
    low, high = key.split("_to_")
    return int(low), int(high)


def _effect(fitted: Fits, content: Mapping[str, Any], key: str) -> dict[str, Any]:
    change = ends(key)
    low, high = without_form(*change, fitted.facts)
    return {
        **{name: content[part]["effect_percent"][key] for name, part in _PARTS.items()},
        "typical": vars(_typical(fitted.posterior).effect(*change)),
        "without_form": {"low": low, "high": high},
    }


def _typical(whole: Posterior) -> Posterior:
    """Return the posterior of the municipality in the middle: z = 0, which is a point of the grid."""
    return Posterior(tuple(_where(part) for part in whole.parts))


def _where(part: FamilyPosterior) -> FamilyPosterior:
    middle = (abs(part.z) < 1e-9).nonzero()[0]
    chosen = part.at(middle)
    return replace(chosen, weight=chosen.weight / chosen.weight.sum())


def _families(fitted: Fits) -> dict[str, Any]:
    """Return each family's weight and its own mean of each change, before, after, and without Lolland."""
    found: dict[str, Any] = {}
    fits = {"prior": fitted.prior, "posterior": fitted.posterior, "without_lolland": fitted.without_lolland}
    for name, whole in fits.items():
        for part in whole.parts:
            entry = {"weight": whole.weights[part.family], "mean": _means(part)}
            found.setdefault(part.family, {})[name] = entry
    return found


def _means(part: FamilyPosterior) -> dict[str, Any]:
    """Return a family's mean of each change; its curve is evaluated once for all spreads and z that share it."""
    new = np.append(True, (np.diff(part.a) != 0) | (np.diff(part.b) != 0))
    curves = replace(part.at(np.flatnonzero(new)), z=np.zeros(int(new.sum())))
    which, power = np.cumsum(new) - 1, np.exp(part.spread * part.z)
    falls = {key: curves.log_response(*ends(key))[which] for key in _keys()}
    return {key: float(part.weight @ (100.0 * np.expm1(-fall * power))) for key, fall in falls.items()}


def lolland_part(content: Mapping[str, Any], key: str) -> dict[str, Any]:
    """Return how much of a change rests on Lolland: the mean's shift without it (points), and the intervals' widths."""
    with_it, without = (content[part]["effect_percent"][key] for part in ("posterior", "posterior_without_lolland"))
    width, wider = with_it["p90"] - with_it["p10"], without["p90"] - without["p10"]
    return {
        "mean_with": with_it["mean"],
        "mean_without": without["mean"],
        "shift": without["mean"] - with_it["mean"],
        "width_with": width,
        "width_without": wider,
        "ratio": wider / width,
    }


def _other_priors(facts: Facts) -> dict[str, Any]:
    """Return the greatest move of the means when priors, or the reading of Lolland, are others within reason."""
    coarse = facts.finer(COARSE)
    others = [
        *(replace(coarse, mean_kr=replace(facts.mean_kr, median=median)) for median in (40.0, 65.0)),
        *(replace(coarse, variation=replace(facts.variation, median=median)) for median in (0.3, 0.55)),
        *(replace(coarse, spread=replace(facts.spread, median=median)) for median in (0.18, 0.35)),
        *(replace(coarse, lolland=_read(facts.lolland, share)) for share in ((0.85, 0.86), (0.88, 0.92))),
    ]
    base = posterior(coarse)
    moved = dict.fromkeys(SIXTY, 0.0)
    for other in others:
        found = posterior(other)
        for key in SIXTY:
            moved[key] = max(moved[key], abs(_mean(found, key) - _mean(base, key)))
    return moved


def _read(lolland: Trial, share: tuple[float, float]) -> Trial:
    return replace(lolland, smallest=share, largest=share)


def _mean(whole: Posterior, key: str) -> float:
    return sum(whole.weights[part.family] * float(part.weight @ part.effect(*ends(key))) for part in whole.parts)


def _curve(facts: Facts, start: int, levels: tuple[int, ...]) -> list[dict[str, Any]]:
    """Return the trips left at each level, percent of those at ``start``, before and after the figures."""
    coarse = facts.finer(COARSE)
    both = {"prior": posterior(coarse, ()), "posterior": posterior(coarse)}
    rows: list[dict[str, Any]] = [{"kr": start, **{name: {"mean": 100.0, "p10": 100.0, "p90": 100.0} for name in both}}]
    for level in levels:
        rows.append({"kr": level, **{name: _left(whole.effect(start, level)) for name, whole in both.items()}})
    return rows


def _left(effect: Summary) -> dict[str, float]:
    return {"mean": 100 + effect.mean, "p10": 100 + effect.p10, "p90": 100 + effect.p90}


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [_rounded(entry) for entry in value]
    return round(value, DECIMALS) + 0.0 if isinstance(value, float) else value
