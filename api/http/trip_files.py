"""A file of trips sent to be priced: kept in a folder of its own for as long as it takes, and no longer."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.content_kind import content_kind
from api.http.file_size import PARQUET, check_size, too_many_rows
from api.http.formats import BINARY
from api.http.models import Parameters, TariffFiles, problems
from api.http.security import needs
from api.http.unnamed import UNNAMED, file_body, kind_of_trips
from api.http.uploads import ENDINGS
from api.http.words import both
from sim.desk.quoting import quote_file
from tariffs import load_price_book
from tariffs.errors import InputError

router = APIRouter(tags=["priser"], dependencies=[needs("read")])


class FileParameters(Parameters):
    """How a file of trips is priced."""

    tariff_file: TariffFiles


@router.post(
    "/v1/quotes/file",
    summary="Priser på en fil af ture",
    description=both(
        "CSV, regneark eller Parquet ind, CSV (for Parquet: Parquet) ud: en række pr. tur med status, grund og pris i øre;"
        " kolonnerne står i docs/trips.md. Hvad der blev sprunget over, står i headeren X-Takstlab-Notes (procentkodet UTF-8).",
        "CSV, a workbook or Parquet in, CSV (of Parquet: Parquet) out: a row for each trip with status, reason and fare in oere;"
        " the columns stand in docs/trips.md. What was passed over stands in the header X-Takstlab-Notes (percent-encoded UTF-8).",
    ),
    responses={
        200: {"content": {"text/csv": {"schema": {"type": "string"}}, PARQUET: {"schema": BINARY}}},
        **problems(400, 413),
    },
    response_class=Response,
    openapi_extra=file_body(ENDINGS),
)
async def post_file(request: Request, asked: Annotated[FileParameters, Query()]) -> Response:
    """Price a file of trips."""
    kind = content_kind(request, (*ENDINGS, UNNAMED))
    own_lists = request.app.state.price_lists.places(asked.tariff_file)
    body = await request.body()
    ending = ENDINGS[kind_of_trips(body) if kind == UNNAMED else kind]
    settings = request.app.state.settings
    return await run_in_threadpool(quote_upload, body, ending, settings.bulk_rows, own_lists)


def quote_upload(body: bytes, ending: str, most_rows: int, own_lists: Sequence[Path] = ()) -> Response:
    """Return the rows priced, with the files of own price lists, those of a workbook as CSV.

    Raises InputError when the file cannot be read, TooLargeError when it has too many rows.
    """
    with tempfile.TemporaryDirectory(prefix="takstlab-") as folder:
        answered = ".parquet" if ending == ".parquet" else ".csv"
        file, out = Path(folder) / f"ture{ending}", Path(folder) / f"priser{answered}"
        file.write_bytes(body)
        check_size(file, most_rows)
        try:
            summary = quote_file(file, out, load_price_book(own_lists))
        except InputError as error:
            # The server's own paths are nobody else's business.
            where = error.where.replace(str(file), "filen")
            raise InputError(error.what, where=where, why=error.why, next_step=error.next_step) from None
        if summary.rows > most_rows:  # of a workbook that is only known when it is read
            raise too_many_rows(most_rows)
        content = out.read_bytes()
    counts = {
        "Rows": summary.rows, "Ok": summary.ok, "Refused": summary.refused, "Errors": summary.errors,
    }  # fmt: skip
    headers = {f"X-Takstlab-{name}": str(count) for name, count in counts.items()}
    headers["Content-Disposition"] = f'attachment; filename="priser{answered}"'
    if summary.notes:
        headers["X-Takstlab-Notes"] = quote(" ".join(summary.notes))
    return Response(content, headers=headers, media_type="text/csv; charset=utf-8" if answered == ".csv" else PARQUET)
