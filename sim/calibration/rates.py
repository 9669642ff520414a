"""The price of an hour in each parameter draw: solved so that the draw, too, costs 103.60 kr net per passenger in 2017.

Nobody published what a passenger paid on average in 2017, only that it lies between 24 and 40 kr. So the mean fare is drawn.
Two things that nobody published either are made to agree with it in each draw: how far people ride (both distances of
the trip pattern, in one proportion), and how many of the municipalities whose fare is unknown had kommunetakst. And each draw
has its own share of trips in Ringsted's town area, which the factor on trips within a town is solved for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import load_assumptions
from sim.calibration.knobs import RATE, Knobs
from sim.calibration.mix import Member, Run, Setting, Totals, together
from sim.calibration.town import TOWN_FACTOR, TOWN_SHARE, town_trip_factor
from sim.facts import load_facts
from sim.study.columns import places
from sim.study.draws import FITTED, MOST_DRAWS, ParameterDraw, column

DECAY, DECAY_ACROSS = "distance_decay_km", "distance_decay_across_km"
EVERY = 11
SHARE = 0.75
"""The draws are simulated in the municipalities with this share of the passengers; the rest is taken to differ from them
as it does under central parameters."""
LENGTHS = 5
"""Trip lengths at which the mean fare is simulated, to be read backwards."""


@dataclass(frozen=True)
class RateDraw:
    """One draw: its hourly rate, its mean fare, its trip lengths, and how many of the unknown fares are kommunetakst."""

    number: int
    rate_kr: float
    mean_fare_kr: float
    decay_km: float
    decay_across_km: float
    kommunetakst_share: float
    town_factor: float


@dataclass(frozen=True)
class FareCurve:
    """The mean fare of the mix by trip length under central parameters, ``factors`` times the register's distances."""

    factors: NDArray[np.float64]
    fares_kr: NDArray[np.float64]

    def factor_for(self, fare_kr: float) -> float:
        """Return the factor at which the mean fare is this, the nearest end where none is."""
        return float(np.interp(fare_kr, self.fares_kr, self.factors))


def length_factors() -> tuple[float, float]:
    """Return the smallest and largest factor that keeps both distances within their ranges."""
    register = load_assumptions()
    ranges = [(e.low or 0.0, register.number(e.id), e.high or 0.0) for e in (register[DECAY], register[DECAY_ACROSS])]
    return max(low / value for low, value, _ in ranges), min(high / value for _, value, high in ranges)


def lengths(factor: float) -> dict[str, float]:
    """Return both distances of the trip pattern at a factor."""
    register = load_assumptions()
    return {key: round(factor * register.number(key), 4) for key in (DECAY, DECAY_ACROSS)}


def solved(values: Mapping[str, float], town_share: float | None = None) -> dict[str, float]:
    """Return the values with the factor on trips within a town that gives Ringsted its share under them.

    ``town_share`` is that share, None for the register's; it is not among what is returned: no other town has it.
    """
    share = {} if town_share is None else {TOWN_SHARE: town_share}
    return {**values, TOWN_FACTOR: town_trip_factor({**values, **share})}


def other_values() -> list[dict[str, float]]:
    """Return what the 64 draws hold besides what is solved for."""
    varied = {key: column(entry) for key, entry in load_assumptions().items() if entry.drawn and key not in FITTED}
    return [{key: values[number] for key, values in varied.items()} for number in range(MOST_DRAWS)]


def even_about(middle: float, low: float, high: float, where: Sequence[float]) -> NDArray[np.float64]:
    """Return the values at places 0-1 of a distribution that is even below its median and even above it.

    >>> even_about(36.0, 33.0, 40.0, (0.0, 0.25, 0.5, 1.0)).tolist()
    [33.0, 34.5, 36.0, 40.0]
    """
    return np.interp(where, (0.0, 0.5, 1.0), (low, min(max(middle, low), high), high))


def fit_rates(run: Run, members: Sequence[Member], knobs: Knobs, kommunetakst_share: float) -> list[RateDraw]:
    """Return every draw's trip lengths and hourly rate."""
    facts = load_facts()
    net, fare = facts["net_per_passenger_2017"].low, facts["mean_fare_2017"]
    held: Mapping[str, float] = {key: value for key, value in knobs.values.items() if key != RATE}
    knobs_held = {key: value for key, value in held.items() if key != TOWN_FACTOR}
    rate = {RATE: knobs.values[RATE]}
    size = len(members)

    def runs(settings: Sequence[Setting]) -> list[list[Totals]]:
        found = run([(member, setting) for setting in settings for member in members])
        return [found[n * size : (n + 1) * size] for n in range(len(settings))]

    factors = np.geomspace(*length_factors(), LENGTHS)
    at_lengths = [
        together(found, kommunetakst_share)
        for found in runs([Setting(EVERY, {**held, **rate, **solved(lengths(float(f)))}) for f in factors])
    ]
    central = together(runs([Setting(EVERY, {**held, **rate})])[0], kommunetakst_share)
    to_whole = knobs.mix.mean_fare_kr - central.mean_fare_kr
    curve = FareCurve(factors, np.array([mix.mean_fare_kr for mix in at_lengths]) + to_whole)
    scale = knobs.values[RATE] / central.rate_for(net)

    lowest, highest = max(float(curve.fares_kr[0]), fare.low), min(float(curve.fares_kr[-1]), fare.high)
    wanted = even_about(knobs.mix.mean_fare_kr, lowest, highest, places("mean_fare_2017"))
    others, shares = other_values(), np.array(places("unknown_kommunetakst_share"))
    town_shares = column(load_assumptions()[TOWN_SHARE])

    def attempt(numbers: Sequence[int], aims: NDArray[np.float64]) -> list[tuple[RateDraw, float]]:
        settings, towns, chosen = [], [], [curve.factor_for(float(aims[n])) for n in numbers]
        for number, factor in zip(numbers, chosen, strict=True):
            values = solved({**others[number], **lengths(factor)}, town_shares[number])
            towns.append(values[TOWN_FACTOR])
            settings.append(Setting(EVERY, knobs_held, ParameterDraw(number, {**values, **rate})))
        drawn = []
        for number, factor, town, found in zip(numbers, chosen, towns, runs(settings), strict=True):
            share = kommunetakst_for(found, float(wanted[number]) - to_whole, float(shares[number]))
            mix, at = together(found, share), lengths(factor)
            mean_fare = mix.mean_fare_kr + to_whole
            result = RateDraw(number, mix.rate_for(net) * scale, mean_fare, at[DECAY], at[DECAY_ACROSS], share, town)
            drawn.append((result, mean_fare - float(wanted[number])))
        return drawn

    # A draw's other parameters move its mean fare too, so its lengths are corrected once by what they missed.
    first = attempt(range(MOST_DRAWS), wanted)
    missed = [result.number for result, miss in first if abs(miss) > 0.01]
    aims = wanted.copy()
    for result, miss in first:
        aims[result.number] -= miss
    second = {result.number: result for result, _ in attempt(missed, aims)}
    return [second.get(result.number, result) for result, _ in first]


def kommunetakst_for(found: Sequence[Totals], fare_kr: float, share: float) -> float:
    """Return the share of unknown fares that are kommunetakst at which the mean fare is this, within 0-1.

    Fares and riders are linear in the share. Where the two sides cost the same, ``share`` stays as it is.
    """
    none, everyone = together(found, 0.0), together(found, 1.0)
    fares, riders = everyone.fares_oere - none.fares_oere, everyone.passengers - none.passengers
    slope = fares - 100 * fare_kr * riders
    if slope == 0:
        return share
    return float(np.clip((100 * fare_kr * none.passengers - none.fares_oere) / slope, 0.0, 1.0))
