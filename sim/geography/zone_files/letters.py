"""The letters of a shapefile's table, which says of itself too little to know them."""

from pathlib import Path

_WINDOWS = {0x03, 0x57}
"""What programs write as the table's code page by habit, whatever they have put in it."""


def encoding_of(shapefile: Path) -> str | None:
    """Return the encoding to read a shapefile's names in; None to leave it to what the file says.

    Without a .cpg the table is UTF-8 when its letters are, else Windows-1252; a code page that it states is kept.
    """
    if shapefile.with_suffix(".cpg").exists():
        return None
    table = shapefile.with_suffix(".dbf").read_bytes()
    start = int.from_bytes(table[8:10], "little")
    if _is_utf8(table[start:]):
        return "UTF-8"
    return "CP1252" if table[29:30] == b"\0" or table[29] in _WINDOWS else None


def _is_utf8(rows: bytes) -> bool:
    """Whether the letters outside ASCII are UTF-8; the last one of a cell may be cut by the cell's width.

    >>> _is_utf8("Holbæk   Tølløse".encode()), _is_utf8("Holbæk".encode("cp1252")), _is_utf8(b"Roskilde")
    (True, False, False)
    """
    whole = False
    for word in rows.split():
        try:
            whole = len(word.decode()) < len(word) or whole
        except UnicodeDecodeError as error:
            if error.reason != "unexpected end of data":
                return False
    return whole
