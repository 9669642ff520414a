"""What an .xlsb file says of its cells beside their values: errors, formats, what is hidden, merged or struck through.

Its parts are records ([MS-XLSB] 2.1.4): a number and a length of seven bits a byte, and so many bytes.
"""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from sim.inputs.intake.marks import Marks
from sim.inputs.intake.number_formats import PERCENT, Format, format_of

_ROW, _MERGED, _COLUMNS, _END_OF_SHEET = 0, 176, 60, 130
_FONT, _FORMAT, _STYLE, _STYLES, _END_OF_STYLES, _SHEET = 43, 44, 47, 617, 618, 156
_ERRORS, _NUMBERS, _CELLS = (3, 11), (2, 5, 9), range(2, 12)
"""Cells by what they hold: all but the empty ones, whose number is 1."""
_TEXTS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_HIDDEN_ROW, _HIDDEN_COLUMN, _STRIKES = 0x10, 0x01, 0x08
_BUILT_IN_PERCENT = (9, 10)
_MOST_COLUMNS = 16_384
_ID = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def xlsb_marks(file: Path, sheet: str) -> Marks | None:
    """Return what a sheet says of its cells; None for a file that is not as it should be."""
    try:
        with zipfile.ZipFile(file) as packed:
            part = _part(packed, sheet)
            styles = packed.read("xl/styles.bin") if "xl/styles.bin" in packed.namelist() else b""
            return _marks(packed.read(part), styles)
    except (KeyError, ValueError, IndexError, struct.error, zipfile.BadZipFile, ElementTree.ParseError):
        return None


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each record's number and content; raises ValueError for one that runs past the end."""
    place = 0
    while place < len(content):
        number, place = _seven_bits(content, place, 2)
        size, place = _seven_bits(content, place, 4)
        if place + size > len(content):
            raise ValueError("a record runs past the end of its part")
        yield number, content[place : place + size]
        place += size


def _seven_bits(content: bytes, place: int, most: int) -> tuple[int, int]:
    value = 0
    for n in range(most):
        value |= (content[place + n] & 0x7F) << 7 * n
        if not content[place + n] & 0x80:
            return value, place + n + 1
    return value, place + most


def _text(content: bytes, place: int) -> tuple[str, int]:
    """Return a text and where it ends; one that is null has the length 0xFFFFFFFF."""
    (length,) = struct.unpack_from("<I", content, place)
    length = 0 if length == 0xFFFFFFFF else length
    end = place + 4 + 2 * length
    return content[place + 4 : end].decode("utf-16-le"), end


def _part(packed: zipfile.ZipFile, sheet: str) -> str:
    """Return the part of a sheet; raises KeyError where the file has none of that name."""
    links = ElementTree.fromstring(packed.read("xl/_rels/workbook.bin.rels"))
    targets = {link.get("Id"): str(link.get("Target")) for link in links.iter(_ID)}
    for number, content in _records(packed.read("xl/workbook.bin")):
        if number == _SHEET:
            link, end = _text(content, 8)
            if _text(content, end)[0] == sheet:
                target = targets[link]
                return target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(sheet)


def _styles(content: bytes) -> tuple[dict[int, Format], set[int], int]:
    """Return by number the styles that show a number as something else than it is, those that strike through, and how many there are."""
    codes: dict[int, str] = {}
    struck_fonts: list[bool] = []
    shown: dict[int, Format] = {}
    struck: set[int] = set()
    inside, place = False, 0
    for number, record in _records(content):
        if number == _FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _text(record, 2)[0]
        elif number == _FONT:
            struck_fonts.append(bool(record[2] & _STRIKES))
        elif number in (_STYLES, _END_OF_STYLES):
            inside = number == _STYLES
        elif number == _STYLE and inside:
            _, code, font = struct.unpack_from("<HHH", record)
            how = Format(PERCENT) if code in _BUILT_IN_PERCENT and code not in codes else format_of(codes.get(code, ""))
            if how:
                shown[place] = how
            if struck_fonts[font]:
                struck.add(place)
            place += 1
    return shown, struck, place


def _marks(content: bytes, styles: bytes) -> Marks:
    shown, struck, count = _styles(styles)
    marks, row, ended = Marks(), 0, False
    for number, record in _records(content):
        if number == _ROW:
            (row,) = struct.unpack_from("<I", record)
            marks.rows += [row] if record[11] & _HIDDEN_ROW else []
        elif number in _CELLS:
            column, style = struct.unpack_from("<II", record)
            style &= 0xFFFFFF
            if style >= max(count, 1):
                raise ValueError("a cell has a style that the file lacks")
            if number in _ERRORS:
                marks.errors.append((row, column, _TEXTS.get(record[8], "#FEJL")))
            elif number in _NUMBERS and style in shown:
                marks.formats.append((row, column, shown[style]))
            if style in struck:
                marks.struck.add(row)
        elif number == _COLUMNS:
            first, last, width, _, flags = struct.unpack_from("<IIIIH", record)
            if flags & _HIDDEN_COLUMN or not width:
                marks.columns += range(first, min(last + 1, _MOST_COLUMNS))
        elif number == _MERGED:
            first, last = struct.unpack_from("<II", record)
            marks.merged += [(first + 1, last + 1)] if last > first else []
        elif number == _END_OF_SHEET:
            ended = True
    if not ended:
        raise ValueError("the sheet has no end")
    return marks
