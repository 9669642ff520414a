"""Which assumptions a calculation rests on: those it looks up while it runs."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from sim.estimate.alternatives import SPEEDS
from sim.estimate.estimate import estimate
from sim.inputs.assumptions import Assumption, Assumptions, Value
from sim.riders.demand.volume import allocated_volume
from sim.study.study import Study


class Watched(Assumptions):
    """A register that remembers what has been looked up in it."""

    def __init__(self, entries: Mapping[str, Assumption], seen: set[str] | None = None) -> None:
        super().__init__(entries)
        self.seen: set[str] = set() if seen is None else seen

    def __getitem__(self, key: str) -> Assumption:
        self.seen.add(key)
        return super().__getitem__(key)

    def number(self, key: str) -> float:
        """Return the single number of assumption ``key``, and remember it."""
        self.seen.add(key)
        return super().number(key)

    def profile(self, key: str) -> tuple[float, ...]:
        """Return the numbers of profile ``key``, and remember it."""
        self.seen.add(key)
        return super().profile(key)

    def at(self, values: Mapping[str, Value]) -> "Watched":
        """Return the register at other values; what is looked up in it is remembered here too."""
        return Watched(super().at(values), self.seen)


def read_by(study: Study, calculate: Callable[[Study], object]) -> frozenset[str]:
    """Return the assumptions that a calculation on a study looks up, those the study itself was made of included."""
    watched = Watched(study.assumptions)
    # Putting the entries in one by one has looked at them all.
    watched.seen.clear()
    calculate(replace(study, assumptions=watched).at({}))
    if study.volume.origin != "own":
        allocated_volume(study.region.municipality.code, watched)
    return frozenset(watched.seen | set(SPEEDS))


def in_closed_form(study: Study) -> frozenset[str]:
    """Return the assumptions that the instant estimate of a study rests on."""
    return read_by(study, estimate)
