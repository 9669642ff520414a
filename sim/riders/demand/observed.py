"""A year's trip requests from a municipality's own list: who rode, and who would have ridden at another price.

Every trip of the list becomes a request that rides under the reference package, so that exactly the list comes back there. The
others, who would ride at 21 kr but not at the reference price, are made by drawing trips of the list again.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.inputs.chance.streams import stream
from sim.riders.demand.listed import Ints, ListedTrips
from sim.riders.demand.model import DemandModel
from sim.riders.demand.requests import Requests
from sim.riders.demand.tours import Family, additional, draw_tours, in_order

OTHERS_ID = 40_000_000
LEAST_SHARE = 0.01
"""Where fewer ride than this share of those at 21 kr, a list says too little of the others: a hundred for each trip."""

Columns = dict[str, NDArray[Any]]
Share = Callable[[Requests], NDArray[np.float64]]


def observed_requests(
    model: DemandModel,
    trips: ListedTrips,
    share_at_reference: Share,
    seed: int,
    replication: int,
    *,
    free_at_reference: Collection[str] = (),
    free_multiplier: float = 1.0,
    plustur_at_reference: bool = False,
    drawn_in_vain: float = 0.0,
) -> Requests:
    """Return the year's requests; the same seed and replication give the same, bit for bit.

    Parameters
    ----------
    share_at_reference : the share R that rides under the reference package, for each request; above 0
    free_at_reference : destinations free under the reference: of the trips there, all but one in ``free_multiplier`` (free
        trips for each wish at 21 kr.) are made only because it is free
    plustur_at_reference : the list then has plustur already, and nobody else moves over
    drawn_in_vain : share of bookings in vain when the list has only trips that were made, else 0
    """

    def uniform(name: str, count: int) -> NDArray[np.float64]:
        return stream(seed, model.region.municipality.code, replication, f"listed {name}").random(count)

    trips = replace(trips, may_move=not plustur_at_reference)
    if drawn_in_vain > 0:
        trips = _with_trips_in_vain(trips, drawn_in_vain / (1.0 - drawn_in_vain), uniform)
    riders = draw_tours(model, seed, replication, Family("listed ", listed=trips))
    if free_at_reference:
        names = [free.name for free in model.free_destinations]
        free = np.array([name in free_at_reference for name in names] + [False])[riders["free_destination"]]
        riders["free_only"] = free & (uniform("only because free", len(trips)) < 1.0 - 1.0 / free_multiplier)
    share = share_at_reference(_requests(riders))
    # Below R also where R times the number would round up to it.
    riders["willingness"] = np.minimum(riders["willingness"] * share, np.nextafter(share, 0.0))

    certain = riders["plustur"] | riders["free_only"]
    expected = np.where(certain, 0.0, 1.0 / np.maximum(share, LEAST_SHARE) - 1.0)
    others = _others(trips, expected, riders["place_class"], uniform)
    parts = [riders]
    if len(others):
        more = draw_tours(model, seed, replication, Family("listed others ", listed=others, listed_id=OTHERS_ID))
        share = share_at_reference(_requests(more))
        more["willingness"] = share + (1.0 - share) * more["willingness"]
        parts.append(more)
    families = additional(model, free=free_at_reference, plustur=not plustur_at_reference)
    parts += [draw_tours(model, seed, replication, family) for family in families]
    return in_order(parts)


def _requests(columns: Columns) -> Requests:
    return Requests(**columns, outbound_row=np.full(len(columns["leg"]), -1, dtype=np.int64))


def _counts(expected: NDArray[np.float64], uniform: NDArray[np.float64]) -> Ints:
    """Return whole numbers with the given means, each the one below or above."""
    return (np.floor(expected) + (uniform < expected % 1.0)).astype(np.int64)


def _with_trips_in_vain(trips: ListedTrips, each: float, uniform: Callable[[str, int], Any]) -> ListedTrips:
    """Return the trips and, drawn from them, bookings in vain: so many for each trip."""
    count = _counts(np.full(len(trips), each), uniform("in vain", len(trips)))
    rows = np.repeat(np.arange(len(trips)), count)
    times = (uniform("times in vain", len(rows)) * len(trips)).astype(np.int64)
    extra = trips.take(rows).at_times_of(trips.take(times))
    joined = trips.take(np.concatenate([np.arange(len(trips)), rows]))
    columns = {
        name: np.concatenate([getattr(trips, name), getattr(extra, name)])
        for name in ("day", "half_hour", "booked_day", "booked_half_hour", "standing")
    }
    in_vain = np.concatenate([trips.in_vain, np.ones(len(rows), dtype=np.bool_)])
    return joined.replacing(in_vain=in_vain, **columns)


def _others(
    trips: ListedTrips,
    expected: NDArray[np.float64],
    place_class: NDArray[np.int8],
    uniform: Callable[[str, int], Any],
) -> ListedTrips:
    """Return trips like those of the list, ``expected`` of each, at the times of other trips of the same place class.

    At its own time a trip drawn again would stand at the same kerb in the same half hour as the one that it is like.
    """
    rows = np.repeat(np.arange(len(trips)), _counts(expected, uniform("how many others", len(trips))))
    order = np.argsort(place_class, kind="stable")
    edges = np.searchsorted(place_class[order], np.arange(place_class.max() + 2 if len(trips) else 1))
    class_of_row = place_class[rows].astype(np.int64)
    first, count = edges[class_of_row], edges[class_of_row + 1] - edges[class_of_row]
    times = order[first + (uniform("times of others", len(rows)) * count).astype(np.int64)]
    return trips.take(rows).at_times_of(trips.take(times))
