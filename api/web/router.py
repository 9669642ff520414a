"""All pages in one router, the files they are dressed in, and faults shown as a page."""

from typing import Any

import structlog
from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from api.http.security import needs
from api.web import (
    about,
    answer_map,
    batches,
    budget,
    builder,
    changed,
    columns,
    fairness,
    goals,
    map_layers,
    map_page,
    maps,
    own_data,
    price_lists,
    prices,
    results,
    running,
    saved,
    saved_file,
    signing_in,
    simulated_day,
    timetables,
    why,
    why_parts,
    zone_download,
)
from api.web.page import render

router = APIRouter(include_in_schema=False, dependencies=[needs("read")])
for part in (
    about.router,
    maps.router,
    map_layers.router,
    map_page.router,
    builder.router,
    budget.router,
    running.router,
    saved.router,
    saved_file.router,
    results.router,
    answer_map.router,
    simulated_day.router,
    changed.router,
    why.router,
    why_parts.router,
    prices.router,
    price_lists.router,
    fairness.router,
    goals.router,
    own_data.router,
    columns.router,
    batches.router,
    zone_download.router,
):
    router.include_router(part)


large = APIRouter(include_in_schema=False, dependencies=[needs("read")])
"""What takes a file that is larger than the others may be."""
large.include_router(timetables.router)
outside = signing_in.router
"""What is shown to those who are not let in yet."""


class Assets(StaticFiles):
    """Style, script and fonts, kept by the browser for an hour and asked after then."""

    def __init__(self) -> None:
        super().__init__(packages=[("api.web", "static")])

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=3600"
        return response


def problem_page(request: Request, told: dict[str, Any], status: int, headers: dict[str, str]) -> Response:
    """Return a fault as a page: what, why, and what to do next."""
    response = render(
        request,
        "problem.html.j2",
        status,
        told=told,
        sign_in=signing_in.address(request),
        number=structlog.contextvars.get_contextvars().get("request"),
    )
    for name, value in headers.items():
        response.headers[name] = value
    return response
