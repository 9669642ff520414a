#!/usr/bin/env bash
# Of a folder municipality=0316 pandas, pyarrow and polars make the number 316; DuckDB keeps the text 0316. With one
# code that is no number among them (municipality=hele) pyarrow and polars keep the zero for all.
# Version: pandas 3.1.1, pyarrow 26.0.1, duckdb 2.0.1, polars 2.1.0. Seen: 2026-11.
# Source: the pages of each on hive partitioning say that types are inferred, with different rules.
# Matters: joins on the municipality code match nothing, or something, depending on the reader and on the neighbours.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pandas==3.1.1 pyarrow==26.0.1 duckdb==2.0.1 polars==2.1.0 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq


def write(folder, codes):
    for code in codes:
        Path(folder, f"m={code}").mkdir(parents=True)
        pq.write_table(pa.table({"x": [1]}), Path(folder, f"m={code}", "a.parquet"))


def read(folder):
    files = f"{folder}/*/*.parquet"
    return {
        "pandas": sorted(pd.read_parquet(folder)["m"].tolist()),
        "pyarrow": sorted(ds.dataset(folder, partitioning="hive").to_table()["m"].to_pylist()),
        "polars": sorted(pl.read_parquet(files, hive_partitioning=True)["m"].to_list()),
        "duckdb": sorted(m for (m,) in duckdb.sql(f"select m from read_parquet('{files}', hive_partitioning=true)").fetchall()),
    }


write("codes", ["0101", "0316"])
write("mixed", ["0316", "hele"])
codes, mixed = read("codes"), read("mixed")
print("pandas", pd.__version__, "pyarrow", pa.__version__, "duckdb", duckdb.__version__, "polars", pl.__version__)
print("expected: the same codes from all four readers")
print("seen:", codes, mixed)
numbers = all(codes[name] == [101, 316] for name in ("pandas", "pyarrow", "polars"))
if not numbers or codes["duckdb"] != ["0101", "0316"] or any(m != ["0316", "hele"] for m in mixed.values()):
    sys.exit("changed: the readers type these folders otherwise now")
PYTHON
