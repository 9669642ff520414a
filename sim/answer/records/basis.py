"""What an answer rests on: volume, precision, assumptions and what each of them moves."""

from dataclasses import dataclass
from typing import Literal

from sim.words.figure import Figure

Number = int | float


@dataclass(frozen=True)
class Precision:
    """The precision reached by chance alone: half-width of the 95 % interval, and what is allowed, oere."""

    reached: bool
    half_width_oere: float
    allowed_oere: float
    rule: str


@dataclass(frozen=True)
class Volume:
    """Passengers a year, where the number comes from, and the elements it was observed under."""

    passengers: float
    origin: Literal["own", "published", "allocated"]
    statement: str
    reference: tuple[str, ...]
    reference_known: bool


@dataclass(frozen=True)
class Prebooked:
    """Trips after the start date that are booked before it and pay the old way; standing ones are among them."""

    trips: Figure
    passengers: Figure
    standing_trips: Figure


@dataclass(frozen=True)
class Introduction:
    """What each option introduces, and how its volume grows: the first share (0 to 1), months, and mean of the budget year."""

    options: tuple[Literal["flextur", "plustur"] | None, ...]
    first_share: Number
    growth_months: Number
    mean_share: float
    sentence: str


@dataclass(frozen=True)
class FlexhandicapTerms:
    """What a flexhandicap trip costs the municipality, oere, and the share (value, low, high) of lost trips that come back."""

    moved_share: tuple[float, float, float]
    trip_km: float
    operator_oere: float
    administration_oere: float
    fare_oere: float
    cost_per_trip_oere: float
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Swing:
    """What one assumption moves of a target by the instant estimate: oere at its low and at its high value.

    ``low`` and ``high`` are its values, None for the fitted price response; ``note`` says why it is not in the intervals.
    """

    id: str
    statement: str
    unit: str
    low: float | None
    high: float | None
    target: str
    central_oere: int
    low_oere: int
    high_oere: int
    drawn: bool
    note: str | None


@dataclass(frozen=True, kw_only=True)
class AssumptionUsed:
    """An assumption with its value in the study, range, mark and source; ``range`` is a text where the range is no two numbers.

    Answers before 0.3.0 do not say who judged it and whether it is drawn; those before 0.5.0 not what replaced it.
    """

    id: str
    statement: str
    value: Number | tuple[Number, ...]
    low: Number | None
    high: Number | None
    range: str | None
    unit: str
    mark: str
    source: str
    who: str | None = None
    drawn: bool | None = None
    overridden: bool
    replaced_by: str | None = None
    outside_range: bool
