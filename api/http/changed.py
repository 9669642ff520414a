"""A run of an earlier build: run again by this one, and what has changed."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.again import again, report_of, sent_again
from api.http.changed_answer import Changed
from api.http.models import problems
from api.http.parameters import no_repeats
from api.http.replies import EVERY_TIME, json_bytes, json_reply, kept_reply
from api.http.results import OfMunicipality
from api.http.runs import RunDocument, RunId, run_document
from api.http.security import needs
from api.http.words import both

router = APIRouter(tags=["resultater"], dependencies=[Depends(no_repeats)])


@router.post(
    "/v1/runs/{run}/again",
    dependencies=[needs("run")],
    status_code=202,
    response_model=RunDocument,
    summary="Regn en simulering igen",
    description=both(
        "Regner samme scenarie igen med tjenestens nuværende udgave, også når simuleringen mislykkedes, blev afbrudt eller er beskadiget."
        " Er svaret allerede denne udgaves, er det den samme simulering (200).",
        "Takes the same scenario on with the service's present build, also when the run failed, was cancelled or is damaged. When the"
        " answer is this build's already it is the same run (200).",
    ),
    responses={
        200: {"model": RunDocument, "description": both("Den er regnet i forvejen.", "It is calculated already.")},
        **problems(404, 409, 503, 507),
    },
)
def post_again(request: Request, run: RunId, asked: Annotated[OfMunicipality, Query()]) -> Response:
    """Take a run's scenario on again."""
    state = sent_again(request, run, asked.code)
    headers = {"Location": f"/v1/runs/{state.id}"}
    return json_reply(run_document(state), 200 if state.state == "done" else 202, headers)


@router.get(
    "/v1/runs/{run}/changed.json",
    dependencies=[needs("read")],
    summary="Hvad har ændret sig?",
    description=both(
        "En simulering fra en tidligere udgave ved siden af samme scenarie regnet igen: gamle og nye tal, forskellen delt på årsager, og"
        " årsagerne. Er det ikke regnet igen (POST …/again), er svaret 409; mens det regnes, 503.",
        "A run of an earlier build beside the same scenario calculated again: old and new figures, the difference shared out by cause,"
        " and the causes. 409 when it has not been calculated again (POST …/again), 503 while it is.",
    ),
    responses={200: {"model": Changed}, **problems(404, 409, 503)},
    response_class=Response,
)
def get_changed(request: Request, run: RunId, asked: Annotated[OfMunicipality, Query()]) -> Response:
    """Return what has changed."""
    report = report_of(request, again(request, run, asked.code))
    return kept_reply(request, json_bytes(report), "application/json", cache=EVERY_TIME)
