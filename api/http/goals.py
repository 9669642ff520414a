"""Goal seek over HTTP: the price that gives a wanted change, by the closed form, as ``takstlab goal`` answers it."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from starlette.responses import Response

from api.clock import year_meant
from api.http.estimate_answers import GoalAnswer, LineGoalAnswer
from api.http.models import Text, problems
from api.http.parameters import documented, read_parameters
from api.http.replies import json_reply
from api.http.schemes import SchemeParameters, asked_study
from api.http.security import needs
from api.http.words import both
from api.jobs.accepting import AREAS
from api.store.areas import AreasStore
from api.store.errors import NotFoundError
from sim.desk.goal.lines import titled
from sim.inputs.scenario.scenario import MAX_OPTIONS, MAX_OWN_KR
from sim.words.names import told_apart
from tariffs.errors import InputError

MOST_LINES = MAX_OPTIONS - 1

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
    element: Literal["bytakst", "kommunetakst", "byomraade"] = "bytakst"
    line: Annotated[
        list[Text],
        Field(
            max_length=MOST_LINES,
            default_factory=list,
            examples=[[]],
            description=both(
                "Med element=byomraade: byområder at vælge mellem, areas:<id>, til prisen i option.",
                "With element=byomraade: town areas to choose among, areas:<id>, at the price in option.",
            ),
        ),
    ]
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
        " false, når ingen pris giver den. element=byomraade: hvert byområde i line med sin ændring til prisen i option, hvilke der når"
        " beløbet, og det nærmeste. Modellens formel, uden simulering.",
        "The bytakst or kommunetakst, to the krone, that comes nearest to a change in net cost, with the interval there; reached is"
        " false when no price gives it. element=byomraade: every town area in line with its change at the price in option, which reach"
        " the amount, and the nearest. The model's closed form, without simulation.",
    ),
    response_model=GoalAnswer | LineGoalAnswer,
    responses=problems(404),
    openapi_extra=documented(GoalParameters),
)
async def get_goal(
    request: Request, municipality: Annotated[str, Path(max_length=60, examples=["0316", "Holbæk"])]
) -> Response:
    """Seek a price."""
    asked = read_parameters(GoalParameters, request)
    year = asked.year or year_meant({}, request.app.state.today())
    sought = _chosen if asked.element == "byomraade" else _sought
    return json_reply(await run_in_threadpool(sought, request, municipality, year, asked))


def _chosen(request: Request, municipality: str, year: int, asked: GoalParameters) -> dict[str, Any]:
    from sim.desk.goal.line_words import published
    from sim.desk.goal.lines import weigh

    lines = kept_lines(request.app.state.areas, asked.line)
    study = asked_study(municipality, asked, asked.option, year, request.app.state.settings, lines)
    return published(weigh(study, 100 * asked.change))


def kept_lines(store: AreasStore, names: list[str]) -> list[tuple[str, str]]:
    """Return the names of the areas that each areas:<id> is of, and itself; raises InputError where one is no such name."""
    if not names:
        raise InputError(
            "Der er ingen byområder at vælge mellem",
            where="line",
            next_step="angiv line=areas:<id>, én gang for hvert byområde",
        )
    found = []
    for name in dict.fromkeys(names):
        named = AREAS.fullmatch(name)
        if named is None:
            raise InputError(f"'{name[:80]}' er ikke et byområde", where="line", next_step="skriv line=areas:<id>")
        try:
            found.append((", ".join(told_apart(store.get(named[1]).names)), name))
        except NotFoundError as error:
            raise InputError(error.what, where=error.where, why=error.why, next_step=error.next_step) from None
    return titled(found)


def _sought(request: Request, municipality: str, year: int, asked: GoalParameters) -> dict[str, Any]:
    from sim.desk.goal.goal import seek
    from sim.desk.goal.words import published

    if asked.line or asked.element == "byomraade":
        raise InputError(
            "line vælger mellem byområder", where="line", next_step="angiv element=byomraade, eller udelad line"
        )
    study = asked_study(municipality, asked, asked.option, year, request.app.state.settings)
    return published(seek(study, asked.element, 100 * asked.change))
