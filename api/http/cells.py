"""One number for one cell of a sheet, read from what is stored; asking never starts any work."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.http.fields import PRICE_MARK, Unit, answered, check_mark, check_option, find_field, price_mark
from api.http.models import Parameters, problems
from api.http.parameters import no_repeats
from api.http.replies import EVERY_TIME, IMMUTABLE
from api.http.security import needs
from api.http.words import both
from api.store.protocol import Results
from sim.geography.municipalities import find_municipality
from sim.telling.report.priced_trips import priced_trips

router = APIRouter(tags=["celler"], dependencies=[needs("read"), Depends(no_repeats)])
RUN_LENGTH = 64
PATH = "/v1/celle/{run}/{municipality}/{option}/{field}"


class CellParameters(Parameters):
    """How the number, or what is wrong, is written."""

    enhed: Annotated[
        Unit, Field(description=both("Beløb i hele kroner eller hele øre.", "Amounts in whole kroner or oere."))
    ] = "kr"
    fejl: Annotated[
        Literal["tekst"] | None,
        Field(
            description=both(
                "Fejl som #FEJL: … og ikke klar som #VENTER, med status 200.",
                "Errors as #FEJL: … and not ready as #VENTER, with status 200.",
            )
        ),
    ] = None
    valg: Annotated[
        str | None,
        Field(
            pattern=r"^[0-9a-f]{8}$",
            description=both(
                "Valgmulighedens mærke: er en anden kommet på dens plads, er svaret en fejl. Budgetarkets formler har det.",
                "The option's mark: when another has come in its place, the answer is an error. The budget workbook's formulas have it.",
            ),
        ),
    ] = None


@router.get(
    PATH,
    summary="Ét tal til et regneark",
    description=both(
        "Ét helt tal i ren tekst uden skilletegn: kroner for beløb, antal som de er. Aldrig et tomt svar. Mange celler hentes bedre"
        " som tabel (result.csv).",
        "One whole number in plain text without separators: kroner for amounts, counts as they are. Never an empty answer. Many"
        " cells are better fetched as a table (result.csv).",
    ),
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}, **problems(404, 409, 503)},
    response_class=Response,
)
def get_cell(
    request: Request,
    run: Annotated[str, Path(max_length=64, description=both("Id eller gemt navn.", "Id or saved name."))],
    municipality: Annotated[str, Path(max_length=60, examples=["0316", "Holbæk"])],
    option: Annotated[int, Path(ge=1, le=12, description=both("Valgmulighedens nummer.", "The option's number."))],
    field: Annotated[str, Path(max_length=60, examples=["net_cost", "net_cost_change_part_year_p90"])],
    asked: Annotated[CellParameters, Query()],
) -> Response:
    """Return one number."""
    return cell_response(
        request.app.state.results, run, find_municipality(municipality).code, option, field, asked.enhed, asked.valg
    )


def cell_response(
    results: Results, run: str, code: str, option: int, field: str, unit: Unit, mark: str | None = None
) -> Response:
    """Return one number; raises what there is to say when there is none, or when the option is not the one with the mark."""
    found = None if field == PRICE_MARK else find_field(field)
    comparison = results.answer(results.resolve(run), code)
    check_mark(comparison, option, mark)
    check_option(comparison, option)
    text = (
        price_mark(priced_trips(comparison), option, field)
        if found is None
        else answered(comparison, option, found, unit)
    )
    return Response(
        text,
        # A word is the program's of the day, a number the result's for good.
        headers={"Cache-Control": IMMUTABLE if len(run) == RUN_LENGTH and found is not None else EVERY_TIME},
        media_type="text/plain; charset=utf-8",
    )
