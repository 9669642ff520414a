"""The letters of a shapefile's table, which says of itself too little to know them."""

from pathlib import Path

_WINDOWS = {0x03, 0x57}
"""What programs write as the table's code page by habit, whatever they have put in it."""


def encoding_of(shapefile: Path) -> str | None:
    """Return the encoding to read a shapefile's names in; None to leave it to what the file says.

    Without a .cpg the table is UTF-8 when its letters are, else Windows-1252, or code page 850 where its Danish letters are that one's;
    a code page that it states is kept.
    """
    if shapefile.with_suffix(".cpg").exists():
        return None
    table = shapefile.with_suffix(".dbf").read_bytes()
    start = int.from_bytes(table[8:10], "little")
    if _is_utf8(table[start:]):
        return "UTF-8"
    if table[29:30] != b"\0" and table[29] not in _WINDOWS:
        return None
    return "CP850" if _is_cp850(table[start:]) else "CP1252"


def _is_cp850(rows: bytes) -> bool:
    """Whether the letters outside ASCII are all code page 850's Danish ones, which in Windows-1252 are marks within words.

    >>> _is_cp850("Holbæk".encode("cp850")), _is_cp850("Holbæk".encode("cp1252")), _is_cp850(b"Roskilde")
    (True, False, False)
    """
    foreign = {byte for byte in rows if byte > 0x7F}
    return bool(foreign) and foreign <= set("æøåÆØÅéÉäöüÄÖÜ".encode("cp850"))


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
