"""The closed form's answers, as the OpenAPI document describes them; `sim.estimate` and `sim.desk.goal` make them."""

from datetime import date
from typing import Literal

from api.http.answers import Answer
from sim.answer.records.basis import Introduction
from sim.answer.records.prices import FareCertainty
from sim.words.figure import Figure


class Expected(Answer):
    """Expected totals of a period, without intervals: counts, and whole oere."""

    requests: float
    bookings: float
    trips: float
    passengers: float
    fares_oere: int
    operator_payment_oere: int
    movia_fee_oere: int
    net_cost_oere: int


class ExpectedPart(Expected):
    """Expected totals from the start date to 31 December, and how they move from the first option's."""

    change: Expected


class ExpectedFlexhandicap(Answer):
    """What may follow beside the net cost: trips turned away, those that come back as flexhandicap, and their cost in oere."""

    turned_away_trips: float
    trips: float
    cost_oere: int
    sentence: str | None
    notes: list[str]


class ExpectedOption(Expected):
    """An option's expected year, and how it moves from the first option's; ``extrapolation`` is what was never tried."""

    name: str
    change: Expected
    part_year: ExpectedPart | None
    flexhandicap: ExpectedFlexhandicap | None
    extrapolation: str | None
    elements: list[str]


class EstimateErrorKind(Answer):
    """How far estimates of one kind of change were off at a volume: percent, on average, by root mean square and by chance."""

    kind: str
    passengers: int
    net_mean: float
    net_rms: float
    net_chance: float
    change_mean: float
    change_rms: float
    change_chance: float


class EstimateError(Answer):
    """How far such estimates have been off, percent: of net cost and of a change, and at worst of net cost."""

    net_cost: float
    change: float
    worst_net_cost: float
    kinds: list[EstimateErrorKind]


class EstimateVolume(Answer):
    """Passengers a year, and where the number comes from."""

    passengers: float
    origin: Literal["own", "published", "allocated"]
    statement: str


class EstimateAnswer(Answer):
    """The instant estimate, in the kroner of ``price_level``."""

    schema_version: int
    municipality: str
    municipality_name: str
    year: int
    price_level: int
    fares: FareCertainty
    start: date | None
    volume: EstimateVolume
    kind: Literal["skøn"]
    model: str
    error_percent: EstimateError
    options: list[ExpectedOption]
    statement: str
    introduction: Introduction | None
    notes: list[str]


class GoalAnswer(Answer):
    """The price that comes nearest to a change in net cost; ``kroner`` is between ``from_kr`` and ``to_kr``, the rest oere."""

    schema_version: int
    municipality: str
    municipality_name: str
    year: int
    element: Literal["bytakst", "kommunetakst"]
    target_oere: int
    reached: bool
    kroner: int
    elements: list[str]
    from_kr: int
    to_kr: int
    net_cost_change_oere: Figure
    trips_change: float
    fares: FareCertainty
    extrapolation: str | None
    sentence: str
    statement: str
    notes: list[str]


class LineAmount(Answer):
    """One drawn line's change at the chosen price."""

    name: str
    areas: list[str]
    elements: list[str]
    net_cost_change_oere: Figure
    trips_change: float
    reaches: bool
    sentence: str


class LineGoalAnswer(Answer):
    """Which drawn lines reach a change in net cost at the chosen price, and the nearest."""

    schema_version: int
    municipality: str
    municipality_name: str
    year: int
    element: Literal["byomraade"]
    target_oere: int
    reached: bool
    nearest: str
    lines: list[LineAmount]
    fares: FareCertainty
    extrapolation: str | None
    sentence: str
    statement: str
    notes: list[str]
