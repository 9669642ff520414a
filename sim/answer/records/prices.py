"""What the citizen pays on typical trips, and how surely the prices are known."""

from dataclasses import dataclass
from typing import Literal

from tariffs import Certainty

PlaceClass = Literal["in_town", "inside", "across"]


@dataclass(frozen=True)
class Fare:
    """What one passenger pays, oere, by age and by how the trip is booked."""

    adult_phone: int
    adult_online: int
    child_phone: int
    child_online: int


@dataclass(frozen=True)
class _Trip:
    """A typical trip: its text in Danish, kilometres, and between what it goes."""

    trip: str
    km: int
    place_class: PlaceClass


@dataclass(frozen=True)
class CitizenPrice(_Trip):
    """A typical trip's fare and its certainty, option by option; the fare is None where a rule closes the trip."""

    oere: tuple[Fare | None, ...]
    certainty: tuple[Certainty, ...] | None = None

    @property
    def destination(self) -> None:
        """The destination that some option has free: there is none."""


@dataclass(frozen=True)
class _FreeTrip(_Trip):
    """A typical trip to or from a destination that some option has free."""

    destination: str


@dataclass(frozen=True)
class DestinationPrice(_FreeTrip):
    """The fare and its certainty of a trip to or from a destination that some option has free."""

    oere: tuple[Fare | None, ...]
    certainty: tuple[Certainty, ...] | None = None


TripPrice = DestinationPrice | CitizenPrice


@dataclass(frozen=True)
class FareCertainty:
    """The weakest certainty among the fares in use, and a sentence that names those not known, empty where all are."""

    certainty: Certainty
    text_da: str
    text_en: str


@dataclass(frozen=True)
class Assumed:
    """An assumed amount in oere with its range."""

    value: int
    low: int
    high: int


@dataclass(frozen=True)
class PlusturPrices:
    """What one passenger pays for plustur with its certainty, and for the ticket to bus or train beside it, oere."""

    fare_oere: int
    ticket_oere: Assumed
    certainty: Certainty | None = None
