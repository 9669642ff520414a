"""A group of targets: pieces of work that can run side by side, and the targets made of what they return."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sim.evidence.validation.profile import Profile
from sim.evidence.validation.target import Target

Series = Mapping[str, Any]
"""What a picture is drawn from, plain values only."""


@dataclass(frozen=True)
class Unit:
    """One piece of work: a function of a module, and what it is called with; both travel to another process."""

    work: Callable[..., Any]
    args: tuple[Any, ...]

    def __call__(self) -> Any:
        """Do the work."""
        return self.work(*self.args)


@dataclass(frozen=True)
class Found:
    """What a group found: its targets, and what its picture is drawn from (empty without one)."""

    targets: Sequence[Target]
    series: Series = field(default_factory=dict)


@dataclass(frozen=True)
class Group:
    """One group of the report.

    ``units`` says what work is to be done; ``found`` makes targets of the results, given in the order of the units.
    """

    name: str
    title_da: str
    units: Callable[[Profile, int], Sequence[Unit]]
    found: Callable[[Profile, Sequence[Any]], Found]
