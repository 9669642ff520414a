"""Town areas handed on to other programs: GeoJSON or GeoPackage, each area with who lives in it and, with a list, its trips."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.http.models import Text
from api.http.replies import json_bytes
from api.http.security import needs
from api.jobs.accepting import AREAS
from api.web.in_use import sent_areas
from sim.desk.fairness import area_figures
from sim.geography.features import collection
from sim.geography.municipalities import Municipality, find_municipality
from sim.geography.user_areas import read_user_areas
from sim.geography.zone_files.writing import write_zones
from sim.inputs.intake.imported import read_import

router = APIRouter()
Ending = Literal["geojson", "gpkg"]
Named = Annotated[str, Query(pattern=f"^{AREAS.pattern}$")]
KINDS = {"geojson": "application/geo+json", "gpkg": "application/geopackage+sqlite3"}


@router.get("/kort/zoner.{ending}")
def zones(request: Request, ending: Ending, kommune: Text, omraader: Named) -> Response:
    """Return kept areas with the people in each."""
    return _kept(request, ending, find_municipality(kommune), omraader, None)


@router.get("/kort/zoner-med-ture.{ending}", dependencies=[needs("upload")])
def zones_with_trips(
    request: Request,
    ending: Ending,
    kommune: Text,
    omraader: Named,
    ture: Annotated[str, Query(pattern=r"^[0-9a-f]{64}$")],
) -> Response:
    """Return kept areas with people and a kept list's trips.

    A line may be drawn round a single house, so its counts are for whoever may send lists.
    """
    place: Path = request.app.state.uploads.place(ture)
    return _kept(request, ending, find_municipality(kommune), omraader, place)


def download(content: bytes, municipality: Municipality, ending: Ending, trips: Path | None = None) -> Response:
    """Return the areas of GeoJSON as a file with their figures; raises TakstlabError for areas that cannot be read."""
    with TemporaryDirectory(prefix="takstlab-") as folder:
        file = Path(folder) / "byomraader.geojson"
        file.write_bytes(content)
        features = _with_figures(file, municipality, trips)
        if ending == "gpkg":
            out = Path(folder) / "byomraader.gpkg"
            write_zones(features, out)
            content = out.read_bytes()
        else:
            content = json_bytes(collection(features))
    headers = {"Content-Disposition": f'attachment; filename="byomraader.{ending}"', "Cache-Control": "no-store"}
    return Response(content, headers=headers, media_type=KINDS[ending])


def _kept(request: Request, ending: Ending, municipality: Municipality, named: str, trips: Path | None) -> Response:
    with sent_areas(request.app.state.areas, named) as file:
        assert file is not None  # the pattern has seen to it
        content = json_bytes(collection(json.loads(file.read_bytes())["features"]))
    return download(content, municipality, ending, trips)


def _with_figures(file: Path, municipality: Municipality, trips: Path | None) -> list[dict[str, Any]]:
    read = read_user_areas(file)
    counted = [{}] * len(read.areas) if trips is None else area_figures.trips(read, read_import(trips)[0])
    known = zip(read.features, area_figures.persons(read, municipality), counted, strict=True)
    return [{**one, "properties": {**one["properties"], "persons": people, **listed}} for one, people, listed in known]
