"""The coordinate system that a file of zones states: which of those that can be read, or why none."""

import re
from pathlib import Path

from tariffs.errors import InputError

EPSG = re.compile(r"EPSG:{1,2}([0-9]{4,6})$")
SAME_PLANE = {
    "25832": "25832", "32632": "25832", "7416": "25832", "4326": "4326", "4258": "4326", "4979": "4326", "4937": "4326",
    "3857": "3857", "900913": "3857",
}  # fmt: skip
"""EPSG's numbers of the systems that are read, and the one each is read as; heights count for nothing."""
CHOICES = ("25832", "4326", "3857")
IN_WORDS = "UTM 32 (EPSG:25832), WGS84 (EPSG:4326) og EPSG:3857 kan læses"
SAVE_AGAIN = "gem filen i ETRS89 / UTM zone 32 (EPSG:25832), i QGIS med Eksportér > Gem objekter som, og brug den fil"
SYSTEM_34 = {21: "Jylland-Fyn", 22: "Sjælland", 23: "Bornholm"}
"""MapInfo's projections of System 34 and 45, which GDAL takes for UTM 32: findings/mapinfo-system-34-is-read-as-utm.sh."""
_PROJECTION_BYTE = 0x16D
_MODERN = re.compile(r'SPHEROID\["[^"]*",6378137(?:\.0)?,298\.2572')
_SHIFT = re.compile(r"TOWGS84\[([^\]]*)\]")


def system_of(crs: str | None, chosen: str | None) -> str:
    """Return the EPSG number in which coordinates are read: of what the file states, or of what the user has chosen.

    Raises InputError for a system that is not read, for none at all, and for a choice that the file contradicts.
    """
    if not crs:
        if chosen is None:
            raise InputError(
                "Filen siger ikke, hvilket koordinatsystem den er i",
                why="de samme tal er forskellige steder i forskellige systemer",
                next_step="angiv det med --crs (takstlab import areas), oftest 25832 for UTM 32, eller gem filen igen med sit system",
            )
        return chosen
    stated = _stated(crs)
    if stated is None:
        named = re.search(r'\["([^"]*)"', crs)
        datum = re.search(r'DATUM\["([^"]*)"', crs)
        words = crs if EPSG.search(crs) else ", ".join(found[1] for found in (named, datum) if found)
        raise InputError(
            "Filens koordinatsystem kan ikke læses", why=f"den er i {words[:100]}; {IN_WORDS}", next_step=SAVE_AGAIN
        )
    if chosen is not None and chosen != stated:
        raise InputError(f"Filen siger selv, at den er i EPSG:{stated}", next_step="udelad --crs")
    return stated


def _stated(crs: str) -> str | None:
    number = EPSG.search(crs)
    if number:
        return SAME_PLANE.get(number[1])
    shift = _SHIFT.search(crs)
    if not _MODERN.search(crs) or (shift and any(float(part) for part in shift[1].split(","))):
        return None
    if "PROJECTION[" not in crs:
        return "4326" if crs.startswith("GEOGCS") and "0.01745329" in crs else None
    if "+proj=merc +a=6378137 +b=6378137" in crs:
        return "3857"
    return "25832" if 'PROJECTION["Transverse_Mercator"]' in crs and _is_utm_32(crs) else None


def _is_utm_32(crs: str) -> bool:
    told = {name.lower(): float(value) for name, value in re.findall(r'PARAMETER\["(\w+)",(-?[0-9.eE+-]+)\]', crs)}
    wanted = {
        "latitude_of_origin": 0,
        "central_meridian": 9,
        "scale_factor": 0.9996,
        "false_easting": 500_000,
        "false_northing": 0,
    }
    unit = re.findall(r'UNIT\["[^"]*",([0-9.eE+-]+)', crs)
    return (
        unit[-1:] != [] and float(unit[-1]) == 1 and all(told.get(name, 0) == value for name, value in wanted.items())
    )


def check_mapinfo(file: Path) -> None:
    """Raise InputError for a MapInfo file in System 34 or 45, which would be read as UTM 32, up to kilometres wrong."""
    number = _mapinfo_projection(file)
    if number in SYSTEM_34:
        raise InputError(
            f"{file.name} er i System 34/45 ({SYSTEM_34[number]})",
            why="læst som andre MapInfo-filer ville zonerne ligge et forkert sted, uden at det kunne ses",
            next_step="åbn filen i MapInfo, gem en kopi med projektionen UTM zone 32, ETRS89, og brug den; QGIS læser System 34 lige så"
            " forkert",
        )


def _mapinfo_projection(file: Path) -> int | None:
    if file.suffix == ".mif":
        with file.open("rb") as stream:
            head = stream.read(100_000)
        found = re.search(rb"coordsys\s+earth\s+projection\s+([0-9]+)", head, re.IGNORECASE)
        return int(found[1]) % 1000 if found else None
    if file.suffix == ".tab":
        with file.with_suffix(".map").open("rb") as stream:
            head = stream.read(_PROJECTION_BYTE + 1)
        return head[_PROJECTION_BYTE] if len(head) > _PROJECTION_BYTE else None
    return None
