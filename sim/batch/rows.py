"""A unit's rows as a Parquet file: one for each option that the municipality can have."""

import io
import tomllib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

from sim.batch.draws import weight_in_totals
from sim.study.fare_certainty import fare_certainty
from sim.study.plustur import moved_online
from sim.study.replicated.measures import MEASURE_KEYS, Measure
from sim.study.replicated.totals import ADDITIVE_TOTALS, Replication
from sim.study.study import Study
from tariffs import ServicePackage

MEASURED: dict[str, tuple[str, Measure | None]] = {
    **{key: ("year", Measure(place)) for place, key in enumerate(MEASURE_KEYS)},
    "town_trips": ("in_town", Measure.TRIPS),
    "town_passengers": ("in_town", Measure.PASSENGERS),
    "town_net_cost_oere": ("in_town", Measure.NET_COST),
    "plustur_trips": ("plustur", Measure.TRIPS),
    "plustur_net_cost_oere": ("plustur", Measure.NET_COST),
    **{additive.column: (total, None) for total, additive in ADDITIVE_TOTALS.items()},
}
"""Whole totals of a unit, and where in a replication they are: `sim.study.replicated.totals` declares those of no measure."""
EACH_TOTAL = "<total>"
"""Stands in columns.toml for the columns of `ADDITIVE_TOTALS`."""


@cache
def documented_columns() -> dict[str, dict[str, str]]:
    """Return the columns of the results and of each view with their meaning, in order."""
    document: dict[str, dict[str, str]] = tomllib.loads((files("sim.batch") / "columns.toml").read_text("utf-8"))
    totals = {additive.column: additive.means for additive in ADDITIVE_TOTALS.values()}
    return {
        view: {
            name: means
            for key, text in columns.items()
            for name, means in (totals if key == EACH_TOTAL else {key: text}).items()
        }
        for view, columns in document.items()
    }


def unit_bytes(
    study: Study, replication: Replication, offered: Sequence[int], draw: int | None, *, town_areas_known: bool
) -> bytes:
    """Return the Parquet file of one replication's whole totals; row n is the option at ``offered[n]``."""
    import pyarrow as pa

    rows = len(offered)
    region, volume = study.region, study.volume
    online = study.assumptions.number("online_share")
    totals = {}
    for key, (block, measure) in MEASURED.items():
        values = getattr(replication, block)
        totals[key] = pa.array(np.asarray(values if measure is None else values[:, measure], dtype=np.int64))
    weight = 1.0 if draw is None or volume.origin != "allocated" else weight_in_totals(draw)
    table = pa.table(
        {
            "year": pa.array([study.scenario.year] * rows, pa.int16()),
            "municipality": pa.array([region.municipality.code] * rows, pa.string()),
            "option": pa.array([place + 1 for place in offered], pa.int16()),
            "replication": pa.array([replication.number] * rows, pa.int32()),
            "draw": pa.array([draw] * rows, pa.int16()),
            "fares": pa.array([fares_of(study, package) for package in study.packages], pa.string()),
            "volume_origin": pa.array([volume.origin] * rows, pa.string()),
            "volume_passengers": pa.array([volume.passengers] * rows, pa.float64()),
            "town_areas": pa.array([", ".join(line.names) for line in study.lines], pa.string()),
            "town_areas_known": pa.array([town_areas_known] * rows, pa.bool_()),
            **totals,
            "online_share": pa.array([online + moved_online(study, p) for p in study.packages], pa.float64()),
            "weight_in_totals": pa.array([weight] * rows, pa.float64()),
        }
    )
    return parquet_bytes(table)


def fares_of(study: Study, package: ServicePackage) -> str:
    """Return how surely the fares that a package uses are known: the weakest of them."""
    return fare_certainty(replace(study, packages=(package,)))["certainty"]


def parquet_bytes(table: Any) -> bytes:
    """Return a table as Parquet: zstd, page checksums, dictionaries only on category columns; equal tables, equal bytes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    categories = [field.name for field in table.schema if pa.types.is_dictionary(field.type)]
    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd", write_page_checksum=True, use_dictionary=categories)
    return buffer.getvalue()
