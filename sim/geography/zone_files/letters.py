"""The letters of a shapefile's table, which says of itself too little to know them."""

from pathlib import Path

from sim.words.code_pages import has_quotation_marks

_WINDOWS = {0x03, 0x57}
"""What programs write as the table's code page by habit, whatever they have put in it."""
_GUESSED = {"CP1252": "Windows-1252", "CP850": "kodetabel 850"}


def encoding_of(shapefile: Path) -> str | None:
    """Return the encoding to read a shapefile's names in; None to leave it to what the file says.

    Without a .cpg the table is UTF-8 when its letters are, else Windows-1252, or code page 850 where its Danish letters are that one's;
    a code page that it states is kept.
    """
    if shapefile.with_suffix(".cpg").exists():
        return None
    rows, page = _table(shapefile)
    if _is_utf8(rows):
        return "UTF-8"
    if page != 0 and page not in _WINDOWS:
        return None
    return "CP850" if _is_cp850(rows) else "CP1252"


def letters_note(shapefile: Path, encoding: str | None) -> str:
    """Return what is said of an encoding that was guessed and matters; '' where there is no more than ASCII, or no doubt."""
    if encoding not in _GUESSED or max(_table(shapefile)[0], default=0) <= 0x7F:
        return ""
    return f"Filen siger ikke, hvordan navnenes bogstaver er skrevet; de er læst som {_GUESSED[encoding]}."


def _table(shapefile: Path) -> tuple[bytes, int]:
    """Return the rows of a shapefile's table, and the number of the code page that it states."""
    table = shapefile.with_suffix(".dbf").read_bytes()
    return table[int.from_bytes(table[8:10], "little") :], table[29] if len(table) > 29 else 0


def _is_cp850(rows: bytes) -> bool:
    """Whether the letters outside ASCII are all code page 850's Danish ones, which in Windows-1252 are marks within words.

    >>> _is_cp850("Holbæk".encode("cp850")), _is_cp850("Holbæk".encode("cp1252")), _is_cp850(b"Roskilde")
    (True, False, False)
    >>> _is_cp850("HOLBÆK".encode("cp850")), _is_cp850("Sankt Hans’ Vang".encode("cp1252"))
    (True, False)
    """
    foreign = {byte for byte in rows if byte > 0x7F}
    danish = bool(foreign) and foreign <= set("æøåÆØÅéÉäöüÄÖÜ".encode("cp850"))
    return danish and not has_quotation_marks(rows)


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
