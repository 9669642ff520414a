"""Of what kind a file is that was sent as ``application/octet-stream``: by its first bytes, as clients made from the OpenAPI
document send every file.
"""

import io
import zipfile
from collections.abc import Iterable
from typing import Any

from api.http.file_size import PARQUET
from api.http.formats import BINARY, XLSX

UNNAMED = "application/octet-stream"
ZIP, OLE, SQLITE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"SQLite format 3\x00"
HEAD = 2_000
"""How far into a file its kind is looked for."""


def file_body(kinds: Iterable[str]) -> dict[str, Any]:
    """Return the OpenAPI description of a body that is a file of one of some kinds, or of none that is named.

    The one that is not named is the last: a client made from the document sends the last that a file may be.
    """
    return {"requestBody": {"required": True, "content": {kind: {"schema": BINARY} for kind in (*kinds, UNNAMED)}}}


def kind_of_trips(content: bytes) -> str:
    """Return the media type of a file of trips; a text is CSV, which may be by tabs as well.

    >>> kind_of_trips(b"dato;tid;fra;til"), kind_of_trips(b"PAR1...")
    ('text/csv', 'application/vnd.apache.parquet')
    """
    if content.startswith(b"PAR1"):
        return PARQUET
    if content.startswith(OLE):
        return "application/vnd.ms-excel"
    if not content.startswith(ZIP):
        return "text/csv"
    names = _names(content)
    if "xl/workbook.bin" in names:
        return "application/vnd.ms-excel.sheet.binary.macroenabled.12"
    return "application/vnd.oasis.opendocument.spreadsheet" if "mimetype" in names else XLSX


def kind_of_areas(content: bytes) -> str:
    """Return the media type of a file of town areas.

    >>> kind_of_areas(b'{"type": "FeatureCollection"}'), kind_of_areas(b"<?xml version='1.0'?><kml>")
    ('application/geo+json', 'application/vnd.google-earth.kml+xml')
    """
    if content.startswith(SQLITE):
        return "application/geopackage+sqlite3"
    if content.startswith(ZIP):
        kmz = any(name.lower().endswith(".kml") for name in _names(content))
        return "application/vnd.google-earth.kmz" if kmz else "application/zip"
    head = content[:HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<"):
        return "application/vnd.google-earth.kml+xml" if b"<kml" in head else "application/gml+xml"
    return "application/geo+json"


def _names(content: bytes) -> list[str]:
    """Return the names in a zip, none of a broken one, which its reader refuses."""
    try:
        return zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return []
