"""Totals, changes and their intervals as records, from the figures of a block of the replications' totals."""

from collections.abc import Mapping
from typing import Any

from sim.answer.records.totals import Change, ChangeApart, PartYear, Shares, Totals, Uncertainty
from sim.study.replicated.figures import Figure
from sim.study.replicated.reader import Reader

Figures = Mapping[str, Figure | None]


def totals(read: Reader, name: str, option: int) -> Totals:
    """Return an option's totals of a block."""
    return Totals(**_shown(read.block(name, option)))


def change(read: Reader, name: str, option: int, base_name: str, base: int) -> Change:
    """Return how an option's totals move from the base's."""
    moves, percent = read.change(name, option, base_name, base)
    return Change(**_shown(moves), percent=Shares(**_shown(percent)))


def uncertainty(read: Reader, name: str, option: int) -> Uncertainty:
    """Return the intervals apart of an option's totals and of their change from the first option's."""
    moves, _ = read.change(name, option, name, 0)
    return Uncertainty(
        replications=len(read.samples.central),
        draws=len(read.samples.drawn),
        **_apart(read.block(name, option)),
        change=ChangeApart(**_apart(moves)),
    )


def part_year(read: Reader, option: int) -> PartYear:
    """Return an option's totals from the start date to 31 December."""
    return PartYear(
        **_shown(read.block("part_year", option)),
        change=change(read, "part_year", option, "part_year", 0),
        uncertainty=uncertainty(read, "part_year", option),
    )


def _shown(figures: Figures) -> dict[str, Any]:
    return {key: figure and figure.shown for key, figure in figures.items()}


def _apart(figures: Figures) -> dict[str, Any]:
    return {key: figure and figure.apart for key, figure in figures.items()}
