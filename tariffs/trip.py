"""One trip as the tariff sees it: where, how far, when booked, by whom."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tariffs.errors import InputError
from tariffs.municipal_choices import PRODUCTS, Product

Channel = Literal["phone", "online"]
CHANNELS: tuple[Channel, ...] = ("phone", "online")
MAX_DISTANCE_M = 1_000_000
"""No fare distance inside Movia's area comes near this; more is a mistake in the input."""


@dataclass(frozen=True)
class Trip:
    """A wish for a trip, priced by ``distance_m``: the shortest road distance, whatever way is driven.

    ``booked`` and ``travel`` are dates, or datetimes when the clock rules are to be checked too (both then).
    ``from_town`` and ``to_town`` are town zone names, empty outside the zones. ``free_destination`` says that
    an end is a destination its municipality has made free; ``places`` names the destinations at the ends, to
    be looked up among the package's free ones.

    Raises InputError when a field cannot be so in any trip.
    """

    from_municipality: str
    to_municipality: str
    distance_m: int
    booked: date
    travel: date
    product: Product = "flextur"
    channel: Channel = "phone"
    adults: int = 1
    children: int = 0
    standing: bool = False
    from_town: str = ""
    to_town: str = ""
    free_destination: bool = False
    places: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.product not in PRODUCTS:
            raise InputError(f"ukendt produkt '{self.product}'", next_step="skriv flextur eller plustur")
        if self.channel not in CHANNELS:
            raise InputError(f"ukendt bestillingskanal '{self.channel}'", next_step="skriv phone eller online")
        if not 0 <= self.distance_m <= MAX_DISTANCE_M:
            raise InputError(f"afstanden er {self.distance_m} m", next_step=f"angiv 0 til {MAX_DISTANCE_M} m")
        if self.adults < 0 or self.children < 0:
            raise InputError(f"negativt antal passagerer: {self.adults} voksne, {self.children} børn")
        if self.adults + self.children == 0:
            raise InputError("turen har ingen passagerer", next_step="angiv mindst én voksen eller ét barn")
        if isinstance(self.booked, datetime) is not isinstance(self.travel, datetime):
            raise InputError("bestilling og tur skal begge være datoer eller begge have klokkeslæt")

    @property
    def booked_on(self) -> date:
        """The day of booking."""
        return self.booked.date() if isinstance(self.booked, datetime) else self.booked

    @property
    def travel_on(self) -> date:
        """The day of travel."""
        return self.travel.date() if isinstance(self.travel, datetime) else self.travel

    @property
    def passengers(self) -> int:
        """Everybody in the party."""
        return self.adults + self.children

    @property
    def crosses_border(self) -> bool:
        """True when the ends lie in two municipalities."""
        return self.from_municipality != self.to_municipality
