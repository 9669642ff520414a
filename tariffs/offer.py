"""What a quote answers: an offer whose lines sum to the fare, or a refusal with its reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tariffs.certainty import Certainty, certainty_note, certainty_of
from tariffs.money import Money
from tariffs.source import Source


class Reason(StrEnum):
    """Why a trip is refused; the value is the stable code in files and in JSON, the order its number in columns."""

    TOO_LATE = "too_late"
    NOT_OFFERED = "not_offered"
    CLOSED_DAY = "closed_day"
    OWN_FARE = "own_fare"
    EDITION_UNKNOWN = "edition_unknown"
    TOO_EARLY = "too_early"
    OUTSIDE_HOURS = "outside_hours"
    TOO_MANY_COMPANIONS = "too_many_companions"
    PLUSTUR_BY_PHONE = "plustur_by_phone"
    CLOSED_TOWN = "closed_town"
    STOP_BASED_TOWN = "stop_based_town"
    LEVEL_NOT_IN_EDITION = "level_not_in_edition"
    PRICE_UNKNOWN = "price_unknown"


REASONS = tuple(Reason)
TEXTS: dict[Reason, tuple[str, str]] = {
    Reason.TOO_LATE: ("bestilt for sent", "booked too late"),
    Reason.NOT_OFFERED: ("produktet findes ikke i begge kommuner", "the product is not offered in both municipalities"),
    Reason.CLOSED_DAY: ("der blev ikke kørt den dag", "nothing was driven that day"),
    Reason.OWN_FARE: (
        "kommunen har sin egen takst, som serviceelementerne ikke kan udtrykke",
        "the municipality has a fare of its own that the service elements cannot express",
    ),
    Reason.EDITION_UNKNOWN: ("taksten for dagen er ukendt", "the fares of that day are unknown"),
    Reason.TOO_EARLY: ("bestilt for lang tid i forvejen", "booked too long ahead"),
    Reason.OUTSIDE_HOURS: ("turen starter uden for køretiden", "the trip starts outside the hours"),
    Reason.TOO_MANY_COMPANIONS: ("for mange medrejsende", "too many companions"),
    Reason.PLUSTUR_BY_PHONE: ("plustur kan kun bestilles online", "plustur can only be booked online"),
    Reason.CLOSED_TOWN: (
        "byen er lukket for ture med begge ender i byområdet",
        "the town is closed to trips with both ends in its zone",
    ),
    Reason.STOP_BASED_TOWN: ("ingen ture inden for eller mellem byområderne", "no trips within or between town zones"),
    Reason.LEVEL_NOT_IN_EDITION: ("takstudgaven har ikke dette niveau", "the edition does not have this level"),
    Reason.PRICE_UNKNOWN: (
        "prisen er ikke offentliggjort og gættes ikke",
        "the price is not published and not guessed",
    ),
}


@dataclass(frozen=True)
class Refusal:
    """A trip that gets no price: a reason, with what it says of this trip in both languages."""

    reason: Reason
    text_da: str
    text_en: str
    edition: str = ""

    def text(self, lang: str = "da") -> str:
        """Return the sentence in ``da`` or ``en``."""
        return self.text_en if lang == "en" else self.text_da


KNOWN_ONLY_DA = (
    "kun kendte priser er valgt; fravælg det for at få en udregnet eller fremskreven pris, eller tilføj den rigtige prisliste"
    " med --tariff FIL"
)
KNOWN_ONLY_EN = (
    "only known prices are asked for; do without that for a calculated or projected price, or add the true price list with"
    " --tariff FILE"
)


def refuse_unknown_edition(day: date, *, known_only: bool = False) -> Refusal:
    """Build the refusal of a day without an edition, which says how to add one; ``known_only`` leaves out projected ones."""
    if known_only:
        return refuse(Reason.EDITION_UNKNOWN, f"{day}; {KNOWN_ONLY_DA}", f"{day}; {KNOWN_ONLY_EN}")
    return refuse(
        Reason.EDITION_UNKNOWN,
        f"{day}; tilføj en udgave med --tariff FIL (udkast: takstlab tariffs index)",
        f"{day}; add an edition with --tariff FILE (draft: takstlab tariffs index)",
    )


def refuse(reason: Reason, detail_da: str = "", detail_en: str = "", edition: str = "") -> Refusal:
    """Build a refusal from its standing text and, where there is one, what it says of this trip."""
    text_da, text_en = TEXTS[reason]
    return Refusal(
        reason,
        f"{text_da}: {detail_da}" if detail_da else text_da,
        f"{text_en}: {detail_en}" if detail_en else text_en,
        edition,
    )


@dataclass(frozen=True)
class Line:
    """One part of a fare: a rule, what it costs or takes off for ``count`` passengers, and where it comes from."""

    rule: str
    passenger: str
    count: int
    each_oere: Money
    amount_oere: Money
    parameter: str
    edition: str
    source: Source
    text_da: str
    text_en: str

    def text(self, lang: str = "da") -> str:
        """Return the line's wording in ``da`` or ``en``."""
        return self.text_en if lang == "en" else self.text_da


@dataclass(frozen=True)
class Offer:
    """A price for the whole party: ``fare_oere`` is exactly the sum of the lines."""

    fare_oere: Money
    edition: str
    lines: tuple[Line, ...]
    level: str
    certainty: str
    """``assumed`` when it is only assumed that both municipalities offer the product; else ``known``."""

    @property
    def price_certainty(self) -> Certainty:
        """How surely the amounts are known; readings of the rules, which have marks too, are left out."""
        return certainty_of(self._price_sources)

    def price_note(self, lang: str = "da") -> str:
        """Return what is said beside the fare of how surely it is known; empty where it is."""
        return certainty_note(self._price_sources, lang)

    @property
    def _price_sources(self) -> list[Source]:
        return [line.source for line in self.lines if line.parameter.partition("/")[0] in ("flextur", "plustur")]
