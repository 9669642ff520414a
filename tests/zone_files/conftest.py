"""Files of zones written in a test, by the programs' own writer."""

import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely

FILES = Path(__file__).parent / "files"
BASE = Path(__file__).parent.parent / "geography" / "areas" / "base.geojson"
UTM = [
    (667201.989, 6174785.149), (673486.038, 6175030.841), (673308.804, 6179480.636), (667031.181, 6179235.078), (667201.989, 6174785.149),
]  # fmt: skip
"""The square of `base.geojson` in UTM 32."""
SQUARE = shapely.Polygon(UTM)


def write(
    path: Path, driver: str, crs: str | None = "EPSG:25832", shapes: Sequence[Any] = (SQUARE,), **fields: Any
) -> Path:
    """Write shapes with fields of one value, or of a list of values."""
    layer = fields.pop("layer", None)
    options = fields.pop("options", {})
    append = fields.pop("append", False)
    told = fields or {"navn": "Holbæk"}
    columns = [
        np.array(
            value if isinstance(value, list) else [value] * len(shapes), None if isinstance(value, int) else object
        )
        for value in told.values()
    ]
    pyogrio.raw.write(
        path, np.array(shapely.to_wkb(list(shapes)), object), columns, fields=list(told), geometry_type=shapes[0].geom_type,
        crs=crs, driver=driver, layer=layer, append=append, **options,
    )  # fmt: skip
    return path


def packed(path: Path, *files: Path) -> Path:
    """Put files in a zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for file in files:
            out.write(file, file.name)
    return path


def shapefile(folder: Path, leave_out: Sequence[str] = (), **how: Any) -> Path:
    """Return a zip of a shapefile without some of its parts."""
    write(folder / "byer.shp", "ESRI Shapefile", **how)
    parts = [one for one in sorted(folder.glob("byer.*")) if one.suffix not in leave_out and one.suffix != ".zip"]
    return packed(folder / "byer.zip", *parts)
