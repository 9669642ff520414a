#!/usr/bin/env bash
# Half an oere is rounded up by DuckDB and to the even oere by polars and pyarrow. And a binary 2.675 (which is a
# little less) becomes 2.68 in DuckDB and polars but 2.67 in pyarrow. Cut to whole kroner, DuckDB rounds 2.99 to 3,
# polars cuts it to 2, pyarrow refuses.
# Version: duckdb 2.0.1, polars 2.1.0, pyarrow 26.0.1. Seen: 2026-11.
# Source: pyarrow documents half_to_even as default of its round; for casts none of the three says how.
# Matters: the same trips summed by two engines differ by oere; a report and the query beside it must not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --no-compile --disable-pip-version-check pyarrow==26.0.1 duckdb==2.0.1 polars==2.1.0 >&2
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from decimal import Decimal

import duckdb
import polars as pl
import pyarrow as pa
import pyarrow.compute as pc

half, binary, kroner = Decimal("0.125"), 2.675, Decimal("2.99")


def whole_by_pyarrow():
    try:
        return pa.array([kroner]).cast(pa.int64())[0].as_py()
    except pa.ArrowInvalid:
        return "refused"


seen = {
    "duckdb": duckdb.sql(
        "select 0.125::decimal(9, 3)::decimal(9, 2), 2.675::double::decimal(9, 2), 2.99::decimal(9, 2)::integer"
    ).fetchall()[0],
    "polars": (
        pl.Series([half]).cast(pl.Decimal(9, 2))[0],
        pl.Series([binary]).cast(pl.Decimal(9, 2))[0],
        pl.Series([kroner]).cast(pl.Int64)[0],
    ),
    "pyarrow": (
        pc.round(pa.array([half]), ndigits=2)[0].as_py().quantize(Decimal("0.01")),
        pa.array([binary]).cast(pa.decimal128(9, 2))[0].as_py(),
        whole_by_pyarrow(),
    ),
}
seen = {name: [str(value) for value in values] for name, values in seen.items()}
print("duckdb", duckdb.__version__, "polars", pl.__version__, "pyarrow", pa.__version__)
print("expected: one answer each for 0.125 and 2.675 to two decimals and 2.99 to none")
print("seen:", seen)
known = {"duckdb": ["0.13", "2.68", "3"], "polars": ["0.12", "2.68", "2"], "pyarrow": ["0.12", "2.67", "refused"]}
if seen != known:
    sys.exit("changed: the engines round otherwise now")
PYTHON
