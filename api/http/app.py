"""The FastAPI application: what is mounted, how errors are answered, who is let in."""

from functools import cache
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute

from api.clock import clock_of
from api.http import (
    areas,
    batches,
    cells,
    changed,
    estimates,
    goals,
    price_lists,
    quotes,
    reference,
    results,
    runs,
    timetables,
    trip_files,
    uploads,
    zones,
)
from api.http.edge import Edge
from api.http.keys import KeyBook
from api.http.models import Problem
from api.http.problems import respond
from api.http.security import SCHEMES, guard_of
from api.http.short_way import ShortWay
from api.http.words import DESCRIPTION, TITLE
from api.settings import Settings
from api.store.areas import areas_of
from api.store.drafts import drafts_of
from api.store.price_lists import price_lists_of
from api.store.protocol import Jobs, Results
from api.store.saved_columns import columns_of
from api.store.timetables import timetables_of
from api.store.uploads import uploads_of
from api.web import router as pages
from tariffs.errors import TakstlabError

ROUTERS = (
    quotes.router, reference.router, estimates.router, goals.router, price_lists.router, runs.router, results.router,
    changed.router, batches.router, cells.router, zones.router,
)  # fmt: skip

MARGIN = 1_000_000
"""Bytes of a form beside its file, and by which a timetable may be too large for that to be said in words of its own."""


def create_app(settings: Settings, jobs: Jobs, results: Results, keys: KeyBook | None = None) -> FastAPI:
    """Return the application over the jobs and results it is given; raises InputError for settings it cannot read."""
    from importlib.metadata import version

    app = FastAPI(
        title=TITLE,
        description=DESCRIPTION,
        version=version("takstlab"),
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    guard = guard_of(settings, keys)
    app.state.settings, app.state.jobs, app.state.results, app.state.guard = settings, jobs, results, guard
    app.state.uploads, app.state.areas = uploads_of(settings), areas_of(settings)
    app.state.drafts = drafts_of(settings)
    app.state.saved_columns = columns_of(settings)
    app.state.timetables = timetables_of(settings)
    app.state.price_lists = price_lists_of(settings)
    app.state.batches = batches.batch_folders(settings)
    app.state.today = clock_of(settings.today)
    large = MARGIN + 1_000_000 * settings.timetable_mb
    app.router.routes.extend(_routes(1024 * settings.body_kb, 1024 * settings.bulk_body_kb, large))
    app.state.problem_page = pages.problem_page
    for kind in (TakstlabError, RequestValidationError, HTTPException, Exception):
        app.add_exception_handler(kind, respond)
    app.add_middleware(Edge, guard=guard, short=ShortWay(guard, results), routes=lambda: app.router.routes)
    app.openapi = lambda: _openapi(app)  # type: ignore[method-assign]
    return app


@cache
def _routes(body: int, bulk: int, large: int) -> list[BaseRoute]:
    """Return every address, with the bytes that the body of a request may have.

    The same for all applications: FastAPI works out the parameters of a hundred addresses when the first is asked for, which takes
    a tenth of a second of processor time.
    """
    app = FastAPI(openapi_url=None, docs_url=None, redoc_url=None, generate_unique_id_function=lambda route: route.name)
    for router in ROUTERS:
        app.include_router(router, max_body_size=body)
    for sent in (trip_files.router, uploads.router, areas.router):
        app.include_router(sent, max_body_size=bulk)
    for sent in (timetables.router, pages.large):
        app.include_router(sent, max_body_size=large)
    app.include_router(pages.outside, max_body_size=body)
    app.include_router(pages.router, max_body_size=bulk)
    app.mount("/static", pages.Assets(), name="static")
    return app.router.routes


def _openapi(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI document, with the one shape of errors in it and without the framework's own."""
    if app.openapi_schema is None:
        document = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes, tags=TAGS
        )
        schemas = document.setdefault("components", {}).setdefault("schemas", {})
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema()
        document["components"]["securitySchemes"] = SCHEMES
        for path, methods in document["paths"].items():
            for method, operation in methods.items():
                if path.startswith("/v1/"):
                    operation["security"] = [{name: []} for name in SCHEMES if name != "address" or method == "get"]
        app.openapi_schema = document
    return app.openapi_schema


TAGS = [
    {"name": "priser", "description": "Priser på ture. / Fares of trips."},
    {"name": "grundlag", "description": "Takster, kommuner, forudsætninger. / Tariffs, municipalities, assumptions."},
    {"name": "skøn", "description": "Svar på et øjeblik. / Answers at once."},
    {"name": "turlister", "description": "Kommunens egne ture. / The municipality's own trips."},
    {"name": "byområder", "description": "Kommunens egne bygrænser. / The municipality's own town lines."},
    {"name": "køreplaner", "description": "Køreplaner (GTFS) for plustur. / Timetables (GTFS) for plustur."},
    {"name": "prislister", "description": "Egne prislister. / Own price lists."},
    {"name": "simuleringer", "description": "Sammenligninger, der simuleres. / Comparisons that are simulated."},
    {"name": "resultater", "description": "Det, der er regnet. / What is calculated."},
    {"name": "celler", "description": "Ét tal til et regneark. / One number for a sheet."},
]
