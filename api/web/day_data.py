"""A simulated day as the map's script reads it: every stop a row of numbers, so that a busy day is small."""

from typing import Any

from sim.telling.simulated_day.day import DROPOFF, IN_VAIN, PICKUP, SimulatedDay, Stop
from sim.telling.simulated_day.nearest_towns import nearest_town

KINDS = (PICKUP, DROPOFF, IN_VAIN)
STOP_COLUMNS = ("arrive_s", "done_s", "drive_s", "lat", "lon", "place", "kind", "request", "load", "bookings", "aboard")
"""The places of a stop's row; ``place`` points into ``places``, ``kind`` into ``kinds``, ``request`` is -1 for a referred rider."""
DECIMALS = 5
"""Of a degree: a metre."""
HOUR_S = 3600


def day_document(day: SimulatedDay) -> dict[str, Any]:
    """Return a day as JSON: what each duty did, and the whole hours that the clock goes between."""
    places: dict[str, int] = {}
    duties = [
        {
            "vehicle": duty.vehicle + 1,
            "contract": duty.contract,
            "start_s": duty.start_s,
            "end_s": duty.end_s,
            "stops": [_row(stop, places) for stop in duty.stops],
        }
        for duty in day.duties
    ]
    from_s, until_s = clock_ends(day)
    return {
        "option": day.option,
        "day": day.day.isoformat(),
        "from_s": from_s,
        "until_s": until_s,
        "kinds": KINDS,
        "stop_columns": STOP_COLUMNS,
        "duties": duties,
        "places": list(places),
    }


def clock_ends(day: SimulatedDay) -> tuple[int, int]:
    """Return the whole hours that the day's duties lie between, in seconds; 6 and 24 on a day without any."""
    if not day.duties:
        return 6 * HOUR_S, 24 * HOUR_S
    first = min(duty.start_s for duty in day.duties)
    last = max(max(duty.end_s, *(stop.done_s for stop in duty.stops)) for duty in day.duties)
    return first // HOUR_S * HOUR_S, -(-last // HOUR_S) * HOUR_S


def _row(stop: Stop, places: dict[str, int]) -> list[object]:
    place = places.setdefault(nearest_town(stop.lat, stop.lon), len(places))
    at = (round(stop.lat, DECIMALS), round(stop.lon, DECIMALS))
    kind = KINDS.index(stop.kind)
    return [
        stop.arrive_s,
        stop.done_s,
        stop.drive_s,
        *at,
        place,
        kind,
        stop.request,
        stop.load,
        stop.bookings,
        stop.aboard,
    ]
