"""Prices of trips: the same offers, lines and refusals as ``takstlab quote``."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field
from starlette.responses import Response

from api.answers import booking_on, parse_km, parse_when, quote_answer
from api.http.answers import Quote, Quotes
from api.http.models import (
    KILOMETRES,
    MOST_ELEMENTS,
    Body,
    Element,
    KnownOnly,
    Lang,
    Parameters,
    TariffFiles,
    Text,
    When,
    problems,
)
from api.http.parameters import documented, read_parameters
from api.http.replies import json_reply
from api.http.security import needs
from api.http.words import both
from tariffs import PriceBook, Switches, Trip, load_price_book, parse_package, quote
from tariffs.errors import InputError
from tariffs.switches import parse_switches

router = APIRouter(tags=["priser"], dependencies=[needs("read")])
PRICED_AT_ONCE = 20
MOST_TRIPS = 1_000
MOST_PEOPLE = 999

Municipality = Annotated[
    str,
    Field(
        min_length=1, max_length=60, examples=["0316", "Holbæk"], description=both("Kode eller navn.", "Code or name.")
    ),
]
Km = Annotated[
    str,
    Field(
        pattern=KILOMETRES,
        examples=["13", "13,5"],
        description=both("Korteste vejafstand i km; eller distance_m.", "Shortest road distance in km; or distance_m."),
    ),
]
Metres = Annotated[
    int, Field(ge=0, le=1_000_000, description=both("Korteste vejafstand i hele meter.", "Shortest road in metres."))
]
People = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]
Booked = Annotated[
    When | None,
    Field(description=both("Bestilt; udeladt: på rejsedagen.", "Booked; if left out: on the day of travel.")),
]
Product = Literal["flextur", "plustur"]
Channel = Literal["phone", "online"]


class TripBody(Body):
    """One trip to be priced."""

    from_: Municipality = Field(alias="from")
    to: Municipality
    km: Km | None = None
    distance_m: Metres | None = None
    travel: When
    booked: Booked = None
    standing: bool = False
    product: Product = "flextur"
    channel: Channel = "phone"
    adults: People | None = None
    children: People = 0
    elements: Annotated[list[Element], Field(max_length=MOST_ELEMENTS, default_factory=list)]
    from_town: Text = ""
    to_town: Text = ""
    free_destination: bool = False
    places: Annotated[list[Text], Field(max_length=MOST_ELEMENTS, default_factory=list)]


class QuotesBody(Body):
    """Trips to be priced by one tariff and one reading of its rules."""

    trips: Annotated[list[TripBody], Field(min_length=1, max_length=MOST_TRIPS)]
    switches: Annotated[dict[str, str], Field(max_length=MOST_ELEMENTS, default_factory=dict)]
    tariff_files: TariffFiles
    variant: Text = ""
    known_prices_only: KnownOnly = False
    sprog: Lang = "da"


class QuoteParameters(Parameters):
    """One trip to be priced, in the address."""

    from_: Municipality = Field(alias="from")
    to: Municipality
    travel: When
    km: Km | None = None
    distance_m: Metres | None = None
    booked: Booked = None
    standing: bool = False
    product: Product = "flextur"
    channel: Channel = "phone"
    adults: People | None = None
    children: People = 0
    element: Annotated[list[Element], Field(max_length=MOST_ELEMENTS, default_factory=list)]
    from_town: Text = ""
    to_town: Text = ""
    free_destination: bool = False
    place: Annotated[list[Text], Field(max_length=MOST_ELEMENTS, default_factory=list)]
    switch: Annotated[
        list[Text], Field(max_length=MOST_ELEMENTS, description="navn=valg / name=choice", default_factory=list)
    ]
    tariff_file: TariffFiles
    variant: Text = ""
    known_prices_only: KnownOnly = False
    sprog: Lang = "da"

    def body(self) -> TripBody:
        """Return the trip as a body has it."""
        told: dict[str, Any] = self.model_dump(
            exclude={"element", "place", "switch", "tariff_file", "variant", "known_prices_only", "sprog", "from_"}
        )
        return TripBody.model_construct(from_=self.from_, elements=self.element, places=self.place, **told)


@router.post(
    "/v1/quotes",
    summary="Priser på ture",
    description=both(
        "Prisen på hver tur med linjer og kilder, eller afvisningen med sin grund. En tur, der ikke kan læses, afviser det hele"
        " og siger hvilken.",
        "The price of every trip with lines and sources, or its refusal with the reason. A trip that cannot be read refuses the"
        " whole, and says which.",
    ),
    response_model=Quotes,
    responses=problems(400, 413),
)
async def post_quotes(request: Request, body: QuotesBody) -> Response:
    """Price one or many trips; few are priced here and now, for a thread of their own would cost more than they do."""
    if len(body.trips) <= PRICED_AT_ONCE:
        return json_reply({"quotes": _all_quoted(request, body)})
    return json_reply({"quotes": await run_in_threadpool(_all_quoted, request, body)})


def _all_quoted(request: Request, body: QuotesBody) -> list[dict[str, Any]]:
    book = _book(request, body.tariff_files, body.variant, known_only=body.known_prices_only)
    switches = parse_switches(dict(body.switches))
    quotes = []
    for place, trip in enumerate(body.trips):
        try:
            quotes.append(_quoted(trip, book, switches, body.sprog))
        except InputError as error:
            where = ", ".join(filter(None, [f"trips[{place}]", error.where]))
            raise InputError(error.what, where=where, why=error.why, next_step=error.next_step) from None
    return quotes


@router.get(
    "/v1/quote",
    summary="Prisen på én tur",
    description=both("Som /v1/quotes, med turen i adressen.", "As /v1/quotes, with the trip in the address."),
    response_model=Quote,
    responses=problems(),
    openapi_extra=documented(QuoteParameters),
)
async def get_quote(request: Request) -> Response:
    """Price one trip."""
    asked = read_parameters(QuoteParameters, request)
    pairs = dict(_pair(text) for text in asked.switch)
    book = _book(request, asked.tariff_file, asked.variant, known_only=asked.known_prices_only)
    return json_reply(_quoted(asked.body(), book, parse_switches(pairs), asked.sprog))


def _book(request: Request, names: list[str], variant: str, *, known_only: bool) -> PriceBook:
    return load_price_book(request.app.state.price_lists.places(names), variant, known_only=known_only)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise InputError("switch forstås ikke", where="parameteren switch", next_step="skriv switch=navn=valg")
    return name.strip(), value.strip()


def _quoted(asked: TripBody, book: PriceBook, switches: Switches, lang: str) -> dict[str, Any]:
    if (asked.km is None) == (asked.distance_m is None):
        raise InputError("angiv afstanden én gang", next_step="brug km eller distance_m")
    travel = parse_when(asked.travel, "travel")
    assumed = asked.booked is None
    booked = booking_on(travel) if asked.booked is None else parse_when(asked.booked, "booked")
    trip = Trip(
        book.choices.find(asked.from_).code,
        book.choices.find(asked.to).code,
        parse_km(asked.km, where="km") if asked.km is not None else int(asked.distance_m or 0),
        booked,
        travel,
        product=asked.product,
        channel=asked.channel,
        adults=asked.adults if asked.adults is not None else (0 if asked.children else 1),
        children=asked.children,
        standing=asked.standing,
        from_town=asked.from_town,
        to_town=asked.to_town,
        free_destination=asked.free_destination,
        places=tuple(asked.places),
    )
    package = parse_package(",".join(asked.elements))
    if asked.elements and not trip.crosses_border:
        book = book.with_stated_elements(trip.from_municipality)
    return quote_answer(trip, package, quote(trip, package, book, switches), assumed, switches, lang)
