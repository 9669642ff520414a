"""The vehicles' hours and what they are paid, from the run's own table of duties: what operator payment is a part of."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

DUTIES_FILE = "duties.parquet"
PER_HOUR = 3600
"""Seconds of an hour, and parts of an oere in which a duty's payment is kept."""


@dataclass(frozen=True)
class Hours:
    """A year's paid hours of the vehicles that had a flextur booking, and their payment, mean over the replications."""

    hours: float
    payment_oere: float


def operator_hours(folder: Path, options: tuple[str, ...]) -> list[Hours] | None:
    """Return the hours under each option; None where the folder has no table of duties."""
    path = folder / DUTIES_FILE
    if not path.is_file():
        return None
    about = path.stat()
    return _read(path, options, about.st_mtime_ns, about.st_size)


@lru_cache(maxsize=16)
def _read(path: Path, options: tuple[str, ...], changed: int, size: int) -> list[Hours]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    columns = ["option", "replication", "start_s", "end_s", "payment_parts"]
    table = pq.read_table(path, columns=columns, use_threads=False).unify_dictionaries()
    found = pc.cast(table["option"], pa.dictionary(pa.int32(), pa.string())).combine_chunks()
    places = [options.index(name) if name in options else len(options) for name in found.dictionary.to_pylist()]
    option = np.array(places, dtype=np.int64)[found.indices.to_numpy()]
    replications = int(table["replication"].to_numpy().max(initial=0)) + 1
    seconds = (table["end_s"].to_numpy() - table["start_s"].to_numpy()).astype(np.float64)
    parts = table["payment_parts"].to_numpy().astype(np.float64)
    return [
        Hours(
            float(seconds[option == n].sum()) / PER_HOUR / replications,
            float(parts[option == n].sum()) / PER_HOUR / replications,
        )
        for n in range(len(options))
    ]
