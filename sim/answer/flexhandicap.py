"""What may follow beside the net cost: riders turned away from flextur who come back as flexhandicap, which the municipality pays.

A follow-on cost of its own and never a part of flextur's account. Only trips turned away count: riders who come back from
flexhandicap to a cheaper flextur are not evidenced, so no saving is claimed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.answer.records.basis import FlexhandicapTerms
from sim.answer.records.option import Flexhandicap
from sim.answer.wording import amounts
from sim.inputs.assumptions import Assumptions
from sim.study.draws import ParameterDraw
from sim.study.prices import PriceIndex, price_index
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.reader import Reader
from sim.study.study import Study
from sim.words.figure import Figure
from sim.words.numbers import OERE_PER_KRONE, approximately, danish
from tariffs import flexhandicap_fare_oere

BUDGET_YEAR = 2022
"""The year of the budget that the cost of a flexhandicap trip is taken from."""
SHARE = "flexhandicap_moved_share"
NOTES = (
    "Den afledte udgift til flexhandicap er ikke en del af nettoudgiften. Den samme kommune betaler den.",
    "Kun ture, som prisen eller en lukket by får til at falde bort, tælles. Giver en valgmulighed flere ture med flextur, er der"
    " ikke regnet en mindreudgift på flexhandicap, for det er der ingen tal for.",
    "En flexhandicaptur er regnet til gennemsnittets længde; korte ture i byen koster mindre.",
)


@dataclass(frozen=True)
class Terms:
    """What a trip turned away may come to: the share that moves, and a flexhandicap trip's parts in oere.

    ``operator``, ``administration`` are in the run's price level, ``fare`` is that of the run's price day.
    """

    moved_share: float
    trip_km: float
    operator: float
    administration: float
    fare: float

    @property
    def cost(self) -> float:
        """What a flexhandicap trip costs the municipality net, in oere."""
        return self.operator + self.administration - self.fare


def terms(study: Study, assumptions: Assumptions, prices: PriceIndex) -> Terms:
    """Return the terms under some values of the assumptions."""
    number, years = assumptions.number, prices.year - BUDGET_YEAR
    km = number("flexhandicap_trip_km")

    def grown(amount: str, index: str) -> float:
        return OERE_PER_KRONE * number(amount) * float((1 + number(index) / 100) ** years)

    return Terms(
        number(SHARE),
        km,
        grown("flexhandicap_operator_kr", "operator_index_percent"),
        grown("flexhandicap_administration_kr", "fee_index_percent"),
        float(flexhandicap_fare_oere(study.book, study.price_day, Fraction(str(round(km, 6))))),
    )


def central_terms(study: Study) -> Terms:
    """Return the terms under the study's own values."""
    return terms(study, study.assumptions, study.prices)


def flexhandicap(study: Study, read: Reader, draws: Sequence[ParameterDraw], place: int) -> Flexhandicap:
    """Return what may follow an option: trips turned away, those that come back as flexhandicap, and their cost in oere.

    ``draws`` are those of the drawn samples, in their order.
    """
    away, central = read("turned_away", place), central_terms(study)
    drawn = [_drawn(study, draw) for draw in draws]
    back = _times(away, central.moved_share, [t.moved_share for t in drawn])
    cost = _times(away, central.moved_share * central.cost, [t.moved_share * t.cost for t in drawn])
    turned, trips, cost_oere = (figure(spread, at_least=0.0).shown for spread in (away, back, cost))
    said = sentence(study.scenario.options[place].name, turned, cost_oere, share_range(study))
    return Flexhandicap(turned, trips, cost_oere, said)


def account(study: Study, options: Sequence[Flexhandicap | None]) -> FlexhandicapTerms | None:
    """Return what the options' figures rest on under central values; None when no option turns any trip away."""
    if all(option is None or option.turned_away_trips.is_nothing for option in options):
        return None
    of = central_terms(study)
    return FlexhandicapTerms(share_range(study), of.trip_km, of.operator, of.administration, of.fare, of.cost, NOTES)


def of_estimate(study: Study, name: str, away: float) -> dict[str, Any]:
    """Return what may follow an option of the closed form, which has no intervals: trips, and oere rounded to whole ones."""
    central = central_terms(study)
    back = away * central.moved_share
    cost = round(back * central.cost)
    said = sentence(name, Figure.known(away), Figure.known(cost), share_range(study))
    return {"turned_away_trips": away, "trips": back, "cost_oere": cost, "sentence": said, "notes": list(NOTES)}


def sentence(name: str, turned_away: Figure, cost_oere: Figure, share: Sequence[float]) -> str | None:
    """Return the sentence on an option's follow-on cost; None when there is none."""
    if cost_oere.is_nothing:
        return None
    mean, low, high, unit = amounts(cost_oere, signed=False)
    span = "" if cost_oere.p10 == cost_oere.p90 else f" ({low}-{high})"
    return (
        f"{name}: dertil kan komme en afledt udgift til flexhandicap på ca. {mean} {unit} om året{span}, hvis"
        f" {share_words(share)} af de ca. {approximately(turned_away.mean)} ture, der falder bort, kommer igen"
        " som flexhandicap. Den er ikke en del af nettoudgiften."
    )


def share_range(study: Study) -> tuple[float, float, float]:
    """Return the share that moves and its range; a share that somebody has stated has none."""
    entry, share = study.assumptions[SHARE], study.assumptions.number(SHARE)
    if not entry.drawn or entry.low is None or entry.high is None:
        return share, share, share
    return share, entry.low, entry.high


def share_words(share: Sequence[float]) -> str:
    """Return the share that moves in percent, with its range where it has one.

    >>> share_words((0.1, 0.0, 0.2)), share_words((0.05, 0.05, 0.05))
    ('10 % (0-20 %)', '5 %')
    """
    central, low, high = (danish(100 * part) for part in share)
    return f"{central} %" if low == high else f"{central} % ({low}-{high} %)"


def _drawn(study: Study, draw: ParameterDraw) -> Terms:
    assumptions = study.assumptions.at(draw.values)
    return terms(study, assumptions, price_index(assumptions, study.scenario))


def _times(of: Spread, central: float, drawn: Sequence[float]) -> Spread:
    factors: NDArray[np.float64] = np.array(drawn, dtype=np.float64)
    return Spread(of.central * central, of.drawn * factors, of.paired, of.low and of.low.times(central))
