"""An independent judge of a plan: it reads the files that went in and came out, and nothing else.

Plain Python. The rules are the document's (docs/dispatch.md); `complaints` returns sentences, none when all is well.
"""

import csv
import itertools
import json
import math
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

R_KM = 6371.0088
Row = dict[str, Any]


def complaints(
    requests: Path,
    vehicles: Path,
    out: Path,
    *,
    factor: float = 1.3,
    kmh: float = 45.0,
    boarding_s: int = 0,
    detour: tuple[float, float] = (0.0, 0.0),
) -> list[str]:
    """Return everything wrong with the plan in ``out``; ``detour`` is the rule's share and minutes."""
    asked = {row["request_id"]: row for row in rows(requests)}
    fleet = {row["vehicle_id"]: row for row in rows(vehicles)}
    trips, stops = rows(out / "trips.parquet"), rows(out / "stops.parquet")
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))

    def km(a: tuple[float, float], b: tuple[float, float]) -> float:
        return factor * haversine_km(a, b)

    def drive(a: tuple[float, float], b: tuple[float, float]) -> timedelta:
        # A whole number of seconds that is only just passed in the last digits is the whole number.
        return timedelta(seconds=math.ceil(km(a, b) / kmh * 3600 - 1e-6))

    wrong = _fates(asked, fleet, trips, summary)
    by_vehicle: dict[str, list[Row]] = {}
    for stop in stops:
        by_vehicle.setdefault(stop["vehicle_id"], []).append(stop)
    if [stop["vehicle_id"] for stop in stops] != [v for v, its in by_vehicle.items() for _ in its]:
        wrong.append("a vehicle's stops do not stand together")
    total_km, driven, waited, sat = 0.0, 0.0, 0.0, 0.0
    for name, its in by_vehicle.items():
        if name not in fleet:
            wrong.append(f"vehicle {name} does not exist")
            continue
        wrong += _vehicle(fleet[name], its, asked, drive, boarding_s)
        places = [(float(fleet[name]["lat"]), float(fleet[name]["lon"])), *((s["lat"], s["lon"]) for s in its)]
        legs = list(itertools.pairwise(places))
        total_km += sum(km(a, b) for a, b in legs)
        seconds = [drive(a, b).total_seconds() for a, b in legs]
        driven += sum(seconds)
        whole = (its[-1]["depart_at"] - its[0]["arrive_at"]).total_seconds() + seconds[0]
        sat += _sat_standing(its, asked, drive, boarding_s)
        waited += whole - sum(seconds) - boarding_s * sum(s["kind"] == "pickup" for s in its)
    figures = [("vehicle_km", total_km), ("driving_h", driven / 3600), ("waiting_h", waited / 3600)]
    if summary["served"]:
        figures.append(("standing_min", sat / 60 / summary["served"]))
    elif summary["standing_min"] is not None:
        wrong.append("summary has minutes in a standing vehicle, nobody was in one")
    for key, value in figures:
        if abs(summary[key] - value) > 1e-5:
            wrong.append(f"summary says {key} {summary[key]}, it is {value}")
    return wrong + _promises(asked, trips, stops, drive, boarding_s, detour)


def _fates(asked: dict[str, Row], fleet: dict[str, Row], trips: list[Row], summary: Row) -> list[str]:
    wrong = []
    if [trip["request_id"] for trip in trips] != list(asked):
        wrong.append("trips are not the requests, each once, in their order")
    for trip in trips:
        unknown = [key for key in ("vehicle_id", "pickup_at", "dropoff_at", "ride_s") if trip[key] is None]
        if trip["status"] == "served" and (unknown or trip["vehicle_id"] not in fleet):
            wrong.append(f"{trip['request_id']}: served, but without {unknown} or by an unknown vehicle")
        if trip["status"] == "refused" and len(unknown) != 4:
            wrong.append(f"{trip['request_id']}: refused, but with a vehicle or times")
        if trip["status"] not in ("served", "refused"):
            wrong.append(f"{trip['request_id']}: status {trip['status']}")
    served = sum(trip["status"] == "served" for trip in trips)
    told = (summary["requests"], summary["served"], summary["refused"], summary["vehicles"])
    if told != (len(asked), served, len(asked) - served, len(fleet)):
        wrong.append(f"summary counts {told}, there are {served} of {len(asked)} served by {len(fleet)} vehicles")
    return wrong


def _vehicle(vehicle: Row, stops: list[Row], asked: dict[str, Row], drive: Any, boarding_s: int) -> list[str]:
    """Follow one vehicle in space and time."""
    wrong, name = [], vehicle["vehicle_id"]
    place, ready, load = (float(vehicle["lat"]), float(vehicle["lon"])), moment(vehicle["shift_start"]), 0
    aboard: set[str] = set()
    if [stop["sequence"] for stop in stops] != list(range(len(stops))):
        wrong.append(f"{name}: the stops are not numbered from 0")
    for stop in stops:
        what = f"{name} stop {stop['sequence']} ({stop['kind']} {stop['request_id']})"
        request = asked.get(stop["request_id"])
        if request is None:
            wrong.append(f"{what}: no such request")
            continue
        end = "origin" if stop["kind"] == "pickup" else "destination"
        at = (float(request[f"{end}_lat"]), float(request[f"{end}_lon"]))
        if (stop["lat"], stop["lon"]) != at:
            wrong.append(f"{what}: not where the request is")
        if stop["arrive_at"] < ready + drive(place, at):
            wrong.append(f"{what}: arrives before it can be there")
        begins, takes = stop["arrive_at"], timedelta(0)
        if stop["kind"] == "pickup":
            begins, takes = max(begins, moment(request["pickup_earliest"])), timedelta(seconds=boarding_s)
            if stop["arrive_at"] - drive(place, at) < moment(request["booked_at"]):
                wrong.append(f"{what}: the vehicle left for it before it was booked")
            if stop["request_id"] in aboard:
                wrong.append(f"{what}: is on board already")
            aboard.add(stop["request_id"])
            load += int(request["passengers"])
        else:
            if stop["request_id"] not in aboard:
                wrong.append(f"{what}: is not on board")
            aboard.discard(stop["request_id"])
            load -= int(request["passengers"])
        if stop["depart_at"] < begins + takes:
            wrong.append(f"{what}: leaves before boarding has ended")
        if stop["load"] != load or not 0 <= load <= int(vehicle["seats"]):
            wrong.append(f"{what}: load {stop['load']}, it is {load} of {vehicle['seats']} seats")
        place, ready = at, stop["depart_at"]
    if aboard:
        wrong.append(f"{name}: {sorted(aboard)} are never brought to their destination")
    if stops and ready > moment(vehicle["shift_end"]):
        wrong.append(f"{name}: works until {ready}, its shift ends {vehicle['shift_end']}")
    return wrong


def _sat_standing(stops: list[Row], asked: dict[str, Row], drive: Any, boarding_s: int) -> float:
    """Return the seconds that bookings sat in one vehicle between two stops beyond the drive, each booking's counted."""
    sat, aboard, before, ready = 0.0, 0, None, None
    for stop in stops:
        if stop["request_id"] not in asked:
            continue
        pickup, place = stop["kind"] == "pickup", (stop["lat"], stop["lon"])
        begins = stop["arrive_at"]
        if pickup:
            begins = max(begins, moment(asked[stop["request_id"]]["pickup_earliest"]))
        if before is not None and ready is not None:
            sat += aboard * (begins - ready - drive(before, place)).total_seconds()
        aboard += 1 if pickup else -1
        before, ready = place, begins + timedelta(seconds=boarding_s if pickup else 0)
    return sat


def _promises(
    asked: dict[str, Row],
    trips: list[Row],
    stops: list[Row],
    drive: Any,
    boarding_s: int,
    detour: tuple[float, float],
) -> list[str]:
    """Hold every trip against its stops and its promises."""
    wrong = []
    made: dict[str, list[Row]] = {}
    for stop in stops:
        made.setdefault(stop["request_id"], []).append(stop)
    for trip in trips:
        name, request = trip["request_id"], asked[trip["request_id"]]
        its = made.get(name, [])
        origin, destination = (
            (float(request[f"{end}_lat"]), float(request[f"{end}_lon"])) for end in ("origin", "destination")
        )
        direct = drive(origin, destination)
        if trip["direct_s"] != direct.total_seconds():
            wrong.append(f"{name}: direct_s {trip['direct_s']}, it is {direct.total_seconds()}")
        if trip["status"] != "served":
            if its:
                wrong.append(f"{name}: refused, but driven")
            continue
        if [stop["kind"] for stop in its] != ["pickup", "dropoff"]:
            wrong.append(f"{name}: its stops are {[stop['kind'] for stop in its]}")
            continue
        if {stop["vehicle_id"] for stop in its} != {trip["vehicle_id"]}:
            wrong.append(f"{name}: another vehicle than {trip['vehicle_id']}")
        pickup, dropoff = its
        picked, dropped = trip["pickup_at"], trip["dropoff_at"]
        if not pickup["arrive_at"] <= picked <= pickup["depart_at"] - timedelta(seconds=boarding_s):
            wrong.append(f"{name}: pickup_at is not while the vehicle stands there")
        if not dropoff["arrive_at"] == dropped <= dropoff["depart_at"]:
            wrong.append(f"{name}: dropoff_at is not when the vehicle comes there")
        if not moment(request["pickup_earliest"]) <= picked <= moment(request["pickup_latest"]):
            wrong.append(f"{name}: picked up at {picked}, outside its window")
        if request["dropoff_latest"]:
            latest = moment(request["dropoff_latest"])
        else:
            share, minutes = detour
            extra = max(math.floor(direct.total_seconds() * share), math.floor(60 * minutes))
            latest = picked + direct + timedelta(seconds=extra)
        if dropped > latest:
            wrong.append(f"{name}: brought at {dropped}, promised {latest}")
        if trip["ride_s"] != (dropped - picked).total_seconds():
            wrong.append(f"{name}: ride_s {trip['ride_s']}, it is {dropped - picked}")
    return wrong


def haversine_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great circle between two points in degrees."""
    (lat_a, lon_a), (lat_b, lon_b) = ((math.radians(x), math.radians(y)) for x, y in (a, b))
    half = math.sin((lat_b - lat_a) / 2) ** 2
    half += math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * R_KM * math.asin(math.sqrt(half))


def moment(value: str | datetime) -> datetime:
    """Return a local time of a file."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)


def rows(file: Path) -> list[Row]:
    """Return the rows of a CSV or Parquet file."""
    if file.suffix == ".parquet":
        return pq.read_table(file).to_pylist()
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))
