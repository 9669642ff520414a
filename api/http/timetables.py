"""Timetables: a feed (GTFS) for plustur, sent once, named by scenarios as ``timetable:<id>``, kept until deleted."""

from collections.abc import AsyncIterator
from functools import partial
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Path, Request
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.http.content_kind import content_kind
from api.http.models import ID, Body, problems
from api.http.parameters import no_repeats
from api.http.problems import MalformedError, TooLargeError
from api.http.replies import json_reply
from api.http.security import needs
from api.http.unnamed import UNNAMED, file_body
from api.http.words import both
from api.store.timetables import FEED, Timetable, Timetables

router = APIRouter(tags=["køreplaner"], dependencies=[Depends(no_repeats)])
KINDS = ("application/zip",)
TimetableId = Annotated[str, Path(pattern=ID, description=both("Køreplanens id.", "The timetable's id."))]


class TypicalDayDocument(Body):
    """A day that stands for all of its type, and how many trips the timetable has on it."""

    name: str
    day: str
    trips: int


class TimetableDocument(Body):
    """A timetable that is kept; ``gtfs`` is how a scenario names it."""

    id: str
    gtfs: str
    days: list[TypicalDayDocument]
    notes: list[str]
    size: int
    received: str
    links: dict[str, str]


class TimetablesDocument(Body):
    """The timetables that are kept, the newest first."""

    timetables: list[TimetableDocument]


def timetable_document(timetable: Timetable) -> dict[str, Any]:
    """Return what is told of a timetable."""
    return {
        "id": timetable.id,
        "gtfs": f"timetable:{timetable.id}",
        "days": [{"name": one.name, "day": one.day.isoformat(), "trips": one.trips} for one in timetable.days],
        "notes": list(timetable.notes),
        "size": timetable.size,
        "received": timetable.received.isoformat(),
        "links": {"self": f"/v1/timetables/{timetable.id}"},
    }


def largest(request: Request) -> int:
    """Return how many bytes a timetable may have as it comes."""
    return int(request.app.state.settings.timetable_mb * 1_000_000)


async def receive_timetable(request: Request, chunks: AsyncIterator[bytes]) -> tuple[Timetable, bool]:
    """Read a timetable and keep it; returns whether it is new. Raises InputError, TooLargeError, StoreFullError."""
    app, most, size = request.app.state, largest(request), 0
    store: Timetables = app.timetables
    with store.arriving() as folder:
        file = folder / FEED
        with file.open("xb") as raw:
            async for chunk in chunks:
                size += len(chunk)
                if size > most:
                    raise TooLargeError(
                        f"Køreplanen er over {app.settings.timetable_mb} MB",
                        next_step="brug en køreplan for landsdelen eller trafikselskabet alene",
                    )
                raw.write(chunk)
        if not hasattr(app, "timetable_reader"):
            app.timetable_reader = CapacityLimiter(1)  # one of 100 MB takes 1 to 2 GB while it is read
        return await to_thread.run_sync(partial(store.keep, file), limiter=app.timetable_reader)


@router.post(
    "/v1/timetables",
    dependencies=[needs("upload")],
    status_code=201,
    response_model=TimetableDocument,
    summary="Indlæs en køreplan",
    description=both(
        "En køreplan som GTFS-zip: hvor bus og tog er et godt alternativ til plustur (docs/plustur.md). Den læses igennem, før den"
        " gemmes; svaret har dens typiske dage, og hvad der er udeladt. Den samme igen er den samme (200). Brug den i et scenarie med"
        " gtfs = timetable:<id>.",
        "A timetable as a GTFS zip: where bus and train are a good alternative to plustur (docs/plustur.md). It is read through before"
        " it is kept; the answer has its typical days and what was left out. The same again is the same (200). Use it in a scenario by"
        " gtfs = timetable:<id>.",
    ),
    responses={
        200: {"model": TimetableDocument, "description": both("Den var der i forvejen.", "It was there already.")},
        **problems(400, 413, 507),
    },
    openapi_extra=file_body(KINDS),
)
async def post_timetable(request: Request) -> Response:
    """Take in a timetable."""
    content_kind(request, (*KINDS, UNNAMED))
    try:
        timetable, new = await receive_timetable(request, request.stream())
    except ClientDisconnect:
        raise MalformedError("Filen kom ikke hel frem", next_step="send den igen") from None
    headers = {"Location": f"/v1/timetables/{timetable.id}"}
    return json_reply(timetable_document(timetable), 201 if new else 200, headers)


@router.get(
    "/v1/timetables",
    dependencies=[needs("read")],
    response_model=TimetablesDocument,
    summary="Køreplanerne, de nyeste først",
    description=both("De indlæste køreplaner.", "The timetables that were sent."),
    responses=problems(),
)
def list_timetables(request: Request) -> Response:
    """List the timetables."""
    return json_reply({"timetables": [timetable_document(one) for one in request.app.state.timetables.all()]})


@router.get(
    "/v1/timetables/{timetable}",
    dependencies=[needs("read")],
    response_model=TimetableDocument,
    summary="Hvad der vides om en køreplan",
    description=both("Typiske dage, og hvad der er udeladt.", "Typical days, and what was left out."),
    responses=problems(404),
)
def get_timetable(request: Request, timetable: TimetableId) -> Response:
    """Tell of one timetable."""
    return json_reply(timetable_document(request.app.state.timetables.get(timetable)))


@router.delete(
    "/v1/timetables/{timetable}",
    dependencies=[needs("upload")],
    status_code=204,
    summary="Slet en køreplan",
    description=both(
        "Den er straks væk. Simuleringer med den beholder deres tal.",
        "It is gone at once. Runs with it keep their figures.",
    ),
    responses=problems(404),
)
def delete_timetable(request: Request, timetable: TimetableId) -> Response:
    """Delete one timetable."""
    request.app.state.timetables.delete(timetable)
    return Response(status_code=204)
