"""``takstlab query``: SQL over a batch's results."""

import math
import os
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from sim.words.no_formula import no_formula
from sim.words.numbers import danish
from tariffs.errors import InputError

SHOWN_ROWS = 200
FORMATS = (".csv", ".parquet")


@click.command(
    "query", epilog="Der kan spørges i results, changes, packages og totals; kolonnerne står i docs/batch.md."
)
@click.argument("folder", type=click.Path(path_type=Path), metavar="MAPPE")
@click.argument("sql")
@click.option("--out", type=click.Path(path_type=Path), metavar="FIL", help="Skriv svaret i en fil (.csv, .parquet).")
@click.option("--danish", "as_danish", is_flag=True, help="Dansk CSV: semikolon, decimalkomma og BOM, til Excel.")
def command(folder: Path, sql: str, out: Path | None, as_danish: bool) -> None:
    """Spørg en batchs resultater med SQL (DuckDB).

    MAPPE er den, takstlab batch skrev; SQL er én SELECT.
    """
    from sim.batch.queries import query

    if out is not None and out.suffix.lower() not in FORMATS:
        raise InputError(f"filtypen '{out.suffix}' kendes ikke", where=str(out), next_step="brug .csv eller .parquet")
    answer = query(folder, sql)
    if out is None:
        if as_danish:
            click.echo(_csv(answer, as_danish=True).decode("utf-8-sig"), nl=False)
        else:
            _print(answer)
        return
    from sim.batch.rows import parquet_bytes

    _write(out, parquet_bytes(answer) if out.suffix.lower() == ".parquet" else _csv(answer, as_danish=as_danish))
    click.echo(f"{danish(answer.num_rows)} rækker skrevet i {out}")


def _write(out: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    draft = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(out)
    except OSError as error:
        raise InputError(
            "Svaret kan ikke skrives", where=str(out), why=str(error), next_step="kontrollér mappen og dens rettigheder"
        ) from None
    finally:
        draft.unlink(missing_ok=True)


def _csv(answer: Any, *, as_danish: bool) -> bytes:
    """Return the answer as CSV: commas and points, or as a Danish sheet reads it."""
    import csv
    import io

    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";" if as_danish else ",", lineterminator="\r\n" if as_danish else "\n")
    writer.writerow([_cell(name, as_danish=as_danish) for name in answer.column_names])
    for row in zip(*(column.to_pylist() for column in answer.columns), strict=True):
        writer.writerow([_cell(value, as_danish=as_danish) for value in row])
    return (b"\xef\xbb\xbf" if as_danish else b"") + buffer.getvalue().encode()


def _cell(value: Any, *, as_danish: bool) -> str:
    """Return a value as a CSV cell; a text that a sheet would take for a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",") if as_danish else str(value)
    return no_formula(value) if isinstance(value, str) else str(value)


def _print(answer: Any) -> None:
    """Print the answer as a table, numbers to the right."""
    names = answer.column_names
    rows = [
        [_shown(value) for value in row]
        for row in zip(*(column.slice(0, SHOWN_ROWS).to_pylist() for column in answer.columns), strict=True)
    ]
    numeric = [_is_number(answer.schema.field(n).type) for n in range(len(names))]
    widths = [max(len(line[n]) for line in [names, *rows]) for n in range(len(names))]
    for line in [names, ["-" * width for width in widths], *rows]:
        cells = (
            text.rjust(w) if right else text.ljust(w) for text, w, right in zip(line, widths, numeric, strict=True)
        )
        click.echo("  ".join(cells).rstrip())
    more = answer.num_rows - len(rows)
    if more > 0:
        click.echo(f"... og {danish(more)} rækker til; skriv dem alle med --out FIL", err=True)


def _shown(value: Any) -> str:
    """Return a value for the screen: whole numbers whole, others with four digits at most after the comma."""
    if value is None:
        return "-"
    if isinstance(value, float) and math.isfinite(value):
        return danish(value, 0 if value == int(value) or abs(value) >= 10_000 else 2 if abs(value) >= 1 else 4)
    return str(value)


def _is_number(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind))
