"""The posterior of each family on a grid: prior times likelihood, summed; no sampling anywhere."""

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from sim.riders.response.facts import Facts, Trial
from sim.riders.response.families import Floats, log_survival, parameters


@dataclass(frozen=True)
class FamilyPosterior:
    """Weighted grid cells of one family, each crossed with the z of a municipality not yet seen.

    ``evidence`` is the likelihood averaged over the prior; ``weight`` sums to 1 over the points.
    """

    family: str
    evidence: float
    a: Floats
    b: Floats
    spread: Floats
    z: Floats
    weight: Floats

    def at(self, places: NDArray[np.int64]) -> "FamilyPosterior":
        """Return the points at ``places`` alone, each with its weight unchanged."""
        columns = {name: getattr(self, name)[places] for name in ("a", "b", "spread", "z", "weight")}
        return replace(self, **columns)

    def log_response(self, from_kr: float, to_kr: float) -> Floats:
        """Return -ln of the share of trips left when the level goes from ``from_kr`` to ``to_kr``, per point."""
        fall = _fall(self.family, self.a, self.b, from_kr, to_kr)
        return np.asarray(fall * np.exp(self.spread * self.z), dtype=np.float64)

    def effect(self, from_kr: float, to_kr: float) -> Floats:
        """Return the change in affected trips in percent, per point (negative when the price rises)."""
        with np.errstate(over="ignore"):
            return np.asarray(100.0 * np.expm1(-self.log_response(from_kr, to_kr)), dtype=np.float64)


def _fall(family: str, a: Floats, b: Floats, from_kr: float, to_kr: float) -> Floats:
    """Return ln S(from) - ln S(to); infinite where nobody is left at the dearer level."""
    before, after = log_survival(family, from_kr, a, b), log_survival(family, to_kr, a, b)
    gone = np.isneginf(before) | np.isneginf(after)
    sign = math.copysign(np.inf, to_kr - from_kr)
    return np.where(gone, sign, np.where(gone, 0.0, before) - np.where(gone, 0.0, after))


def _at(edge: float, log_fall: Floats, spread: Floats) -> Floats:
    """Return the probability that a municipality's fall is below ``edge``, a share of its trips."""
    from scipy.special import ndtr  # slow to import, needed by the fit alone

    threshold = math.log(-math.log1p(-edge))
    return np.asarray(ndtr((threshold - log_fall) / spread), dtype=np.float64)


def likelihood(trial: Trial, log_fall: Floats, spread: Floats) -> Floats:
    """Return the probability of what a trial reported, given ln of the median fall on the log scale.

    One municipality: its fall lies in the interval read. Several: the smallest lies in one interval and the largest
    in another, P = (F(d)-F(a))^n - (F(d)-F(b))^n - (F(c)-F(a))^n + (F(c)-F(b))^n for a < b < c < d.
    """
    (a, b), (c, d), n = trial.smallest, trial.largest, trial.municipalities
    at_a, at_b = _at(a, log_fall, spread), _at(b, log_fall, spread)
    if n == 1:
        return at_b - at_a
    at_c, at_d = _at(c, log_fall, spread), _at(d, log_fall, spread)
    chance = (at_d - at_a) ** n - (at_d - at_b) ** n - (at_c - at_a) ** n + (at_c - at_b) ** n
    return np.maximum(chance, 0.0)


def family_posterior(family: str, facts: Facts, trials: tuple[Trial, ...]) -> FamilyPosterior:
    """Return the posterior of one family given the ``trials`` (none: the prior)."""
    log_mean, log_variation, log_spread = (facts.axes[name].logs() for name in ("mean_kr", "variation", "spread"))
    a, b = parameters(family, np.exp(log_mean)[:, None], np.exp(log_variation)[None, :])
    density = (
        facts.mean_kr.log_density(log_mean)[:, None, None]
        + facts.variation.log_density(log_variation)[None, :, None]
        + facts.spread.log_density(log_spread)[None, None, :]
    )
    cell = math.prod(float(axis[1] - axis[0]) for axis in (log_mean, log_variation, log_spread))
    mass = np.exp(density) * cell
    spread = np.exp(log_spread)[None, None, :]
    for trial in trials:
        fall = _fall(family, a, b, trial.from_kr, trial.to_kr)
        with np.errstate(divide="ignore"):
            log_fall = np.log(fall)[:, :, None]
        mass = mass * likelihood(trial, log_fall, spread)
    evidence = float(mass.sum())
    i, j, k = np.nonzero(mass > facts.neglect * mass.max())
    z = facts.axes["z"].even()
    weight = mass[i, j, k][:, None] * np.exp(-0.5 * z * z)[None, :]
    shape = weight.shape
    return FamilyPosterior(
        family=family,
        evidence=evidence,
        a=np.broadcast_to(a[i, j][:, None], shape).ravel(),
        b=np.broadcast_to(b[i, j][:, None], shape).ravel(),
        spread=np.broadcast_to(np.exp(log_spread)[k][:, None], shape).ravel(),
        z=np.broadcast_to(z[None, :], shape).ravel(),
        weight=(weight / weight.sum()).ravel(),
    )


@dataclass(frozen=True)
class Summary:
    """Mean, 10th and 90th percentile."""

    mean: float
    p10: float
    p90: float


def summarise(values: list[Floats], weights: list[Floats]) -> Summary:
    """Return mean and percentiles of a mixture, given its parts (quantiles to 0.01 of the unit)."""
    x, w = np.concatenate(values), np.concatenate(weights)
    w = w / w.sum()
    low, high = float(x.min()), float(x.max())
    bins = max(1, min(2_000_000, math.ceil((high - low) / 0.01)))
    place = np.minimum(((x - low) / (high - low or 1.0) * bins).astype(np.int64), bins - 1)
    cumulated = np.cumsum(np.bincount(place, weights=w, minlength=bins))
    p10, p90 = (low + (int(np.searchsorted(cumulated, q)) + 0.5) * (high - low) / bins for q in (0.1, 0.9))
    return Summary(float(np.dot(x, w)), p10, p90)


@dataclass(frozen=True)
class Posterior:
    """The ensemble: families weighted by their evidence, equal before the figures were seen."""

    parts: tuple[FamilyPosterior, ...]

    @property
    def weights(self) -> dict[str, float]:
        """Posterior weight of each family; they sum to 1."""
        total = sum(part.evidence for part in self.parts)
        return {part.family: part.evidence / total for part in self.parts}

    def effect(self, from_kr: float, to_kr: float) -> Summary:
        """Return the change in affected trips, percent, in a municipality not yet seen."""
        weights = self.weights
        return summarise(
            [part.effect(from_kr, to_kr) for part in self.parts],
            [part.weight * weights[part.family] for part in self.parts],
        )

    def spread(self) -> Summary:
        """Return the spread between municipalities (to 1e-4)."""
        weights = self.weights
        found = summarise(
            [100 * part.spread for part in self.parts], [part.weight * weights[part.family] for part in self.parts]
        )
        return Summary(found.mean / 100, found.p10 / 100, found.p90 / 100)


def posterior(facts: Facts, trials: tuple[Trial, ...] | None = None) -> Posterior:
    """Return the posterior of all families given ``trials`` (default: all in the facts; none: the prior)."""
    used = (facts.trials, facts.lolland) if trials is None else trials
    return Posterior(tuple(family_posterior(name, facts, used) for name in facts.families))
