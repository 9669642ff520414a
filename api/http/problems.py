"""The one shape of every error (problem+json, RFC 9457), and the one table from what went wrong to an HTTP status."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import structlog
from fastapi import Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from api.http.faults import field_faults
from api.store import errors as store
from api.store.files import is_full, no_room
from api.web.translation import known_english
from sim.inputs.intake.receipt import Placing, Unplaced
from tariffs.errors import DataError, InputError, TakstlabError

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:takstlab:problem:"


class KeyMissingError(TakstlabError):
    """No key was given where one is needed, or it is not one of ours."""


class NotAllowedError(TakstlabError):
    """The key is good, but not for this; or the request comes from another site."""


class TooManyRequestsError(TakstlabError):
    """One caller asks more than the server lets anybody ask."""

    retry_after_s = 1


class TooMuchWorkError(InputError):
    """The run would take more than the server takes on."""


@dataclass(frozen=True)
class Fault:
    """A cell of a file that is not what was expected; the row is numbered as in the file. What stood there is not told."""

    row: int
    column: str
    expected: str


class FaultyRowsError(InputError):
    """Rows of a file cannot be used, so none of them is.

    ``faults`` are the first of them, ``count`` is how many; ``lines`` has them by kind. ``unplaced`` are the texts at a trip's ends
    that cannot be placed, and ``placing`` says how many trips they are about.
    """

    def __init__(
        self,
        faults: tuple[Fault, ...],
        count: int,
        *,
        lines: Sequence[str] = (),
        unplaced: Sequence[Unplaced] = (),
        placing: Placing | None = None,
        advice: str = "ret filen, og send den igen",
    ) -> None:
        self.faults, self.count, self.lines = faults, count, tuple(lines)
        self.unplaced, self.placing = tuple(unplaced), placing
        what = ([f"{count} fejl i turlisten"] if count else []) + (["steder kendes ikke"] if unplaced else [])
        super().__init__(
            f"{' og '.join(what)}; intet er gemt",
            where="; ".join(f"række {fault.row}, {fault.column}" for fault in faults[:5]),
            why="en liste tages hel eller slet ikke",
            next_step=advice,
        )


class NoSuchFieldError(TakstlabError):
    """The figure asked for does not exist, or has no value."""


class NoSuchPageError(TakstlabError):
    """There is nothing at this address."""


class WrongMethodError(TakstlabError):
    """The address exists, but not for this method."""


class TooLargeError(TakstlabError):
    """The body is larger than is read."""


class HeadTooLargeError(TakstlabError):
    """The address and headers are more than is read."""


class MalformedError(TakstlabError):
    """The request cannot be read at all."""


class FailedError(TakstlabError):
    """A fault of ours."""


@dataclass(frozen=True)
class Kind:
    """One kind of problem: its name, the status it gives, and what it is called in both languages."""

    slug: str
    status: int
    title_da: str
    title_en: str
    advice_en: str


KINDS: dict[type[TakstlabError], Kind] = {
    TooMuchWorkError: Kind(
        "too-much-work", 422, "Simuleringen er for stor", "The run is too large", "Ask for fewer options, draws or replications."
    ),
    InputError: Kind(
        "input", 422, "Inddata kan ikke bruges", "The input cannot be used", "`what`, `where`, `why` and `next` say it in Danish."
    ),
    FaultyRowsError: Kind(
        "faulty-rows", 422, "Turlisten har fejl", "The list of trips has faults", "See `faults` and `unplaced`."
    ),
    MalformedError: Kind(
        "malformed", 400, "Forespørgslen kan ikke læses", "The request cannot be read", "Send well-formed JSON or parameters."
    ),
    KeyMissingError: Kind(
        "key", 401, "Der mangler en gyldig nøgle", "A valid key is missing", "Send a key in the header Authorization: Bearer."
    ),
    NotAllowedError: Kind(
        "not-allowed", 403, "Det er ikke tilladt", "That is not allowed", "Use a key with the scope that is needed."
    ),
    NoSuchPageError: Kind(
        "no-page", 404, "Adressen findes ikke", "There is nothing at this address", "See /openapi.json."
    ),
    NoSuchFieldError: Kind(
        "no-field", 404, "Tallet findes ikke", "There is no such figure", "See the fields in docs/api.md."
    ),
    store.NotFoundError: Kind(
        "not-found", 404, "Det findes ikke", "It does not exist", "List what there is at /v1/runs, /v1/names or /v1/uploads."
    ),
    WrongMethodError: Kind(
        "method", 405, "Metoden kan ikke bruges her", "The method is not allowed here", "See the header Allow."
    ),
    store.NoResultError: Kind(
        "no-result", 409, "Simuleringen har intet resultat", "The run has no result", "It failed or was cancelled; send it again."
    ),
    TooLargeError: Kind(
        "too-large", 413, "Det sendte er for stort", "The body is too large", "Send less at a time."
    ),
    HeadTooLargeError: Kind(
        "head-too-large", 431, "Headerne er for store", "The head is too large", "Send fewer and shorter headers."
    ),
    TooManyRequestsError: Kind(
        "too-many", 429, "For mange forespørgsler", "Too many requests", "Wait as long as Retry-After says."
    ),
    store.NotReadyError: Kind(
        "not-ready", 503, "Resultatet er ikke klar", "The result is not ready", "Ask again after Retry-After seconds."
    ),
    store.QueueFullError: Kind(
        "queue-full", 503, "Køen er fuld", "The queue is full", "Ask again after Retry-After seconds."
    ),
    store.StoreFullError: Kind(
        "store-full", 507, "Der er ikke plads i lageret", "There is no room in the store", "Ask whoever runs the server."
    ),
    store.JobsDownError: Kind(
        "jobs-down", 503, "Databasen med job svarer ikke", "The database of jobs does not answer", "Ask again after Retry-After."
    ),
    store.DamagedError: Kind(
        "damaged", 500, "Et gemt resultat er beskadiget", "A stored result is damaged", "Send the scenario again."
    ),
    DataError: Kind("data", 500, "Data er beskadiget", "Data are damaged", "Ask whoever runs the server."),
    FailedError: Kind("failed", 500, "Der er sket en fejl", "Something failed", "Try again; tell whoever runs the server."),
}  # fmt: skip
"""From domain errors to statuses. An error that is not here is looked up by the class it inherits from."""

RETRY_AFTER_S = 10
"""What a caller is asked to wait when nothing better is known."""

_HTTP_STATUS: dict[int, TakstlabError] = {
    400: MalformedError("Forespørgslen kan ikke læses", next_step="send velformet JSON i UTF-8"),
    404: NoSuchPageError("Der er ikke noget på denne adresse", next_step="se docs/api.md eller /openapi.json"),
    405: WrongMethodError("Metoden kan ikke bruges på denne adresse", next_step="se headeren Allow i svaret"),
    413: TooLargeError("Det sendte er større, end tjenesten tager imod", next_step="send mindre ad gangen"),
}


def kind_of(error: TakstlabError) -> Kind:
    """Return the kind of an error, by its class or the nearest class it inherits from."""
    return next((KINDS[c] for c in type(error).__mro__ if c in KINDS), KINDS[FailedError])


def document(error: TakstlabError, instance: str, request_id: str | None) -> dict[str, Any]:
    """Return an error as problem+json says it; in Danish, and in English what it is, why and what to do."""
    kind = kind_of(error)
    said = {
        "type": TYPE_PREFIX + kind.slug,
        "title": kind.title_da,
        "title_en": kind.title_en,
        "status": kind.status,
        "detail": str(error),
        "detail_en": _detail_en(error) or f"{kind.title_en}. {kind.advice_en}",
        "what": error.what,
        "where": error.where or None,
        "why": error.why or None,
        "next": error.next_step or None,
        "instance": instance,
    }
    if isinstance(error, FaultyRowsError):
        said |= {
            "fault_count": error.count,
            "faults": [asdict(fault) for fault in error.faults],
            "lines": list(error.lines),
            "unplaced": [asdict(one) for one in error.unplaced],
            "placing": None if error.placing is None else asdict(error.placing),
        }
    return said if request_id is None else said | {"request_id": request_id}


def _detail_en(error: TakstlabError) -> str:
    """Return what, why and what next in English; empty where the catalogue does not have all of it."""
    english = [known_english(part) for part in (error.what, error.why, error.next_step) if part]
    return "" if None in english else " ".join(f"{part[:1].upper()}{part[1:].rstrip('.')}." for part in english if part)


def from_exception(error: Exception) -> TakstlabError:
    """Return what is told of any exception; of a fault that is not the caller's, nothing but that there was one."""
    if isinstance(error, TakstlabError):
        return error
    if isinstance(error, RequestValidationError):
        if any(fault["type"] == "json_invalid" for fault in error.errors()):
            return _HTTP_STATUS[400]
        return field_faults(error)
    if isinstance(error, OSError) and is_full(error):
        return no_room()
    if isinstance(error, HTTPException):
        return _HTTP_STATUS.get(error.status_code, FailedError("Der er sket en fejl"))
    return FailedError("Der er sket en fejl på serveren", next_step="prøv igen; bliver det ved, så kontakt driften")


def respond(request: Request, error: Exception) -> Response:
    """Return the answer to a request that went wrong: text in a cell where that was asked for, else problem+json."""
    told = from_exception(error)
    kind = kind_of(told)
    if wants_text(request):
        return _cell_text(told, kind)
    headers = dict(getattr(error, "headers", None) or {})
    if kind.status in (429, 503):
        headers["Retry-After"] = str(getattr(told, "retry_after_s", RETRY_AFTER_S))
    if kind.status == 401:
        headers["WWW-Authenticate"] = 'Bearer realm="takstlab"'
    request_id = structlog.contextvars.get_contextvars().get("request")
    said = document(told, request.url.path, request_id)
    if is_page(request):
        page: Response = request.app.state.problem_page(request, said, kind.status, headers)
        return page
    body = json.dumps(said, ensure_ascii=False)
    return Response(
        body.encode("utf-8", "replace"), kind.status, headers | {"Cache-Control": "no-store"}, media_type=MEDIA_TYPE
    )


MACHINES = ("/v1/", "/openapi.json", "/healthz", "/readyz", "/metrics", "/static/")


def is_page(request: Request) -> bool:
    """Say whether a person asks: an address of a page, from something that shows pages."""
    return not request.url.path.startswith(MACHINES) and "text/html" in request.headers.get("accept", "")


TEXT_PATHS = ("/v1/celle/", "/v1/skoen/")
LONGEST_CELL = 250


def wants_text(request: Request) -> bool:
    """Say whether the caller is a sheet's cell that asked for its errors as text."""
    asked = request.method in ("GET", "HEAD") and request.url.path.startswith(TEXT_PATHS)
    return asked and request.query_params.get("fejl") == "tekst"


def _cell_text(told: TakstlabError, kind: Kind) -> Response:
    """Return an error as a sheet's cell shows it, with status 200: a text, so that a sum over it is an error too."""
    text = (
        "#VENTER" if isinstance(told, store.NotReadyError) else " ".join(f"#FEJL: {told.what}".split())[:LONGEST_CELL]
    )
    return Response(
        text.encode("utf-8", "replace"),
        headers={"Cache-Control": "no-store", "X-Takstlab-Problem": kind.slug},
        media_type="text/plain; charset=utf-8",
    )
