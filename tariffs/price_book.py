"""The price book: every edition and parameter, and which of them is in force on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum
from functools import lru_cache

from tariffs.edition import Edition, edition_on
from tariffs.errors import TariffError
from tariffs.money import OERE_PER_KRONE
from tariffs.municipal_choices import MunicipalChoices
from tariffs.own_price import OWN_SOURCE, own_kroner
from tariffs.parameter import Parameter, Value
from tariffs.rises import Rises
from tariffs.validity import effective_date

NEW_EDITION_HINT = "tilføj en udgave med --tariff FIL; takstlab tariffs index skriver et udkast ud fra den seneste"


class Level(IntEnum):
    """What the first kilometres are priced by."""

    GRUNDTAKST = 0
    GRUNDTAKST_ACROSS = 1
    """Grundtakst on a trip that crosses a municipal border: the distance rate steps up at 20 km."""
    KOMMUNETAKST = 2
    BYTAKST_LOW = 3
    BYTAKST_HIGH = 4
    DOBBELT_GRUNDTAKST = 5
    GRATIS = 6
    PLUSTUR = 7


LEVEL_PARAMETER = {
    Level.GRUNDTAKST: "flextur/grundtakst",
    Level.GRUNDTAKST_ACROSS: "flextur/grundtakst",
    Level.KOMMUNETAKST: "flextur/kommunetakst",
    Level.BYTAKST_LOW: "flextur/bytakst_low",
    Level.BYTAKST_HIGH: "flextur/bytakst_high",
    Level.DOBBELT_GRUNDTAKST: "flextur/grundtakst",
    Level.GRATIS: "flextur/gratis_destination",
    Level.PLUSTUR: "plustur/plusturtakst",
}
DOUBLING = "rules/dobbelt_grundtakst"
RATE_FROM_KM_11 = "flextur/kilometertakst_fra_km_11"
RATE_FROM_KM_21 = "flextur/kilometertakst_fra_km_21"
REQUIRED = (
    "flextur/grundtakst",
    "flextur/kommunetakst",
    "flextur/bytakst_low",
    "flextur/bytakst_high",
    "flextur/gratis_destination",
    RATE_FROM_KM_11,
    RATE_FROM_KM_21,
    "plustur/plusturtakst",
    "rules/online_rabat",
    "rules/boernerabat",
    "rules/kilometer_i_takst",
    "rules/kilometer_foer_trin",
    DOUBLING,
    "rules/medrejsende_max",
    "rules/koersel_fra",
    "rules/koersel_til",
    "rules/varsel_minutter",
    "rules/samme_dag_bestilt_senest",
    "rules/naeste_morgen_tidligst",
    "rules/bestilling_dage_frem",
    "rules/faste_ture_frist",
    "rules/afrunding",
)


@dataclass(frozen=True, eq=False)
class PriceBook:
    """Editions, parameters and municipal choices, as loaded; compared by identity.

    ``variant`` is the name of the variant laid over the published values, empty when there is none;
    ``variant_editions`` are the editions it changes. ``known_only``: amounts that are our arithmetic are unknown in it, and so
    are own prices. ``own_levels`` are the levels of the own prices that its fare table is to have. ``rises`` are those by which
    its projected editions follow each other.
    """

    editions: tuple[Edition, ...]
    parameters: Mapping[str, Parameter]
    choices: MunicipalChoices
    variant: str = ""
    variant_editions: frozenset[str] = field(default_factory=frozenset)
    known_only: bool = False
    own_levels: tuple[int, ...] = ()
    rises: Rises = field(default_factory=Rises)

    def edition_on(self, day: date) -> Edition | None:
        """Return the edition in force on ``day``; None when it is unknown."""
        return edition_on(self.editions, day)

    def value(self, key: str, day: date) -> Value | None:
        """Return a parameter's entry for ``day``; None when it has none that day."""
        if key not in self.parameters:
            raise TariffError(f"ukendt parameter '{key}'", next_step="se dem med takstlab tariffs")
        return self.parameters[key].on(day)

    def amount(self, key: str, day: date) -> int:
        """Return a parameter's amount on ``day``, in the unit's whole parts.

        Raises TariffError when the parameter has no known amount that day.
        """
        value = self.value(key, day)
        if value is None or value.amount is None:
            state = value.state if value else "ingen værdi"
            raise TariffError(f"{key} har intet beløb {day}", why=state, next_step=NEW_EDITION_HINT)
        return value.amount

    def level(self, level: int, day: date) -> Value | None:
        """Return the amount of a level on ``day``; doubled grundtakst is worked out from the edition's grundtakst."""
        kroner = own_kroner(level)
        if kroner is not None:
            return self._own(kroner, day)
        value = self.value(LEVEL_PARAMETER[Level(level)], day)
        if level != Level.DOBBELT_GRUNDTAKST or value is None or value.amount is None:
            return value
        times = self.amount(DOUBLING, day)
        return replace(value, amount=value.amount * times, text=f"{times} x {value.text}")

    def _own(self, kroner: int, day: date) -> Value | None:
        """Return an own price as a level; the kilometres beyond it need an edition all the same."""
        edition = self.edition_on(day)
        if edition is None:
            return None
        if self.known_only:
            return Value(edition.start, edition.end, "unknown", None, "", OWN_SOURCE)
        return Value(edition.start, edition.end, "value", kroner * OERE_PER_KRONE, str(kroner), OWN_SOURCE)

    def with_own_levels(self, levels: Iterable[int]) -> "PriceBook":
        """Return the book with these own prices in its fare table; itself where there are none, and for the same ones the same."""
        own = tuple(sorted({level for level in levels if own_kroner(level) is not None}))
        return _with_own(self, own) if own else self

    def with_stated_elements(self, code: str) -> "PriceBook":
        """Return the book for elements that the user has stated for a municipality, be it grundtakst alone."""
        return replace(self, choices=self.choices.with_stated_elements(code))

    def edition_label(self, edition: Edition) -> str:
        """Return the edition's id, with the variant's name where the variant changes it."""
        return f"{edition.id}+{self.variant}" if edition.id in self.variant_editions else edition.id

    def standing_delay_days(self, booked_on: date) -> int:
        """Return how many days after a change standing trips booked before it keep the old fares."""
        values = self.parameters["rules/faste_ture_frist"].values
        value = self.parameters["rules/faste_ture_frist"].on(booked_on)
        chosen = value or (values[0] if booked_on < values[0].start else values[-1])
        return chosen.amount or 0

    def effective_date(self, booked_on: date, travel_on: date, standing: bool) -> date:
        """Return the day whose prices a trip pays."""
        return effective_date(booked_on, travel_on, standing, self.standing_delay_days(booked_on))


@lru_cache(maxsize=256)
def _with_own(book: PriceBook, own_levels: tuple[int, ...]) -> PriceBook:
    return replace(book, own_levels=own_levels)
