"""How much fares rise from one projected edition to the next, in percent."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction


@dataclass(frozen=True)
class Rises:
    """The rises that projected editions rest on.

    ``ceilings`` are the price ceiling's by the id of the edition that follows it, and ``ceiling_times`` how many times as much fares
    rise there; ``percent`` is the yearly rise of the editions after those.
    """

    percent: Fraction = Fraction(0)
    ceilings: Mapping[str, Fraction] = field(default_factory=dict)
    ceiling_times: Fraction = Fraction(1)
