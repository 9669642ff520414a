"""The result tables as Parquet: trips, stops and duties, their columns as `columns.toml` explains them."""

import tomllib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.riders.demand.requests import AGE_BANDS
from sim.road.kernel import Kind
from sim.study.accounts.operator import duty_payments, operator_rates
from sim.study.choice import CLOSED, PLACE_CLASS_NAMES
from sim.study.run import OptionRun
from sim.study.study import Study
from tariffs import FareTable

TABLES = ("trips", "stops", "duties")
STATUS = {
    Kind.DROPPED_OFF: "trip",
    Kind.IN_VAIN: "in_vain",
    Kind.DECLINED: "declined",
    Kind.REFUSED: "refused",
    Kind.DROPPED: "dropped",
    Kind.NO_VEHICLE: "no_vehicle",
}
CONTRACT_NAMES = ("variabel", "garantivogn")
STOP_KIND = {Kind.PICKED_UP: "pickup", Kind.DROPPED_OFF: "dropoff", Kind.IN_VAIN: "in_vain"}


def documented_columns() -> dict[str, dict[str, str]]:
    """Return every table's columns with their meaning, in order."""
    document: dict[str, dict[str, str]] = tomllib.loads((files("sim.study.tables") / "columns.toml").read_text("utf-8"))
    return document


def write_tables(study: Study, replication: int, runs: Sequence[OptionRun], table: FareTable, folder: Path) -> None:
    """Write one replication's tables as ``<table>-<replication>.parquet`` parts, all options in order."""
    import pyarrow.parquet as pq

    for name in TABLES:
        rows = result_table(name, study, replication, runs, table)
        pq.write_table(rows, folder / f"{name}-{replication:05d}.parquet", **settings(rows))


def result_table(name: str, study: Study, replication: int, runs: Sequence[OptionRun], table: FareTable) -> Any:
    """Return one of TABLES with all options in order, as a pyarrow table."""
    import pyarrow as pa

    columns_of = {"trips": _trips, "stops": _stops, "duties": _duties}[name]
    names = [option.name for option in study.scenario.options]
    tables = []
    for number, run in enumerate(runs):
        columns = columns_of(study, run, table, number)
        rows = len(next(iter(columns.values())))
        told = {
            "option": _category(np.full(rows, number), names),
            "replication": np.full(rows, replication, dtype=np.int32),
        }
        tables.append(pa.table(told | columns))
    return pa.concat_tables(tables)


def join_parts(parts: Path, folder: Path, replications: int) -> None:
    """Join the parts of the first ``replications`` replications into one file for each table, in order."""
    with ThreadPoolExecutor(len(TABLES)) as at_once:
        list(at_once.map(lambda name: _join(name, parts, folder, replications), TABLES))


def _join(name: str, parts: Path, folder: Path, replications: int) -> None:
    import pyarrow.parquet as pq

    writer = None
    for number in range(replications):
        part = pq.read_table(parts / f"{name}-{number:05d}.parquet", page_checksum_verification=True, use_threads=False)
        if writer is None:
            writer = pq.ParquetWriter(folder / f"{name}.parquet", part.schema, **settings(part))
        writer.write_table(part)
    if writer is not None:
        writer.close()


def settings(table: Any) -> dict[str, Any]:
    """Return how a table is written: zstd, dictionaries for its categories only, every page with its checksum."""
    import pyarrow as pa

    categories = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    return {"compression": "zstd", "write_page_checksum": True, "use_dictionary": categories}


def _category(codes: NDArray[Any], labels: Sequence[str]) -> Any:
    """Return a column of labels by code, stored as a dictionary; a code of -1 is the empty text."""
    import pyarrow as pa

    extended = [*labels, ""]
    # A dictionary that holds a text twice is written differently from time to time, so each stands in it once.
    once = list(dict.fromkeys(extended))
    place = np.array([once.index(text) for text in extended], dtype=np.int32)
    # -1 is the last of them, the empty text.
    return pa.DictionaryArray.from_arrays(pa.array(place[codes]), pa.array(once, type=pa.string()))


def _dates(study: Study, days: NDArray[np.int64]) -> Any:
    import pyarrow as pa

    first = np.datetime64(study.year.first, "D")
    return pa.array(first + days.astype("timedelta64[D]"), type=pa.date32())


def _optional(values: NDArray[Any], known: NDArray[np.bool_], kind: str = "int32") -> Any:
    import pyarrow as pa

    return pa.array(values.astype(kind), mask=~known)


def _trips(study: Study, run: OptionRun, table: FareTable, place: int) -> dict[str, Any]:
    requests, region, stops = run.requests, study.region, run.stops
    made = run.outcome == Kind.DROPPED_OFF
    came = made | (run.outcome == Kind.IN_VAIN)
    arrived, picked, reached, dropped = (np.zeros(len(requests), dtype=np.int64) for _ in range(4))
    own, off = stops.request >= 0, stops.kind == Kind.DROPPED_OFF
    for at, reach, done in ((own & ~off, arrived, picked), (own & off, reached, dropped)):
        stop = np.flatnonzero(at)
        who = stops.request[stop]
        reach[who], done[who] = stops.arrive_s[stop], stops.done_s[stop]
    latest = requests.wished_s + int(60 * study.assumptions.number("pickup_window_min"))

    codes = sorted(set(region.municipality_code))
    municipality = np.array([codes.index(code) for code in region.municipality_code])
    statuses = list(STATUS.values())
    status = np.array([statuses.index(STATUS[Kind(k)]) if k in STATUS else -1 for k in range(len(Kind))])
    money = run.account
    return {
        "request_id": requests.request_id,
        "tour": requests.tour,
        "leg": requests.leg,
        "product": _category(requests.plustur.astype(int), ("flextur", "plustur")),
        "status": _category(status[run.outcome], statuses),
        "service_date": _dates(study, requests.service_day),
        "booked_date": _dates(study, requests.booked_day),
        "standing": requests.standing,
        "online": requests.online,
        "from_municipality": _category(municipality[requests.origin], codes),
        "to_municipality": _category(municipality[requests.destination], codes),
        "place_class": _category(requests.place_class, list(PLACE_CLASS_NAMES.values())),
        "town": _category(requests.zone, study.lines[place].names),
        "free_destination": _category(requests.free_destination, study.free_names),
        "from_lat": region.lat[requests.origin],
        "from_lon": region.lon[requests.origin],
        "to_lat": region.lat[requests.destination],
        "to_lon": region.lon[requests.destination],
        "distance_m": requests.fare_distance_m.astype(np.int32),
        "direct_s": requests.direct_s.astype(np.int32),
        "passengers": requests.passengers.astype(np.int8),
        "children": requests.children.astype(np.int8),
        "age_band": _category(requests.age_band, AGE_BANDS),
        "aids": requests.aids,
        "wheelchair": requests.wheelchair,
        "level_oere": _optional(run.amount_oere, run.level != CLOSED),
        "edition": _category(run.period, table.editions),
        "vehicle": run.vehicle.astype(np.int32),
        "wished_s": requests.wished_s.astype(np.int32),
        "pickup_s": _optional(picked, made),
        "dropoff_s": _optional(dropped, made),
        "late_s": _optional(np.maximum(0, arrived - latest), came),
        "ride_s": _optional(reached - picked, made),
        "standing_s": _optional(run.standing_s, made),
        "shared": run.shared,
        "coordinated": run.coordinated,
        "fare_oere": run.fare_oere,
        "operator_payment_oere": money.operator_payment,
        "movia_fee_oere": money.movia_fee,
        "net_cost_oere": money.net_cost,
    }


def _stops(study: Study, run: OptionRun, table: FareTable, place: int) -> dict[str, Any]:
    stops, requests, region = run.stops, run.requests, study.region
    kinds = list(STOP_KIND.values())
    code = np.array([kinds.index(STOP_KIND[Kind(k)]) if k in STOP_KIND else -1 for k in range(len(Kind))])
    return {
        "duty": stops.duty.astype(np.int32),
        "sequence": stops.sequence.astype(np.int32),
        "vehicle": run.duties.vehicle[stops.duty].astype(np.int32),
        "service_date": _dates(study, run.duties.service_day[stops.duty]),
        "request_id": np.where(stops.request >= 0, requests.request_id[stops.request], -1),
        "kind": _category(code[stops.kind], kinds),
        "lat": region.lat[run.stop_place],
        "lon": region.lon[run.stop_place],
        "arrive_s": stops.arrive_s.astype(np.int32),
        "done_s": stops.done_s.astype(np.int32),
        "drive_s": stops.drive_s.astype(np.int32),
        "service_s": stops.service_s.astype(np.int32),
        "load": stops.load.astype(np.int8),
    }


def _duties(study: Study, run: OptionRun, table: FareTable, place: int) -> dict[str, Any]:
    duties = run.duties
    count = len(duties.vehicle)
    return {
        "duty": np.arange(count, dtype=np.int32),
        "vehicle": duties.vehicle.astype(np.int32),
        "service_date": _dates(study, duties.service_day),
        "contract": _category(duties.contract, CONTRACT_NAMES),
        "start_s": duties.start_s.astype(np.int32),
        "end_s": duties.end_s.astype(np.int32),
        "drive_s": duties.drive_s.astype(np.int32),
        "service_s": duties.service_s.astype(np.int32),
        "wait_s": duties.wait_s.astype(np.int32),
        "stops": np.bincount(run.stops.duty, minlength=count).astype(np.int32),
        "payment_parts": duty_payments(
            duties, operator_rates(study.rates, study.assumptions, study.prices.operator), study.year.weekend
        ),
    }
