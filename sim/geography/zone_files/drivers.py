"""GDAL with nothing but the named formats, and without a way out to the net."""

import os
import sys

ALLOWED = frozenset({"ESRI Shapefile", "MapInfo File", "GPKG", "LIBKML", "GML", "GeoJSON"})
OFF = "OGR_SKIP"
SETTINGS = {
    "GML_DOWNLOAD_SCHEMA": "NO",
    "GML_DOWNLOAD_WFS_SCHEMA": "NO",
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "LIBKML_RESOLVE_STYLE": "NO",
    "GDAL_HTTP_PROXY": "127.0.0.1:9",
    "GDAL_HTTPS_PROXY": "127.0.0.1:9",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "PROJ_NETWORK": "OFF",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
}
"""What a reader of files needs none of: schemas and parts of a file from addresses that it names, grids from the net."""
_FOREIGN = ("GDAL_", "OGR_", "CPL_", "GML_", "LIBKML_", "PROJ_", "SHAPE_", "MITAB_", "SQLITE_", "AWS_")


def environment(inherited: dict[str, str]) -> dict[str, str]:
    """Return what the reading process is started with: nothing of GDAL's own but `SETTINGS`."""
    return {key: value for key, value in inherited.items() if not key.startswith(_FOREIGN)} | SETTINGS


def switch_others_off() -> None:
    """Start this process again with every driver but the named ones switched off, so that none of them is ever loaded.

    Raises RuntimeError when one is there nevertheless.
    """
    import pyogrio

    others = sorted(set(pyogrio.list_drivers()) - ALLOWED)
    if others and OFF not in os.environ:
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], {**os.environ, OFF: ",".join(others)})
    if others:
        raise RuntimeError(f"drivers that should be off: {', '.join(others)}")
