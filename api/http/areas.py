"""Town areas of the user's own: sent once as a file of a GIS program, named by scenarios as ``areas:<id>``, kept until deleted."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Annotated, Any, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.http.content_kind import content_kind
from api.http.models import ID, Body, Parameters, Text, problems
from api.http.parameters import no_repeats
from api.http.problems import MalformedError, TooLargeError
from api.http.replies import json_reply
from api.http.security import needs
from api.http.unnamed import UNNAMED, file_body, kind_of_areas
from api.http.words import both
from api.store.areas import LARGEST, LARGEST_SENT, Areas, AreasStore
from sim.geography.municipalities import find_municipality
from sim.geography.user_areas import Chosen
from sim.geography.zone_files.parts import GEOJSON
from tariffs.errors import InputError, TakstlabError

router = APIRouter(tags=["byområder"], dependencies=[Depends(no_repeats)])
KINDS = {
    "application/geo+json": ".geojson",
    "application/json": ".geojson",
    "application/geopackage+sqlite3": ".gpkg",
    "application/zip": ".zip",
    "application/vnd.google-earth.kml+xml": ".kml",
    "application/vnd.google-earth.kmz": ".kmz",
    "application/gml+xml": ".gml",
}
CHOICE = re.compile(r"--(layer|name-property|crs)( \(takstlab import areas\))?")
PARAMETERS = {"layer": "layer", "name-property": "name_property", "crs": "crs"}
AreasId = Annotated[str, Path(pattern=ID, description=both("Byområdernes id.", "The areas' id."))]


class AreasParameters(Parameters):
    """Where the areas lie, and what the file leaves open."""

    municipality: Annotated[str, Field(max_length=60, description=both("Kode eller navn.", "Code or name."))]
    layer: Annotated[
        Text | None, Field(description=both("Laget med zonerne, når filen har flere.", "The layer, of several."))
    ] = None
    name_property: Annotated[
        Text | None,
        Field(description=both("Egenskaben med zonernes navne.", "The property that holds the zones' names.")),
    ] = None
    crs: Annotated[
        Literal["25832", "4326", "3857"] | None,
        Field(
            description=both(
                "Koordinatsystem (EPSG), når filen intet siger.", "System (EPSG), where the file states none."
            )
        ),
    ] = None

    def chosen(self) -> Chosen:
        """Return what is said of the file."""
        return Chosen(self.layer, self.name_property, self.crs)


class AreasDocument(Body):
    """Town areas that are kept; ``town_areas`` is how a scenario names them."""

    id: str
    town_areas: str
    municipality: str
    municipality_name: str
    names: list[str]
    notes: list[str]
    size: int
    received: str
    links: dict[str, str]


class AreasListDocument(Body):
    """The files of town areas that are kept, the newest first."""

    areas: list[AreasDocument]


def areas_document(areas: Areas) -> dict[str, Any]:
    """Return what is told of town areas."""
    return {
        "id": areas.id,
        "town_areas": f"areas:{areas.id}",
        "municipality": areas.municipality,
        "municipality_name": find_municipality(areas.municipality).name,
        "names": list(areas.names),
        "notes": list(areas.notes),
        "size": areas.size,
        "received": areas.received.isoformat(),
        "links": {"self": f"/v1/areas/{areas.id}"},
    }


async def receive_areas(
    request: Request, content: bytes, municipality: str, ending: str = ".geojson", chosen: Chosen | None = None
) -> tuple[Areas, bool]:
    """Keep the town areas of a file; returns whether they are new. Raises InputError, TooLargeError, StoreFullError."""
    app = request.app.state
    largest = LARGEST if ending in GEOJSON else LARGEST_SENT
    if len(content) > largest:
        raise TooLargeError(
            f"Filen er over {largest // 1_000_000} MB",
            next_step="forenkl linjen; en bygrænse fylder sjældent over 100 KB",
        )
    if not hasattr(app, "areas_reader"):
        app.areas_reader = CapacityLimiter(1)  # one file is held against the map at a time
    store: AreasStore = app.areas
    work = partial(store.keep, content, find_municipality(municipality), ending, chosen)
    return await to_thread.run_sync(work, limiter=app.areas_reader)


def in_words_of(names: Mapping[str, str], error: TakstlabError) -> InputError:
    """Return an error with a door's own names for what the command line calls --layer, --name-property and --crs."""

    def plain(text: str) -> str:
        return CHOICE.sub(lambda found: names[found[1]], text)

    return InputError(plain(error.what), where=error.where, why=plain(error.why), next_step=plain(error.next_step))


@router.post(
    "/v1/areas",
    dependencies=[needs("upload")],
    status_code=201,
    response_model=AreasDocument,
    summary="Indlæs byområder",
    description=both(
        "Kommunens egne byområder som GeoJSON (højst 1 MB), GeoPackage, zip med shapefile eller MapInfo, KML, KMZ eller GML"
        " (højst 10 MB): hvert område en flade med et navn (docs/geography.md). Kun navne og linjer gemmes. De samme igen er de"
        " samme (200). Brug dem i et scenarie med town_areas = areas:<id>.",
        "The municipality's own town areas as GeoJSON (1 MB at most), GeoPackage, zip of a shapefile or MapInfo, KML, KMZ or GML"
        " (10 MB at most): each area a polygon with a name (docs/geography.md). Only names and lines are kept. The same again are"
        " the same (200). Use them in a scenario by town_areas = areas:<id>.",
    ),
    responses={
        200: {"model": AreasDocument, "description": both("De var der i forvejen.", "They were there already.")},
        **problems(400, 413, 507),
    },
    openapi_extra=file_body(KINDS),
)
async def post_areas(request: Request, asked: Annotated[AreasParameters, Query()]) -> Response:
    """Take in town areas."""
    kind = content_kind(request, (*KINDS, UNNAMED))
    try:
        content = await request.body()
    except ClientDisconnect:
        raise MalformedError("Filen kom ikke hel frem", next_step="send den igen") from None
    ending = KINDS[kind_of_areas(content) if kind == UNNAMED else kind]
    try:
        areas, new = await receive_areas(request, content, asked.municipality, ending, asked.chosen())
    except InputError as error:
        raise in_words_of(PARAMETERS, error) from None
    headers = {"Location": f"/v1/areas/{areas.id}"}
    return json_reply(areas_document(areas), 201 if new else 200, headers)


@router.get(
    "/v1/areas",
    dependencies=[needs("read")],
    response_model=AreasListDocument,
    summary="Byområderne, de nyeste først",
    description=both("De indlæste byområder.", "The town areas that were sent."),
    responses=problems(),
)
def list_areas(request: Request) -> Response:
    """List the files of town areas."""
    return json_reply({"areas": [areas_document(areas) for areas in request.app.state.areas.all()]})


@router.get(
    "/v1/areas/{areas}",
    dependencies=[needs("read")],
    response_model=AreasDocument,
    summary="Hvad der vides om byområder",
    description=both("Kommune og navne.", "Municipality and names."),
    responses=problems(404),
)
def get_areas(request: Request, areas: AreasId) -> Response:
    """Tell of the town areas of one file."""
    return json_reply(areas_document(request.app.state.areas.get(areas)))


@router.delete(
    "/v1/areas/{areas}",
    dependencies=[needs("upload")],
    status_code=204,
    summary="Slet byområder",
    description=both(
        "De er straks væk. Simuleringer med dem beholder deres tal.",
        "They are gone at once. Runs with them keep their figures.",
    ),
    responses=problems(404),
)
def delete_areas(request: Request, areas: AreasId) -> Response:
    """Delete the town areas of one file."""
    request.app.state.areas.delete(areas)
    return Response(status_code=204)
