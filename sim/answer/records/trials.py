"""Published trials beside what is predicted of an option's change."""

from dataclasses import dataclass
from typing import Literal

from sim.words.figure import Figure, Range

Kind = Literal["town_fare", "closed_town", "free_destination"]
Resemblance = Literal["same", "similar", "reverse", "never", "no_figures"]


@dataclass(frozen=True)
class PublishedTrial:
    """A trial's published range, percent; ``reversed`` where the trial went the other way and is calculated backwards."""

    fact: str
    where: str
    reversed: bool
    trips_percent: Range
    cost_percent: Range
    mark: str
    source: str


@dataclass(frozen=True)
class Predicted:
    """The predicted change of the trial's kind of trips and of their net cost, percent; None where there were none."""

    trips_percent: Figure | None
    cost_percent: Figure | None


@dataclass(frozen=True)
class Trial:
    """A change of an option that a trial may tell of; amounts of a fare in town are oere.

    ``resemblance`` is whether it was tried: the same, similar, its reverse, never, or without published figures.
    """

    option: str
    kind: Kind
    change: str
    from_oere: int | None
    to_oere: int | None
    resemblance: Resemblance
    text: str
    published: tuple[PublishedTrial, ...]
    bounds_trips_percent: Range | None
    predicted: Predicted | None
