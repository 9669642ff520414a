"""Uploads: a municipality's own trips, sent once, minimised, named by scenarios as ``upload:<id>``, deleted when asked or due."""

from collections.abc import AsyncIterator, Callable
from functools import partial
from pathlib import Path as FilePath
from typing import Annotated, Any, TypeVar

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.http.content_kind import content_kind
from api.http.file_size import PARQUET
from api.http.formats import XLSX
from api.http.models import ID, Body, problems
from api.http.parameters import no_repeats
from api.http.problems import MalformedError
from api.http.replies import json_reply
from api.http.security import is_this_machine, needs
from api.http.unnamed import UNNAMED, file_body, kind_of_trips
from api.http.upload_door import UploadParameters, take_in
from api.http.words import both
from api.store.uploads import Upload, Uploads

router = APIRouter(tags=["turlister"], dependencies=[Depends(no_repeats)])
ENDINGS = {
    "text/csv": ".csv",
    "text/tab-separated-values": ".csv",
    XLSX: ".xlsx",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": ".xlsb",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    PARQUET: ".parquet",
}
SHOWN = ("municipality", "municipality_name", "rows", "passengers", "in_vain", "period", "rows_read", "rows_left_out",
         "columns_kept", "columns_ignored", "notes")  # fmt: skip
CHUNK = 1 << 16
T = TypeVar("T")
UploadId = Annotated[str, Path(pattern=ID, description=both("Turlistens id.", "The id of the list of trips."))]


class PeriodDocument(Body):
    """The days that a list covers; ``stated`` says whether its sender said so."""

    first: str
    last: str
    stated: bool


class PlacingDocument(Body):
    """How many trips could be placed: ``trips`` is ``placed`` and ``left_out`` and ``refused``.

    ``by_town`` have an end of which only the town is known, ``by_user`` one that the sender placed.
    """

    trips: int
    placed: int
    by_town: int
    by_user: int
    left_out: int
    refused: int


class UploadDocument(Body):
    """What is to be known of a list of trips that is kept, and how it was read; never its rows.

    ``placing`` is None for a list that was taken in before it was counted.

    ``trips`` is how a scenario names it. From ``expires`` on it is gone.
    """

    id: str
    trips: str
    municipality: str
    municipality_name: str
    rows: int
    passengers: int
    in_vain: int
    period: PeriodDocument
    rows_read: int
    rows_left_out: dict[str, int]
    columns_kept: dict[str, str]
    columns_ignored: list[str]
    notes: list[str]
    placing: PlacingDocument | None
    received: str
    expires: str
    links: dict[str, str]


class UploadsDocument(Body):
    """The lists that are kept, the newest first."""

    uploads: list[UploadDocument]


def upload_document(upload: Upload) -> dict[str, Any]:
    """Return what is told of an upload."""
    return {
        "id": upload.id,
        "trips": f"upload:{upload.id}",
        **{key: upload.account[key] for key in SHOWN},
        "placing": upload.account.get("placing"),
        "received": upload.received.isoformat(),
        "expires": upload.expires.isoformat(),
        "links": {"self": f"/v1/uploads/{upload.id}"},
    }


async def receive(
    request: Request, chunks: AsyncIterator[bytes], ending: str, asked: UploadParameters
) -> tuple[Upload, bool]:
    """Take in a file of trips (``ending`` one of `BY_ENDING`), minimise it and keep that; returns whether it is new.

    The file as it came stands in a folder of its own while it is read, and is gone when this returns or raises. Raises
    InputError (also FaultyRowsError), TooLargeError, StoreFullError.
    """
    app = request.app.state
    here = is_this_machine(request, app.settings)
    how = {"from_this_machine": here, "most_rows": app.settings.bulk_rows, "today": app.today()}
    return await arriving(request, chunks, ending, lambda file: keep(app.uploads, file, asked, **how))


async def arriving(request: Request, chunks: AsyncIterator[bytes], ending: str, work: Callable[[FilePath], T]) -> T:
    """Do some work on a file of trips while it stands in a folder of its own; it is gone when this returns or raises."""
    uploads: Uploads = request.app.state.uploads
    await run_in_threadpool(uploads.check_room)
    with uploads.arriving() as folder:
        file = folder / f"ture{ending}"
        with file.open("xb") as raw:
            async for chunk in chunks:
                raw.write(chunk)
        return await one_at_a_time(request, partial(work, file))


async def one_at_a_time(request: Request, work: Callable[[], T]) -> T:
    """Do some work with a file of trips in memory, with no other there."""
    app = request.app.state
    if not hasattr(app, "upload_reader"):
        app.upload_reader = CapacityLimiter(1)
    return await to_thread.run_sync(work, limiter=app.upload_reader)


def keep(uploads: Uploads, file: FilePath, asked: UploadParameters, **how: Any) -> tuple[Upload, bool]:
    """Minimise a file of trips as `take_in` does and keep that; returns whether it is new."""
    trips = take_in(file, asked, **how)
    return uploads.keep(trips, asked.reading().period)


@router.post(
    "/v1/uploads",
    dependencies=[needs("upload")],
    status_code=201,
    response_model=UploadDocument,
    summary="Indlæs kommunens egne ture",
    description=both(
        "En turliste som CSV, regneark eller Parquet (docs/import.md). På tjenestens egen maskine renses den for personoplysninger,"
        " og kun den rensede gemmes; udefra tages kun imod en fil, som takstlab clean har skrevet. Én fejl, og intet gemmes. Den"
        " samme liste igen er den samme (200), gemt fra nu af. Brug den i et scenarie med trips = upload:<id>.",
        "A list of trips as CSV, workbook or Parquet (docs/import.md). On the service's own machine personal data are taken out of it,"
        " and only what is left is kept; from elsewhere only a file that takstlab clean has written is taken. One fault, and"
        " nothing is kept. The same list again is the same one (200), kept from now on. Use it in a scenario by trips ="
        " upload:<id>.",
    ),
    responses={
        200: {"model": UploadDocument, "description": both("Den var der i forvejen.", "It was there already.")},
        **problems(400, 413, 507),
    },
    openapi_extra=file_body(ENDINGS),
)
async def post_upload(request: Request, asked: Annotated[UploadParameters, Query()]) -> Response:
    """Take in a list of trips."""
    kind = content_kind(request, (*ENDINGS, UNNAMED))
    try:
        if kind == UNNAMED:
            kind = kind_of_trips(await request.body())
        upload, new = await receive(request, request.stream(), ENDINGS[kind], asked)
    except ClientDisconnect:
        raise MalformedError("Filen kom ikke hel frem", next_step="send den igen") from None
    headers = {"Location": f"/v1/uploads/{upload.id}"}
    return json_reply(upload_document(upload), 201 if new else 200, headers)


@router.get(
    "/v1/uploads",
    dependencies=[needs("read")],
    response_model=UploadsDocument,
    summary="Turlisterne, de nyeste først",
    description=both("De turlister, der gemmes; aldrig rækkerne.", "The lists that are kept; never their rows."),
    responses=problems(),
)
def list_uploads(request: Request) -> Response:
    """List uploads."""
    return json_reply({"uploads": [upload_document(upload) for upload in request.app.state.uploads.all()]})


@router.get(
    "/v1/uploads/{upload}",
    dependencies=[needs("read")],
    response_model=UploadDocument,
    summary="Hvad der vides om en turliste",
    description=both("Aldrig rækkerne.", "Never its rows."),
    responses=problems(404),
)
def get_upload(request: Request, upload: UploadId) -> Response:
    """Tell of one upload."""
    return json_reply(upload_document(request.app.state.uploads.get(upload)))


@router.delete(
    "/v1/uploads/{upload}",
    dependencies=[needs("upload")],
    status_code=204,
    summary="Slet en turliste",
    description=both(
        "Den er straks væk fra disken. Simuleringer af den beholder deres tal og siger, at kilden er slettet; de har ingen ture.",
        "It is gone from the disk at once. Runs of it keep their figures and say that the source is deleted; they have no trips.",
    ),
    responses=problems(404),
)
def delete_upload(request: Request, upload: UploadId) -> Response:
    """Delete an upload."""
    request.app.state.uploads.delete(upload)
    return Response(status_code=204)
