"""What the requests are held against: strict, closed, and described in both languages."""

from types import UnionType
from typing import Annotated, Any, Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from api.http.words import both
from tariffs.errors import InputError
from tariffs.typed import read_number, read_whole

Lang = Annotated[Literal["da", "en"], Field(description=both("Sprog.", "Language."))]
KnownOnly = Annotated[
    bool, Field(description=both("Afvis udregnede og fremskrevne priser.", "Refuse calculated and projected prices."))
]
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
WHEN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"
ID = r"^[0-9a-f]{64}$"
PERIOD = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}/[0-9]{4}-[0-9]{2}-[0-9]{2}$"
BYTAKST = r"^(low|high|none|[0-9]{2,3})$"
KOMMUNETAKST = r"^(0|1|true|false|[0-9]{2,3})$"
KILOMETRES = r"^[0-9]{1,4}([.,][0-9]{1,3})?$"
Text = Annotated[str, Field(max_length=120)]
Day = Annotated[str, Field(pattern=DAY, json_schema_extra={"format": "date"})]
When = Annotated[str, Field(pattern=WHEN, examples=["2019-08-03", "2019-08-03T10:30"])]
Element = Annotated[
    str,
    Field(
        max_length=120,
        examples=["kommunetakst", "bytakst=low", "gratis=Biblioteket"],
        description=both("Et serviceelement.", "A service element."),
    ),
]
MOST_ELEMENTS = 20
MOST_LISTS = 10


TariffFile = Annotated[str, Field(pattern=r"^prices:[0-9a-f]{64}$")]
TariffFiles = Annotated[
    list[TariffFile],
    Field(
        max_length=MOST_LISTS,
        default_factory=list,
        description=both("Egne prislister, prices:<id>.", "Own price lists, prices:<id>."),
    ),
]


class Body(BaseModel):
    """A JSON body: nothing is converted, nothing unknown is let through, no NaN."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, populate_by_name=False)


class Parameters(BaseModel):
    """Parameters of an address: nothing unknown is let through, so that a misspelt one is not silently left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _as_typed(cls, value: Any, info: ValidationInfo) -> Any:
        """Read a number by the reader of every door: 4.000 is four thousand to a Dane and four to a computer."""
        kind = _number_in(cls.model_fields[str(info.field_name)].annotation) if isinstance(value, str) else None
        if kind is None:
            return value
        try:
            return read_whole(value) if kind is int else float(read_number(value))
        except InputError as error:
            raise PydanticCustomError("typed", "typed", {"said": f"{error.what}; {error.next_step}"}) from None


def _number_in(annotation: Any) -> type | None:
    """Return int or float where a field is a number or may be one, None for any other."""
    if annotation in (int, float):
        return cast(type, annotation)
    if get_origin(annotation) in (Union, UnionType, Annotated):
        return next((kind for part in get_args(annotation) if (kind := _number_in(part))), None)
    return None


class Problem(BaseModel):
    """An error (RFC 9457): ``detail`` is in Danish, made of what, where, why and next.

    A file of trips with faults has ``faults`` (the first hundred: row, column, expected), and ``fault_count``, how many there are.
    """

    type: str
    title: str
    title_en: str
    status: int
    detail: str
    detail_en: str
    what: str
    where: str | None
    why: str | None
    next: str | None
    instance: str
    request_id: str | None = None
    fault_count: int | None = None
    faults: list[dict[str, str | int]] | None = None


_PROBLEM: dict[str, Any] = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}
_SAID = {
    400: both("Kan ikke læses.", "Cannot be read."),
    401: both("Der mangler en gyldig nøgle.", "A valid key is missing."),
    403: both("Ikke tilladt.", "Not allowed."),
    404: both("Findes ikke.", "Does not exist."),
    405: both("Metoden kan ikke bruges her.", "The method is not allowed here."),
    409: both("Simuleringen har intet resultat.", "The run has no result."),
    413: both("For stort.", "Too large."),
    422: both("Inddata kan ikke bruges.", "The input cannot be used."),
    429: both("For mange forespørgsler; se Retry-After.", "Too many requests; see Retry-After."),
    500: both("Fejl på serveren.", "A fault of the server."),
    503: both("Ikke klar; se Retry-After.", "Not ready; see Retry-After."),
    507: both("Ingen plads på disken.", "No room on the disk."),
}
ALWAYS = (401, 403, 422, 429, 500)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documented errors of an operation: those every one may give, and these."""
    return {status: _PROBLEM | {"description": _SAID[status]} for status in sorted({*ALWAYS, *statuses})}
