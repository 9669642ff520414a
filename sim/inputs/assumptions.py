"""The assumptions register: every judgement in the model by its id, with range, mark and source."""

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from tariffs.errors import About, DataError, InputError

Value = float | tuple[float, ...]

REQUIRED = {"id", "statement_da", "statement_en", "unit", "mark", "source"}
OPTIONAL = {"default", "fitted_in", "low", "high", "range", "who", "not_drawn"}
MARKS = {"A", "B", "C", "J"}
WHO = ("kommune", "analytiker", "kalibrering")
"""Who may change an assumption: the municipality that knows its own figure, an analyst, or only a new fit."""


@dataclass(frozen=True)
class Assumption:
    """One assumption: what is supposed, in what range, on whose word.

    ``value`` is the default, or what the user put in its place (then ``overridden``). A single number has ``low`` and
    ``high``; a profile of several numbers has its range in words. ``who`` may change it (see `WHO`); ``not_drawn`` says
    why its range is not among what the parameter draws vary; ``replaced_by`` names in Danish what the user gave that is known
    in its place.
    """

    id: str
    statement_da: str
    statement_en: str
    value: Value
    unit: str
    mark: str
    source: str
    low: float | None = None
    high: float | None = None
    range_text: str = ""
    who: str = "analytiker"
    not_drawn: str = ""
    overridden: bool = False
    replaced_by: str = ""

    def at(self, value: Value) -> "Assumption":
        """Return the assumption at another value; as `dataclasses.replace`, which takes ten times as long."""
        moved = object.__new__(Assumption)
        moved.__dict__.update(self.__dict__, value=value)
        return moved

    @property
    def drawn(self) -> bool:
        """Whether the parameter draws vary it: a number with a range, not excepted, stated by the user or replaced."""
        if isinstance(self.value, tuple) or self.low is None or self.high is None:
            return False
        return self.low < self.high and not (self.not_drawn or self.overridden or self.replaced_by)

    @property
    def outside_range(self) -> bool:
        """Whether the user has gone beyond the range for which there is a source."""
        if isinstance(self.value, tuple) or self.low is None or self.high is None:
            return False
        return not self.low <= self.value <= self.high


class Assumptions(Mapping[str, Assumption]):
    """The register as a run uses it: look up by id, overrides included."""

    def __init__(self, entries: Mapping[str, Assumption]) -> None:
        self._entries = dict(entries)

    def __getitem__(self, key: str) -> Assumption:
        return self._entries[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def number(self, key: str) -> float:
        """Return the single number of assumption ``key``."""
        value = self._entries[key].value
        if isinstance(value, tuple):
            raise DataError(f"Forudsætningen {key} er en profil, ikke ét tal", where="data/assumptions.toml")
        return value

    def profile(self, key: str) -> tuple[float, ...]:
        """Return the numbers of profile ``key``."""
        value = self._entries[key].value
        if not isinstance(value, tuple):
            raise DataError(f"Forudsætningen {key} er ét tal, ikke en profil", where="data/assumptions.toml")
        return value

    def at(self, values: Mapping[str, Value]) -> "Assumptions":
        """Return the register at other values of assumptions that nobody has stated: one draw of what is not known."""
        moved = {key: self._entries[key].at(value) for key, value in values.items()}
        return Assumptions(self._entries | moved)

    def replaced(self, keys: Iterable[str], by: str) -> "Assumptions":
        """Return the register with some assumptions marked as replaced by what the user gave, so that they are no longer in doubt."""
        return Assumptions(self._entries | {key: replace(self._entries[key], replaced_by=by) for key in keys})

    def overriding(self, overrides: Mapping[str, Value]) -> "Assumptions":
        """Return the register with the user's values in place of the defaults.

        Raises InputError for an unknown id, a value of the wrong form, or a number that cannot be. A number outside
        the range is the user's to choose; ``outside_range`` then says so wherever it is printed.
        """
        entries = dict(self._entries)
        for key, value in overrides.items():
            entry = entries.get(key)
            if entry is None:
                near = get_close_matches(key, entries, n=3)
                raise InputError(
                    f"Forudsætningen {key!r} findes ikke",
                    next_step="vælg et id fra data/assumptions.toml" + (f", fx {', '.join(near)}" if near else ""),
                    about=About("assumptions", (key,)),
                )
            if isinstance(value, tuple) != isinstance(entry.value, tuple) or (
                isinstance(value, tuple) and isinstance(entry.value, tuple) and len(value) != len(entry.value)
            ):
                raise InputError(
                    f"Forudsætningen {key} skal have {_form(entry.value)}, men fik {_form(value)}",
                    next_step=f"skriv den som standardværdien: {entry.value}",
                    about=About("assumptions", (key,)),
                )
            if isinstance(value, tuple) and entry.unit == "vægt" and not any(value):
                raise InputError(
                    f"Forudsætningen {key} kan ikke kun bestå af nuller",
                    why="tallene er vægte, og der skal være noget at fordele efter",
                    next_step=f"skriv den som standardværdien: {entry.value}",
                    about=About("assumptions", (key,)),
                )
            for number in value if isinstance(value, tuple) else (value,):
                if not math.isfinite(number) or number < 0 or (entry.unit == "andel" and number > 1):
                    raise InputError(
                        f"Forudsætningen {key} kan ikke være {number:g}",
                        why=f"enheden er {entry.unit}",
                        next_step="vælg et tal fra 0" + (" til 1" if entry.unit == "andel" else " og op"),
                        about=About("assumptions", (key,)),
                    )
            entries[key] = replace(entry, value=value, overridden=True)
        return Assumptions(entries)


def _form(value: Value) -> str:
    return f"{len(value)} tal" if isinstance(value, tuple) else "ét tal"


@cache
def load_assumptions() -> Assumptions:
    """Return the shipped register; raises DataError naming id and key when an entry breaks the schema."""
    where = "data/assumptions.toml"
    document = tomllib.loads((files("data") / "assumptions.toml").read_text(encoding="utf-8"))
    entries: dict[str, Assumption] = {}
    for raw in document["assumptions"]:
        name = raw.get("id", "?")
        missing, unknown = REQUIRED - raw.keys(), raw.keys() - REQUIRED - OPTIONAL
        if missing or unknown:
            raise DataError(
                f"Forudsætningen {name}: mangler {sorted(missing)}, kender ikke {sorted(unknown)}", where=where
            )
        if raw["mark"] not in MARKS or not raw["source"]:
            raise DataError(f"Forudsætningen {name}: mærke A/B/C/J og kilde skal stå der", where=where)
        if name in entries:
            raise DataError(f"Forudsætningen {name} står to gange", where=where)
        if raw.get("who", WHO[1]) not in WHO:
            raise DataError(f"Forudsætningen {name}: who skal være en af {', '.join(WHO)}", where=where)
        if ("default" in raw) == ("fitted_in" in raw):
            raise DataError(f"Forudsætningen {name} skal have enten default eller fitted_in", where=where)
        default = raw["default"] if "default" in raw else _fitted(raw["fitted_in"], name)
        value = tuple(float(v) for v in default) if isinstance(default, list) else float(default)
        if isinstance(value, tuple) != ("range" in raw) or isinstance(value, tuple) == ("low" in raw and "high" in raw):
            raise DataError(f"Forudsætningen {name}: et tal skal have low og high, en profil range", where=where)
        entries[name] = Assumption(
            id=name,
            statement_da=raw["statement_da"],
            statement_en=raw["statement_en"],
            value=value,
            unit=raw["unit"],
            mark=raw["mark"],
            source=raw["source"],
            low=None if isinstance(value, tuple) else float(raw["low"]),
            high=None if isinstance(value, tuple) else float(raw["high"]),
            range_text=raw.get("range", ""),
            who=raw.get("who", WHO[1]),
            not_drawn=raw.get("not_drawn", ""),
        )
    return Assumptions(entries)


def _fitted(file: str, name: str) -> float:
    """Return the value that calibration found; raises DataError when the file does not have it."""
    document = tomllib.loads(files("data").joinpath(*file.split("/")).read_text(encoding="utf-8"))
    try:
        return float(document["values"][name])
    except (KeyError, TypeError, ValueError):
        raise DataError(
            f"Den tilpassede værdi af {name} mangler", where=f"data/{file}", next_step="kør takstlab calibrate --write"
        ) from None
