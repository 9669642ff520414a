"""Which formats are read, and which files on the disk are one file of zones together."""

from pathlib import Path

GEOJSON = (".geojson", ".json")
MISSING_PARTS: dict[str, tuple[str, ...]] = {".shp": (".dbf", ".shx"), ".tab": (".dat", ".map"), ".mif": (".mid",)}
"""What a file cannot be read without."""
OPTIONAL_PARTS: dict[str, tuple[str, ...]] = {".shp": (".prj", ".cpg"), ".tab": (".id",)}
SINGLE = (".gpkg", ".kml", ".gml")
PACKED = (".zip", ".kmz")
FORMATS = (*GEOJSON, *SINGLE, *MISSING_PARTS, *PACKED)
IN_WORDS = "GeoPackage, zip med shapefile eller MapInfo (TAB, MIF), KML/KMZ, GML eller GeoJSON"


def parts_of(file: Path) -> tuple[Path, ...]:
    """Return the files that a file of zones consists of, itself first; names may differ in case, as on other systems."""
    ending = file.suffix.lower()
    wanted = (*MISSING_PARTS.get(ending, ()), *OPTIONAL_PARTS.get(ending, ()))
    if not wanted or not file.parent.is_dir():
        return (file,)
    beside = sorted(one for one in file.parent.iterdir() if one.stem.lower() == file.stem.lower())
    return (file, *(one for one in beside if one.suffix.lower() in wanted))


def lacking(file: Path) -> tuple[str, ...]:
    """Return the endings of the files that it cannot be read without, and that do not stand next to it.

    >>> lacking(Path("/findes/ikke/byer.tab"))
    ('.dat', '.map')
    """
    there = {one.suffix.lower() for one in parts_of(file)}
    return tuple(ending for ending in MISSING_PARTS.get(file.suffix.lower(), ()) if ending not in there)
