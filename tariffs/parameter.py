"""One parameter of the tariff: its dated values, each with its source, read from one strict TOML table."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Literal

from tariffs.errors import DataError
from tariffs.money import parse_kroner
from tariffs.source import Source, check_keys, parse_day, parse_source

MONEY_UNITS = ("DKK", "DKK/km", "DKK/h")
COUNT_UNITS = ("percent", "persons", "minutes", "days", "km", "times", "years")
UNITS = (*MONEY_UNITS, *COUNT_UNITS, "clock")

State = Literal["value", "absent", "repealed", "unknown"]
_HEAD = {"name_da", "name_en", "unit", "values"}
_VALUE = {"from", "to", "value", "absent", "repealed", "unknown", "source"}
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|24:00")


@dataclass(frozen=True)
class Value:
    """A value in force from ``start`` to ``end`` (included; None = until further notice).

    ``amount`` is oere, percent, minutes after midnight or a count, by the parameter's unit; it is
    None unless ``state`` is ``value``.
    """

    start: date
    end: date | None
    state: State
    amount: int | None
    text: str
    source: Source


@dataclass(frozen=True)
class Parameter:
    """A parameter's names, unit and values in date order, without overlap or gap."""

    key: str
    name_da: str
    name_en: str
    unit: str
    values: tuple[Value, ...]

    @property
    def is_money(self) -> bool:
        """True when the value is a price, which holds only as long as a published edition does."""
        return self.unit in MONEY_UNITS

    def on(self, day: date) -> Value | None:
        """Return the value in force on ``day``, None when there is no entry for that day."""
        for value in reversed(self.values):
            if value.start <= day:
                return value if value.end is None or day <= value.end else None
        return None


def parse_amount(text: object, unit: str, where: str) -> int:
    """Read a value by its unit; it must be a string so that no float touches it.

    Raises DataError with file and key otherwise.
    """
    if isinstance(text, float):
        raise DataError(
            "tal med komma (float), hvor der skal stå et eksakt beløb",
            where=where,
            why=f"fandt {text!r}",
            next_step='skriv tallet i anførselstegn: value = "34.50"',
        )
    if not isinstance(text, str):
        raise DataError(
            "værdien (value) er ikke tekst",
            where=where,
            why=f"fandt {text!r}",
            next_step='skriv tallet i anførselstegn: value = "36"',
        )
    try:
        if unit in MONEY_UNITS:
            return parse_kroner(text)
        if unit == "clock":
            if not _CLOCK.fullmatch(text):
                raise ValueError(f"'{text}' er ikke et klokkeslæt som 06:00")
            return int(text[:2]) * 60 + int(text[3:])
        if not re.fullmatch(r"\d{1,9}", text):
            raise ValueError(f"'{text}' er ikke et helt tal")
        if unit == "percent" and int(text) > 100:
            raise ValueError(f"'{text}' er over 100 procent")
        return int(text)
    except ValueError as error:
        raise DataError(f"værdien '{text}' passer ikke til enheden {unit}", where=where, why=str(error)) from error


def parse_parameter(raw: Mapping[str, Any], key: str, where: str) -> Parameter:
    """Read and check one parameter; raises DataError naming file, key and reason."""
    check_keys(raw, _HEAD, where)
    for name in ("name_da", "name_en", "unit"):
        if not isinstance(raw.get(name), str) or not raw[name].strip():
            raise DataError(f"{name} mangler", where=where)
    if raw["unit"] not in UNITS:
        raise DataError(f"ukendt enhed (unit) '{raw['unit']}'", where=where, next_step=f"brug en af {', '.join(UNITS)}")
    values = parse_values(raw.get("values"), raw["unit"], where)
    return Parameter(key, raw["name_da"], raw["name_en"], raw["unit"], values)


def parse_values(raw: object, unit: str, where: str) -> tuple[Value, ...]:
    """Read a list of dated values in ascending order, each ending where the next begins."""
    if not isinstance(raw, list) or not raw:
        raise DataError("ingen værdier ([[values]])", where=where)
    parsed = [_parse_value(entry, unit, f"{where}, values[{number}]") for number, entry in enumerate(raw, 1)]
    closed: list[Value] = []
    for number, value in enumerate(parsed):
        following = parsed[number + 1] if number + 1 < len(parsed) else None
        if following is None:
            closed.append(value)
            continue
        if following.start <= value.start:
            raise DataError(
                "datoerne er ikke stigende, så værdierne overlapper",
                where=where,
                why=f"{following.start} kommer efter {value.start}",
            )
        last = following.start - timedelta(days=1)
        if value.end is not None and value.end > last:
            raise DataError(
                "to værdier overlapper",
                where=where,
                why=f"værdien fra {value.start} gælder til {value.end}, den næste fra {following.start}",
            )
        if value.end is not None and value.end < last:
            raise DataError(
                "hul mellem to værdier",
                where=where,
                why=f"intet gælder fra {value.end + timedelta(days=1)} til {last}",
                next_step="udfyld hullet, eller skriv repealed = true med kilde",
            )
        closed.append(replace(value, end=last))
    return tuple(closed)


def _parse_value(raw: object, unit: str, where: str) -> Value:
    if not isinstance(raw, Mapping):
        raise DataError("værdien er ikke en tabel", where=where, why=f"fandt {raw!r}")
    check_keys(raw, _VALUE, where)
    start = parse_day(raw.get("from"), "from", where)
    end = parse_day(raw["to"], "to", where) if "to" in raw else None
    if end is not None and end < start:
        raise DataError("værdien slutter, før den begynder", where=where, why=f"from {start}, to {end}")
    states: list[State] = [state for state in ("absent", "repealed", "unknown") if state in raw]
    if len(states) + ("value" in raw) != 1:
        raise DataError(
            "en værdi skal have netop én af value, absent, repealed, unknown",
            where=where,
            why=f"fandt {', '.join(sorted(set(raw) - {'from', 'to', 'source'})) or 'ingen'}",
        )
    source = parse_source(raw.get("source"), where)
    if states:
        if raw[states[0]] is not True:
            raise DataError(f"{states[0]} skal være true", where=where, why=f"fandt {raw[states[0]]!r}")
        return Value(start, end, states[0], None, "", source)
    return Value(start, end, "value", parse_amount(raw["value"], unit, where), raw["value"], source)
