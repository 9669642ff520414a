"""A comparison as a table, in every format that is offered and in the style of either language."""

import csv
import io
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from api.http.replies import json_bytes
from sim.comparison.folder import FORMULA_STARTS, NAMES
from sim.wording import OERE_PER_KRONE, round_half_away

Json = dict[str, Any]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Lang = Literal["da", "en"]
BOM = "\ufeff"
FIGURE = {"mean", "p10", "p90"}
COLUMNS: dict[Lang, tuple[str, ...]] = {
    "da": (
        "kommune", "nr", "valgmulighed", "periode", "omfang", "størrelse", "enhed", "middel", "p10", "p90",
    ),
    "en": (
        "municipality", "option", "option_name", "period", "scope", "quantity", "unit", "mean", "p10", "p90",
    ),
}  # fmt: skip
WORDS = {
    "year": ("helår", "full year"),
    "part_year": ("budgetår", "part year"),
    "total": ("i alt", "total"),
    "change": ("ændring", "change"),
    "plustur": ("heraf plustur", "of which plustur"),
    "affected": ("berørte ture", "affected trips"),
    "affected_change": ("berørte ture, ændring", "affected trips, change"),
    "kr": ("kr.", "kr"),
    "count": ("antal", "count"),
    "percent": ("procent", "percent"),
}
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


@dataclass(frozen=True)
class Row:
    """One figure of one option; amounts in kroner."""

    municipality: str
    option: int
    option_name: str
    period: str
    scope: str
    quantity: str
    unit: str
    mean: float
    p10: float
    p90: float


def rows_of(comparison: Json, lang: Lang) -> list[Row]:
    """Return every figure of a comparison's options; what nobody knows has no row."""
    place = 0 if lang == "da" else 1
    rows = []
    for number, option in enumerate(comparison["options"], 1):
        for period, scope, block in _blocks(option):
            for key, unit, factor, figure in _figures(block):
                stem = key.removesuffix("_oere")
                quantity = NAMES[stem] if lang == "da" else stem.removesuffix("_percent").replace("_", " ")
                values = (round_half_away(figure[part] / factor, 2) for part in ("mean", "p10", "p90"))
                words = (WORDS[period][place], WORDS[scope][place], quantity, WORDS[unit][place])
                rows.append(Row(comparison["municipality"], number, option["name"], *words, *values))
    return rows


def _blocks(option: Json) -> Iterator[tuple[str, str, Json]]:
    yield "year", "total", option
    yield "year", "change", option["change"]
    if option["part_year"] is not None:
        yield "part_year", "total", option["part_year"]
        yield "part_year", "change", option["part_year"]["change"]
    if option["plustur"] is not None:
        yield "year", "plustur", option["plustur"]
    if option["affected"] is not None:
        yield "year", "affected", option["affected"]
        yield "year", "affected_change", option["affected"]["change"]


def _figures(block: Json) -> Iterator[tuple[str, str, float, dict[str, float]]]:
    for key, value in block.items():
        if key == "percent":
            yield from ((name, "percent", 1.0, figure) for name, figure in value.items() if figure is not None)
        elif isinstance(value, dict) and set(value) == FIGURE:
            if key.endswith("_oere"):
                yield key, "kr", float(OERE_PER_KRONE), value
            else:
                yield key, "percent" if key.endswith("_percent") else "count", 1.0, value


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
    return safe(str(value))


def safe(text: str) -> str:
    """Return a text that no sheet takes for a formula.

    >>> safe("=1+1"), safe("Bytakst 60")
    ("'=1+1", 'Bytakst 60')
    """
    return "'" + text if text.startswith(FORMULA_STARTS) else text


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
