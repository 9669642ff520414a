"""One thing that must hold: what was expected, on whose word, and what came out."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from sim.evidence.validation.records import Judged
from sim.inputs.chance.quantiles import Kind as Made
from sim.inputs.chance.quantiles import interval
from sim.inputs.facts import Fact, load_facts
from tariffs.errors import DataError

Kind = Literal["verification", "validation", "coverage"]
KINDS: Final = {"verification": "verifikation", "validation": "validering", "coverage": "dækning"}
STANDARD_ERRORS: Final = 3.0
"""How many standard errors of chance a drawn quantity may lie from what it is drawn from."""
IDENTITY: Final = "Identitet: skal gælde i enhver kørsel"
CLOSED_FORM: Final = "Lukket form"


@dataclass(frozen=True)
class Simulated:
    """What came out: a mean with its 10 % and 90 % quantiles; ``p10`` and ``p90`` None where there is no spread."""

    mean: float | None
    p10: float | None = None
    p90: float | None = None


@dataclass(frozen=True)
class Target:
    """One target, and what the model made of it.

    ``low`` and ``high`` are the ends of what is accepted, both included, None for an open end. ``remark`` says in Danish how
    the figure was found; ``unit`` is what both are counted in.
    """

    id: str
    kind: Kind
    statement: str
    source: str
    low: float | None
    high: float | None
    simulated: Simulated
    unit: str = ""
    remark: str = ""

    @property
    def missed(self) -> str:
        """Which way it missed: "below", "above", "unknown" when nothing came out, empty when it hit."""
        mean = self.simulated.mean
        if mean is None:
            return "unknown"
        if self.low is not None and mean < self.low:
            return "below"
        return "above" if self.high is not None and mean > self.high else ""


@dataclass(frozen=True)
class Explanation:
    """Why a target is expected to be missed, and which way; written down before the run."""

    direction: str
    reason_da: str


def spread(values: Sequence[float] | NDArray[np.float64], made: Made = "stratified") -> Simulated:
    """Return the mean of some values with their 80 % interval (see `sim.inputs.chance.quantiles`); nothing at all without values."""
    if not len(values):
        return Simulated(None)
    low, high = interval(values, made)
    return Simulated(float(np.mean(values)), low, high)


def from_fact(fact_id: str, simulated: Simulated, *, remark: str = "", suffix: str = "", chance: float = 0.0) -> Target:
    """Return the target that a declared fact sets.

    ``chance`` is the standard error of what was simulated: the fact's ends are moved three of them apart, when what is compared
    is one random draw of an input. ``suffix`` tells apart several targets of one fact.

    Raises DataError for a fact that the model is fitted to: what is fitted proves nothing.
    """
    fact: Fact = load_facts()[fact_id]
    if fact.use == "calibration":
        raise DataError(f"Kendsgerningen {fact_id} er tilpasset og kan ikke validere", where="data/facts.toml")
    room = STANDARD_ERRORS * chance
    if chance:
        remark = f"{remark}{' ' if remark else ''}Grænserne er kendsgerningens ± 3 standardfejl ({room:.3g})."
    kind: Kind = "validation" if fact.use == "validation" else "verification"
    return Target(
        fact_id + (f"_{suffix}" if suffix else ""), kind, fact.statement_da, fact.source,
        fact.low - room, fact.high + room, simulated, fact.unit, remark,
    )  # fmt: skip


def identity(name: str, statement: str, difference: float, remark: str = "") -> Target:
    """Return the target of a difference that must be exactly zero."""
    return Target(name, "verification", statement, IDENTITY, 0.0, 0.0, Simulated(float(difference)), "", remark)


@cache
def explanations() -> Mapping[str, Explanation]:
    """Return the explanations written down beforehand, by target id; raises DataError for one without words."""
    document = tomllib.loads((files("data") / "validation_notes.toml").read_text(encoding="utf-8"))
    found = {}
    for name, entry in document.get("notes", {}).items():
        if set(entry) != {"direction", "reason_da"} or entry["direction"] not in ("below", "above"):
            raise DataError(
                f"Forklaringen af {name} skal have direction (below eller above) og reason_da",
                where="data/validation_notes.toml",
            )
        found[name] = Explanation(entry["direction"], entry["reason_da"])
    return found


def judged(target: Target, notes: Mapping[str, Explanation] | None = None) -> Judged:
    """Return the target as it is published, with its verdict: pass, miss, or explained.

    A miss is explained when its explanation was written down beforehand and names the direction it missed in. An
    explanation of a target that was hit says nothing.
    """
    note = (explanations() if notes is None else notes).get(target.id)
    verdict: Literal["pass", "miss", "explained"] = "pass"
    words = target.remark
    if target.missed:
        verdict = "miss"
        if note is not None and note.direction == target.missed:
            verdict, words = "explained", f"{note.reason_da}{' ' if words else ''}{words}"
    return {
        "id": target.id,
        "kind": target.kind,
        "statement": target.statement,
        "source": target.source,
        "target_low": target.low,
        "target_high": target.high,
        "simulated": {
            "mean": target.simulated.mean,
            "p10": target.simulated.p10,
            "p90": target.simulated.p90,
        },
        "verdict": verdict,
        "note": words,
    }
