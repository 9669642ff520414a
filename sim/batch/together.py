"""The fee to Movia when all municipalities choose at once: it is common, so it moves for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Option, Scenario
from sim.riders.demand.volume import ALLOCATION_DAY, Volume
from sim.study.accounts.account import round_half_up
from sim.study.draws import parameter_draws
from sim.study.prices import price_index
from tariffs import fee_terms, load_price_book
from tariffs.movia_fee import FeeTerms, fee_per_passenger


@dataclass(frozen=True)
class CommonFee:
    """The fee's numbers in one year under central parameters or one draw; ``online_share`` is that of everybody else."""

    terms: FeeTerms
    index: Fraction
    online_share: Fraction

    def per_passenger(self, passengers: Fraction, base: Fraction, online: Fraction) -> Fraction:
        """Return the fee in exact oere when the plan's passengers go from ``base`` to ``passengers``.

        ``online`` is how many of them book online. Movia's passengers outside the plan stay, and book as everybody does.
        """
        others = max(Fraction(0), self.terms.passengers - base)
        before, now = base + others, passengers + others
        if now == 0:
            return self.terms.per_passenger * self.index
        share = (online + others * self.online_share) / now
        return fee_per_passenger(min(share, Fraction(1)), now / before, self.terms) * self.index


@lru_cache(maxsize=512)
def common_fee(year: int, draw: int | None) -> CommonFee:
    """Return the fee's numbers in a year, with the assumptions of a draw (None: as they stand)."""
    assumptions = load_assumptions()
    if draw is not None:
        assumptions = assumptions.at(parameter_draws(draw + 1, assumptions, Volume(1.0, "own", 0.0, ""))[draw].values)
    calls, fixed = (Fraction(str(assumptions.number(f"fee_{key}"))) for key in ("calls_saved", "fixed_part"))
    scenario = Scenario(municipalities=("0316",), options=(Option(name="-"),), year=year)
    return CommonFee(
        fee_terms(load_price_book(), ALLOCATION_DAY, calls, fixed),
        price_index(assumptions, scenario).fee,
        Fraction(str(assumptions.number("online_share"))),
    )


@dataclass(frozen=True)
class SampleRows:
    """All rows of one year and sample; an option that a municipality cannot have has no row.

    Attributes
    ----------
    municipality, option, passengers : int64 (rows,); option 0 is the base
    online_share, weight : float64 (rows,)
    """

    municipality: NDArray[np.int64]
    option: NDArray[np.int64]
    passengers: NDArray[np.int64]
    online_share: NDArray[np.float64]
    weight: NDArray[np.float64]


def fees_together(rows: SampleRows, fee: CommonFee) -> NDArray[np.int64]:
    """Return each row's fee to Movia in oere, int64, when every municipality takes the row's option at once.

    A municipality that cannot have an option keeps the base; one that cannot have the base has no part in the common fee,
    but pays it.
    """
    weighted = [
        (_exact(weight) * int(count), _exact(share))
        for weight, count, share in zip(rows.weight, rows.passengers, rows.online_share, strict=True)
    ]
    base = {int(m): n for n, (m, option) in enumerate(zip(rows.municipality, rows.option, strict=True)) if option == 0}
    total, total_online = _sum(weighted, list(base.values()))
    result = np.zeros(len(rows.option), dtype=np.int64)
    for option in np.unique(rows.option):
        option_rows = [int(n) for n in np.flatnonzero(rows.option == option)]
        taking = [n for n in option_rows if int(rows.municipality[n]) in base]
        now, online = _sum(weighted, taking)
        before, before_online = _sum(weighted, [base[int(rows.municipality[n])] for n in taking])
        each = fee.per_passenger(total - before + now, total, total_online - before_online + online)
        for n in option_rows:
            result[n] = round_half_up(each * int(rows.passengers[n]))
    return result


def _sum(weighted: Sequence[tuple[Fraction, Fraction]], rows: Sequence[int]) -> tuple[Fraction, Fraction]:
    """Return the passengers of some rows, and how many of them book online."""
    chosen = [weighted[n] for n in rows]
    return sum((p for p, _ in chosen), Fraction(0)), sum((p * share for p, share in chosen), Fraction(0))


def _exact(value: float) -> Fraction:
    """Return a share or weight to nine decimals, so that no sum depends on its order."""
    return Fraction(str(round(float(value), 9)))
