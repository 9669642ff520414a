"""The declared facts: each published figure once, and the one thing it is used for.

A fact calibrates (it is fitted), validates (it is predicted and compared) or verifies (an input or identity that must
come back out). It is never two of these: ids are unique and each entry has one use.
"""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from tariffs.errors import DataError

USES: Final = {"calibration": "kalibrering", "validation": "validering", "verification": "verifikation"}
"""The uses a fact may have, in the order they are told, with what they are called."""
MARKS: Final = {"A", "B", "C", "J"}

REQUIRED = {"id", "use", "statement_da", "statement_en", "low", "high", "unit", "source", "mark"}
OPTIONAL = {"fits"}
WHERE = "data/facts.toml"
MEND = "ret filen: hver kendsgerning står én gang, med én anvendelse, tal, mærke og kilde"


@dataclass(frozen=True)
class Fact:
    """One published figure: what it says, between which numbers, on whose word, and what it is used for.

    ``fits`` names what a calibration fact is fitted by ("price response", "trip pattern", "pool", "operator cost"); it is empty for
    the others. ``source`` is the source's full text.
    """

    id: str
    use: str
    fits: str
    statement_da: str
    statement_en: str
    low: float
    high: float
    unit: str
    source: str
    mark: str


class Facts(Mapping[str, Fact]):
    """The facts by id, in the order of the file."""

    def __init__(self, facts: Mapping[str, Fact]) -> None:
        self._facts = dict(facts)

    def __getitem__(self, key: str) -> Fact:
        return self._facts[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def used_for(self, use: str) -> tuple[Fact, ...]:
        """Return the facts of one use: calibration, validation or verification."""
        return tuple(fact for fact in self.values() if fact.use == use)

    def fitted_by(self, fits: str) -> tuple[Fact, ...]:
        """Return the facts that one fit rests on, e.g. "price response"."""
        return tuple(fact for fact in self.used_for("calibration") if fact.fits == fits)


def read_facts(text: str) -> Facts:
    """Read a file of facts; raises DataError naming the fact that breaks the rules."""
    try:
        document = tomllib.loads(text)
        sources, entries = document["sources"], document["facts"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise DataError(
            "Filen med kendsgerninger kan ikke læses", where=WHERE, why=str(error), next_step=MEND
        ) from None
    facts: dict[str, Fact] = {}
    for raw in entries:
        fact = _fact(raw, sources)
        if fact.id in facts:
            raise DataError(f"Kendsgerningen {fact.id} står to gange", where=WHERE, next_step=MEND)
        facts[fact.id] = fact
    return Facts(facts)


def _fact(raw: Mapping[str, Any], sources: Mapping[str, str]) -> Fact:
    name = raw.get("id", "?")

    def refuse(what: str) -> DataError:
        return DataError(f"Kendsgerningen {name}: {what}", where=WHERE, next_step=MEND)

    missing, unknown = REQUIRED - raw.keys(), raw.keys() - REQUIRED - OPTIONAL
    if missing or unknown:
        raise refuse(f"mangler {sorted(missing)}, kender ikke {sorted(unknown)}")
    if raw["use"] not in USES:
        raise refuse(f"anvendelsen {raw['use']!r} findes ikke; vælg {', '.join(USES)}")
    if (raw["use"] == "calibration") != bool(raw.get("fits")):
        raise refuse("fits skal stå ved kalibrering og ingen andre steder")
    if raw["mark"] not in MARKS:
        raise refuse("mærket skal være A, B, C eller J")
    if not sources.get(raw["source"]):
        raise refuse(f"kilden {raw['source']!r} står ikke under sources")
    low, high = float(raw["low"]), float(raw["high"])
    if not (math.isfinite(low) and math.isfinite(high) and low <= high):
        raise refuse(f"tallene {low:g} til {high:g} er ikke et interval")
    words = {key: str(raw[key]) for key in ("id", "use", "statement_da", "statement_en", "unit", "mark")}
    return Fact(**words, fits=str(raw.get("fits", "")), low=low, high=high, source=sources[raw["source"]])


@cache
def load_facts() -> Facts:
    """Return the shipped facts."""
    return read_facts((files("data") / "facts.toml").read_text(encoding="utf-8"))
