"""Zones written for other programs: GeoJSON or GeoPackage, in WGS84."""

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.geography.zone_files.reading import missing_packages
from tariffs.errors import InputError

OUT = (".geojson", ".json", ".gpkg")
LAYER = "zoner"


def write_zones(features: Sequence[dict[str, Any]], out: Path) -> None:
    """Write GeoJSON features with the same whole numbers and texts each, whole or not at all; raises InputError when it cannot."""
    if out.suffix.lower() == ".gpkg" and (missing := missing_packages()):
        raise InputError(
            "GeoPackage kan ikke skrives her",
            where=out.name,
            why=f"pakken {' og '.join(missing)} er ikke installeret",
            next_step=f"installér den med pip install {' '.join(missing)}, eller hent zonerne som GeoJSON",
        )
    draft = out.with_name(f".{out.stem}.{os.getpid()}{out.suffix}")
    try:
        if out.suffix.lower() == ".gpkg":
            _write_geopackage(features, draft)
        else:
            content = {"type": "FeatureCollection", "features": list(features)}
            draft.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
        draft.replace(out)
    except OSError as error:
        raise InputError(f"{out} kan ikke skrives", why=str(error.strerror or error)) from None
    finally:
        draft.unlink(missing_ok=True)


def _write_geopackage(features: Sequence[dict[str, Any]], file: Path) -> None:
    import numpy as np
    import pyogrio
    import shapely

    names = list(features[0]["properties"])
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    parts = [one if one.geom_type == "MultiPolygon" else shapely.MultiPolygon([one]) for one in shapes]
    columns = [[feature["properties"][name] for feature in features] for name in names]
    pyogrio.raw.write(
        file,
        np.array(shapely.to_wkb(parts), object),
        [np.array(column, object if isinstance(column[0], str) else np.int64) for column in columns],
        fields=names,
        geometry_type="MultiPolygon",
        crs="EPSG:4326",
        driver="GPKG",
        layer=LAYER,
    )
