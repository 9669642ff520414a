"""Splitting CSV text into rows when some of them are broken, so that a stray quote swallows no other row."""

import csv
import io
from collections.abc import Iterator


def split_rows(text: str, width: int, delimiter: str) -> tuple[list[list[str]], dict[int, str]]:
    """Return every row's cells, and by row number from 0 why a row is broken.

    A row with another number of cells than ``width`` is kept as it is. A quote that is never closed, or that
    runs into other rows, breaks the line it stands in and no other. An empty line is a row of no cells, so that rows keep their numbers.
    """
    lines = list(io.StringIO(text, newline=""))
    rows: list[list[str]] = []
    broken: dict[int, str] = {}
    start = 0
    while start < len(lines):
        fault = ""
        base = start
        reader = csv.reader(_from(lines, base), delimiter=delimiter, strict=True)
        try:
            for row in reader:
                end = base + reader.line_num
                if end > start + 1 and _swallows(lines[start + 1 : end], width, delimiter):
                    fault = "et anførselstegn åbnes, men lukkes først i en anden række"
                    break
                if row and len(row) != width and any(cell.strip() for cell in row):
                    broken[len(rows)] = f"rækken har {len(row)} felter, ikke {width}"
                rows.append(row)
                start = end
        except csv.Error as error:
            fault = _said(str(error))
        if not fault:
            break
        broken[len(rows)] = fault
        rows.append([cell.strip('"\r\n') for cell in lines[start].split(delimiter)])
        start += 1
    return rows, broken


def _said(error: str) -> str:
    """Say in Danish what Python's reader says of a row."""
    if "unexpected end" in error or "larger than field limit" in error:
        return "et anførselstegn åbnes, men lukkes aldrig"
    if "expected after" in error:
        return "et anførselstegn er ikke lukket, hvor cellen slutter"
    return f"rækken kan ikke læses ({error})"


def _from(lines: list[str], start: int) -> Iterator[str]:
    for number in range(start, len(lines)):
        yield lines[number]


def _swallows(continued: list[str], width: int, delimiter: str) -> bool:
    """True when one of the lines inside a row is a whole row by itself, its quotes in pairs."""
    for line in continued:
        if line.count('"') % 2:
            continue
        try:
            if any(len(row) == width for row in csv.reader([line], delimiter=delimiter, strict=True)):
                return True
        except csv.Error:
            continue
    return False
