#!/usr/bin/env bash
# pyarrow's mean of decimals keeps the decimals of the column: the mean of 1.10 and 2.25 kr is 1.68, not 1.675; and a
# quotient is cut off, not rounded (1.10 / 3.00 is 0.3666). Multiplied back by the count, the mean is no longer the sum.
# DuckDB and polars leave decimals for the mean and say 1.675.
# Version: pyarrow 26.0.1, duckdb 2.0.1, polars 2.1.0. Seen: 2026-11.
# Source: pyarrow's page on decimal arithmetic gives the scale of a quotient, not that it is cut.
# Matters: kr per passenger times passengers no longer meets the account.
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

amounts = [Decimal("1.10"), Decimal("2.25")]
column = pa.array(amounts)
mean = str(pc.mean(column).as_py())
quotient = str(pc.divide(column, pa.scalar(Decimal("3.00")))[0].as_py())
others = (
    float(duckdb.sql("select avg(x) from (values (1.10::decimal(9, 2)), (2.25)) t(x)").fetchall()[0][0]),
    float(pl.Series(amounts).mean()),
)
print("pyarrow", pa.__version__, "duckdb", duckdb.__version__, "polars", pl.__version__)
print("expected: mean 1.675, 1.10 / 3.00 = 0.3667")
print("seen: pyarrow", mean, quotient, "duckdb and polars", others)
if (mean, quotient) != ("1.68", "0.3666") or others != (1.675, 1.675):
    sys.exit("changed: the mean or the quotient keeps other decimals now")
PYTHON
