"""The map: town lines drawn or typed as points, counted, kept and used; and places chosen for the builder's fields."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.clock import usual_year
from api.http.areas import receive_areas
from api.http.problems import TooLargeError, kind_of
from api.http.replies import json_reply
from api.http.security import needs
from api.http.zones import ZoneKind, zones_file
from api.store.areas import LARGEST
from api.store.errors import StoreFullError
from api.web import known
from api.web.drawn_line import WRITTEN, Drawing, counts, geojson_of
from api.web.form import ELSEWHERE, Plan
from api.web.in_use import data_address, kept_lines, plan_back, sent_areas, way_back
from api.web.multipart import read_form
from api.web.page import language_of, render
from api.web.point_list import write_points
from api.web.prices import said_beside
from api.web.reading import Faults
from sim.geography.destinations import find_destination
from sim.geography.features import zone_features
from sim.geography.municipalities import Municipality, find_municipality
from sim.geography.records import stations
from sim.geography.town_line import named_towns
from sim.riders.plustur.transfers import own_stations
from tariffs.errors import InputError, TakstlabError

router = APIRouter()
ADDRESS, COUNT = "/kort", "/kort/tael"
DOWNLOADS = {"hent": ZoneKind.GEOJSON, "hent-gpkg": ZoneKind.GPKG}
EVERY, OWN_DATA, FAIRNESS, TRANSFER = "alle", "egne-data", "byomraade", "skiftested"
TOWNS = 12
"""Towns offered to begin with, the largest."""
KNOWN = ("kommune", "brug", "tilbage", "omraader", "by", "sted", *ELSEWHERE)
Json = dict[str, Any]


@router.get(ADDRESS)
def page(request: Request) -> Response:
    """Show the map with the line to begin with: a kept one (``omraader``), a town of the model's (``by``), or none."""
    query, faults = request.query_params, Faults()
    drawing = _drawing(request, dict(query))
    for key in sorted(set(query) - set(KNOWN)):
        faults.add("", f"Adressen har et felt, som siden ikke kender: '{key[:40]}'")
    try:
        drawing = replace(drawing, points=_begun(request, drawing, query.getlist("by"), query.get("omraader", "")))
    except InputError as error:
        faults.add("", said_beside(error))
    return _show(request, drawing, faults)


@router.post(ADDRESS)
async def with_points(request: Request) -> Response:
    """Show the line of the points that were sent, with its people; or send it as GeoJSON."""
    fields = (await read_form(request, longest=LARGEST)).fields
    return await run_in_threadpool(_counted_page, request, fields)


@router.post(COUNT)
async def count(request: Request) -> Response:
    """Count who lives inside the line of the points, and the trips: JSON, or the page's own words where HTML is asked for."""
    fields = (await read_form(request, longest=LARGEST)).fields
    return await run_in_threadpool(_count, request, _drawing(request, fields))


@router.post(f"{ADDRESS}/gem", dependencies=[needs("upload")])
async def keep(request: Request) -> Response:
    """Keep the line as an own area of the municipality, with the checks of a file, and lead on to where it is used."""
    fields = (await read_form(request, longest=LARGEST)).fields
    drawing, faults = _drawing(request, fields), Faults()
    try:
        content = geojson_of(drawing)
        areas, _ = await receive_areas(request, content, drawing.municipality.code)
    except (InputError, TooLargeError, StoreFullError) as error:
        faults.add("punkter", said_beside(error))
        return await run_in_threadpool(_show, request, drawing, faults, kind_of(error).status)
    return RedirectResponse(_led_on(drawing, areas.id), status_code=303)


@router.get(f"{ADDRESS}/sted")
def place(request: Request) -> Response:
    """Put a place that was chosen on the map into the builder's field."""
    drawing = _drawing(request, dict(request.query_params))
    text, plan, faults = request.query_params.get("sted", "").strip()[:120], drawing.plan, Faults()
    try:
        if not text:
            raise InputError("Stedet mangler", next_step="klik på kortet, eller skriv et navn eller 55.7174 11.7130")
        if drawing.use == TRANSFER:
            name = _transfer_point(text, drawing.municipality)
            plan = replace(plan, transfer_points=tuple(dict.fromkeys((*plan.transfer_points, name))))
            return RedirectResponse(f"{plan.address}#byomraader-og-skiftesteder", status_code=303)
        find_destination(plan.municipality, text)
        at = drawing.option or 0
        free = tuple(dict.fromkeys((*plan.options[at].free, text)))
        options = (*plan.options[:at], replace(plan.options[at], free=free), *plan.options[at + 1 :])
        return RedirectResponse(f"{replace(plan, options=options).address}#valg{at}", status_code=303)
    except InputError as error:
        faults.add("sted", said_beside(error))
        return _show(request, drawing, faults, 422)


def _drawing(request: Request, fields: dict[str, str]) -> Drawing:
    year = usual_year(request.app.state.today())
    try:
        code = find_municipality(fields.get("kommune", "")).code
    except TakstlabError:
        code = "0316"
    plan = plan_back(fields.get("tilbage", ""), code, year)
    plan = replace(plan, list_files=request.app.state.price_lists.places_left(plan.lists))
    back = way_back(plan) if fields.get("tilbage") else ""
    return Drawing(plan, back, fields.get("brug", "")[:20], fields.get("punkter", ""))


def _begun(request: Request, drawing: Drawing, towns: Sequence[str], areas: str) -> str:
    if areas:
        with sent_areas(request.app.state.areas, areas[:80]) as file:
            if file is None:
                raise InputError("Linjen er ikke gemt her", next_step="tegn den på kortet, eller vælg en af de gemte")
            return write_points(json.loads(file.read_bytes())["features"])
    names = tuple(town for town in towns if town)
    return write_points(zone_features(drawing.plan.municipality, names)) if names else ""


def _counted_page(request: Request, fields: dict[str, str]) -> Response:
    drawing, faults = _drawing(request, fields), Faults()
    counted = None
    try:
        content = geojson_of(drawing)
        if fields.get("goer") in DOWNLOADS:
            return zones_file(content, drawing.municipality, DOWNLOADS[fields["goer"]])
        counted = counts(request, drawing, content, language_of(request))
    except TakstlabError as error:
        faults.add("punkter", said_beside(error))
    return _show(request, drawing, faults, 422 if faults else 200, counted)


def _count(request: Request, drawing: Drawing) -> Response:
    counted, error = None, ""
    try:
        counted = counts(request, drawing, geojson_of(drawing), language_of(request))
    except TakstlabError as found:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        error = said_beside(found)
    if "text/html" not in request.headers.get("accept", "") and counted is not None:
        return json_reply({key: value for key, value in counted.items() if key != "said"})
    return render(request, "map_count.html.j2", counted=counted, error=error, written=WRITTEN, areas=_areas(drawing))


def _led_on(drawing: Drawing, areas: str) -> str:
    """Return the address that a kept line is used at."""
    plan, named, at = drawing.plan, f"areas:{areas}", drawing.option
    if at is not None:
        option = replace(plan.options[at], areas=named, zones=())
        options = (*plan.options[:at], option, *plan.options[at + 1 :])
        return f"{replace(plan, options=options).address}#valg{at}"
    if drawing.use == EVERY:
        return f"{replace(plan, areas=named, zones=()).address}#omraader"
    if drawing.use == FAIRNESS:
        return f"/byomraade?{urlencode([('kommune', plan.municipality), ('omraader', named)])}"
    return f"{data_address(plan.municipality, drawing.back, vis=areas)}#byomraader"


def _transfer_point(text: str, municipality: Municipality) -> str:
    """Return the station of a name, or nearest to a point; raises InputError."""
    own = own_stations(municipality.code)
    found = find_destination(municipality.code, text)[0]
    if not own:
        raise InputError(
            f"{municipality.name} Kommune har ingen stationer eller terminaler", next_step="lad skiftesteder stå tomt"
        )
    return min(own, key=lambda station: (station.lat - found.lat) ** 2 + ((station.lon - found.lon) * 0.56) ** 2).name


def _uses(plan: Plan, language: str) -> list[tuple[str, str]]:
    """Return what a line can be used for, as the form offers it."""
    da = language != "en"
    uses = [(f"valg{n}", f"{'valgmuligheden' if da else 'the option'} {name}") for n, name in enumerate(plan.names)]
    return [
        *uses,
        (EVERY, "alle valgmuligheder" if da else "all options"),
        (FAIRNESS, "siden om, hvem der bor ved linjen" if da else "the page on who lives by the line"),
        (OWN_DATA, "Egne data: gem den kun" if da else "Own data: keep it only"),
    ]


def _show(
    request: Request, drawing: Drawing, faults: Faults, status: int = 200, counted: Json | None = None
) -> Response:
    plan, language = drawing.plan, language_of(request)
    usual = "valg1" if drawing.back and len(plan.options) > 1 else OWN_DATA
    uses = _uses(plan, language)
    use = drawing.use if drawing.use in dict(uses) else usual
    return render(
        request, "map.html.j2", status, drawing=drawing, plan=plan, faults=faults, counted=counted, error="",
        municipality=drawing.municipality, title=known.full_name(plan.municipality), use=use,
        uses=uses, kept=kept_lines(request, plan), picture=_picture(drawing, language) if counted else "",
        towns=[(town.name, town.name) for town in named_towns(drawing.municipality)[:TOWNS]],
        place_uses=[
            *uses[: len(plan.options)],
            *([(TRANSFER, "skiftested for plustur" if language != "en" else "transfer point for plustur")]
              if any(s.municipality_code == plan.municipality for s in stations()) else []),
        ],
        place_use=drawing.use if drawing.option is not None or drawing.use == TRANSFER else "valg1" if len(plan.options) > 1 else "valg0",
        named_place=request.query_params.get("sted", "") if request.method == "GET" else "",
        back_address=plan.address if drawing.back else "", written=WRITTEN, areas=_areas(drawing),
    )  # fmt: skip


def _areas(drawing: Drawing) -> str:
    """Return the line as GeoJSON for the page's map to draw; empty where the points are none or cannot be read."""
    try:
        return geojson_of(drawing).decode()
    except InputError:
        return ""


def _picture(drawing: Drawing, language: str) -> str:
    """Return the line as a picture in an address of its own: for who has no scripts."""
    from api.web.maps import picture_of

    return picture_of(drawing.municipality.code, geojson_of(drawing), language)
