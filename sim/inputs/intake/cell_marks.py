"""What a sheet's own part of a file says beside its values (.xlsx, .ods, .xls and .xlsb), which the reader in use leaves out.

Cells that hold an error or a formula that was never calculated, numbers that are shown as something else than they are, rows
and columns that are hidden, and cells that are merged over rows.
"""

import io
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

from sim.inputs.intake.marks import Marks
from sim.inputs.intake.number_formats import CURRENCY, PERCENT, Format, xlsx_formats, xlsx_struck
from sim.inputs.intake.xls_marks import xls_marks
from sim.inputs.intake.xlsb_marks import xlsb_marks

MAX_ROWS = 1_048_576
MOST_COLUMNS = 16_384
MOST_ODS_CELLS = 100_000
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
ODS_CELLS = (f"{TABLE}table-cell", f"{TABLE}covered-table-cell")
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STORED_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}string-value"
_GAPS = {f"{_TEXT}line-break": "\n", f"{_TEXT}tab": "\t"}
VALUE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}value-type"
_ODS_CURRENCY = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}currency"
_SHOWN_AS = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_NOT_SHOWN = ("collapse", "filter")
_MERGED = re.compile(r"[A-Z]+([0-9]+):[A-Z]+([0-9]+)")
_TOLD_BY_XLSX = (b't="e"', b'hidden="', b'width="0"', b"<mergeCell ", b"<f>", b"<f ", b"<f/>", b":f>", b":f ")

NOT_CALCULATED = "#FORMEL"
"""What stands for a formula whose value the program that wrote the file did not store."""


def column_number(letters: bytes) -> int:
    """Return the number of a column, from 1, by its letters.

    >>> column_number(b"A"), column_number(b"AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number


def marks_of(file: Path, sheet: str) -> Marks:
    """Return what a sheet's own part says; of the formats that cannot be asked, nothing."""
    kind = file.suffix.lower()
    if kind == ".xlsx":
        return _xlsx_marks(file, sheet)
    if kind == ".ods":
        return _ods_marks(file, sheet)
    found = xls_marks(file, sheet) if kind == ".xls" else xlsb_marks(file, sheet) if kind == ".xlsb" else None
    return found or Marks(asked=False)


def _xlsx_marks(file: Path, sheet: str) -> Marks:
    marks = Marks()
    with zipfile.ZipFile(file) as packed:
        names = packed.namelist()
        part = _xlsx_part(packed, sheet)
        content = packed.read(part) if part in names else b""
        asks = part != "" and b'fullCalcOnLoad="1"' in packed.read("xl/workbook.xml")
        styles = packed.read("xl/styles.xml") if "xl/styles.xml" in names else b""
    formats = {style: one for style, one in xlsx_formats(styles).items() if f's="{style}"'.encode() in content}
    struck = {style for style in xlsx_struck(styles) if f's="{style}"'.encode() in content}
    if not formats and not struck and not any(mark in content for mark in _TOLD_BY_XLSX):
        return marks
    row = column = -1
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        tag = element.tag.rpartition("}")[2]
        if event == "start" and tag == "row":
            row, column = int(element.get("r", row + 2)) - 1, -1
            if element.get("hidden") in ("1", "true"):
                marks.rows.append(row)
        elif event == "start" and tag == "c":
            letters = re.match("[A-Z]+", element.get("r", ""))
            column = column_number(letters[0].encode()) - 1 if letters else column + 1
        elif event == "end" and tag == "c":
            _note_xlsx_cell(marks, row, column, element, formats, asks=asks)
            if element.get("s") in struck and len(element):
                marks.struck.add(row)
            element.clear()
        elif event == "end" and tag == "col" and _hides(element):
            marks.columns += range(int(element.get("min", 1)) - 1, min(int(element.get("max", 1)), MOST_COLUMNS))
        elif event == "end" and tag == "mergeCell" and (found := _MERGED.fullmatch(element.get("ref", ""))):
            marks.merged += [(int(found[1]), int(found[2]))] if found[1] != found[2] else []
    return marks


def _hides(column: ElementTree.Element) -> bool:
    return column.get("hidden") in ("1", "true") or column.get("width") == "0"


def _note_xlsx_cell(
    marks: Marks, row: int, column: int, cell: ElementTree.Element, formats: Mapping[str, Format], *, asks: bool
) -> None:
    value, formula, kind = cell.find("{*}v"), cell.find("{*}f"), cell.get("t", "n")
    if kind == "e":
        marks.errors.append((row, column, (value.text if value is not None else None) or "#FEJL"))
    elif formula is not None and kind != "str" and not (value is not None and value.text):
        marks.errors.append((row, column, NOT_CALCULATED))
    else:
        if formula is not None and asks:
            marks.unsure += 1
        if kind == "n" and value is not None and (shown := formats.get(cell.get("s", ""))):
            marks.formats.append((row, column, shown))


def _xlsx_part(packed: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that holds a sheet; '' when the file does not say."""
    try:
        book = ElementTree.fromstring(packed.read("xl/workbook.xml"))
        links = ElementTree.fromstring(packed.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return ""
    link = next((s.get(f"{_OFFICE}id") for s in book.iterfind(".//{*}sheet") if s.get("name") == sheet), None)
    target = next((str(one.get("Target")) for one in links if one.get("Id") == link), "")
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"


def _ods_marks(file: Path, sheet: str) -> Marks:
    with zipfile.ZipFile(file) as packed:
        content = packed.read("content.xml")
    marks = Marks()
    row = column = place = 0
    errors: list[tuple[int, str]] = []
    formats: list[tuple[int, Format]] = []
    texts: list[tuple[int, str]] = []
    inside, struck, row_struck = False, set[str | None](), False
    for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
        if event == "end" and element.tag == f"{_STYLE}style" and _strikes(element):
            struck.add(element.get(f"{_STYLE}name"))
        elif element.tag == f"{TABLE}table":
            inside = event == "start" and element.get(f"{TABLE}name") == sheet
            row = place = 0
        elif element.tag == f"{TABLE}table-column" and event == "end":
            times = int(element.get(f"{TABLE}number-columns-repeated", 1))
            if inside and element.get(f"{TABLE}visibility") in _NOT_SHOWN:
                marks.columns += range(place, min(place + times, MOST_COLUMNS))
            place += times
        elif element.tag == f"{TABLE}table-row":
            times = int(element.get(f"{TABLE}number-rows-repeated", 1))
            if event == "start":
                column = 0
                errors, formats, texts, row_struck = [], [], [], False
                if inside and element.get(f"{TABLE}visibility") in _NOT_SHOWN:
                    marks.rows += range(row, row + min(times, MAX_ROWS))
            else:
                # A row, as a cell, that is alike the next is written once, with how many there are.
                for again in range(row, row + min(times, MOST_ODS_CELLS if errors or formats or texts else 0)):
                    marks.errors += [(again, at, text) for at, text in errors]
                    marks.formats += [(again, at, one) for at, one in formats]
                    marks.texts += [(again, at, text) for at, text in texts]
                if row_struck:
                    marks.struck |= {*range(row, row + min(times, MAX_ROWS))}
                row += times
                element.clear()
        elif event == "end" and element.tag in ODS_CELLS:
            times = int(element.get(f"{TABLE}number-columns-repeated", 1))
            places = range(column, min(column + times, MOST_COLUMNS)) if inside else ()
            if inside and element.get(VALUE) is not None and element.get(f"{TABLE}style-name") in struck:
                row_struck = True
            if inside and element.get(_SHOWN_AS) == "error":
                errors += [(at, "".join(element.itertext()) or "#FEJL") for at in places]
            elif inside and (shown := _ods_format(element)):
                formats += [(at, shown) for at in places]
            elif inside and (text := _ods_text_with_gaps(element)):
                texts += [(at, text) for at in places]
            over = int(element.get(f"{TABLE}number-rows-spanned", 1))
            if inside and over > 1:
                marks.merged.append((row + 1, row + over))
            column += times
    return marks


def _strikes(style: ElementTree.Element) -> bool:
    text = style.find(f"{_STYLE}text-properties")
    return text is not None and text.get(f"{_STYLE}text-line-through-style", "none") != "none"


def _ods_format(cell: ElementTree.Element) -> Format | None:
    kind = cell.get(VALUE)
    if kind == "percentage":
        return Format(PERCENT)
    currency = cell.get(_ODS_CURRENCY, "DKK")
    return Format(CURRENCY, unit=currency) if kind == "currency" and currency not in ("DKK", "kr", "kr.") else None


def _ods_text_with_gaps(cell: ElementTree.Element) -> str:
    """Return the text of a cell that holds a line break or a tab inside a paragraph; '' for every other."""
    if (
        cell.get(VALUE) != "string"
        or cell.get(_STORED_TEXT) is not None
        or not any(element.tag in _GAPS for element in cell.iter())
    ):
        return ""
    return "\n".join(_with_gaps(paragraph) for paragraph in cell.findall(f"{_TEXT}p"))


def _with_gaps(element: ElementTree.Element) -> str:
    spaces = " " * int(element.get(f"{_TEXT}c", 1)) if element.tag == f"{_TEXT}s" else ""
    inner = "".join(_with_gaps(child) + (child.tail or "") for child in element)
    return _GAPS.get(element.tag, spaces) + (element.text or "") + inner
