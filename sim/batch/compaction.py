"""From units to results: a Parquet file for each year and municipality in a fixed order, and the manifest that vouches for every file."""

import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from sim.answer.identity import versions
from sim.batch.identity import identity_of
from sim.batch.plan import BatchPlan
from sim.batch.rows import MEASURED, documented_columns, parquet_bytes
from sim.batch.store import MANIFEST, NOT_AS_WRITTEN, RESULTS, Store, read_unit
from sim.batch.together import SampleRows, common_fee, fees_together
from sim.batch.units import Place, Unit, places_of, samples_of, units_of
from sim.geography.municipalities import find_municipality
from tariffs.errors import DataError

SCHEMA_VERSION = 3
FIRST_SEALED = 3
"""The first schema whose manifest holds a hash of itself."""
CATEGORIES = (
    "municipality_name",
    "option_name",
    "elements",
    "status",
    "certainty",
    "fares",
    "volume_origin",
    "town_areas",
)


@dataclass(frozen=True)
class Failure:
    """A municipality and year that could not be calculated, and why."""

    municipality: str
    year: int
    why: str


def compact(store: Store, plan: BatchPlan, failures: Iterable[Failure] = ()) -> dict[str, Any]:
    """Write results and manifest from the plan's units, all of which the folder holds; returns the manifest.

    A place that failed is left out whole. Raises DataError when a unit is missing or damaged after all.
    """
    failed = sorted({(f.municipality, f.year): f for f in failures}.values(), key=lambda f: (f.year, f.municipality))
    left_out = {(f.municipality, f.year) for f in failed}
    places = [p for p in places_of(plan) if (p.municipality, p.year) not in left_out]
    units = [u for u in units_of(plan) if (u.place.municipality, u.place.year) not in left_out]
    table, begins = _read(store, units)
    table = _with_common_fee(table)
    files: dict[str, str] = {}
    rows = 0
    with store.replacing_results() as work:
        for place in places:
            part = _part(plan, place, table.slice(*begins.get(place, (0, 0))))
            rows += part.num_rows
            # No key=value in the path: readers would take the code for a number, and refuse the file's own column beside it.
            name = f"{place.year}/{place.municipality}.parquet"
            content = parquet_bytes(part)
            (work / name).parent.mkdir(exist_ok=True)
            (work / name).write_bytes(content)
            files[f"{RESULTS}/{name}"] = hashlib.sha256(content).hexdigest()
    manifest = {
        "schema_version": SCHEMA_VERSION,
        "plan": plan.model_dump(mode="json"),
        "identity": identity_of(plan),
        "versions": versions(),
        "units": len(units),
        "rows": rows,
        "failed": [vars(f) for f in failed],
        "files": files,
    }
    manifest["sha256"] = _hash(manifest)
    store.write(MANIFEST, (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
    return manifest


def _read(store: Store, units: Sequence[Unit]) -> tuple[Any, dict[Place, tuple[int, int]]]:
    """Return the rows of all units in their order, and where each place's begin and how many they are."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    found = store.find(unit.name for unit in units).whole
    tables, begins, total = [], dict[Place, tuple[int, int]](), 0
    for unit in units:
        path = found.get(unit.name)
        content = None if path is None else read_unit(path)
        if content is None:
            raise DataError(
                f"Enheden {unit.name} mangler eller er beskadiget",
                where=str(store.folder),
                next_step="kør den samme kommando igen, så regnes den om",
            )
        table = pq.read_table(io.BytesIO(content), page_checksum_verification=True, use_threads=False)
        tables.append(table)
        first, rows = begins.get(unit.place, (total, 0))
        begins[unit.place] = (first, rows + table.num_rows)
        total += table.num_rows
    return (pa.concat_tables(tables).combine_chunks() if tables else _no_rows()), begins


def _no_rows() -> Any:
    import pyarrow as pa

    kinds = {
        "year": pa.int16(), "municipality": pa.string(), "option": pa.int16(), "replication": pa.int32(),
        "draw": pa.int16(), "fares": pa.string(), "volume_origin": pa.string(), "volume_passengers": pa.float64(),
        "town_areas": pa.string(), "town_areas_known": pa.bool_(), **dict.fromkeys(MEASURED, pa.int64()),
        "online_share": pa.float64(), "weight_in_totals": pa.float64(),
    }  # fmt: skip
    return pa.schema(list(kinds.items())).empty_table()


def _with_common_fee(table: Any) -> Any:
    """Add the fee when all choose at once, and the net cost with it."""
    import pyarrow as pa

    columns = {key: table[key].to_numpy() for key in ("year", "option", "replication", "passengers")}
    columns["municipality"] = np.array([int(code) for code in table["municipality"].to_pylist()], dtype=np.int64)
    columns["draw"] = table["draw"].fill_null(-1).to_numpy()
    share, weight = table["online_share"].to_numpy(), table["weight_in_totals"].to_numpy()
    fee = np.zeros(table.num_rows, dtype=np.int64)
    order = np.lexsort((columns["draw"], columns["replication"], columns["year"]))
    keys = np.stack([columns[key][order] for key in ("year", "replication", "draw")], axis=1)
    edges = np.flatnonzero((keys[1:] != keys[:-1]).any(axis=1)) + 1
    for rows in np.split(order, edges) if len(order) else ():
        year, draw = int(columns["year"][rows[0]]), int(columns["draw"][rows[0]])
        sample = SampleRows(
            columns["municipality"][rows],
            columns["option"][rows].astype(np.int64) - 1,
            columns["passengers"][rows],
            share[rows],
            weight[rows],
        )
        fee[rows] = fees_together(sample, common_fee(year, None if draw < 0 else draw))
    net = table["operator_payment_oere"].to_numpy() - table["fares_oere"].to_numpy() + fee
    return table.append_column("movia_fee_together_oere", pa.array(fee)).append_column(
        "net_cost_together_oere", pa.array(net)
    )


def _part(plan: BatchPlan, place: Place, counted: Any) -> Any:
    """Return one place's rows: every option and sample once, by option, replication and draw, the central sample first.

    ``counted`` are those that its units have.
    """
    import pyarrow as pa

    rows = {
        (int(option), int(replication), draw): number
        for number, (option, replication, draw) in enumerate(
            zip(*(counted[key].to_pylist() for key in ("option", "replication", "draw")), strict=True)
        )
    }
    samples = sorted(samples_of(plan), key=lambda s: (s[0], -1 if s[1] is None else s[1]))
    wanted = [(n + 1, *sample) for n in range(len(plan.options)) for sample in samples]
    # A row that no unit has is that of an option not offered: what is known of it is put beside, the rest stays empty.
    taken = counted.take(pa.array([rows.get(key) for key in wanted], pa.int64()))
    offers = place.offers
    known = {
        "year": pa.array([place.year] * len(wanted), pa.int16()),
        "municipality": pa.array([place.municipality] * len(wanted)),
        "municipality_name": pa.array([find_municipality(place.municipality).name] * len(wanted)),
        "option": pa.array([key[0] for key in wanted], pa.int16()),
        "option_name": pa.array([plan.options[key[0] - 1].name for key in wanted]),
        "elements": pa.array([str(plan.packages[key[0] - 1]) for key in wanted]),
        "status": pa.array([offers[key[0] - 1].status for key in wanted]),
        "certainty": pa.array([offers[key[0] - 1].certainty for key in wanted]),
        "replication": pa.array([key[1] for key in wanted], pa.int32()),
        "draw": pa.array([key[2] for key in wanted], pa.int16()),
    }
    columns = {name: known[name] if name in known else taken[name] for name in documented_columns()["results"]}
    return pa.table({name: _category(values) if name in CATEGORIES else values for name, values in columns.items()})


def _category(values: Any) -> Any:
    """Return a text column as a dictionary whose texts stand in order of first use."""
    import pyarrow as pa

    texts = values.to_pylist()
    once = list(dict.fromkeys(text for text in texts if text is not None))
    indices = pa.array([None if text is None else once.index(text) for text in texts], pa.int32())
    return pa.DictionaryArray.from_arrays(indices, pa.array(once, pa.string()))


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return a finished batch's manifest; raises DataError when there is none, or it cannot be read."""
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(manifest["files"], Mapping):
            raise TypeError("files")
        content = {key: value for key, value in manifest.items() if key != "sha256"}
        if ("sha256" in manifest or manifest["schema_version"] >= FIRST_SEALED) and manifest.get("sha256") != _hash(
            content
        ):
            raise ValueError("sha256")
    except FileNotFoundError:
        raise DataError(
            f"Mappen {folder} har ingen færdige resultater",
            why=f"{MANIFEST} mangler",
            next_step="kør takstlab batch til ende med den samme --out",
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DataError(
            "Resultaternes manifest kan ikke læses",
            where=str(path),
            why=str(error.strerror) if isinstance(error, OSError) else NOT_AS_WRITTEN,
            next_step="kør takstlab batch igen, så skrives det om",
        ) from None
    return manifest


def _hash(manifest: Mapping[str, Any]) -> str:
    text = json.dumps(manifest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
