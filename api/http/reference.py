"""What stands behind the answers: tariffs, municipalities and assumptions, each with its sources."""

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.answers import edition_answer, municipality_rows, parameter_answer
from api.http.answers import Assumptions, Municipalities, Tariffs
from api.http.models import Parameters, Text, problems
from api.http.parameters import no_repeats
from api.http.replies import SHORT, json_bytes, kept_reply
from api.http.security import needs
from api.http.words import both

router = APIRouter(tags=["grundlag"], dependencies=[needs("read"), Depends(no_repeats)])


class MunicipalityParameters(Parameters):
    """Which year's choices are shown."""

    year: Annotated[
        int | None,
        Field(
            ge=2012,
            le=2100,
            description=both(
                "Valg ved årets udgang; udeladt: i år.", "Choices at the year's end; if left out: this year."
            ),
        ),
    ] = None


class TariffParameters(Parameters):
    """Which variant of the tariff is shown."""

    variant: Annotated[Text, Field(description=both("En variant ved navn.", "A variant by name."))] = ""


@router.get(
    "/v1/tariffs",
    summary="Takstudgaver, parametre og kilder",
    description=both(
        "Hver udgave og hver dateret værdi med sin kilde.", "Every edition and every dated value with its source."
    ),
    response_model=Tariffs,
    responses=problems(),
)
def get_tariffs(request: Request, asked: Annotated[TariffParameters, Query()]) -> Response:
    """List tariff editions and parameters."""
    return kept_reply(request, _tariffs(asked.variant), "application/json", cache=SHORT)


@router.get(
    "/v1/municipalities",
    summary="Kommunerne og deres valg",
    description=both(
        "De 45 med folketal, og hvad der er kendt eller antaget om deres valg.",
        "The 45 with population, and what is known or assumed of their choices.",
    ),
    response_model=Municipalities,
    responses=problems(),
)
def get_municipalities(request: Request, asked: Annotated[MunicipalityParameters, Query()]) -> Response:
    """List the municipalities."""
    return kept_reply(
        request, _municipalities(asked.year or request.app.state.today().year), "application/json", cache=SHORT
    )


@router.get(
    "/v1/assumptions",
    summary="Forudsætningerne",
    description=both(
        "Hvert skøn i modellen med værdi, interval, mærke og kilde.",
        "Every judgement in the model with value, range, mark and source.",
    ),
    response_model=Assumptions,
    responses=problems(),
)
def get_assumptions(request: Request) -> Response:
    """List the assumptions."""
    return kept_reply(request, _assumptions(), "application/json", cache=SHORT)


@lru_cache(maxsize=8)
def _tariffs(variant: str) -> bytes:
    from tariffs import list_variants, load_price_book

    book = load_price_book((), variant)
    return json_bytes(
        {
            "editions": [edition_answer(edition, book) for edition in book.editions],
            "variants": list(list_variants()),
            "variant": book.variant or None,
            "parameters": [parameter_answer(p, list(p.values)) for p in book.parameters.values()],
        }
    )


@lru_cache(maxsize=100)
def _municipalities(year: int) -> bytes:
    return json_bytes({"year": year, "municipalities": municipality_rows(year)})


@lru_cache(maxsize=1)
def _assumptions() -> bytes:
    from sim.inputs.assumptions import load_assumptions

    return json_bytes(
        {
            "assumptions": [
                {
                    "id": a.id,
                    "statement_da": a.statement_da,
                    "statement_en": a.statement_en,
                    "value": a.value,
                    "low": a.low,
                    "high": a.high,
                    "range": a.range_text or None,
                    "unit": a.unit,
                    "mark": a.mark,
                    "source": a.source,
                    "who": a.who,
                }
                for a in load_assumptions().values()
            ]
        }
    )
