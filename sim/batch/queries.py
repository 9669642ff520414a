"""SQL over a batch's results by DuckDB: documented views, and nothing but the results to be reached."""

from pathlib import Path
from typing import Any

from sim.batch.packages import QUANTITIES, change_key, package_rows, packages_of, read_results, total_rows
from sim.batch.rows import documented_columns
from sim.inputs.chance.quantiles import HIGH, LOW
from tariffs.errors import InputError

EACH = "<quantity>"
FIGURE_PARTS = ("_mean", "_p10", "_p90")
ENDS = {"p10": LOW, "p90": HIGH}
"""Functions that a statement may ask besides DuckDB's own: the ends of an interval as it is printed."""
VIEWS = ("results", "changes", "packages", "totals")
SAME = (
    "year",
    "municipality",
    "municipality_name",
    "option",
    "option_name",
    "elements",
    "certainty",
    "replication",
    "draw",
)


def _interval_end(name: str, share: float) -> str:
    """Return the statement that makes one of them: `sim.inputs.chance.quantiles` for stratified samples, as the draws are, in SQL."""
    place = f"{share} * len(s) - 0.5"
    before = f"greatest(0, least(len(s) - 2, floor({place})::BIGINT))"
    between = f"s[{before} + 1] + ({place} - {before}) * (s[{before} + 2] - s[{before} + 1])"
    return (
        f"CREATE MACRO {name}(x) AS list_transform([list_sort(list(x) FILTER (WHERE x IS NOT NULL))],"
        f" lambda s: CASE WHEN len(s) < 2 THEN s[1]::DOUBLE ELSE {between} END)[1]"
    )


def query(folder: Path, sql: str) -> Any:
    """Return the answer to one SELECT over the views of a finished batch, as an Arrow table.

    The statement sees the views alone: no files, no network, no other tables. Raises InputError when it is no single SELECT or
    cannot be answered, and DataError when the results are not whole.
    """
    import duckdb

    results = read_results(folder)
    connection = duckdb.connect(":memory:")
    try:
        _make_views(connection, results, sql)
        for setting in ("enable_external_access=false", "python_enable_replacements=false", "lock_configuration=true"):
            connection.execute(f"SET {setting}")
        try:
            statements = connection.extract_statements(sql)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise InputError(
                    "Forespørgslen skal være én SELECT",
                    why="resultaterne kan læses, ikke ændres",
                    next_step=f"skriv SELECT ... FROM en af {', '.join(VIEWS)}; se docs/batch.md",
                )
            return connection.sql(sql).to_arrow_table()
        except duckdb.Error as error:
            raise InputError(
                "Forespørgslen kan ikke besvares",
                why=str(error).strip().replace("\n", " "),
                next_step=f"der kan spørges i {', '.join(VIEWS)}; deres kolonner står i docs/batch.md",
            ) from None
    finally:
        connection.close()


def _table(name: str, rows: list[dict[str, Any]]) -> Any:
    """Return rows as a table with the documented columns; a figure nobody has is an empty number."""
    import pyarrow as pa

    columns = {}
    for key in view_columns(name):
        values = [row[key] for row in rows]
        columns[key] = pa.array(values, pa.float64()) if key.endswith(FIGURE_PARTS) else pa.array(values)
    return pa.table(columns)


def view_columns(name: str) -> tuple[str, ...]:
    """Return a view's columns in order, those that its document tells in one line each for itself."""
    columns = []
    for key in documented_columns()[name]:
        stem, star, _ = key.partition("_*")
        quantities = QUANTITIES if stem.startswith(EACH) else (stem,)
        named = [change_key(q) if stem == f"{EACH}_change" else q for q in quantities]
        columns += [column + part for column in named for part in (FIGURE_PARTS if star else ("",))]
    return tuple(columns)


def _make_views(connection: Any, results: Any, sql: str) -> None:
    """Put the results in, and what is derived from them; the figures only when the statement names them."""
    tables = {"results": results}
    if any(view in sql.lower() for view in ("packages", "totals")):
        packages = list(packages_of(results))
        tables["packages"] = _table("packages", package_rows(packages))
        tables["totals"] = _table("totals", total_rows(packages))
    for name, table in tables.items():
        connection.register(f"given_{name}", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given_{name}")
        connection.unregister(f"given_{name}")
    changes = ", ".join(f"o.{key} - b.{key} AS {change_key(key)}" for key in QUANTITIES)
    for name, share in ENDS.items():
        connection.execute(_interval_end(name, share))
    connection.execute(
        f"CREATE VIEW changes AS SELECT {', '.join(f'o.{key}' for key in SAME)}, {changes}, o.weight_in_totals"
        " FROM results o JOIN results b ON b.option = 1 AND b.year = o.year AND b.municipality = o.municipality"
        " AND b.replication = o.replication AND b.draw IS NOT DISTINCT FROM o.draw"
        " WHERE o.option > 1 AND o.status = 'ok' AND b.status = 'ok'"
    )
