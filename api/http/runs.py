"""Runs: sent once, followed, cancelled, listed; and the names that sheets know them by."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict
from typing import Annotated, Any

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from api.http.models import ID, Body, Parameters, problems
from api.http.parameters import no_repeats
from api.http.problems import TooManyRequestsError
from api.http.replies import json_reply
from api.http.scenarios import ScenarioBody, check_cost, check_ready, core_seconds
from api.http.security import needs
from api.http.served import jobs_of, results_of
from api.http.words import both
from api.store.protocol import RunState

router = APIRouter(tags=["simuleringer"], dependencies=[Depends(no_repeats)])
MOST_FOLLOWERS = 250
RunId = Annotated[str, Path(pattern=ID, description=both("Simuleringens id.", "The run's id."))]
Name = Annotated[str, Path(pattern=r"^[A-Za-zÆØÅæøå0-9_][A-Za-zÆØÅæøå0-9_-]{0,59}$", examples=["budget-2027"])]


class OptionSoFarDocument(Body):
    """An option of a run under way, in oere: mean net cost of a year, and how much more that is than the first option's.

    ``half_width_oere`` is that of the 95 % t interval of the mean change (of the net cost, for the first option), by chance alone.
    """

    name: str
    net_cost_oere: float
    change_oere: float
    half_width_oere: float | None


class SoFarDocument(Body):
    """What so many replications of a municipality say so far; the answer's own figures and intervals come when the run is done."""

    municipality: str
    replications: int
    options: list[OptionSoFarDocument]


class RunDocument(Body):
    """How far a run is; ``upload`` is the list of trips it is calculated from, when it is.

    ``ordered_as`` is the id that was asked for, when an older model took the run on under it. ``so_far`` is there while it is under way.
    """

    id: str
    state: str
    municipalities: list[str]
    name: str
    submitted: str
    ended: str | None
    done: int
    expected: int | None
    seconds_left: float | None
    error: str | None
    upload: str | None
    upload_deleted: bool
    ordered_as: str | None
    so_far: SoFarDocument | None
    links: dict[str, str]


class RunsDocument(Body):
    """Runs, the newest first."""

    runs: list[RunDocument]


class NameBody(Body):
    """The run that a name is to stand for."""

    run: Annotated[str, Field(pattern=ID)]


class NamesDocument(Body):
    """Saved names and the runs they stand for."""

    names: dict[str, str]


class ListParameters(Parameters):
    """How many runs are listed."""

    limit: Annotated[int, Field(ge=1, le=1000)] = 100


EVENT: dict[str, Any] = {
    "type": "object",
    "description": both("Én hændelse; data er en RunDocument.", "One event; data is a RunDocument."),
    "properties": {"event": {"type": "string", "const": "state"}, "data": {"type": "string"}},
    "required": ["event", "data"],
}
"""The OpenAPI schema of one server-sent event."""


def run_document(state: RunState) -> dict[str, Any]:
    """Return a run's state as the service tells it."""
    own = f"/v1/runs/{state.id}"
    return {
        "id": state.id,
        "state": state.state,
        "municipalities": list(state.municipalities),
        "name": state.name,
        "submitted": state.submitted.isoformat(),
        "ended": None if state.ended is None else state.ended.isoformat(),
        "done": state.done,
        "expected": state.expected,
        "seconds_left": state.seconds_left,
        "error": state.error,
        "upload": state.upload,
        "upload_deleted": state.upload_deleted,
        "ordered_as": state.ordered_as,
        "so_far": None if state.so_far is None else asdict(state.so_far),
        "links": {
            "self": own,
            "events": f"{own}/events",
            "cancel": f"{own}/cancel",
            "scenario": f"{own}/scenario.json",
            "again": f"{own}/again",
            "result": f"{own}/result.json",
            "budget": f"{own}/budget.xlsx",
        },
    }


@router.post(
    "/v1/runs",
    dependencies=[needs("run")],
    status_code=202,
    response_model=RunDocument,
    summary="Sæt en sammenligning i gang",
    description=both(
        "Tager imod scenariet (202) og svarer med simuleringens id, som er en hash af indholdet: det samme scenarie igen er den samme"
        " simulering, og er den regnet, er svaret 200. Det, der er svaret 202 på, overlever et nedbrud.",
        "Takes the scenario on (202) and answers with the run's id, a hash of its content: the same scenario again is the same run,"
        " and 200 when it is calculated already. What is answered by 202 survives a crash.",
    ),
    responses={
        200: {"model": RunDocument, "description": both("Den er regnet i forvejen.", "It is calculated already.")},
        **problems(400, 413, 503, 507),
    },
)
def post_run(request: Request, body: ScenarioBody) -> Response:
    """Take a scenario on."""
    values = body.values(request.app.state.today())
    seconds = core_seconds(body, request.app.state.settings)
    check_cost(seconds, request.app.state.settings)
    check_ready(values, request.app.state.settings)
    state = jobs_of(request).submit(values)
    headers = {"Location": f"/v1/runs/{state.id}", "X-Takstlab-Core-Seconds": f"{seconds:.0f}"}
    return json_reply(run_document(state), 200 if state.state == "done" else 202, headers)


@router.get(
    "/v1/runs",
    dependencies=[needs("read")],
    response_model=RunsDocument,
    summary="Simuleringerne, de nyeste først",
    description=both("Alle simuleringer, serveren kender.", "All runs the server knows."),
    responses=problems(),
)
def list_runs(request: Request, asked: Annotated[ListParameters, Query()]) -> Response:
    """List runs."""
    return json_reply({"runs": [run_document(state) for state in jobs_of(request).list(asked.limit)]})


@router.get(
    "/v1/runs/{run}",
    dependencies=[needs("read")],
    response_model=RunDocument,
    summary="Hvor langt en simulering er",
    description=both("Tilstand, fremdrift og tid tilbage.", "State, progress and time left."),
    responses=problems(404),
)
def get_run(request: Request, run: RunId) -> Response:
    """Tell how far a run is."""
    return json_reply(run_document(jobs_of(request).get(run)))


@router.post(
    "/v1/runs/{run}/cancel",
    dependencies=[needs("run")],
    response_model=RunDocument,
    summary="Stands en simulering",
    description=both(
        "Standser straks; en, der er færdig, bliver, som den er.", "Stops at once; one that has ended stays as it is."
    ),
    responses=problems(404),
)
def cancel_run(request: Request, run: RunId) -> Response:
    """Cancel a run."""
    return json_reply(run_document(jobs_of(request).cancel(run)))


@router.get(
    "/v1/runs/{run}/scenario.json",
    dependencies=[needs("read")],
    summary="En simulerings scenarie",
    description=both(
        "Scenariet, som det kan sendes igen, hvad der end blev af simuleringen.",
        "The scenario as it can be sent again, whatever became of the run.",
    ),
    responses={
        200: {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/ScenarioBody"}}}},
        **problems(404),
    },
    response_class=Response,
)
def get_scenario(request: Request, run: RunId) -> Response:
    """Return a run's scenario."""
    from api.web.reproduce import body

    return json_reply(body(jobs_of(request).scenario(run)))


@router.get(
    "/v1/runs/{run}/events",
    dependencies=[needs("read")],
    summary="Følg en simulering (SSE)",
    description=both(
        "text/event-stream: tilstanden nu og hver gang den ændrer sig, til simuleringen er slut.",
        "text/event-stream: the state now and each time it changes, until the run has ended.",
    ),
    responses={200: {"content": {"text/event-stream": {"schema": EVENT}}}, **problems(404)},
    response_class=StreamingResponse,
)
async def follow_run(request: Request, run: RunId) -> StreamingResponse:
    """Send a run's state each time it changes."""
    jobs, app = jobs_of(request), request.app.state
    if not hasattr(app, "followers"):
        # Threads of their own: followers wait, and must not take those that answer.
        app.followers = CapacityLimiter(MOST_FOLLOWERS)
    if app.followers.available_tokens < 1:
        raise TooManyRequestsError(
            "Der er for mange, der følger simuleringer", next_step="spørg på simuleringens adresse i stedet"
        )
    states = jobs.events(run)
    first = await to_thread.run_sync(next, states, limiter=app.followers)
    return StreamingResponse(
        _events(first, states, app.followers), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"}
    )


async def _events(first: RunState, states: Iterator[RunState], followers: CapacityLimiter) -> AsyncIterator[str]:
    state: RunState | None = first
    while state is not None:
        yield _event(state)
        state = await to_thread.run_sync(next, states, None, limiter=followers, abandon_on_cancel=True)


def _event(state: RunState) -> str:
    return f"event: state\ndata: {json.dumps(run_document(state), ensure_ascii=False)}\n\n"


@router.get(
    "/v1/names",
    dependencies=[needs("read")],
    response_model=NamesDocument,
    summary="Gemte navne",
    description=both("Navne, som regneark kender simuleringer ved.", "Names that sheets know runs by."),
    responses=problems(),
)
def list_names(request: Request) -> Response:
    """List saved names."""
    return json_reply({"names": results_of(request).names()})


@router.put(
    "/v1/names/{name}",
    dependencies=[needs("run")],
    response_model=NamesDocument,
    summary="Gem et navn til en simulering",
    description=both(
        "Fra nu af står navnet for simuleringen, også i celler; et navn kan flyttes.",
        "From now on the name stands for the run, in cells too; a name can be moved.",
    ),
    responses=problems(400, 404, 413, 507),
)
def put_name(request: Request, name: Name, body: NameBody) -> Response:
    """Save a name."""
    results_of(request).save_name(name, body.run)
    return json_reply({"names": {name.lower(): body.run}})


@router.delete(
    "/v1/names/{name}",
    dependencies=[needs("run")],
    status_code=204,
    summary="Slet et navn",
    description=both("Simuleringen bliver.", "The run stays."),
    responses=problems(404, 507),
)
def delete_name(request: Request, name: Name) -> Response:
    """Forget a name."""
    results_of(request).forget_name(name)
    return Response(status_code=204)
