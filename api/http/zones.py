"""Kept town areas handed on to other programs: GeoJSON or GeoPackage, each area with who lives in it and, with a list, its trips."""

import json
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from starlette.responses import Response

from api.http.areas import AreasId
from api.http.formats import BINARY
from api.http.models import problems
from api.http.parameters import no_repeats
from api.http.replies import json_bytes
from api.http.security import needs
from api.http.uploads import UploadId
from api.http.words import both
from api.store.areas import AreasStore
from api.store.by_name import by_name
from sim.desk.fairness import area_figures
from sim.geography.features import collection
from sim.geography.municipalities import Municipality, find_municipality
from sim.geography.user_areas import read_user_areas
from sim.geography.zone_files.writing import write_zones
from sim.inputs.intake.imported import read_import

router = APIRouter(tags=["byområder"], dependencies=[Depends(no_repeats)])


class ZoneKind(StrEnum):
    """The formats that zones are handed on in."""

    GEOJSON = "geojson"
    GPKG = "gpkg"


KINDS = {ZoneKind.GEOJSON: "application/geo+json", ZoneKind.GPKG: "application/geopackage+sqlite3"}
InKind = Annotated[ZoneKind, InPath(description=both("GeoJSON eller GeoPackage.", "GeoJSON or GeoPackage."))]
FILE = {
    "description": both("Byområderne.", "The town areas."),
    "content": {
        KINDS[ZoneKind.GEOJSON]: {"schema": {"type": "object"}},
        KINDS[ZoneKind.GPKG]: {"schema": BINARY},
    },
}


def zones_file(content: bytes, municipality: Municipality, kind: ZoneKind, trips: Path | None = None) -> Response:
    """Return the areas of GeoJSON as a file with their figures; raises TakstlabError for areas that cannot be read."""
    with TemporaryDirectory(prefix="takstlab-") as folder:
        file = Path(folder) / "byomraader.geojson"
        file.write_bytes(content)
        listed = None if trips is None else read_import(trips)[0]
        features = area_figures.with_figures(read_user_areas(file), municipality, listed)
        if kind is ZoneKind.GPKG:
            out = Path(folder) / "byomraader.gpkg"
            write_zones(features, out)
            content = out.read_bytes()
        else:
            content = json_bytes(collection(features))
    headers = {"Content-Disposition": f'attachment; filename="byomraader.{kind}"', "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=KINDS[kind])


def kept_zones(file: Path, municipality: Municipality, kind: ZoneKind, trips: Path | None) -> Response:
    """Return kept areas, a file of the store, as a file with their figures."""
    return zones_file(json_bytes(collection(json.loads(file.read_bytes())["features"])), municipality, kind, trips)


def _sent(request: Request, areas: str, kind: ZoneKind, trips: Path | None) -> Response:
    store: AreasStore = request.app.state.areas
    municipality, file = find_municipality(store.get(areas).municipality), store.place(areas)
    with by_name(file, f"areas:{areas}"):
        return kept_zones(file, municipality, kind, trips)


@router.get(
    "/v1/areas/{areas}/zones.{kind}",
    dependencies=[needs("read")],
    response_class=Response,
    summary="Byområderne som fil med indbyggere",
    description=both(
        "GeoJSON eller GeoPackage, hvor hvert område har navn (name) og indbyggere (persons), så mange som siden om bygrænsen tæller.",
        "GeoJSON or GeoPackage; each area has its name and the people inside (persons), as many as the page on the town line counts.",
    ),
    responses={200: FILE, **problems(404)},
)
def zones(request: Request, areas: AreasId, kind: InKind) -> Response:
    """Return kept areas with the people in each."""
    return _sent(request, areas, kind, None)


@router.get(
    "/v1/areas/{areas}/trips/{upload}/zones.{kind}",
    dependencies=[needs("upload")],
    response_class=Response,
    summary="Byområderne som fil med indbyggere og en turlistes ture",
    description=both(
        "Som zones, og for hvert område turlistens ture fra det, til det og inden for det (trips_from, trips_to, trips_within)."
        " En linje kan tegnes om ét hus, så det kræver ret til at indlæse.",
        "As zones, and for each area the list's trips from it, to it and within it (trips_from, trips_to, trips_within). A line may"
        " be drawn round a single house, so it takes the right to upload.",
    ),
    responses={200: FILE, **problems(404)},
)
def zones_with_trips(request: Request, areas: AreasId, upload: UploadId, kind: InKind) -> Response:
    """Return kept areas with people and a kept list's trips."""
    return _sent(request, areas, kind, request.app.state.uploads.place(upload))
