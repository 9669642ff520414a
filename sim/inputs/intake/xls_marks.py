"""What an .xls file (Excel 97-2003, MS-XLS) says of its cells beside their values: errors, formats, what is hidden or merged."""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from sim.inputs.intake.compound_file import stream_of
from sim.inputs.intake.marks import Marks
from sim.inputs.intake.number_formats import BUILT_IN_PERCENT, PERCENT, Format, format_of

_BOF, _EOF, _SHEET, _FORMAT, _XF, _PASSWORD = 0x0809, 0x000A, 0x0085, 0x041E, 0x00E0, 0x002F
_ROW, _COLUMNS, _NUMBER, _RK, _RKS, _FORMULA, _BOOL_OR_ERROR, _MERGED = (
    0x0208, 0x007D, 0x0203, 0x027E, 0x00BD, 0x0006, 0x0205, 0x00E5,
)  # fmt: skip
_EXCEL_97 = 0x0600
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_MOST_COLUMNS = 256
Record = tuple[int, bytes]


def xls_marks(file: Path, sheet: str) -> Marks | None:
    """Return what a sheet says of its cells; None for a file of before 1997, one with a password, and one that is not whole."""
    content = stream_of(file.read_bytes(), ("Workbook",))
    if content is None:
        return None
    try:
        start, formats = _about(content, sheet)
        return None if start is None else _sheet_marks(content, start, formats)
    except (struct.error, IndexError, UnicodeDecodeError):
        return None


def _records(content: bytes, at: int) -> Iterator[Record]:
    """Yield the records of one part, those of what is embedded in it left out."""
    depth = 0
    while at + 4 <= len(content):
        kind, length = struct.unpack_from("<2H", content, at)
        body = content[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth == 1:
            yield kind, body


def _about(content: bytes, sheet: str) -> tuple[int | None, dict[int, Format]]:
    """Return where a sheet begins, None where that cannot be said, and by number the styles that show another number than is stored."""
    kind, _, version = struct.unpack_from("<3H", content, 0)
    if (kind, version) != (_BOF, _EXCEL_97):
        return None, {}
    start, codes, styles = None, dict[int, str](), list[int]()
    for kind, body in _records(content, 0):
        if kind == _PASSWORD:
            return None, {}
        if kind == _SHEET and _text(body[6:], body[6], 1) == sheet:
            start = struct.unpack_from("<I", body)[0]
        elif kind == _FORMAT:
            number, length = struct.unpack_from("<2H", body)
            codes[number] = _text(body[2:], length, 2)
        elif kind == _XF:
            styles.append(struct.unpack_from("<H", body, 2)[0])
    found = {style: how for style, number in enumerate(styles) if (how := _format(number, codes))}
    return start, found


def _text(body: bytes, length: int, at: int) -> str:
    """Return a text of ``length`` letters after ``at`` bytes that say so: a byte of flags, then one or two bytes a letter."""
    wide = body[at] & 1
    letters = body[at + 1 : at + 1 + length * (1 + wide)]
    return letters.decode("utf-16-le" if wide else "latin-1")


def _format(number: int, codes: Mapping[int, str]) -> Format | None:
    if number in codes:
        return format_of(codes[number])
    return Format(PERCENT) if str(number) in BUILT_IN_PERCENT else None


def _sheet_marks(content: bytes, start: int, formats: Mapping[int, Format]) -> Marks:
    marks = Marks()
    for kind, body in _records(content, start):
        if kind == _ROW:
            row, options = struct.unpack_from("<H10xI", body)
            if options & 0x20:
                marks.rows.append(row)
        elif kind == _COLUMNS:
            first, last, width, _, options = struct.unpack_from("<5H", body)
            if options & 1 or not width:
                marks.columns += range(first, min(last, _MOST_COLUMNS - 1) + 1)
        elif kind == _MERGED:
            (count,) = struct.unpack_from("<H", body)
            for top, bottom, _, _ in struct.iter_unpack("<4H", body[2 : 2 + 8 * count]):
                marks.merged += [(top + 1, bottom + 1)] if top != bottom else []
        elif kind in (_NUMBER, _RK, _RKS, _FORMULA, _BOOL_OR_ERROR):
            for row, column, style, error in _cells(kind, body):
                if error is not None:
                    marks.errors.append((row, column, ERRORS.get(error, "#FEJL")))
                elif style in formats:
                    marks.formats.append((row, column, formats[style]))
    return marks


def _cells(kind: int, body: bytes) -> Iterator[tuple[int, int, int, int | None]]:
    """Yield row, column, style and error of the cells of a record."""
    row, column, style = struct.unpack_from("<3H", body)
    if kind == _RKS:
        for place, (one, _) in enumerate(struct.iter_unpack("<HI", body[4 : 4 + (len(body) - 6) // 6 * 6])):
            yield row, column + place, one, None
    elif kind == _BOOL_OR_ERROR:
        yield row, column, style, body[6] if body[7] else None
    elif kind == _FORMULA and body[12:14] == b"\xff\xff":
        yield row, column, style, body[8] if body[6] == 2 else None
    else:
        yield row, column, style, None
