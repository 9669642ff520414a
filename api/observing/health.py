"""Whether the service is alive (`/healthz`), can take work on (`/readyz`), and what it has done (`/metrics`)."""

from collections.abc import Callable, Sequence

from fastapi import APIRouter, Response
from fastapi.params import Depends
from starlette.responses import PlainTextResponse

from api.observing.metrics import Metrics
from tariffs.errors import TakstlabError

METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8"


def health_routes(check: Callable[[], None], metrics: Metrics, reading: Sequence[Depends] = ()) -> APIRouter:
    """Return the routes; ``check`` raises when no work can be taken on, ``reading`` is asked before metrics are shown."""
    router = APIRouter(tags=["drift / operation"])

    @router.get("/healthz", response_class=PlainTextResponse, summary="Lever tjenesten? / Is the service alive?")
    async def healthz() -> PlainTextResponse:
        """Answer at once, whatever else is going on."""
        return PlainTextResponse("ok\n", headers={"cache-control": "no-store"})

    @router.get(
        "/readyz",
        response_class=PlainTextResponse,
        summary="Kan den tage imod simuleringer? / Can it take work on?",
        responses={
            503: {"description": "Nej; teksten siger hvorfor. / No; the text says why.", "content": {"text/plain": {}}}
        },
    )
    def readyz() -> PlainTextResponse:
        """Look at the database of jobs and at the room on the disk."""
        try:
            check()
        except TakstlabError as error:
            return PlainTextResponse(f"{error.what}\n", 503, headers={"cache-control": "no-store", "retry-after": "30"})
        return PlainTextResponse("ok\n", headers={"cache-control": "no-store"})

    @router.get(
        "/metrics",
        response_class=PlainTextResponse,
        summary="Tal til Prometheus / Figures for Prometheus",
        responses={401: {"description": "Nøglen mangler eller er ikke gyldig. / The key is missing or not valid."}},
        dependencies=list(reading),
    )
    def show_metrics() -> Response:
        """Return counts of requests, runs and room, none of them about anybody."""
        return Response(metrics.text(), media_type=METRICS_TYPE)

    return router
