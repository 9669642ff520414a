"""How far the instant estimate is from the simulation."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.estimate.estimate import estimate
from sim.estimate.operator_time import Metamodel
from sim.estimate.samples import Sample, study_of
from sim.geography.municipalities import find_municipality
from sim.wording import danish, millions


@dataclass(frozen=True)
class Missed:
    """One option of one municipality: net cost and change against the first option, simulated and estimated, in oere."""

    municipality: str
    option: str
    simulated_oere: float
    estimated_oere: float
    simulated_change_oere: float
    estimated_change_oere: float
    base_oere: float


def missed(samples: Sequence[Sample], metamodel: Metamodel) -> list[Missed]:
    """Return how the estimate compares with one municipality's samples; the first is what the others change from."""
    study = study_of(samples[0].municipality, 1.0)
    options = estimate(study, metamodel=metamodel).options
    first = samples[0].net_cost_oere
    return [
        Missed(
            sample.municipality,
            sample.option,
            sample.net_cost_oere,
            option.year.net_cost_oere,
            sample.net_cost_oere - first,
            option.change.net_cost_oere,
            first,
        )
        for sample, option in zip(samples, options, strict=True)
    ]


def error_percent(misses: Sequence[Missed]) -> tuple[float, float]:
    """Return the error of net cost, and of changes, in percent: root mean squares, every municipality weighing the same.

    An option's change may be close to nothing, so the error of changes is set against the root mean square of the changes.
    """
    net = np.array([m.estimated_oere / m.simulated_oere - 1 for m in misses])
    changes = [m for m in misses if m.simulated_change_oere != 0]
    size = np.array([m.simulated_change_oere / m.base_oere for m in changes])
    off = np.array([(m.estimated_change_oere - m.simulated_change_oere) / m.base_oere for m in changes])
    return 100 * float(np.sqrt(np.mean(net**2))), 100 * float(np.sqrt(np.mean(off**2) / np.mean(size**2)))


def table(misses: Sequence[Missed], metamodel: Metamodel) -> str:
    """Return the errors by municipality and package as Markdown."""
    lines = [
        f"Fitted on {metamodel.fitted_on} simulated years, measured on {metamodel.measured_on} in municipalities that the fit"
        f" never saw (version `{metamodel.version}`). Error of net cost: **{metamodel.net_cost_error_percent:.1f} %** (at"
        f" most {metamodel.worst_net_cost_percent:.1f} %); of"
        f" changes: **{metamodel.change_error_percent:.1f} %** of their size (root mean squares, the simulation's chance"
        " included).",
        "",
        "| municipality | option | net cost simulated, M kr | estimated | error, % | change simulated | estimated |",
        "|---|---|---|---|---|---|---|",
    ]
    for m in misses:
        name = find_municipality(m.municipality).name
        off = danish(100 * (m.estimated_oere / m.simulated_oere - 1), 1).replace(",", ".")
        amounts = [millions(oere, decimals=2).replace(",", ".") for oere in (m.simulated_oere, m.estimated_oere)]
        changes = [
            millions(oere, signed=True, decimals=3).replace(",", ".") if m.simulated_change_oere else ""
            for oere in (m.simulated_change_oere, m.estimated_change_oere)
        ]
        lines.append(f"| {name} | {m.option} | {amounts[0]} | {amounts[1]} | {off} | {changes[0]} | {changes[1]} |")
    return "\n".join(lines)
