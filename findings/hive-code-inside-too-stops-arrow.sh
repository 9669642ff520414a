#!/usr/bin/env bash
# The code of a folder m=0316 written inside its files as well, as text, so that nobody reads it as 316: then pandas and
# Arrow read nothing at all ("incompatible types"), DuckDB takes the year of the path as BIGINT for the file's SMALLINT.
# Without key=value in the path all three read what stands in the files.
# Version: pandas 3.1.1, pyarrow 26.0.1, duckdb 2.0.1. Seen: 2026-11. Source: none found.
# Matters: the obvious cure for a lost leading zero makes the whole folder unreadable to half of its readers.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pandas==3.1.1 pyarrow==26.0.1 duckdb==2.0.1 numpy==2.4.6 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq


def write(root, place):
    for code in ("0101", "0316"):
        file = Path(root, place.format(code), "a.parquet")
        file.parent.mkdir(parents=True)
        pq.write_table(pa.table({"year": pa.array([2020], pa.int16()), "m": [code]}), file)


def read(root):
    readers = {
        "pandas": lambda: sorted(pd.read_parquet(root)["m"].tolist()),
        "pyarrow": lambda: sorted(ds.dataset(root, partitioning="hive").to_table()["m"].to_pylist()),
        "duckdb": lambda: sorted(map(str, duckdb.sql(f"select distinct typeof(year), typeof(m) from '{root}/**/*.parquet'").fetchall())),
    }
    seen = {}
    for name, reader in readers.items():
        try:
            seen[name] = reader()
        except pa.ArrowException as error:
            seen[name] = type(error).__name__
    return seen


write("hive", "year=2020/m={}")
write("plain", "2020/{}")
hive, plain = read("hive"), read("plain")
print("pandas", pd.__version__, "pyarrow", pa.__version__, "duckdb", duckdb.__version__)
print("expected: the same codes from both folders")
print("seen:", hive, plain)
if hive != {"pandas": "ArrowTypeError", "pyarrow": "ArrowTypeError", "duckdb": ["('BIGINT', 'VARCHAR')"]}:
    sys.exit("changed: the readers take such folders otherwise now")
if plain != {"pandas": ["0101", "0316"], "pyarrow": ["0101", "0316"], "duckdb": ["('SMALLINT', 'VARCHAR')"]}:
    sys.exit("changed: the readers take plain folders otherwise now")
PYTHON
