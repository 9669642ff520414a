"""Batches that the server has been given to show: their views, in every format. They are made by ``takstlab batch``."""

from enum import StrEnum
from pathlib import Path as Folder
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from pydantic import Field
from starlette.responses import Response

from api.http.answers import Answer
from api.http.formats import MEDIA_TYPES, Format, every_format, table_bytes
from api.http.models import Lang, Parameters, problems
from api.http.parameters import no_repeats
from api.http.replies import EVERY_TIME, json_reply, kept_reply
from api.http.security import needs
from api.http.words import both
from api.settings import Settings
from api.store.errors import NotFoundError
from sim.geography.municipalities import find_municipality
from tariffs.errors import DataError, InputError

router = APIRouter(tags=["resultater"], dependencies=[needs("read"), Depends(no_repeats)])


class View(StrEnum):
    """The views of a batch, see docs/batch.md."""

    PACKAGES = "packages"
    CHANGES = "changes"
    TOTALS = "totals"


class Batch(Answer):
    """A batch by its name, and its views."""

    name: str
    views: list[View]


class Batches(Answer):
    """The batches that the server has been given to show."""

    batches: list[Batch]


class BatchRows(Answer):
    """The rows of a view; its columns are in docs/batch.md."""

    rows: list[dict[str, str | int | float | bool | list[str] | None]]


class BatchParameters(Parameters):
    """Which rows, in which language's style."""

    kommune: Annotated[str | None, Field(max_length=60, description=both("Kode eller navn.", "Code or name."))] = None
    year: Annotated[int | None, Field(ge=1990, le=2100)] = None
    sprog: Lang = "da"


@router.get(
    "/v1/batches",
    summary="Batcherne",
    description=both(
        "De batcher, serveren er sat op til at vise.", "The batches that the server has been given to show."
    ),
    response_model=Batches,
    responses=problems(),
)
def list_batches(request: Request) -> Response:
    """List the batches."""
    names = sorted(request.app.state.batches)
    return json_reply({"batches": [{"name": name, "views": [view.value for view in View]} for name in names]})


@router.get(
    "/v1/batches/{batch}/{view}.{kind}",
    summary="En batchs tal",
    description=both(
        "Pakker, ændringer eller summer over kommunerne; kolonnerne står i docs/batch.md. sprog afgør decimaltegnet.",
        "Packages, changes or totals over the municipalities; the columns stand in docs/batch.md. sprog decides the decimal sign.",
    ),
    responses={200: {"model": BatchRows, "content": every_format()}, **problems(404)},
    response_class=Response,
)
def get_batch(
    request: Request,
    batch: Annotated[str, Path(max_length=60)],
    view: Annotated[View, Path()],
    kind: Annotated[Format, Path()],
    asked: Annotated[BatchParameters, Query()],
) -> Response:
    """Return a view of a batch."""
    folder: Folder | None = request.app.state.batches.get(batch)
    if folder is None:
        raise NotFoundError("Der er ingen batch med det navn", next_step="se dem på /v1/batches")
    table = batch_rows(batch, folder, view, asked)
    content = table_bytes(table, kind, asked.sprog, view.value)
    name = None if kind is Format.JSON else f"{view.value}.{kind.value}"
    return kept_reply(request, content, MEDIA_TYPES[kind], cache=EVERY_TIME, name=name)


def batch_folders(settings: Settings) -> dict[str, Folder]:
    """Return the batches by name; raises InputError for one that is not written as name=folder."""
    folders = {}
    for text in settings.batches:
        name, equals, folder = text.partition("=")
        if not equals or not name.strip() or "/" in name or not folder.strip():
            raise InputError("indstillingen batches forstås ikke", where="batches", next_step="skriv navn=mappe")
        folders[name.strip()] = Folder(folder.strip())
    return folders


def batch_rows(batch: str, folder: Folder, view: View, asked: BatchParameters) -> Any:
    """Return a view of a batch as a table; raises DataError, without its place, when it is not whole."""
    from sim.batch.queries import query

    conditions = []
    if asked.kommune is not None:
        if view is View.TOTALS:
            raise InputError("summerne er over alle kommuner", where="kommune", next_step="udelad kommune")
        conditions.append(f"municipality = '{find_municipality(asked.kommune).code}'")
    if asked.year is not None:
        conditions.append(f"year = {asked.year}")
    where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
    try:
        return query(folder, f"SELECT * FROM {view.value}{where}")
    except DataError:
        raise DataError(
            f"Batchen {batch} er ikke hel",
            why="den er ikke færdig, eller en fil i den er ikke, som den blev skrevet",
            next_step="kør takstlab batch igen i dens mappe",
        ) from None
