"""Fares of a municipality's own that no service elements express: recorded, and never priced as something else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tariffs.errors import DataError, InputError
from tariffs.source import Source, check_keys, parse_day, parse_source

_KEYS = {"municipality", "name", "from", "fare_kr", "rate_kr", "rate_across_kr", "source"}
_WHERE = "municipal/own_fare.toml"


@dataclass(frozen=True)
class OwnFare:
    """A fare from a day on: kroner for the first kilometres of every trip, and the rates per kilometre after them."""

    start: date
    fare_kr: int
    rate_kr: int
    rate_across_kr: int
    source: Source

    @property
    def text_da(self) -> str:
        """What is known of the fare, for a refusal."""
        return (
            f"{self.fare_kr} kr. pr. tur fra {self.start:%d-%m-%Y}, derefter {self.rate_kr} og {self.rate_across_kr} kr."
            " pr. km, som hele kommunens takst"
        )

    @property
    def text_en(self) -> str:
        """The same in English."""
        return (
            f"{self.fare_kr} kr a trip from {self.start}, then {self.rate_kr} and {self.rate_across_kr} kr per km,"
            " as the whole municipality's fare"
        )

    def error(self, name: str, day: date) -> InputError:
        """Return the error of asking for the municipality's own elements on ``day``."""
        return InputError(
            f"Det, {name} har den {day:%d-%m-%Y}, kan ikke udtrykkes med serviceelementerne",
            where="serviceelementer",
            why=f"{self.text_da} ({self.source.title})",
            next_step=NEXT_STEP_DA,
        )


NEXT_STEP_DA = "skriv selv de elementer, der skal regnes med, eller vælg en dag før"
NEXT_STEP_EN = "state the elements to price by, or choose an earlier day"
ACROSS_STEP_DA = "om den også gælder over kommunegrænsen, fremgår ikke: own_fare_across=false regner med grundtakst der"
ACROSS_STEP_EN = "whether across the border too is not said: own_fare_across=false prices grundtakst there"


def parse_own_fares(raw: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, tuple[OwnFare, ...]]:
    """Read the fares by municipality code, in date order; raises DataError when an entry breaks the schema."""
    check_keys(raw, {"values"}, _WHERE)
    found: dict[str, tuple[OwnFare, ...]] = {}
    for number, entry in enumerate(raw.get("values", ()), 1):
        where = f"{_WHERE}, values[{number}]"
        check_keys(entry, _KEYS, where)
        code = entry.get("municipality")
        if code not in names or entry.get("name") != names[code]:
            raise DataError(
                "kommunekode og navn passer ikke sammen", where=where, why=f"fandt {code!r} og {entry.get('name')!r}"
            )
        amounts: list[Any] = [entry.get(key) for key in ("fare_kr", "rate_kr", "rate_across_kr")]
        if not all(type(amount) is int and amount > 0 for amount in amounts):
            raise DataError("taksten er ikke hele kroner", where=where, why=f"fandt {amounts}")
        start = parse_day(entry.get("from"), "from", where)
        earlier = found.get(code, ())
        if earlier and start <= earlier[-1].start:
            raise DataError(
                "datoerne er ikke stigende, så værdierne overlapper",
                where=where,
                why=f"{start} kommer efter {earlier[-1].start}",
            )
        fare, rate, across = amounts
        found[code] = (*earlier, OwnFare(start, fare, rate, across, parse_source(entry.get("source"), where)))
    return found
