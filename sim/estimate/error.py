"""How far the instant estimate is from the simulation, by kind of option and volume."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.estimate.cases import KINDS, VOLUMES, passengers_of, study_of
from sim.estimate.estimate import estimate
from sim.estimate.operator_time import KindError, Metamodel
from sim.estimate.samples import Sample
from sim.geography.municipalities import find_municipality
from sim.words.numbers import danish, millions

TODAY = "today"
"""Kind of the first option, which changes nothing."""


@dataclass(frozen=True)
class Missed:
    """One option of one municipality at one volume: what was simulated, and its estimate, in oere."""

    sample: Sample
    base_oere: float
    estimated_oere: float
    estimated_change_oere: float

    @property
    def kind(self) -> str:
        """Kind of the option."""
        return self.sample.kind or TODAY

    @property
    def net(self) -> float:
        """Error of the net cost, relative to it."""
        return self.estimated_oere / self.sample.net_cost_oere - 1

    @property
    def change(self) -> float:
        """Error of the change, relative to the first option's net cost."""
        return (self.estimated_change_oere - self.sample.change_oere) / self.base_oere


def missed(samples: Sequence[Sample], metamodel: Metamodel) -> list[Missed]:
    """Return how the estimate compares with the options of one case at one volume; the first is what the others change from."""
    first = samples[0]
    study = study_of(first.municipality, passengers_of(first.municipality, first.volume), first.case)
    options = estimate(study, metamodel=metamodel).options
    return [
        Missed(sample, first.net_cost_oere, option.year.net_cost_oere, option.change.net_cost_oere)
        for sample, option in zip(samples, options, strict=True)
    ]


def kind_errors(misses: Sequence[Missed]) -> tuple[KindError, ...]:
    """Return the errors by kind and volume, every municipality weighing the same."""
    found = []
    for volume in VOLUMES:
        for kind in (TODAY, *KINDS):
            mine = [m for m in misses if m.kind == kind and m.sample.volume == volume]
            if mine:
                found.append(_kind_error(kind, volume, mine))
    return tuple(found)


def _kind_error(kind: str, volume: int | None, misses: Sequence[Missed]) -> KindError:
    """Return one row: mean, root mean square with chance taken out, and chance, in percent.

    A municipality's change may be close to nothing, so errors of changes are set against the mean, or the root mean square, of
    the changes.
    """
    base = np.array([m.base_oere for m in misses])
    net = np.array([m.net for m in misses])
    net_chance = np.array([m.sample.net_cost_error_oere / m.sample.net_cost_oere for m in misses])
    change = np.array([m.change for m in misses])
    size = np.array([m.sample.change_oere for m in misses]) / base
    chance = np.array([m.sample.change_error_oere for m in misses]) / base
    whole, typical = abs(float(size.mean())) or 1.0, _root_mean_square(size) or 1.0
    signed = float(change.mean()) * float(np.sign(size.mean()))
    return KindError(
        kind,
        volume,
        100 * float(net.mean()),
        100 * _without_chance(net, net_chance),
        100 * _root_mean_square(net_chance),
        100 * signed / whole,
        100 * _without_chance(change, chance) / typical,
        100 * _root_mean_square(chance) / typical,
    )


def _root_mean_square(values: NDArray[np.float64]) -> float:
    return float(np.sqrt(np.mean(values**2)))


def _without_chance(errors: NDArray[np.float64], chance: NDArray[np.float64]) -> float:
    """Return the root mean square that is left when the simulations' own variance is taken out."""
    return math.sqrt(max(0.0, float(np.mean(errors**2)) - float(np.mean(chance**2))))


def in_all(errors: Sequence[KindError]) -> tuple[float, float]:
    """Return the error of net cost and of changes over all kinds and volumes, root mean squares in percent."""
    net = float(np.sqrt(np.mean([e.net_rms**2 for e in errors])))
    change = float(np.sqrt(np.mean([e.change_rms**2 for e in errors if e.kind != TODAY])))
    return net, change


def table(misses: Sequence[Missed], metamodel: Metamodel) -> str:
    """Return the errors by kind and volume, and the municipalities' own at their shared-out volumes, as Markdown."""
    lines = [
        f"Fitted on {metamodel.fitted_on} simulated options, measured on {metamodel.measured_on} in twelve municipalities, each by"
        f" a fit that left it out (version `{metamodel.version}`). Over all kinds and volumes: net cost"
        f" **{metamodel.net_cost_error_percent:.1f} %** (at most {metamodel.worst_net_cost_percent:.1f} %), changes"
        f" **{metamodel.change_error_percent:.1f} %** of their size (root mean squares).",
        "",
        "| kind of option | passengers | net cost: mean, % | rms, % | chance, % | change: mean, % | rms, % | chance, % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for e in metamodel.errors:
        volume = "allocated" if e.passengers is None else f"{e.passengers:,}"
        changes = ["", "", ""]
        if e.kind != TODAY:
            changes = [f"{e.change_mean:+.1f}", f"{e.change_rms:.1f}", f"{e.change_chance:.1f}"]
        net = [f"{e.net_mean:+.1f}", f"{e.net_rms:.1f}", f"{e.net_chance:.1f}"]
        lines.append(f"| {' | '.join([e.kind, volume, *net, *changes])} |")
    lines += [
        "",
        "| municipality, allocated volume | option | net cost simulated, M kr | estimated | error, % | change simulated | estimated |",
        "|---|---|---|---|---|---|---|",
    ]
    for m in misses:
        if m.sample.volume is None:
            name = find_municipality(m.sample.municipality).name
            off = danish(100 * m.net, 1).replace(",", ".")
            nets = (m.sample.net_cost_oere, m.estimated_oere)
            amounts = [millions(oere, decimals=2).replace(",", ".") for oere in nets]
            both = (m.sample.change_oere, m.estimated_change_oere)
            changes = ["", ""]
            if m.sample.kind:
                changes = [millions(oere, signed=True, decimals=3).replace(",", ".") for oere in both]
            lines.append(f"| {' | '.join([name, m.kind, *amounts, off, *changes])} |")
    return "\n".join(lines)
