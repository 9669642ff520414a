"""Price lists typed from Movia's notices: kept once, named by scenarios and addresses as ``prices:<id>``, downloaded, removed."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from starlette.requests import ClientDisconnect
from starlette.responses import Response

from api.http.content_kind import content_kind
from api.http.models import ID, Body, Parameters, problems
from api.http.parameters import no_repeats
from api.http.problems import MalformedError, TooLargeError
from api.http.replies import json_reply
from api.http.security import needs
from api.http.unnamed import UNNAMED, file_body
from api.http.words import both
from api.store.price_lists import KeptList, PriceLists
from tariffs import PriceList, read_price_list
from tariffs.errors import DataError, InputError
from tariffs.money import format_kroner
from tariffs.price_list import LARGEST
from tariffs.price_list_entry import unusual
from tariffs.source import parse_toml

router = APIRouter(tags=["prislister"], dependencies=[Depends(no_repeats)])
KIND = "application/toml"
ListId = Annotated[str, Path(pattern=ID, description=both("Prislistens id.", "The price list's id."))]


class EnteringParameters(Parameters):
    """How a price list is taken in."""

    confirm: Annotated[
        bool, Field(description=both("Også usædvanlige priser er rigtige.", "Unusual prices are right too."))
    ] = False
    instead_of: Annotated[
        str | None,
        Field(pattern=ID, description=both("Id på den liste, der erstattes.", "Id of the list it replaces.")),
    ] = None


class PriceListDocument(Body):
    """A price list that is kept; ``tariff_file`` is how a scenario and an address name it, ``kroner`` its amounts."""

    id: str
    tariff_file: str
    source: str
    from_: Annotated[str, Field(alias="from")]
    to: str
    kroner: dict[str, str]
    replaced: bool
    links: dict[str, str]


class PriceListsDocument(Body):
    """The price lists that are kept, the earliest first."""

    price_lists: list[PriceListDocument]


def price_list_document(kept: KeptList) -> dict[str, Any]:
    """Return what is told of a price list."""
    price_list, own = kept.price_list, f"/v1/price-lists/{kept.id}"
    return {
        "id": kept.id,
        "tariff_file": kept.name,
        "source": price_list.source,
        "from": price_list.start.isoformat(),
        "to": price_list.end.isoformat(),
        "kroner": {field: format_kroner(oere, "en") for field, oere in price_list.oere.items()},
        "replaced": kept.replaced,
        "links": {"self": own, "file": f"{own}/file.toml"},
    }


def read_file(content: bytes, where: str = "filen") -> PriceList:
    """Return the price list of a file that was sent; raises InputError, TooLargeError."""
    if len(content) > LARGEST:
        raise TooLargeError("Filen er over 100 kB", next_step="send filen, som takstlab tariffs enter skrev")
    try:
        return read_price_list(parse_toml(content, where), where)
    except DataError as error:
        raise InputError(error.what, where=error.where, why=error.why, next_step=error.next_step) from None


@router.post(
    "/v1/price-lists",
    dependencies=[needs("upload")],
    status_code=201,
    response_model=PriceListDocument,
    summary="Indlæs en prisliste",
    description=both(
        "De otte priser fra Movias meddelelse, som takstlab tariffs enter skriver dem. Et usædvanligt beløb kræver confirm=true."
        " Den samme igen er den samme (200). Brug den i et scenarie med tariff_files = [prices:<id>].",
        "The eight amounts of Movia's notice, as takstlab tariffs enter writes them. An unusual amount needs confirm=true. The"
        " same again is the same (200). Use it in a scenario by tariff_files = [prices:<id>].",
    ),
    responses={
        200: {"model": PriceListDocument, "description": both("Den var der i forvejen.", "It was there already.")},
        **problems(400, 413, 507),
    },
    openapi_extra=file_body([KIND]),
)
async def post_price_list(request: Request, asked: Annotated[EnteringParameters, Query()]) -> Response:
    """Take in a price list."""
    content_kind(request, (KIND, UNNAMED))
    try:
        content = await request.body()
    except ClientDisconnect:
        raise MalformedError("Filen kom ikke hel frem", next_step="send den igen") from None
    kept, new = await run_in_threadpool(partial(_kept, request, content, asked))
    headers = {"Location": f"/v1/price-lists/{kept.id}"}
    return json_reply(price_list_document(kept), 201 if new else 200, headers)


def _kept(request: Request, content: bytes, asked: EnteringParameters) -> tuple[KeptList, bool]:
    store, price_list = _lists(request), read_file(content)
    remarks = () if asked.confirm else unusual(price_list, store.book_without(asked.instead_of or ""))
    if remarks:
        raise InputError(
            "Noget i prislisten er usædvanligt",
            where="; ".join(dict.fromkeys(remark.field for remark in remarks)),
            why="; ".join(f"{remark.field}: {remark.text}" for remark in remarks),
            next_step="ret det, eller send den med confirm=true, hvis det er rigtigt",
        )
    return store.keep(price_list, asked.instead_of or "")


@router.get(
    "/v1/price-lists",
    dependencies=[needs("read")],
    response_model=PriceListsDocument,
    summary="Prislisterne, de tidligste først",
    description=both("De egne prislister, der gemmes.", "The own price lists that are kept."),
    responses=problems(),
)
def list_price_lists(request: Request) -> Response:
    """List the price lists."""
    return json_reply({"price_lists": [price_list_document(kept) for kept in _lists(request).all()]})


@router.get(
    "/v1/price-lists/{price_list}",
    dependencies=[needs("read")],
    response_model=PriceListDocument,
    summary="En prisliste",
    description=both("Dage, priser og kilde.", "Days, prices and source."),
    responses=problems(404),
)
def get_price_list(request: Request, price_list: ListId) -> Response:
    """Tell of one price list."""
    return json_reply(price_list_document(_lists(request).get(price_list)))


@router.get(
    "/v1/price-lists/{price_list}/file.toml",
    dependencies=[needs("read")],
    summary="Prislisten som fil",
    description=both(
        "Som takstlab tariffs enter skriver den; kommandolinjen bruger den med --tariff.",
        "As takstlab tariffs enter writes it; the command line uses it with --tariff.",
    ),
    responses={200: {"content": {KIND: {"schema": {"type": "string"}}}}, **problems(404)},
    response_class=Response,
)
def get_file(request: Request, price_list: ListId) -> Response:
    """Return the file of a price list."""
    kept = _lists(request).get(price_list)
    name = f"prisliste-{kept.price_list.start}.toml"
    return Response(
        kept.price_list.toml(),
        media_type=f"{KIND}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@router.delete(
    "/v1/price-lists/{price_list}",
    dependencies=[needs("upload")],
    status_code=204,
    summary="Fjern en prisliste",
    description=both(
        "Den kan straks ikke bruges mere. Simuleringer med den beholder deres tal og viser den stadig.",
        "It cannot be used from now on. Runs with it keep their figures and still show it.",
    ),
    responses=problems(404),
)
def delete_price_list(request: Request, price_list: ListId) -> Response:
    """Remove one price list."""
    _lists(request).delete(price_list)
    return Response(status_code=204)


def _lists(request: Request) -> PriceLists:
    lists: PriceLists = request.app.state.price_lists
    return lists
