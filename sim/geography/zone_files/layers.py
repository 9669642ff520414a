"""The layers of a file of zones, and the chosen one as GeoJSON; only run in a process of its own (`sim.geography.zone_files.child`)."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError

from sim.geography.zone_files.letters import encoding_of, letters_note
from sim.geography.zone_files.parts import GEOJSON, IN_WORDS
from sim.geography.zone_files.systems import check_mapinfo, system_of
from sim.geography.zone_files.unpacking import lay_out
from tariffs.errors import InputError

MOST_FEATURES, MOST_POINTS = 5_000, 500_000
SHOWN_LAYERS = 10
AREAL = ("Polygon", "Surface", "Unknown", "Geometry")
KML_OWN = {
    "id", "description", "timestamp", "begin", "end", "altitudeMode", "tessellate", "extrude", "visibility",
    "drawOrder", "icon", "snippet",
}  # fmt: skip
"""What every place of a KML file has; the name is none of these."""


def read(file: Path, folder: Path, layer: str | None, crs: str | None) -> tuple[dict[str, Any], list[str]]:
    """Return the polygons of one layer as GeoJSON that names its system, and what is to be said of them.

    Raises InputError for what is no file of zones, for a choice that is the user's, and for a system that is not read.
    """
    found = _layers(lay_out(file, folder))
    name = _chosen({name: count for name, (_, _, count) in found.items()}, layer)
    source, inner, _ = found[name]
    if source.suffix in GEOJSON:
        return _geojson(source), []
    return _content(source, inner, crs)


def _layers(sources: list[Path]) -> dict[str, tuple[Path, str, int]]:
    """Return by name every layer that has polygons, where it is, and how many there are."""
    found: dict[str, tuple[Path, str, int]] = {}
    others = []
    for source in sources:
        for inner, count in _inner_layers(source):
            name = source.stem if source.suffix in (".shp", ".tab", ".mif", *GEOJSON) else inner
            name = f"{source.name}:{name}" if name in found else name
            if count:
                found[name] = source, inner, count
            else:
                others.append(name)
    if not found:
        raise InputError(
            "Filen har ingen flader",
            why=f"kun punkter, linjer eller tabeller er i {', '.join(others[:SHOWN_LAYERS])}"
            if others
            else "den er tom",
            next_step="tegn zonerne som polygoner, der er lukket, og gem laget igen",
        )
    return found


def _inner_layers(source: Path) -> list[tuple[str, int]]:
    if source.suffix in GEOJSON:
        return [(source.stem, 1)]
    check_mapinfo(source)
    try:
        listed = pyogrio.list_layers(source)
        return [(str(name), _polygons(source, str(name), kind)) for name, kind in listed]
    except (DataSourceError, DataLayerError, UnicodeDecodeError):
        raise _unreadable(source) from None


def _polygons(source: Path, layer: str, kind: str | None) -> int:
    if kind is None or not any(word in kind for word in AREAL):
        return 0
    geometry = pyogrio.raw.read(source, layer=layer, columns=[])[2]
    return sum(1 for wkb in geometry if _polygon(wkb) is not None)


def _chosen(counts: dict[str, int], layer: str | None) -> str:
    """Return the layer that is meant; raises InputError when that is the user's to say."""
    same = [name for name in counts if layer is not None and name.casefold() == layer.strip().casefold()]
    if len(same) == 1:
        return same[0]
    if layer is None and len(counts) == 1:
        return next(iter(counts))
    told = [f"'{name}' ({count} {'flade' if count == 1 else 'flader'})" for name, count in counts.items()]
    more = f" og {len(told) - SHOWN_LAYERS} mere" if len(told) > SHOWN_LAYERS else ""
    what = "Filen har flere lag" if layer is None else f"Filen har ikke laget '{layer[:60]}'"
    raise InputError(
        what,
        why=f"lagene er {', '.join(told[:SHOWN_LAYERS])}{more}",
        next_step="vælg det, der har zonerne, med --layer (takstlab import areas)",
    )


def _content(source: Path, layer: str, crs: str | None) -> tuple[dict[str, Any], list[str]]:
    encoding = encoding_of(source) if source.suffix == ".shp" else None
    try:
        meta, _, geometry, columns = pyogrio.raw.read(source, layer=layer, encoding=encoding)
    except UnicodeDecodeError:
        meta, _, geometry, columns = pyogrio.raw.read(source, layer=layer, encoding="CP1252")
    except (DataSourceError, DataLayerError):
        raise _unreadable(source) from None
    system = system_of(meta["crs"], crs)
    fields = [str(name) for name in meta["fields"]]
    shapes = [_polygon(wkb) for wkb in geometry]
    kept = [place for place, shape in enumerate(shapes) if shape is not None]
    points = sum(int(shapely.get_num_coordinates(shapes[place])) for place in kept)
    if len(kept) > MOST_FEATURES or points > MOST_POINTS:
        raise InputError(
            f"Laget har {len(kept)} flader med {points} punkter",
            why=f"højst {MOST_FEATURES} flader og {MOST_POINTS} punkter kan bruges",
            next_step="gem kun kommunens egne zoner, eller forenkl linjerne til et par meters nøjagtighed",
        )
    features = [
        {
            "type": "Feature",
            "properties": {
                name: value
                for name, column in zip(fields, columns, strict=True)
                if (source.suffix != ".kml" or name not in KML_OWN) and (value := _value(column[place])) is not None
            },
            "geometry": json.loads(shapely.to_geojson(shapes[place])),
        }
        for place in kept
    ]
    notes = [] if len(kept) == len(shapes) else [f"{_left_out(len(shapes) - len(kept))} ingen flade og er ikke læst."]
    notes += _switched_off(source, fields, columns, kept)
    if guessed := letters_note(source, encoding):
        notes.append(guessed)
    stated = {"type": "name", "properties": {"name": f"EPSG:{system}"}}
    return {"type": "FeatureCollection", "crs": stated, "features": features}, notes


def _switched_off(source: Path, fields: list[str], columns: Any, kept: list[int]) -> list[str]:
    """Return what is said of areas that a KML file holds but does not show."""
    if source.suffix != ".kml" or "visibility" not in fields:
        return []
    shown = columns[fields.index("visibility")]
    names = columns[fields.index("Name")] if "Name" in fields else [None] * len(shown)
    off = [str(names[place] or f"nr. {place + 1}") for place in kept if shown[place] == 0]
    if not off:
        return []
    more = f" og {len(off) - SHOWN_LAYERS} mere" if len(off) > SHOWN_LAYERS else ""
    return [
        f"Slået fra i filen (vises ikke i kortprogrammet), men læst med: {', '.join(off[:SHOWN_LAYERS])}{more}."
        " Slet dem i filen, hvis de ikke er zoner."
    ]


def _left_out(count: int) -> str:
    return "Ét objekt i laget har" if count == 1 else f"{count} objekter i laget har"


def _polygon(wkb: bytes | None) -> Any:
    """Return a polygon or several, None for anything else; of a collection its polygons."""
    shape = None if wkb is None else shapely.force_2d(shapely.from_wkb(wkb))
    if shape is None or shape.is_empty:
        return None
    if shape.geom_type == "GeometryCollection":
        parts = [polygon for part in shape.geoms for polygon in _parts(part)]
        return shapely.MultiPolygon(parts) if parts else None
    return shape if shape.geom_type in ("Polygon", "MultiPolygon") else None


def _parts(shape: Any) -> list[Any]:
    return list(shape.geoms) if shape.geom_type == "MultiPolygon" else [shape] if shape.geom_type == "Polygon" else []


def _value(value: Any) -> str | int | float | None:
    """Return what a cell holds, None for nothing and for what names no zone."""
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value)
    if isinstance(value, float | np.floating) and np.isfinite(value):
        return int(value) if float(value).is_integer() else float(value)
    return None


def _geojson(source: Path) -> dict[str, Any]:
    try:
        content = json.loads(source.read_bytes().decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise _unreadable(source) from None
    return content if isinstance(content, dict) else {}


def _unreadable(source: Path) -> InputError:
    return InputError(
        f"{source.name} kan ikke læses som zoner",
        why="den er beskadiget eller en anden slags fil, end dens navn siger",
        next_step=f"gem zonerne igen som {IN_WORDS}",
    )
