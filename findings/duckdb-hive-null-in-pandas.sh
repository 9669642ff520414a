#!/usr/bin/env bash
# A folder of parquet files written by DuckDB with PARTITION_BY, in which one row has no value for the partition, can
# be read by pyarrow, polars and DuckDB, but pandas.read_parquet raises. pandas itself writes such a folder too, and
# cannot read it back.
# Version: pandas 3.1.1, pyarrow 26.0.1, duckdb 2.0.1, polars 2.1.0. Seen: 2026-11. Source: none found.
# Matters: "municipality unknown" is a row like any other; one such row among a million makes the whole result
# unreadable for the analyst who uses pandas.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pandas==3.1.1 pyarrow==26.0.1 duckdb==2.0.1 polars==2.1.0 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq


def rows(read):
    try:
        return len(read())
    except pa.ArrowInvalid as error:
        return f"ArrowInvalid: {error}"


duckdb.sql(
    "copy (select * from (values ('316', 1), (null, 2)) t(municipality, trips)) "
    "to 'by_duckdb' (format parquet, partition_by (municipality))"
)
pd.DataFrame({"municipality": ["316", None], "trips": [1, 2]}).to_parquet("by_pandas", partition_cols=["municipality"])
print("pandas", pd.__version__, "pyarrow", pa.__version__, "duckdb", duckdb.__version__, "polars", pl.__version__)
print("expected: two rows from each")
bad = []
for folder in ("by_duckdb", "by_pandas"):
    seen = {
        "duckdb": rows(duckdb.sql(f"select * from read_parquet('{folder}/**/*.parquet', hive_partitioning=true)").fetchall),
        "polars": rows(lambda f=folder: pl.read_parquet(f"{f}/**/*.parquet", hive_partitioning=True)),
        "pyarrow": rows(lambda f=folder: pq.read_table(f)),
        "pandas": rows(lambda f=folder: pd.read_parquet(f)),
    }
    print("seen:", folder, seen)
    bad.append(seen["duckdb"] == seen["polars"] == seen["pyarrow"] == 2 and "dictionaries" in str(seen["pandas"]))
if not all(bad):
    sys.exit("changed: pandas reads these folders now")
PYTHON
