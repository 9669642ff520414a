"""Goal seek over HTTP: the price that gives a wanted change, by the closed form, as ``takstlab goal`` answers it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from starlette.responses import Response

from api.clock import year_meant
from api.http.models import Text, problems
from api.http.parameters import documented, read_parameters
from api.http.replies import json_reply
from api.http.schemes import SchemeParameters, asked_study
from api.http.security import needs
from api.http.words import both
from sim.scenario.scenario import MAX_OWN_KR

router = APIRouter(tags=["skøn"], dependencies=[needs("read")])


class GoalParameters(SchemeParameters):
    """The change that is wanted, and where."""

    change: Annotated[
        int,
        Field(
            ge=-MAX_OWN_KR,
            le=MAX_OWN_KR,
            examples=[-300000],
            description=both("Ændring i nettoudgift om året, hele kroner.", "Change in net cost a year, whole kroner."),
        ),
    ]
    element: Literal["bytakst", "kommunetakst"] = "bytakst"
    option: Annotated[
        Text | None,
        Field(
            examples=["kommunetakst"],
            description=both(
                "Elementerne, som prisen søges under; udeladt: de nuværende.",
                "The elements under which the price is sought; if left out: those in force.",
            ),
        ),
    ] = None


@router.get(
    "/v1/maal/{municipality}",
    summary="Hvilken pris giver et beløb?",
    description=both(
        "Den bytakst eller kommunetakst, til hele kroner, der kommer nærmest en ændring i nettoudgiften, med intervallet dér; reached er"
        " false, når ingen pris giver den. Modellens lukkede form, uden simulering.",
        "The bytakst or kommunetakst, to the krone, that comes nearest to a change in net cost, with the interval there; reached is"
        " false when no price gives it. The model's closed form, without simulation.",
    ),
    responses=problems(404),
    openapi_extra=documented(GoalParameters),
)
async def get_goal(
    request: Request, municipality: Annotated[str, Path(max_length=60, examples=["0316", "Holbæk"])]
) -> Response:
    """Seek a price."""
    asked = read_parameters(GoalParameters, request)
    year = asked.year or year_meant({}, request.app.state.today())
    return json_reply(await run_in_threadpool(_sought, municipality, year, asked))


def _sought(municipality: str, year: int, asked: GoalParameters) -> dict[str, Any]:
    from sim.goal.goal import seek
    from sim.goal.words import published

    study = asked_study(
        municipality, asked.today, asked.option, year, asked.passengers, tuple(asked.town_zone), variant=asked.variant
    )
    return published(seek(study, asked.element, 100 * asked.change))
