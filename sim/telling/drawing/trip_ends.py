"""In which parishes the trips that an option touches start and end, from the result's table of trips."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.geography.land import land
from sim.geography.projection import FloatArray, to_metres

MADE, PLUSTUR = "trip", "plustur"
OUTSIDE = ""
"""The parish of an end outside the municipality."""
COLUMNS = (
    "option",
    "replication",
    "request_id",
    "product",
    "status",
    "level_oere",
    "from_lat",
    "from_lon",
    "to_lat",
    "to_lon",
)
Counts = dict[str, NDArray[np.int64]]


@dataclass(frozen=True, eq=False)
class TripEnds:
    """Touched trips by replication, int64 (replications,): in all, and those that start or end in each parish.

    ``today`` and ``after`` go by parish code; a trip with both ends in a parish counts once there.
    """

    trips_today: NDArray[np.int64]
    trips_after: NDArray[np.int64]
    today: Counts
    after: Counts


def trip_ends(trips: Path, options: tuple[str, ...], municipality: str) -> tuple[TripEnds, ...]:
    """Return for each option after the first where the trips start and end that it gives another price or product.

    A trip is known by replication and request; one that only one of the options has is touched as well. A finished result
    does not change, so its table is read once.
    """
    about = trips.stat()
    return _read(trips, options, municipality, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=16)
def _read(trips: Path, options: tuple[str, ...], municipality: str, changed: int, size: int) -> tuple[TripEnds, ...]:
    rows = _rows(trips)
    replications = int(rows["replication"].max(initial=-1)) + 1
    here = [np.flatnonzero(rows["option"] == name) for name in options]
    key = rows["replication"] * (1 << 40) + rows["request"]
    base = here[0][np.argsort(key[here[0]])]

    def counted(touched: NDArray[np.int64]) -> tuple[NDArray[np.int64], Counts]:
        made = touched[rows["made"][touched]]
        every = np.bincount(rows["replication"][made], minlength=replications)
        return every, _by_parish(rows, made, replications, municipality)

    found = []
    for own in here[1:]:
        at = np.searchsorted(key[base], key[own]).clip(0, max(len(base) - 1, 0))
        same = (key[base[at]] == key[own]) & (rows["told"][base[at]] == rows["told"][own])
        untouched = np.zeros(len(base), dtype=bool)
        untouched[at[same]] = True
        (trips_today, today), (trips_after, after) = counted(base[~untouched]), counted(own[~same])
        found.append(TripEnds(trips_today, trips_after, today, after))
    return tuple(found)


def _rows(trips: Path) -> dict[str, NDArray[Any]]:
    """Return what is needed of every request; ``told`` is the price and product it was offered."""
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(trips, columns=list(COLUMNS), use_threads=False).unify_dictionaries()
    names = pc.cast(table["option"], pa.dictionary(pa.int32(), pa.string())).combine_chunks()
    option = np.array(names.dictionary.to_pylist(), dtype=object)[names.indices.to_numpy()]
    level = pc.fill_null(table["level_oere"], -1).to_numpy().astype(np.int64)
    places = {
        end: np.stack([table[f"{end}_{axis}"].to_numpy() for axis in ("lat", "lon")], axis=1) for end in ("from", "to")
    }
    return {
        "option": option,
        "replication": table["replication"].to_numpy().astype(np.int64),
        "request": table["request_id"].to_numpy(),
        "told": 2 * level + pc.equal(table["product"], PLUSTUR).to_numpy(),
        "made": pc.equal(table["status"], MADE).to_numpy(),
        **places,
    }


def _by_parish(rows: dict[str, NDArray[Any]], made: NDArray[np.int64], replications: int, municipality: str) -> Counts:
    replication = rows["replication"][made]
    start, end = (_parish(rows[name][made], municipality) for name in ("from", "to"))
    other = start != end
    codes, number = np.unique(np.r_[start, end[other]], return_inverse=True)
    counts = np.zeros((len(codes), replications), dtype=np.int64)
    np.add.at(counts, (number, np.r_[replication, replication[other]]), 1)
    return {str(code): counts[n] for n, code in enumerate(codes)}


def _parish(places: FloatArray, municipality: str) -> NDArray[np.str_]:
    """Return the parish code of each place (latitude, longitude), `OUTSIDE` for those outside the municipality."""
    country, grid = land(), land().grid
    micro = np.round(places * 1e6).astype(np.int64)
    _, first, which = np.unique(micro[:, 0] * (1 << 32) + micro[:, 1], return_index=True, return_inverse=True)
    row, column = grid.row_column(*to_metres(places[first, 0], places[first, 1]))
    within = (row >= 0) & (row < grid.rows) & (column >= 0) & (column < grid.columns)
    cell = np.where(within, country.index[row.clip(0, grid.rows - 1), column.clip(0, grid.columns - 1)], -1)
    own = (cell >= 0) & (np.array(country.municipality_codes)[country.municipality[cell]] == municipality)
    found: NDArray[np.str_] = np.where(own, np.array(country.parish_codes)[country.parish[cell]], OUTSIDE)[which]
    return found
