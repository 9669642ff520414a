"""Which options a municipality can have in a year: a product it lacks makes the option not offered, never guessed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from tariffs import ServicePackage, load_municipal_choices
from tariffs.municipal_choices import Offered

Status = Literal["ok", "not_offered"]


def offer_day(year: int) -> date:
    """Return the day of the year whose known choices hold for all of it: 1 July."""
    return date(year, 7, 1)


@dataclass(frozen=True)
class OptionOffer:
    """Whether one option can be had: ``certainty`` is that of its least certain product."""

    certainty: Offered

    @property
    def status(self) -> Status:
        """What the option's rows say of it."""
        return "not_offered" if self.certainty == "no" else "ok"


def option_offers(code: str, year: int, packages: tuple[ServicePackage, ...]) -> tuple[OptionOffer, ...]:
    """Return for each option whether the municipality has its products on 1 July; every option needs flextur."""
    choices, on = load_municipal_choices(), offer_day(year)
    flextur, plustur = (choices.offers(product, code, on) for product in ("flextur", "plustur"))
    return tuple(OptionOffer(_least_certain(flextur, plustur if p.plustur else "known")) for p in packages)


def _least_certain(*products: Offered) -> Offered:
    for certainty in ("no", "assumed"):
        if certainty in products:
            return certainty
    return "known"


def town_areas_known(code: str, year: int) -> bool:
    """Return whether the municipality has named its town areas; otherwise its largest town stands for them."""
    choices = load_municipal_choices()
    return any(bool(choices.choices(code, day).zones) for day in (offer_day(year), date(2017, 7, 1)))
