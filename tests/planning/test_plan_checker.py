"""The judge itself: a plan that keeps everything passes, and every kind of forgery is found out."""

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from plan_checker import complaints, rows

from sim.desk.planning.dispatch import Options, dispatch, write_plan
from sim.desk.planning.drive import plan_and_drive

REQUESTS = """\
request_id,booked_at,pickup_earliest,pickup_latest,dropoff_latest,origin_lat,origin_lon,destination_lat,destination_lon,passengers
a,2019-03-03T12:00:00,2019-03-04T08:00:00,2019-03-04T08:30:00,,55.60,11.60,55.70,11.60,1
b,2019-03-03T13:00:00,2019-03-04T08:00:00,2019-03-04T08:40:00,2019-03-04T10:00:00,55.62,11.60,55.72,11.60,2
c,2019-03-04T09:00:00,2019-03-04T09:10:00,2019-03-04T09:40:00,,55.70,11.60,55.60,11.60,1
d,2019-03-04T09:01:00,2019-03-04T09:01:00,2019-03-04T09:02:00,,55.90,12.60,55.60,11.60,1
"""
VEHICLES = """\
vehicle_id,lat,lon,seats,shift_start,shift_end
v,55.60,11.60,4,2019-03-04T06:00:00,2019-03-04T12:00:00
w,55.40,11.20,4,2019-03-04T20:00:00,2019-03-04T21:00:00
"""
DETOUR = (0.493, 14.8)


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plan")
    (folder / "requests.csv").write_text(REQUESTS, encoding="utf-8")
    (folder / "vehicles.csv").write_text(VEHICLES, encoding="utf-8")
    results, summary, _ = dispatch(folder / "requests.csv", folder / "vehicles.csv", Options(), plan_and_drive)
    write_plan(results, summary, folder / "out")
    return folder


def judged(folder: Path, out: Path) -> list[str]:
    return complaints(folder / "requests.csv", folder / "vehicles.csv", out, detour=DETOUR)


def test_a_plan_that_keeps_everything_passes(plan: Path) -> None:
    assert judged(plan, plan / "out") == []
    served = {trip["request_id"]: trip["status"] for trip in rows(plan / "out" / "trips.parquet")}
    assert served == {"a": "served", "b": "served", "c": "served", "d": "refused"}
    loads = [stop["load"] for stop in rows(plan / "out" / "stops.parquet")]
    assert max(loads) == 3, "a and b share the vehicle"


Rows = list[dict[str, Any]]
Forgery = Callable[[Rows, Rows, dict[str, Any]], object]


def of(rows: Rows, request: str, kind: str | None = None) -> dict[str, Any]:
    return next(row for row in rows if row["request_id"] == request and kind in (None, row.get("kind")))


def minutes(row: dict[str, Any], key: str, by: float) -> None:
    row[key] += timedelta(minutes=by)


def all_later(trips: Rows, stops: Rows, by: float) -> None:
    for stop in stops:
        minutes(stop, "arrive_at", by)
        minutes(stop, "depart_at", by)
    for trip in trips:
        if trip["pickup_at"] is not None:
            minutes(trip, "pickup_at", by)
            minutes(trip, "dropoff_at", by)


def swapped(stops: Rows, a: int, b: int) -> None:
    stops[a], stops[b] = stops[b], stops[a]
    stops[a]["sequence"], stops[b]["sequence"] = a, b


def dropped_late(trips: Rows, stops: Rows, request: str, by: float) -> None:
    """The last drop-off, so that nothing else is touched."""
    for key in ("arrive_at", "depart_at"):
        minutes(of(stops, request, "dropoff"), key, by)
    minutes(of(trips, request), "dropoff_at", by)
    of(trips, request)["ride_s"] += int(60 * by)


FORGERIES: dict[str, Forgery] = {
    "a request is missing": lambda t, s, y: t.pop(),
    "a request is there twice": lambda t, s, y: t.append(dict(t[0])),
    "the order is another": lambda t, s, y: t.reverse(),
    "a stop is missing": lambda t, s, y: s.pop(),
    "a drop-off before its pickup": lambda t, s, y: swapped(s, 0, len(s) - 1),
    "a stop twice": lambda t, s, y: s.append(dict(s[-1]) | {"sequence": len(s)}),
    "a refused request is driven": lambda t, s, y: s[-1].update(request_id="d"),
    "a refused request has a vehicle": lambda t, s, y: of(t, "d").update(vehicle_id="v"),
    "a served request is called refused": lambda t, s, y: of(t, "a").update(status="refused"),
    "the wrong vehicle is told": lambda t, s, y: of(t, "a").update(vehicle_id="w"),
    "driven outside the shift": lambda t, s, y: [row.update(vehicle_id="w") for row in [*t[:3], *s]],
    "before the window": lambda t, s, y: all_later(t, s, -10),
    "after the window": lambda t, s, y: all_later(t, s, 60),
    "a vehicle that flies": lambda t, s, y: minutes(of(s, "a", "dropoff"), "arrive_at", -3),
    "it leaves before it has come": lambda t, s, y: minutes(of(s, "a", "dropoff"), "depart_at", -1),
    "a ride too long": lambda t, s, y: dropped_late(t, s, "c", 16),
    "another ride time": lambda t, s, y: of(t, "c").update(ride_s=of(t, "c")["ride_s"] + 1),
    "another direct time": lambda t, s, y: of(t, "d").update(direct_s=of(t, "d")["direct_s"] + 1),
    "a pickup at another time than the stop": lambda t, s, y: minutes(of(t, "c"), "pickup_at", 1),
    "a drop-off at another time than the stop": lambda t, s, y: minutes(of(t, "c"), "dropoff_at", 1),
    "a stop elsewhere": lambda t, s, y: of(s, "a", "pickup").update(lat=55.601),
    "a wrong load": lambda t, s, y: s[1].update(load=s[1]["load"] + 1),
    "a wrong number": lambda t, s, y: s[2].update(sequence=7),
    "a kind that is not its": lambda t, s, y: s[0].update(kind="dropoff"),
    "an unknown vehicle": lambda t, s, y: [row.update(vehicle_id="x") for row in [*t[:3], *s]],
    "fewer kilometres": lambda t, s, y: y.update(vehicle_km=y["vehicle_km"] - 0.01),
    "fewer driving hours": lambda t, s, y: y.update(driving_h=y["driving_h"] - 0.01),
    "more waiting": lambda t, s, y: y.update(waiting_h=y["waiting_h"] + 0.01),
    "less standing": lambda t, s, y: y.update(standing_min=y["standing_min"] - 0.01),
    "more served": lambda t, s, y: y.update(served=4, refused=0),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_forged_plan_is_found_out(plan: Path, tmp_path: Path, forgery: str) -> None:
    tables = {name: pq.read_table(plan / "out" / f"{name}.parquet") for name in ("trips", "stops")}
    trips, stops = (tables[name].to_pylist() for name in ("trips", "stops"))
    summary = json.loads((plan / "out" / "summary.json").read_text(encoding="utf-8"))
    FORGERIES[forgery](trips, stops, summary)
    for name, its in (("trips", trips), ("stops", stops)):
        pq.write_table(pa.Table.from_pylist(its, schema=tables[name].schema), tmp_path / f"{name}.parquet")
    (tmp_path / "summary.json").write_text(json.dumps(summary), encoding="utf-8")
    assert judged(plan, tmp_path)


CHANGED = {
    "fewer seats": ("vehicles.csv", "11.60,4", "11.60,2"),
    "a shift that ends sooner": ("vehicles.csv", "12:00:00", "09:20:00"),
    "a shift that begins later": ("vehicles.csv", "06:00:00", "08:00:01"),
    "a vehicle that starts elsewhere": ("vehicles.csv", "v,55.60", "v,55.90"),
    "an earlier latest drop-off": ("requests.csv", "10:00:00", "08:20:00"),
    "a booking after the pickup": ("requests.csv", "c,2019-03-04T09:00:00", "c,2019-03-04T09:30:00"),
    "more passengers": ("requests.csv", ",2\n", ",4\n"),
}


@pytest.mark.parametrize("change", CHANGED)
def test_a_plan_for_other_files_is_found_out(plan: Path, tmp_path: Path, change: str) -> None:
    name, old, new = CHANGED[change]
    for file, text in (("requests.csv", REQUESTS), ("vehicles.csv", VEHICLES)):
        (tmp_path / file).write_text(text.replace(old, new) if file == name else text, encoding="utf-8")
    assert complaints(tmp_path / "requests.csv", tmp_path / "vehicles.csv", plan / "out", detour=DETOUR)


def test_boarding_takes_its_time(plan: Path) -> None:
    assert complaints(plan / "requests.csv", plan / "vehicles.csv", plan / "out", detour=DETOUR, boarding_s=60)
