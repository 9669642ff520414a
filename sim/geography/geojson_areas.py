"""Town areas in GeoJSON as GIS programs write it, made plain: one feature a name, in WGS84, with nothing but name and line."""

import json
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import numpy as np

from sim.geography.names import fold
from sim.geography.outlines import mended
from sim.geography.projection import to_degrees, to_metres
from tariffs.errors import DataError, InputError

Geometry = dict[str, Any]
Bad = Callable[..., DataError]
"""Makes the error of what is wrong and why."""
MOST_AREAS, MOST_FEATURES, LONGEST_NAME = 100, 5_000, 120
NAMES = ("name", "navn", "bynavn", "by", "byomraade", "omraade", "zone", "zonenavn", "title")
"""Properties that hold an area's name, the first that every feature has filled; case and Danish letters do not count."""
MAY_BE_CODES = ("by", "byomraade", "omraade", "zone")
"""Those of them that hold a number in some files, as `zone` 1 is every byzone of the country's plan data."""
OTHERS_NAMES = ("kommunenavn", "regionsnavn", "regionnavn", "filename", "filnavn", "typename", "username")
"""Properties called a name that are not the area's."""
DEGREES, UTM_32, WEB_MERCATOR = ("CRS84", "4326", "4258"), ("25832", "32632"), ("3857", "900913")
LONGEST_KM = 10_000
"""Kilometres of line in all; a winding one round a town is 100."""
EARTH_M = 6_378_137.0
METRES = 10_000
"""What no degrees are above, and every metre of Denmark is in the systems that are read."""
SHOWN_PROPERTIES = 12


def parse(raw: bytes, bad: Bad) -> dict[str, Any]:
    """Return a file's FeatureCollection."""
    try:
        content: Any = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise bad("Filen med byområder er ikke i UTF-8", "gem den igen med tegnsættet UTF-8") from error
    except (ValueError, RecursionError) as error:
        place = f"linje {error.lineno}, tegn {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
        raise bad("Filen med byområder er ikke gyldig JSON", place) from error
    if not isinstance(content, dict) or content.get("type") != "FeatureCollection":
        raise bad("Filen med byområder er ikke en FeatureCollection")
    return content


def in_chosen_system(content: dict[str, Any], crs: str | None) -> dict[str, Any]:
    """Return GeoJSON that names the system that the user has chosen for it; raises InputError where it names another itself."""
    if crs is None:
        return content
    if content.get("crs") is None:
        return {**content, "crs": {"type": "name", "properties": {"name": f"EPSG:{crs}"}}}
    code = _code(content["crs"])
    if code and not any({code, crs} <= {*same} for same in (DEGREES, UTM_32, WEB_MERCATOR)):
        raise InputError(f"Filen siger selv, at den er i EPSG:{code}", next_step="udelad --crs")
    return content


def plain_features(
    content: dict[str, Any], bad: Bad, name_property: str | None = None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the areas as features with the property ``name``, in the file's order, and what outlines were mended.

    Features of one name are one area. ``name_property`` is where the user says that the names are. Raises what ``bad`` makes
    for anything but named polygons in Denmark.
    """
    features = content.get("features")
    if not isinstance(features, list) or not features:
        raise bad("Filen med byområder har ingen features")
    if len(features) > MOST_FEATURES:
        raise bad(f"Filen har {len(features)} flader; højst {MOST_FEATURES} kan bruges")
    to_wgs84 = _system(content.get("crs"), bad)
    named, partly = _name_property(features) if name_property is None else (fold(name_property), None)
    polygons: dict[str, list[Any]] = {}
    several: set[str] = set()
    folded: dict[str, str] = {}
    times: Counter[str] = Counter()
    for number, feature in enumerate(features, start=1):
        where = f"feature {number}"
        if not isinstance(feature, dict):
            raise bad(f"{where} er ikke et objekt")
        name = _name(feature, named, where, bad, chosen=name_property, partly=partly)
        geometry = _in_degrees(feature.get("geometry"), to_wgs84, f"{where} ('{name}')", bad)
        if folded.setdefault(fold(name), name) != name:
            raise bad(
                f"{where}: navnet '{name}' bruges to gange",
                "det skrives på to måder; skriv det ens, så bliver de ét område",
            )
        times[name] += 1
        if name in polygons or geometry["type"] == "MultiPolygon":
            several.add(name)
        polygons.setdefault(name, []).extend(
            geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        )
    if len(polygons) > MOST_AREAS:
        raise bad(f"Filen har {len(polygons)} byområder; højst {MOST_AREAS} kan bruges")
    km = sum(_length_km(ring) for parts in polygons.values() for polygon in parts for ring in polygon)
    if km > LONGEST_KM:
        raise bad("Linjen er for lang", f"{km:.0f} km; højst {LONGEST_KM} km kan bruges")
    plain, notes = [], []
    for name, parts in polygons.items():
        outline, note = mended(name, parts)
        notes += [note] if note else []
        one = len(outline) == 1 and (note or name not in several)
        geometry = (
            {"type": "Polygon", "coordinates": outline[0]} if one else {"type": "MultiPolygon", "coordinates": outline}
        )
        plain.append({"type": "Feature", "properties": {"name": name}, "geometry": geometry})
    joined = [f"{name} ({count})" for name, count in times.items() if count > 1]
    if joined:
        notes.append(f"Flader med samme navn er samlet til ét område: {', '.join(joined)}.")
    return plain, notes


def _name_property(features: list[Any]) -> tuple[str, str | None]:
    """Return which of `NAMES` the features have filled, and the same again where only some have; 'name' when none has any."""
    keys = [
        {fold(str(key)) for key, value in feature["properties"].items() if _may_be_a_name(fold(str(key)), value)}
        if isinstance(feature, dict) and isinstance(feature.get("properties"), dict)
        else set()
        for feature in features
    ]
    filled = {name: sum(name in found for found in keys) for name in NAMES}
    most = max(NAMES, key=lambda name: filled[name])
    if not filled[most]:
        return _called_a_name(features, keys), None
    return most, most if filled[most] < len(features) else None


def _may_be_a_name(key: str, value: Any) -> bool:
    return isinstance(value, str) and value.strip() != "" and not (key in MAY_BE_CODES and value.strip().isdecimal())


def _called_a_name(features: list[Any], keys: list[set[str]]) -> str:
    """Return the only property filled by all whose own name ends in "navn" or "name" and tells areas apart; 'name' where there is none."""
    ends = {key for key in set.intersection(*keys) if key.endswith(("navn", "name")) and key not in OTHERS_NAMES}
    values = {
        key: {str(value) for one in features for name, value in one["properties"].items() if fold(str(name)) == key}
        for key in ends
    }
    telling = [key for key in sorted(ends) if len(values[key]) > 1 or len(features) == 1]
    return telling[0] if len(telling) == 1 else "name"


def _name(feature: dict[str, Any], named: str, where: str, bad: Bad, *, chosen: str | None, partly: str | None) -> str:
    properties = feature.get("properties")
    properties = properties if isinstance(properties, dict) else {}
    name = next((value for key, value in properties.items() if fold(str(key)) == named), None)
    if chosen is not None and isinstance(name, int | float) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name.strip():
        empty = name is None or not str(name).strip()
        if empty and (partly or (chosen is not None and any(fold(str(key)) == named for key in properties))):
            raise bad(f"{where} har intet navn i '{chosen or partly}'", "skriv et navn, eller slet fladen")
        found = ", ".join(str(key)[:40] for key in list(properties)[:SHOWN_PROPERTIES])
        raise bad(
            f"{where} mangler egenskaben '{chosen or 'name'}'",
            f"den har {found}; angiv, hvilken der er navnet, med --name-property (takstlab import areas)"
            if found
            else "den har ingen egenskaber",
        )
    if len(name) > LONGEST_NAME or not name.strip().isprintable() or "\ufffd" in name:
        raise bad(f"{where}: navnet kan ikke bruges", f"det skal være læselig tekst på højst {LONGEST_NAME} tegn")
    return name.strip()


def _system(crs: Any, bad: Bad) -> Callable[[Any], Any] | None:
    """Return what turns the points of the system that the file names into degrees; None for degrees."""
    if crs is None:
        return None
    code = _code(crs)
    if code in DEGREES:
        return None
    if code in UTM_32:
        return lambda points: np.stack(to_degrees(points[:, 0], points[:, 1])[::-1], axis=1)
    if code in WEB_MERCATOR:
        return lambda points: np.degrees(
            np.stack([points[:, 0] / EARTH_M, 2 * np.arctan(np.exp(points[:, 1] / EARTH_M)) - np.pi / 2], axis=1)
        )
    raise bad(
        "Filens referencesystem kan ikke læses",
        f"den nævner {_told(crs)[:60]}; WGS84, UTM 32 (EPSG:25832) og EPSG:3857 kan læses",
    )


def _told(crs: Any) -> str:
    stated = crs.get("properties") if isinstance(crs, dict) else None
    return str(stated.get("name") if isinstance(stated, dict) else crs)


def _code(crs: Any) -> str:
    """Return the number, or CRS84, that a system is named by; '' where it is named otherwise."""
    code = re.search(r"(CRS84|[0-9]{4,6})$", _told(crs))
    return code[1] if code else ""


def _in_degrees(geometry: Any, to_wgs84: Callable[[Any], Any] | None, where: str, bad: Bad) -> Geometry:
    """Return a checked polygon with two numbers a point, degrees east and north."""
    if not isinstance(geometry, dict) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        kind = geometry.get("type") if isinstance(geometry, dict) else None
        raise bad(f"{where} er hverken Polygon eller MultiPolygon", f"typen er {kind}")
    several = geometry["type"] == "MultiPolygon"
    try:
        polygons = geometry["coordinates"] if several else [geometry["coordinates"]]
        read = [[np.array([[float(v) for v in p[:2]] for p in ring]) for ring in polygon] for polygon in polygons]
    except (KeyError, TypeError, ValueError, IndexError, OverflowError) as error:
        raise bad(f"{where} har ulæselige koordinater", "koordinater er længde, bredde i grader (WGS84)") from error
    if not any(read):
        raise bad(f"{where} har ingen koordinater")
    plain = [[_ring(ring, to_wgs84, where, bad) for ring in polygon] for polygon in read]
    return {"type": geometry["type"], "coordinates": plain if several else plain[0]}


def _ring(ring: Any, to_wgs84: Callable[[Any], Any] | None, where: str, bad: Bad) -> list[list[float]]:
    if ring.ndim != 2 or ring.shape[1] != 2 or len(ring) < 4 or not np.isfinite(ring).all():
        raise bad(f"{where} har en ring med færre end fire punkter")
    if not np.array_equal(ring[0], ring[-1]):
        raise bad(f"{where} har en ring, der ikke er lukket")
    if to_wgs84 is not None:
        ring = np.round(to_wgs84(ring), 8)
    if to_wgs84 is None and (np.abs(ring) > METRES).all():
        raise bad(
            f"{where} har koordinater i meter, og filen nævner intet system",
            "angiv det med --crs (takstlab import areas), oftest 25832 for UTM 32",
        )
    if not ((ring[:, 0] > 7) & (ring[:, 0] < 16) & (ring[:, 1] > 54) & (ring[:, 1] < 58)).all():
        raise bad(f"{where} ligger uden for Danmark", "koordinater er længde, bredde i grader (WGS84)")
    points: list[list[float]] = ring.tolist()
    return points


def _length_km(ring: list[list[float]]) -> float:
    points = np.array(ring)
    steps = np.diff(np.stack(to_metres(points[:, 1], points[:, 0])), axis=1)
    return float(np.hypot(*steps).sum()) / 1000
