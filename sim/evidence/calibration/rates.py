"""The price of an hour in each parameter draw: solved so that the draw, too, costs 103.60 kr net per passenger in 2017.

Each draw has its own trip lengths, its own share of trips in Ringsted's town area, which the factor on trips within a town is
solved for, and its own share of kommunetakst among the municipalities whose fare in 2017 is unknown. What a passenger paid on
average follows from them. It is known to have been 24-40 kr: a draw's lengths are shortened until it is no more.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sim.evidence.calibration.knobs import RATE, Knobs
from sim.evidence.calibration.mix import Member, Run, Setting, together
from sim.evidence.calibration.town import TOWN_FACTOR, TOWN_SHARE, town_trip_factor
from sim.inputs.assumptions import load_assumptions
from sim.inputs.facts import load_facts
from sim.study.columns import places
from sim.study.draws import MOST_DRAWS, ParameterDraw, column

DECAY, DECAY_ACROSS, UNKNOWN = "distance_decay_km", "distance_decay_across_km", "unknown_kommunetakst_share"
EVERY = 11
SHARE = 0.75
"""The draws are simulated in the municipalities with this share of the passengers; the rest is taken to differ from them
as it does under central parameters."""
ROUNDS = 3
KR_PER_KM, MARGIN_KR = 8.0, 0.05
"""What a kilometre more of `DECAY` adds to the mean fare where it is high, and how far below the highest fare one aims."""


@dataclass(frozen=True)
class RateDraw:
    """One draw: its hourly rate, its mean fare, its trip lengths, and how few trips stay within a town."""

    number: int
    rate_kr: float
    mean_fare_kr: float
    decay_km: float
    decay_across_km: float
    town_factor: float


def across_km(decay_km: float) -> float:
    """Return how far trips across the border go: the two lengths of the trip pattern are one doubt, in one proportion."""
    register = load_assumptions()
    return round(decay_km * register.number(DECAY_ACROSS) / register.number(DECAY), 4)


def solved(values: Mapping[str, float], town_share: float | None = None) -> dict[str, float]:
    """Return the values with the factor on trips within a town that gives Ringsted its share under them.

    ``town_share`` is that share, None for the register's; it is not among what is returned: no other town has it.
    """
    share = {} if town_share is None else {TOWN_SHARE: town_share}
    return {**values, TOWN_FACTOR: town_trip_factor({**values, **share})}


def other_values() -> list[dict[str, float]]:
    """Return what the 64 draws hold before anything is solved for."""
    varied = {key: column(entry) for key, entry in load_assumptions().items() if entry.drawn}
    return [{key: values[number] for key, values in varied.items()} for number in range(MOST_DRAWS)]


def fit_rates(run: Run, members: Sequence[Member], knobs: Knobs, kommunetakst_share: float) -> list[RateDraw]:
    """Return every draw's hourly rate, and what goes with it; ``kommunetakst_share`` is that of the central parameters."""
    facts = load_facts()
    net, highest = facts["net_per_passenger_2017"].low, facts["mean_fare_2017"].high
    knobs_held = {key: value for key, value in knobs.values.items() if key not in (RATE, TOWN_FACTOR)}
    rate, size = {RATE: knobs.values[RATE]}, len(members)
    town_shares = column(load_assumptions()[TOWN_SHARE])
    drawn = other_values()
    central = together(run([(member, Setting(EVERY, dict(knobs.values))) for member in members]), kommunetakst_share)
    # The sample's days and municipalities differ from the whole mix, in the draws as under central parameters.
    scale, dearer = knobs.values[RATE] / central.rate_for(net), knobs.mix.mean_fare_kr - central.mean_fare_kr

    def simulated(lengths_km: Mapping[int, float]) -> dict[int, RateDraw]:
        """Simulate draws at trip lengths, by number."""
        settings, settled = {}, {}
        for number, decay in lengths_km.items():
            both = {DECAY: decay, DECAY_ACROSS: across_km(decay)}
            settled[number] = solved({**drawn[number], **both}, town_shares[number])
            settings[number] = Setting(EVERY, knobs_held, ParameterDraw(number, {**settled[number], **rate}))
        found = run([(member, setting) for setting in settings.values() for member in members])
        rates = {}
        for place, number in enumerate(settings):
            mix = together(found[place * size : (place + 1) * size], places(UNKNOWN)[number])
            values = settled[number]
            rates[number] = RateDraw(
                number, mix.rate_for(net) * scale, mix.mean_fare_kr + dearer,
                values[DECAY], values[DECAY_ACROSS], values[TOWN_FACTOR],
            )  # fmt: skip
        return rates

    found = simulated({number: values[DECAY] for number, values in enumerate(drawn)})
    for _ in range(ROUNDS):
        dear = [draw for draw in found.values() if draw.mean_fare_kr > highest]
        found |= simulated({draw.number: shortened(draw, highest) for draw in dear})
    return [found[number] for number in range(len(drawn))]


def shortened(draw: RateDraw, highest_kr: float) -> float:
    """Return shorter trip lengths (km) of a draw whose mean fare is above what it was at most.

    >>> round(shortened(RateDraw(0, 330.0, 42.0, 3.0, 5.4545, 0.04), 40.0), 3)
    2.744
    """
    shorter = draw.decay_km - (draw.mean_fare_kr - highest_kr + MARGIN_KR) / KR_PER_KM
    return max(round(shorter, 4), load_assumptions()[DECAY].low or 0.0)
