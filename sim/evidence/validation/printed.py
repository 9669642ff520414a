"""The printed figures: does half of what could be lie below the middle, and eight of ten within the interval?

One municipality with a number of its own, and with an allocated one. The interval is an answer's: a thousand draws in closed form, and
the default number simulated, whose place the closed form takes too, with its own error added. The truths are drawn anew
(`sim.evidence.validation.truths`), with that error added as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.estimate.amounts import OptionEstimate
from sim.estimate.closed_forms import closed_forms
from sim.estimate.estimate import Estimate, estimates
from sim.estimate.operator_time import load_metamodel
from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.runs import study_of
from sim.evidence.validation.target import CLOSED_FORM, STANDARD_ERRORS, Simulated, Target
from sim.evidence.validation.truths import draw_truths
from sim.study.replicated.figures import Figure, Spread, figure
from sim.study.replicated.low_fidelity import ClosedForms, LowFidelity, Volumes
from sim.study.replicated.measures import Measure
from sim.study.study import Study

Floats = NDArray[np.float64]
MUNICIPALITY, YEAR, OWN = "0316", 2020, 6000.0
FREE: Final = "gratis=Svinninge Ældrecenter"
KINDS: Final = {
    "bytakst_low": (("kommunetakst",), ("kommunetakst", "bytakst=low")),
    "bytakst_high": (("kommunetakst",), ("kommunetakst", "bytakst=high")),
    "kommunetakst_removed": (("kommunetakst",), ()),
    "kommunetakst_added": ((), ("kommunetakst",)),
    "free_destination": (("kommunetakst",), ("kommunetakst", FREE)),
    "plustur": (("kommunetakst",), ("kommunetakst", "plustur")),
    "closed_town": (("kommunetakst",), ("kommunetakst", "lukket_by")),
}
"""What each kind of change is from and to."""
NAMES_DA: Final = {
    "bytakst_low": "lav bytakst",
    "bytakst_high": "høj bytakst",
    "kommunetakst_removed": "kommunetakst fjernet",
    "kommunetakst_added": "kommunetakst indført",
    "free_destination": "gratis destination",
    "plustur": "plustur",
    "closed_town": "lukket by",
}
COVERED: Final = ("bytakst_high", "kommunetakst_removed", "free_destination", "plustur")
FIGURES: Final = ("change", "net_cost", "trips")
FIGURES_DA: Final = {"change": "ændringen", "net_cost": "nettoudgiften", "trips": "turene"}
VOLUMES_DA: Final = {"own": "eget passagertal", "allocated": "fordelt passagertal"}
BELOW, WITHIN = (45.0, 55.0), (78.0, 82.0)
BATCH: Final = 250
"""Truths that are worked out together."""
DEFAULT_DRAWS: Final = 32
ANSWERS: Final = 20
"""Answers, each with errors of its own at the simulated draws, over which an interval's share is the mean."""


@cache
def _studies(volume: str) -> dict[tuple[str, ...], tuple[Study, tuple[str, ...]]]:
    """Return a study for each first option, and the kinds of change that its other options are."""
    found = {}
    for base in dict.fromkeys(first for first, _ in KINDS.values()):
        kinds = tuple(kind for kind, (first, _) in KINDS.items() if first == base)
        options = [base, *(KINDS[kind][1] for kind in kinds)]
        more: dict[str, Any] = {"passengers": OWN} if volume == "own" else {}
        found[base] = (study_of(MUNICIPALITY, YEAR, options, 1, **more), kinds)
    return found


def _row(option: OptionEstimate) -> tuple[float, float, float]:
    return option.change.net_cost_oere, option.year.net_cost_oere, option.year.trips


def _rows(kinds: Sequence[str], found: Estimate) -> dict[str, tuple[float, float, float]]:
    return {kind: _row(option) for kind, option in zip(kinds, found.options[1:], strict=True)}


@dataclass(frozen=True, eq=False)
class Cell:
    """One kind of change: the middle of its `FIGURES`, their values under the simulated draws (draws, figures) and the many."""

    middle: Floats
    drawn: Floats
    many: Floats
    volumes: Volumes


def under_draws(volume: str) -> dict[str, Cell]:
    """Return each kind of change in closed form."""
    answers: dict[str, Cell] = {}
    for study, kinds in _studies(volume).values():
        forms = closed_forms(study, DEFAULT_DRAWS)
        assert forms is not None
        of_kind = {kind: _figures(forms, place) for place, kind in enumerate(kinds, 1)}
        first = 1 + DEFAULT_DRAWS
        answers |= {k: Cell(of[0], of[1:first], of[first:], forms.volumes) for k, of in of_kind.items()}
    return answers


def _figures(forms: ClosedForms, place: int) -> Floats:
    """Return an option's `FIGURES`, float64 (1 + draws + many, figures)."""
    year = forms.totals["year"]
    net, trips = year[:, :, Measure.NET_COST], year[:, :, Measure.TRIPS]
    return np.column_stack([net[:, place] - net[:, 0], net[:, place], trips[:, place]])


def under_truths(volume: str, number: int, count: int, seed: int) -> dict[str, Floats]:
    """Return each kind's `FIGURES` under ``count`` truths (truths, figures); the closed form's own error is not in them."""
    rng = np.random.default_rng([seed, 6, number])
    study, kinds = _studies(volume)[("kommunetakst",)]
    truths = draw_truths(count, study.volume.log_sigma, rng)
    rows = [_rows(kinds, found) for found in estimates([study.under(truth) for truth in truths])]
    return {kind: np.array([row[kind] for row in rows]) for kind in kinds}


def errors() -> tuple[float, float, float]:
    """Return the closed form's own error of each figure, as a share of it."""
    model = load_metamodel()
    return model.change_error_percent / 100, model.net_cost_error_percent / 100, 0.0


def below(middle: Floats, values: Floats) -> Floats:
    """Return the percentage of values below the middle of each figure; what equals it counts half."""
    return np.asarray(100 * (np.mean(values < middle, axis=0) + np.mean(values == middle, axis=0) / 2))


def printed(cell: Cell, rng: np.random.Generator) -> tuple[Figure, ...]:
    """Return the figures as they are printed; ``rng`` gives the simulated draws the closed form's own error."""
    simulated = cell.drawn * (1 + np.array(errors()) * rng.standard_normal(cell.drawn.shape))
    paired = np.zeros(len(simulated), dtype=np.int64)
    found = []
    for middle, few, drawn, many in zip(cell.middle.tolist(), cell.drawn.T, simulated.T, cell.many.T, strict=True):
        low = LowFidelity(middle, few, many, cell.volumes)
        found.append(figure(Spread(np.array([middle]), drawn, paired, low)))
    return tuple(found)


def held(figures: Sequence[Figure], truths: Floats, rng: np.random.Generator) -> Floats:
    """Return the percentage of truths, with the closed form's error added, inside each figure's interval."""
    off = 1 + np.array(errors()) * rng.standard_normal(truths.shape)
    low, high = np.array([f.p10 for f in figures]), np.array([f.p90 for f in figures])
    inside = (truths * off >= low) & (truths * off <= high)
    return np.asarray(100 * inside.mean(axis=0))


def covered(cell: Cell, truths: Floats, rng: np.random.Generator) -> Floats:
    """Return the percentage of truths that an answer's intervals hold on average, over so many answers."""
    return np.asarray(np.mean([held(printed(cell, rng), truths, rng) for _ in range(ANSWERS)], axis=0))


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    batches = [(n, min(BATCH, profile.printed - first)) for n, first in enumerate(range(0, profile.printed, BATCH))]
    return [
        *(Unit(under_draws, (volume,)) for volume in VOLUMES_DA),
        *(Unit(under_truths, (volume, n, count, seed)) for volume in VOLUMES_DA for n, count in batches),
    ]


def _found(profile: Profile, results: Sequence[Any]) -> Found:
    volumes = list(VOLUMES_DA)
    cells = dict(zip(volumes, results[: len(volumes)], strict=True))
    each = (len(results) - len(volumes)) // len(volumes)
    targets, table = [], []
    for number, volume in enumerate(volumes):
        first = len(volumes) + number * each
        batches = results[first : first + each]
        truths = {kind: np.concatenate([batch[kind] for batch in batches]) for kind in batches[0]}
        for kind, cell in cells[volume].items():
            targets.append(_middle_target(kind, volume, cell, truths.get(kind)))
        for kind in COVERED:
            rng = np.random.default_rng([number, list(KINDS).index(kind)])
            share = covered(cells[volume][kind], truths[kind], rng)
            targets.append(_coverage_target(kind, volume, share, len(truths[kind])))
            table.append({"kind": kind, "volume": volume, **dict(zip(FIGURES, share.tolist(), strict=True))})
    return Found(targets, {"held": table})


def _told(shares: Floats) -> str:
    return ", ".join(f"{FIGURES_DA[f]} {s:.0f} %" for f, s in zip(FIGURES, shares, strict=True))


def _middle_target(kind: str, volume: str, cell: Cell, truths: Floats | None) -> Target:
    """Return the target of one cell: the figure whose share is furthest from a half."""
    shares = below(cell.middle, cell.many)
    worst = int(np.argmax(np.abs(shares - 50)))
    simulated = f"{len(cell.drawn)}, der simuleres: {_told(below(cell.middle, cell.drawn))}"
    words = f"Af {len(cell.many)} trækninger: {_told(shares)}; af de {simulated}"
    if truths is not None:
        words += f"; af {len(truths)} sandheder: {_told(below(cell.middle, truths))}"
    return Target(
        f"below_middle_{kind}_{volume}", "coverage",
        f"Halvdelen af trækningerne ligger under det trykte ({NAMES_DA[kind]}, {VOLUMES_DA[volume]}; {FIGURES_DA[FIGURES[worst]]})",
        CLOSED_FORM, *BELOW, Simulated(float(shares[worst])), "%", f"{words}.",
    )  # fmt: skip


def _coverage_target(kind: str, volume: str, shares: Floats, count: int) -> Target:
    room = 100 * STANDARD_ERRORS * float(np.sqrt(0.8 * 0.2 / count)) if count < ENOUGH else 0.0
    words = f"{count} sandheder fra priorerne, med skønnets egen fejl lagt til. Inden for intervallet: {_told(shares)}."
    if room:
        words += f" Grænserne er udvidet med 3 binomiale standardafvigelser ({room:.1f})."
    return Target(
        f"printed_interval_{kind}_{volume}", "coverage",
        f"Det trykte 80-procents-interval af ændringen rummer 80 % af sandhederne ({NAMES_DA[kind]}, {VOLUMES_DA[volume]})",
        CLOSED_FORM, WITHIN[0] - room, WITHIN[1] + room, Simulated(float(shares[0])), "%", words,
    )  # fmt: skip


ENOUGH: Final = 4000
"""So many truths need no room for chance: their share is good to 0.6 points."""
GROUP = Group("printed", "Holder de trykte tal: midten og intervallet?", _units, _found)
