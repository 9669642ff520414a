"""The answer's map: where the affected trips are, with the option's line and its free destinations."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.http.problems import NoSuchPageError
from api.http.replies import SHORT, json_bytes, kept_reply
from api.http.runs import RunId
from api.web import known
from api.web.form import Plan
from api.web.in_use import sent_areas
from api.web.map_layers import GEOJSON
from api.web.page import language_of
from api.web.plan_of_scenario import plan_of
from api.web.published import published
from api.web.results import Place
from api.web.translation import english
from sim.geography.destinations import FoundDestination, find_destination
from sim.geography.features import collection, zone_features
from tariffs.errors import TakstlabError

router = APIRouter()
Json = dict[str, Any]


@router.get("/koersel/{run}/kort/{place}.geojson")
def option_map(request: Request, run: RunId, place: Place) -> Response:
    """Send one option's map: parishes by affected trips, ``classes``, ``lines``, ``places``; in the page's language."""
    from sim.telling.drawing.affected_map import affected_layer
    from sim.telling.drawing.language import drawn_in

    comparison, manifest, folder = published(request, run)
    with drawn_in(english if language_of(request) == "en" else str):
        layer = affected_layer(comparison, place, folder) if place < len(comparison.options) else None
    if layer is None:
        raise NoSuchPageError("Kortet findes ikke i svaret", where=str(place), next_step="gå tilbage til svaret")
    plan = replace(plan_of(manifest["scenario"]), municipality=comparison.municipality)
    told = {**layer, "lines": collection(_lines(request, plan, place)), "places": _places(plan, place)}
    return kept_reply(request, json_bytes(told), GEOJSON, cache=SHORT)


def _lines(request: Request, plan: Plan, place: int) -> list[Json]:
    """Return the town areas of an option; none where its line is deleted since."""
    option = plan.options[place]
    own = option.areas or ("" if option.zones else plan.areas)
    try:
        if own:
            with sent_areas(request.app.state.areas, own) as file:
                return [] if file is None else list(json.loads(file.read_bytes())["features"])
        day = date(int(plan.year), 12, 31)
        zones = option.zones or plan.zones or known.offer(plan.municipality, day).zones
        return zone_features(plan.municipality, zones or None)
    except TakstlabError:
        return []


def _places(plan: Plan, place: int) -> list[Json]:
    found: list[FoundDestination] = []
    for name in plan.options[place].free:
        try:
            found += find_destination(plan.municipality, name)
        except TakstlabError:
            continue  # one of an earlier build's data
    return [{"name": one.name, "lat": one.lat, "lon": one.lon, "kind": "gratis"} for one in found]
