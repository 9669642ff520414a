"""The answers on prices and on what is behind them, as the OpenAPI document describes them; others make them."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, create_model

from tariffs.elements import elements
from tariffs.switches import BorderPayer, CompanionPrice, KilometreCounting, TownScope


class Answer(BaseModel):
    """A JSON answer: nothing in it but what is described."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LineSource(Answer):
    """Where a line's rule or amount is from; what is not known of it is left out."""

    title: str
    mark: Literal["A", "B", "C", "J"]
    url: str | None = None
    page: str | None = None
    section: str | None = None
    note: str | None = None
    retrieved: date | None = None
    projected: Literal[True] | None = None
    entered: Literal[True] | None = None
    own: Literal[True] | None = None


class QuoteLine(Answer):
    """One part of a fare, in oere."""

    rule: str
    passenger: str
    count: int
    each_oere: int
    amount_oere: int
    parameter: str
    edition: str
    text: str
    source: LineSource


class QuoteSwitches(Answer):
    """How the tariff's open questions were read."""

    kilometre_counting: KilometreCounting
    town_scope: TownScope
    companion_price: CompanionPrice
    online_discount_before_2019: bool
    plustur_fee_effect: bool
    border_payer: BorderPayer
    own_fare_across: bool


class Quote(Answer):
    """One trip's offer with its lines, or its refusal with the reason; the last four are of an offer only."""

    status: Literal["ok", "refused"]
    product: Literal["flextur", "plustur"]
    from_municipality: str
    to_municipality: str
    distance_m: int
    booked: str
    booked_assumed: bool
    travel: str
    standing: bool
    channel: Literal["phone", "online"]
    adults: int
    children: int
    elements: list[str]
    switches: QuoteSwitches
    edition: str | None
    reason: str | None
    text: str | None = None
    fare_oere: int | None
    lines: list[QuoteLine]
    level: str | None = None
    certainty: Literal["known", "assumed"] | None = None
    price_certainty: str | None = None
    price_note: str | None = None


class Quotes(Answer):
    """The quotes, in the trips' order."""

    quotes: list[Quote]


class TariffSource(Answer):
    """Where an edition or a value is from."""

    title: str
    mark: Literal["A", "B", "C", "J"]
    url: str
    page: int | None
    section: str
    note: str
    retrieved: date | None
    projected: bool
    entered: bool
    own: bool


class TariffEdition(Answer):
    """A price list and its days; ``to`` is null until further notice."""

    id: str
    from_: date
    to: date | None
    name_da: str
    name_en: str
    source: TariffSource

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))


class TariffValue(Answer):
    """A parameter's value and its days; null where ``state`` says that there is none, or that it is not known."""

    from_: date
    to: date | None
    state: str
    value: str | None
    source: TariffSource

    model_config = ConfigDict(extra="forbid", frozen=True, alias_generator=lambda name: name.rstrip("_"))


class TariffParameter(Answer):
    """A part of the tariff with all its values."""

    key: str
    name_da: str
    name_en: str
    unit: str
    values: list[TariffValue]


class Tariffs(Answer):
    """Every edition and every dated value."""

    editions: list[TariffEdition]
    variants: list[str]
    variant: str | None
    parameters: list[TariffParameter]


class _Municipality(Answer):
    """A municipality with its choices at the year's end; they are null where it has a fare that no elements express."""

    code: str
    name: str
    population_2020: int
    older_70_2020: int
    flextur: Literal["known", "assumed", "no"]
    plustur: Literal["known", "assumed", "no"]
    kommunetakst: bool | int | None
    bytakst: int | Literal["low", "high", "none"] | None
    town_zones: list[str]
    free_destinations: list[str] | None
    own_fare: str | None
    certainty: Literal["known", "assumed"]


Municipality = create_model(
    "Municipality",
    __base__=_Municipality,
    __doc__=_Municipality.__doc__,
    **dict.fromkeys(elements(), (bool | None, ...)),  # type: ignore[call-overload]
)
Municipalities = create_model(
    "Municipalities",
    __base__=Answer,
    __doc__="The municipalities in a year.",
    year=(int, ...),
    municipalities=(list[Municipality], ...),  # type: ignore[valid-type]
)


class AssumptionAnswer(Answer):
    """One assumption: a number with its ends, or a profile with its range in words."""

    id: str
    statement_da: str
    statement_en: str
    value: float | list[float]
    low: float | None
    high: float | None
    range: str | None
    unit: str
    mark: Literal["A", "B", "C", "J"]
    source: str
    who: Literal["kommune", "analytiker", "kalibrering"]


class Assumptions(Answer):
    """The register of assumptions."""

    assumptions: list[AssumptionAnswer]
