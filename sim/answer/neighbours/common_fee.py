"""What a neighbour's choice changes in Movia's common fee."""

from dataclasses import dataclass, replace
from fractions import Fraction

from tariffs import municipal_fee
from tariffs.movia_fee import FeeTerms


@dataclass(frozen=True)
class FeeMove:
    """What Movia's fee per passenger moves by when a neighbour's passengers fall away, in exact oere."""

    fixed_part: Fraction
    per_passenger: Fraction


def fee_move(terms: FeeTerms, neighbour_passengers: float, fixed_part: Fraction | None = None) -> FeeMove:
    """Return the move of the common fee when a neighbour leaves flextur; ``fixed_part`` other than the terms' own if given.

    The fixed part is then shared by fewer. It is nothing when no part of the fee is fixed, and any lesser choice of the
    neighbour's moves it by less.
    """
    terms = terms if fixed_part is None else replace(terms, fixed_part=fixed_part)
    theirs = min(Fraction(round(neighbour_passengers)) or Fraction(1), Fraction(terms.passengers - 1))
    without = municipal_fee(terms.online_share, Fraction(0), theirs, terms, "movia")
    return FeeMove(terms.fixed_part, without - terms.per_passenger)
