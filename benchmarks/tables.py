"""Writing the result tables: a year's trips, stops and duties from the run to the file, against pyarrow's own time for the same tables."""

import tempfile
from pathlib import Path

from benchmarks.simulation import holbaek
from benchmarks.timing import median_seconds
from sim.riders.demand.tours import draw_requests
from sim.study.demand import curves, demand_model
from sim.study.prices import fare_table
from sim.study.run import OptionRun, pool_of, run_option
from sim.study.study import Study
from sim.study.tables.columns import TABLES, result_table, settings, write_tables
from tariffs import FareTable

AIM = 1.3


def one_run(study: Study, table: FareTable) -> OptionRun:
    """Return Holbæk's year under its one option, as it is handed to the tables."""
    model = demand_model(study, None)
    requests, pool = draw_requests(model, study.scenario.seed, 0), pool_of(study, model, 0)
    return run_option(study, requests, study.packages[0], curves(study, None), pool, table)


def run() -> None:
    """Print the ratio for the trips and for all three tables."""
    import pyarrow.parquet as pq

    study = holbaek()
    table = fare_table(study.book, study.switches)
    runs = [one_run(study, table)]
    with tempfile.TemporaryDirectory() as name:
        folder, file = Path(name), Path(name) / "plain.parquet"

        def ours(what: str) -> None:
            rows = result_table(what, study, 0, runs, table)
            pq.write_table(rows, file, **settings(rows))

        write_tables(study, 0, runs, table, folder)
        for what in TABLES:
            rows = result_table(what, study, 0, runs, table)
            assert pq.read_table(folder / f"{what}-00000.parquet").equals(rows), f"{what}: the file is not the table"
            whole, _ = median_seconds(lambda what=what: ours(what))  # type: ignore[misc]
            plain, _ = median_seconds(lambda rows=rows: pq.write_table(rows, file, **settings(rows)))  # type: ignore[misc]
            print(
                f"{what}: {len(rows)} rows, {rows.num_columns} columns in {1e3 * whole:.1f} ms; ours / pyarrow alone "
                f"{whole / plain:.2f} (aim: at most {AIM:g})"
            )


if __name__ == "__main__":
    run()
