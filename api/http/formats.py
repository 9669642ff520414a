"""A comparison as a table, in every format that is offered and in the style of either language."""

import csv
import io
from dataclasses import astuple
from datetime import datetime
from enum import StrEnum
from typing import Any

from api.http.replies import json_bytes
from sim.telling.sheet import Lang, Row
from sim.words.no_formula import no_formula

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"
COLUMNS: dict[Lang, tuple[str, ...]] = {
    "da": (
        "kommune", "nr", "valgmulighed", "periode", "omfang", "størrelse", "enhed", "middel", "p10", "p90",
    ),
    "en": (
        "municipality", "option", "option_name", "period", "scope", "quantity", "unit", "mean", "p10", "p90",
    ),
}  # fmt: skip
FIXED = datetime(2020, 1, 1)
"""The day a workbook says it was made: the same result is the same bytes."""


class Format(StrEnum):
    """The formats of a result."""

    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    ARROW = "arrow"


MEDIA_TYPES = {
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.TSV: "text/tab-separated-values; charset=utf-8",
    Format.XLSX: XLSX,
    Format.PARQUET: "application/vnd.apache.parquet",
    Format.ARROW: "application/vnd.apache.arrow.file",
}

BINARY = {"type": "string", "format": "binary"}
"""The OpenAPI schema of a file."""


def every_format() -> dict[str, Any]:
    """Return the OpenAPI description of a table in every format; JSON comes first, for its model to be added by the framework."""
    return {
        kind.partition(";")[0]: {}
        if kind == MEDIA_TYPES[Format.JSON]
        else {"schema": {"type": "string"} if kind.startswith("text/") else BINARY}
        for kind in MEDIA_TYPES.values()
    }


def table_of(rows: list[Row], lang: Lang) -> Any:
    """Return rows as an Arrow table under the headings of a language."""
    import pyarrow as pa

    columns = zip(*(astuple(row) for row in rows), strict=True)
    return pa.table(dict(zip(COLUMNS[lang], map(list, columns), strict=True)))


def csv_bytes(table: Any, lang: Lang, delimiter: str) -> bytes:
    """Return a table as a sheet of that language reads it: its decimal sign, UTF-8 with BOM, CRLF, no formulas."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(table.column_names)
    for row in zip(*(column.to_pylist() for column in table.columns), strict=True):
        writer.writerow([_text(value, lang) for value in row])
    return (BOM + buffer.getvalue()).encode()


def _text(value: object, lang: Lang) -> str:
    """Return a cell: two decimals, as three could be read as thousands; an empty one for what nobody knows."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value + 0.0:.2f}".replace(".", "," if lang == "da" else ".")
    return no_formula(str(value))


def parquet_bytes(table: Any) -> bytes:
    """Return a table as Parquet with checksums on its pages."""
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(table, buffer, compression="zstd", write_page_checksum=True)
    return buffer.getvalue()


def arrow_bytes(table: Any) -> bytes:
    """Return a table as an Arrow file."""
    import pyarrow as pa

    buffer = io.BytesIO()
    with pa.ipc.new_file(buffer, table.schema) as writer:
        writer.write_table(table)
    return buffer.getvalue()


def xlsx_bytes(table: Any, title: str) -> bytes:
    """Return a table as a workbook of one sheet: numbers as numbers, texts as texts, never a formula."""
    import xlsxwriter

    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": FIXED})
        sheet = book.add_worksheet(title)
        bold, number = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0.00"})
        sheet.write_row(0, 0, table.column_names, bold)
        for line, row in enumerate(zip(*(column.to_pylist() for column in table.columns), strict=True), 1):
            for column, value in enumerate(row):
                if isinstance(value, float):
                    sheet.write_number(line, column, value, number)
                elif isinstance(value, int):
                    sheet.write_number(line, column, value)
                elif value is not None:
                    sheet.write_string(line, column, str(value))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, table.num_rows, table.num_columns - 1)
        sheet.autofit()
    return buffer.getvalue()


def table_bytes(table: Any, kind: Format, lang: Lang, title: str) -> bytes:
    """Return a table in a format; JSON has a list of rows."""
    match kind:
        case Format.JSON:
            return json_bytes({"rows": table.to_pylist()})
        case Format.CSV:
            return csv_bytes(table, lang, ";" if lang == "da" else ",")
        case Format.TSV:
            return csv_bytes(table, lang, "\t")
        case Format.XLSX:
            return xlsx_bytes(table, title)
        case Format.PARQUET:
            return parquet_bytes(table)
        case Format.ARROW:
            return arrow_bytes(table)
