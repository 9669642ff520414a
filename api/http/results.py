"""What has come of a run, in every format; and the workbook with formulas that ask this service."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.http.cells import RUN_LENGTH
from api.http.formats import BINARY, MEDIA_TYPES, XLSX, Format, every_format, table_bytes, table_of
from api.http.models import Lang, Parameters, problems
from api.http.parameters import no_repeats
from api.http.replies import EVERY_TIME, IMMUTABLE, SHORT, drawn_reply, json_bytes, kept_reply
from api.http.security import needs
from api.http.served import results_of
from api.http.words import both
from sim.answer.codec import json_schema
from sim.answer.records import Answer
from sim.geography.municipalities import find_municipality
from sim.telling.sheet import rows_of

router = APIRouter(tags=["resultater"], dependencies=[needs("read"), Depends(no_repeats)])
RunOrName = Annotated[str, Path(max_length=RUN_LENGTH, description=both("Id eller gemt navn.", "Id or saved name."))]


class OfMunicipality(Parameters):
    """Which municipality's result."""

    kommune: Annotated[
        str | None,
        Field(
            max_length=60,
            description=both("Kode eller navn, når simuleringen har flere.", "Code or name, when the run has several."),
        ),
    ] = None

    @property
    def code(self) -> str | None:
        """Return the municipality's code, None when it is not told."""
        return None if self.kommune is None else find_municipality(self.kommune).code


class ResultParameters(OfMunicipality):
    """Which municipality's result, in which language."""

    sprog: Lang = "da"


@router.get(
    "/v1/runs/{run}/result.{kind}",
    summary="Resultatet",
    description=both(
        "JSON er sammenligningen, som den er; de andre er en tabel med én række pr. tal. sprog afgør overskrifter og"
        " decimaltegn: da er semikolon, komma og BOM. ETag og gzip; JSON med id er uforanderligt.",
        "JSON is the comparison as it is; the others a table with a row for each figure. sprog decides headings and decimal sign."
        " ETag and gzip; JSON by id is immutable.",
    ),
    responses={
        200: {"model": Answer, "content": every_format()},
        **problems(404, 409, 503),
    },
    response_class=Response,
)
def get_result(
    request: Request, run: RunOrName, kind: Annotated[Format, Path()], asked: Annotated[ResultParameters, Query()]
) -> Response:
    """Return a result."""
    results = results_of(request)
    found = results.resolve(run)
    if kind is Format.JSON:
        cache = IMMUTABLE if len(run) == RUN_LENGTH else EVERY_TIME
        return kept_reply(request, json_bytes(results.result(found, asked.code)), MEDIA_TYPES[kind], cache=cache)
    answer = results.answer(found, asked.code)
    return drawn_reply(
        request,
        (found, answer.municipality, kind.value, asked.sprog),
        lambda: _table(answer, kind, asked),
        MEDIA_TYPES[kind],
        name=f"takstlab-{answer.municipality}-{found[:8]}.{kind.value}",
    )


@router.get(
    "/v1/schema/comparison.json",
    summary="Skemaet for et svar",
    description=both(
        "JSON-skemaet for result.json og comparison.json: hver nøgle, hvad den er, og om den kan være null.",
        "The JSON Schema of result.json and comparison.json: every key, what it is, and whether it may be null.",
    ),
    response_model=dict[str, Any],
    responses=problems(),
)
def get_comparison_schema(request: Request) -> Response:
    """Return the schema of a result."""
    return kept_reply(request, json_bytes(json_schema()), "application/json", cache=SHORT)


@router.get(
    "/v1/runs/{run}/budget.xlsx",
    summary="Budgetarket",
    description=both(
        "Regneark med tabellen, som budgetfolk kender den: levende formler mod denne tjeneste med de sande tal gemt i cellerne,"
        " forudsætninger og kilder.",
        "A workbook with the table officers know: live formulas against this service with the true values kept in the cells,"
        " assumptions and sources.",
    ),
    responses={200: {"content": {XLSX: {"schema": BINARY}}}, **problems(404, 409, 503)},
    response_class=Response,
)
def get_budget(request: Request, run: RunOrName, asked: Annotated[OfMunicipality, Query()]) -> Response:
    """Return the budget workbook."""
    from api.http.workbook import budget_workbook

    results = results_of(request)
    found = results.resolve(run)
    answer = results.answer(found, asked.code)
    base = request.app.state.settings.base_url or str(request.base_url)
    return drawn_reply(
        request,
        (found, answer.municipality, run, base),
        lambda: budget_workbook(answer, run, base.rstrip("/")),
        XLSX,
        name=f"budget-{answer.municipality}-{found[:8]}.xlsx",
    )


def _table(answer: Answer, kind: Format, asked: ResultParameters) -> bytes:
    table = table_of(rows_of(answer, asked.sprog), asked.sprog)
    return table_bytes(table, kind, asked.sprog, "Resultat" if asked.sprog == "da" else "Result")
