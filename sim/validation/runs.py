"""Running the model for a check: a study in two lines, and the tables of one replication as columns."""

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.comparison.replication import Replication, run_replication
from sim.scenario.scenario import build_scenario
from sim.study.study import Study, prepare

Columns = dict[str, NDArray[Any]]


def study_of(
    code: str, year: int, options: Sequence[Sequence[str]], seed: int, *, on: date | None = None, **more: Any
) -> Study:
    """Return one municipality's study with the options, each a list of elements, named by their numbers."""
    named = [{"name": str(number), "elements": list(elements)} for number, elements in enumerate(options)]
    values = {"municipality": code, "year": year, "seed": seed, "options": named, **more}
    return prepare(build_scenario(values, "validering"), code, on=on)


def with_tables(study: Study, number: int, *tables: str) -> tuple[Replication, dict[str, Columns]]:
    """Run one replication under central parameters; return it and the published tables asked for."""
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        replication = run_replication(study, number, None, Path(folder))
        read = {}
        for table in tables:
            part = pq.read_table(Path(folder) / f"{table}-{number:05d}.parquet")
            read[table] = {
                name: part[name].to_numpy(zero_copy_only=False)
                for name in part.column_names
                if part[name].null_count == 0
            }
        return replication, read


def rows(columns: Columns, keep: NDArray[np.bool_]) -> Columns:
    """Return the rows of a table that are to be kept."""
    return {name: values[keep] for name, values in columns.items()}
