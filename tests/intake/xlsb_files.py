# ruff: noqa: E501  a part of the file is a line
"""Small .xlsb files, written record by record ([MS-XLSB]): python-calamine and LibreOffice read them as meant."""

import struct
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin"'
    ' ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/worksheets/sheet1.bin"'
    ' ContentType="application/vnd.ms-excel.worksheet"/><Override PartName="/xl/styles.bin"'
    ' ContentType="application/vnd.ms-excel.styles"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELS = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
REL = '<Relationship Id="{}" Type="' + OFFICE + '/{}" Target="{}"/>'
STYLES = ((0, 0), (9, 0), (164, 0), (165, 0), (0, 1))
"""Formats and fonts: plain, per cent, euro, thousands, and struck through."""
PLAIN, PERCENT, EURO, THOUSANDS, STRUCK = range(5)


def record(number: int, content: bytes = b"") -> bytes:
    size, length = len(content), b""
    while True:
        length += bytes([size & 0x7F | (0x80 if size > 0x7F else 0)])
        size >>= 7
        if not size:
            break
    return (bytes([number]) if number < 128 else bytes([number & 0x7F | 0x80, number >> 7])) + length + content


def text(letters: str) -> bytes:
    return struct.pack("<I", len(letters)) + letters.encode("utf-16-le")


def styles() -> bytes:
    font = struct.pack("<HHHHBBBB", 220, 0, 400, 0, 0, 2, 0, 0) + struct.pack("<BBhBBBB", 0, 0, 0, 0, 0, 0, 0)
    fonts = [font + b"\0" + text("Arial"), font[:2] + b"\x08\0" + font[4:] + b"\0" + text("Arial")]
    fill = struct.pack("<I", 0) + bytes(64)
    border = b"\0" + bytes(50)
    cells = [struct.pack("<HHHHHBBBBH", 0, code, font, 0, 0, 0, 0, 0, 0, 0) for code, font in STYLES]
    parts = [
        record(278),
        record(615, struct.pack("<I", 2)),
        record(44, struct.pack("<H", 164) + text("[$€-2] #,##0.00")), record(44, struct.pack("<H", 165) + text("#,##0,")),
        record(616), record(611, struct.pack("<I", 2)), *(record(43, one) for one in fonts), record(612),
        record(603, struct.pack("<I", 1)), record(45, fill), record(604), record(613, struct.pack("<I", 1)), record(46, border), record(614),
        record(626, struct.pack("<I", 1)), record(47, struct.pack("<HHHHHBBBBH", 0xFFFF, 0, 0, 0, 0, 0, 0, 0, 0, 0)), record(627),
        record(617, struct.pack("<I", len(cells))), *(record(47, one) for one in cells), record(618), record(279),
    ]  # fmt: skip
    return b"".join(parts)


def cell(column: int, value: Any, style: int) -> bytes:
    """A text, a number, or an error by its code as bytes."""
    place = struct.pack("<II", column, style)
    if isinstance(value, bytes):
        return record(3, place + value)
    return record(6, place + text(value)) if isinstance(value, str) else record(5, place + struct.pack("<d", value))


def write_xlsb(
    file: Path,
    rows: Sequence[Sequence[tuple[Any, int]]],
    hidden: Sequence[int] = (),
    hidden_columns: Sequence[int] = (),
    merged: Sequence[tuple[int, int, int]] = (),
) -> Path:
    """Write a sheet of cells with their styles; rows and columns from 0, merged cells as first and last row and column."""
    width = max(map(len, rows))
    parts = [record(129), record(148, struct.pack("<IIII", 0, len(rows) - 1, 0, width - 1))]
    if hidden_columns:
        columns = [record(60, struct.pack("<IIIIH", one, one, 2048, 0, 3)) for one in hidden_columns]
        parts += [record(390), *columns, record(391)]
    parts.append(record(145))
    for row, cells in enumerate(rows):
        span = struct.pack("<III", 1, 0, len(cells) - 1)
        parts.append(record(0, struct.pack("<IIHBBB", row, 0, 300, 0, 0x10 if row in hidden else 0, 0) + span))
        parts += [cell(column, value, style) for column, (value, style) in enumerate(cells) if value != ""]
    parts.append(record(146))
    if merged:
        ranges = [record(176, struct.pack("<IIII", first, last, column, column)) for first, last, column in merged]
        parts += [record(177, struct.pack("<I", len(ranges))), *ranges, record(178)]
    parts.append(record(130))
    book = [record(131), record(143), record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Ture")), record(144), record(132)]  # fmt: skip
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", TYPES)
        packed.writestr("_rels/.rels", RELS.format(REL.format("rId1", "officeDocument", "xl/workbook.bin")))
        links = REL.format("rId1", "worksheet", "worksheets/sheet1.bin") + REL.format("rId2", "styles", "styles.bin")
        packed.writestr("xl/_rels/workbook.bin.rels", RELS.format(links))
        packed.writestr("xl/workbook.bin", b"".join(book))
        packed.writestr("xl/styles.bin", styles())
        packed.writestr("xl/worksheets/sheet1.bin", b"".join(parts))
    return file
