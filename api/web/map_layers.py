"""The layers of the map that can be moved, each as GeoJSON from the project's own geography; nothing is asked of anybody else."""

import json
from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.clock import usual_year
from api.http.models import MOST_ELEMENTS, Text
from api.http.replies import SHORT, json_bytes, kept_reply
from api.jobs.accepting import AREAS, areas_in
from api.store.areas import AreasStore
from api.web import known
from api.web.in_use import sent_areas
from sim.geography.features import (
    cell_features,
    collection,
    destination_features,
    land_features,
    parish_features,
    station_features,
    town_features,
    zone_features,
)
from sim.geography.municipalities import find_municipality

router = APIRouter()
GEOJSON = "application/geo+json"
Names = Annotated[list[Text], Query(max_length=MOST_ELEMENTS)]
OF_ALL = {"land": land_features, "byer": town_features, "stationer": station_features}
OF_ONE = {"sogne": parish_features, "felter": cell_features, "destinationer": destination_features}
MOST_LINES = 20


@router.get("/kort/lag/{layer}.geojson")
def layer_of_all(request: Request, layer: Literal["land", "byer", "stationer"]) -> Response:
    """Return a layer that is the same for every municipality."""
    return _reply(request, OF_ALL[layer]())


@router.get("/kort/lag/{layer}/{kommune}.geojson")
def layer_of_one(request: Request, layer: Literal["sogne", "felter", "destinationer"], kommune: Text) -> Response:
    """Return a layer of one municipality."""
    return _reply(request, OF_ONE[layer](find_municipality(kommune).code))


@router.get("/kort/byomraader.geojson")
def town_areas(
    request: Request,
    kommune: Text,
    omraade: Names = [],  # noqa: B006 - FastAPI reads the default, nobody changes it
    aar: Annotated[int | None, Query(ge=2012, le=2100)] = None,
) -> Response:
    """Return the municipality's town areas as the model has them; without names those known at the end of the year."""
    code = find_municipality(kommune).code
    year = aar or usual_year(request.app.state.today())
    zones = tuple(omraade) or known.offer(code, date(year, 12, 31)).zones or None
    return _reply(request, zone_features(code, zones))


@router.get("/kort/egne.geojson")
def own_lines(
    request: Request,
    kommune: Text,
    omraader: Annotated[list[Annotated[str, Query(pattern=f"^{AREAS.pattern}$")]], Query(max_length=MOST_LINES)] = [],  # noqa: B006
) -> Response:
    """Return lines of the municipality's own: those named, else the newest that are kept.

    Every area has an id of its own: a map draws one of those that share it.
    """
    store: AreasStore = request.app.state.areas
    code = find_municipality(kommune).code
    named = omraader or [f"areas:{one.id}" for one in store.all() if one.municipality == code][:MOST_LINES]
    features: list[dict[str, object]] = []
    for name in named:
        with sent_areas(store, name) as file:
            assert file is not None  # the pattern has seen to it
            read = json.loads(file.read_bytes())["features"]
        features += [{**one, "id": f"{areas_in({'town_areas': name})}-{n}"} for n, one in enumerate(read, 1)]
    return kept_reply(request, json_bytes(collection(features)), GEOJSON, cache="no-store")


def _reply(request: Request, features: list[dict[str, object]]) -> Response:
    return kept_reply(request, json_bytes(collection(features)), GEOJSON, cache=SHORT)
