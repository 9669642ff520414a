"""The instant estimate for sheets and sliders: the model's closed form, one whole number for one field."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from threading import Lock
from typing import Annotated, Any, Literal

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Path, Request
from pydantic import Field, create_model
from starlette.responses import Response

from api.clock import year_meant
from api.http.estimate_answers import EstimateAnswer
from api.http.fields import PRICE_MARK, Unit, cell_text, find_field, of_estimate, price_mark
from api.http.models import (
    BYTAKST,
    KOMMUNETAKST,
    MOST_ELEMENTS,
    Day,
    Text,
    problems,
)
from api.http.parameters import documented, read_parameters
from api.http.replies import json_reply
from api.http.scenarios import read_day
from api.http.schemes import SchemeParameters, asked_study
from api.http.security import needs
from api.http.words import both
from api.jobs.accepting import sent_is_kept, timetable_in
from api.settings import Settings
from sim.answer.citizen_prices import citizen_prices
from sim.estimate.amounts import OptionEstimate
from sim.estimate.estimate import Estimate
from sim.study.study import Study
from tariffs.elements import elements

router = APIRouter(tags=["skøn"], dependencies=[needs("read")])
CACHED = 2_048


@dataclass(frozen=True)
class Kept:
    """What cells ask of an estimate: some kB, where the study that it is of takes one to two MB.

    ``document`` is None where only a field was asked for: writing it takes a tenth of an estimate.
    """

    options: tuple[OptionEstimate, ...]
    document: dict[str, Any] | None
    price_mark: str


_KEPT: dict[tuple[Any, ...], Kept] = {}
_ONE_AT_A_TIME = Lock()
_PREPARED: dict[tuple[Any, ...], Lock] = {}
"""Who asks for what is being estimated waits for that."""
THREADS = 8
"""Threads that estimates have among them, so that those that wait for a municipality's roads leave the others' answers alone."""
CELL_HEADERS = {"Cache-Control": "private, max-age=60", "X-Takstlab-Kind": "skoen"}


class _EstimateParameters(SchemeParameters):
    """The package asked about, element by element, and what it is compared with."""

    kommunetakst: Annotated[
        str,
        Field(
            pattern=KOMMUNETAKST,
            examples=["1", "30"],
            description=both(
                "1: prislistens; eller en egen i kroner.", "1: the price list's; or an own one in kroner."
            ),
        ),
    ] = "0"
    bytakst: Annotated[
        str,
        Field(
            pattern=BYTAKST,
            examples=["60", "high"],
            description=both(
                "Kroner: årets niveau, ellers en egen pris; eller low eller high.",
                "Kroner: the year's level, else an own price; or low or high.",
            ),
        ),
    ] = "none"
    gratis: Annotated[list[Text], Field(max_length=MOST_ELEMENTS, description="Destination.", default_factory=list)]
    plustur: bool = False
    start: Annotated[
        Day | None, Field(description=both("Giver virkningen i budgetåret.", "Gives the budget year's part."))
    ] = None
    felt: Annotated[
        Text | None,
        Field(
            examples=["net_cost", "net_cost_change"],
            description=both("Ét felt som ét helt tal i tekst.", "One field as one whole number in plain text."),
        ),
    ] = None
    enhed: Annotated[Unit, Field(description=both("Enhed for beløb.", "Unit of amounts."))] = "kr"
    fejl: Annotated[
        Literal["tekst"] | None,
        Field(description=both("Fejl som #FEJL med status 200.", "Errors as text, status 200.")),
    ] = None

    @property
    def elements(self) -> tuple[str, ...]:
        """Return the chosen elements as a scenario names them."""
        chosen = [name for name in ("plustur", *elements()) if getattr(self, name)]
        if self.kommunetakst not in ("0", "false"):
            chosen.append("kommunetakst" if self.kommunetakst in ("1", "true") else f"kommunetakst={self.kommunetakst}")
        chosen += [f"bytakst={self.bytakst}"] if self.bytakst != "none" else []
        return (*chosen, *(f"gratis={place}" for place in self.gratis))


EstimateParameters = create_model(
    "EstimateParameters",
    __base__=_EstimateParameters,
    __doc__=_EstimateParameters.__doc__,
    **dict.fromkeys(elements(), (bool, False)),  # type: ignore[call-overload]
)


@router.get(
    "/v1/skoen/{municipality}",
    summary="Skøn på et øjeblik",
    description=both(
        "Modellens formel, uden simulering og uden interval. Uden felt som JSON med fejlens størrelse; med felt ét helt tal:"
        " kroner (eller øre) uden skilletegn.",
        "The model's closed form, without simulation or interval. Without felt as JSON with the size of the error; with felt one"
        " whole number: kroner (or oere) without separators.",
    ),
    response_model=EstimateAnswer,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **problems(404)},
    openapi_extra=documented(EstimateParameters),
)
async def get_estimate(
    request: Request, municipality: Annotated[str, Path(max_length=60, examples=["0316", "Holbæk"])]
) -> Response:
    """Estimate a municipality's year under a package."""
    asked = read_parameters(EstimateParameters, request)
    start = None if asked.start is None else read_day(asked.start, "start")
    year = asked.year or year_meant({"start": start}, request.app.state.today())
    field = None if asked.felt in (None, PRICE_MARK) else find_field(asked.felt)
    check_kept(asked, request)
    package = (municipality, year, asked.elements, asked.start, repr(asked.today), repr(asked.scenario()))
    key = (*package, asked.felt is None)
    kept = _KEPT.get((*package, True)) or _KEPT.get(key)
    if kept is None:
        work = partial(_estimate, municipality, asked, year, request.app.state.settings)
        kept = await to_thread.run_sync(_estimated, key, work, limiter=_threads(request))
    if asked.felt == PRICE_MARK:
        return Response(kept.price_mark, headers=CELL_HEADERS, media_type="text/plain; charset=utf-8")
    if field is None:
        return json_reply(kept.document, headers=CELL_HEADERS)
    value = of_estimate(kept.options[0], kept.options[1], field)
    return Response(cell_text(value, field, asked.enhed), headers=CELL_HEADERS, media_type="text/plain; charset=utf-8")


def _threads(request: Request) -> CapacityLimiter:
    app = request.app.state
    if not hasattr(app, "estimating"):
        app.estimating = CapacityLimiter(THREADS)
    found: CapacityLimiter = app.estimating
    return found


def check_kept(asked: SchemeParameters, request: Request) -> None:
    """Refuse what names a timetable or a price list that is deleted, though its estimate is known; raises InputError."""
    request.app.state.price_lists.places(asked.tariff_file)
    timetable = timetable_in({"gtfs": asked.gtfs})
    if timetable is not None:
        sent_is_kept("køreplan", partial(request.app.state.timetables.get, timetable))


def _estimated(asked: tuple[Any, ...], work: Callable[[], Kept]) -> Kept:
    """Return what was estimated before, or estimate it; who asks the same meanwhile waits for that."""
    with _PREPARED.setdefault(asked, Lock()):
        try:
            found = _KEPT.get(asked)
            if found is None:
                found = _KEPT[asked] = work()
                for old in list(_KEPT)[: max(0, len(_KEPT) - CACHED)]:
                    _KEPT.pop(old, None)
            return found
        finally:
            _PREPARED.pop(asked, None)


def _estimate(municipality: str, asked: Any, year: int, settings: Settings) -> Kept:
    from sim.estimate.estimate import estimate
    from sim.study.terms import is_measured_as_usual

    more: dict[str, Any] = {} if asked.start is None else {"start": read_day(asked.start, "start")}
    read = partial(asked_study, municipality, asked, ",".join(asked.elements), year, settings, **more)
    with ExitStack() as alone:
        # Roads that are being measured, or a timetable that is being read, for seconds hold nobody else up.
        at_hand = asked.gtfs is None and is_measured_as_usual(municipality, year)
        if at_hand:
            alone.enter_context(_ONE_AT_A_TIME)
        study = read()
        if not at_hand:
            alone.enter_context(_ONE_AT_A_TIME)
        found = estimate(study)
        mark = price_mark(citizen_prices(study), 2, PRICE_MARK)
        return Kept(found.options, _document(study, found) if asked.felt is None else None, mark)


def _document(study: Study, found: Estimate) -> dict[str, Any]:
    from sim.telling.estimate_text import published

    said = published(study, found)
    for option, package in zip(said["options"], study.packages, strict=True):
        option["elements"] = list(package.elements())
    return said
