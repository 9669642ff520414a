"""What a neighbour's choice changes here: the trips that end there, and Movia's common fee."""

from dataclasses import dataclass, replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from sim.comparison.measures import across, run_totals
from sim.geography.municipalities import Municipality, find_municipality
from sim.study.run import OptionRun
from sim.study.study import Study
from tariffs import municipal_fee
from tariffs.movia_fee import FeeTerms


def chosen_neighbours(study: Study) -> tuple[Municipality, ...]:
    """Return the municipalities that are to stand beside, each once, in the order asked for."""
    return tuple(dict.fromkeys(find_municipality(text) for text in study.scenario.neighbours))


def across_by_neighbour(study: Study, run: OptionRun) -> NDArray[np.int64]:
    """Return the totals of the trips that start here and end in each chosen neighbour, int64 (neighbours, measures).

    A neighbour's own choice of prices touches none of them: across the border grundtakst always holds. They are what
    falls away when it leaves flextur, as both ends must have it.
    """
    homes = np.array(study.region.municipality_code)[run.requests.destination]
    beyond = across(run)
    rows = [run_totals(run, beyond & (homes == neighbour.code)) for neighbour in chosen_neighbours(study)]
    return np.stack(rows) if rows else np.zeros((0, 8), dtype=np.int64)


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
