"""Goal seek over HTTP: the price that gives a wanted change, by the closed form, as ``takstlab goal`` answers it."""

from datetime import date
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from starlette.responses import Response

from api.http.models import MOST_ELEMENTS, Parameters, Text, problems
from api.http.parameters import documented, read_parameters
from api.http.replies import json_reply
from api.http.security import needs
from api.http.words import both
from sim.scenario.scenario import MAX_OWN_KR

router = APIRouter(tags=["skøn"], dependencies=[needs("read")])


class GoalParameters(Parameters):
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
    today: Annotated[
        Text | None,
        Field(
            examples=["kommunetakst, bytakst=low"],
            description=both(
                "Nuværende ordning; udeladt: kommunens kendte eller antagne valg i året.",
                "The option in force; if left out: the municipality's known or assumed choice in the year.",
            ),
        ),
    ] = None
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
    year: Annotated[int, Field(ge=1990, le=2100)] = 2020
    passengers: Annotated[
        float | None,
        Field(ge=1, le=5_000_000, description=both("Kommunens egne om året.", "The municipality's own a year.")),
    ] = None
    town_zone: Annotated[list[Text], Field(max_length=MOST_ELEMENTS, default_factory=list)]
    variant: Text = ""


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
    return json_reply(await run_in_threadpool(_sought, municipality, asked))


def _sought(municipality: str, asked: GoalParameters) -> dict[str, Any]:
    from sim.geography.municipalities import find_municipality
    from sim.goal.goal import seek
    from sim.goal.words import published
    from sim.scenario.scenario import build_scenario
    from sim.study.prepare import prepare
    from tariffs import load_municipal_choices, parse_package

    code = find_municipality(municipality).code
    known = load_municipal_choices()
    today = known.choices(code, date(asked.year, 12, 31)).package if asked.today is None else parse_package(asked.today)
    option = today if asked.option is None else parse_package(asked.option)
    values: dict[str, Any] = {
        "municipality": code,
        "options": [{"name": "I dag", "elements": today.elements()}, {"name": "Valgt", "elements": option.elements()}],
        "year": asked.year,
        "variant": asked.variant,
    }
    values |= {} if asked.passengers is None else {"passengers": asked.passengers}
    values |= {"town_zones": list(asked.town_zone)} if asked.town_zone else {}
    study = prepare(build_scenario(values, "forespørgslen"), code)
    return published(seek(study, asked.element, 100 * asked.change))
