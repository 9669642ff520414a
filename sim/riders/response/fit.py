"""Fit the price response to the declared facts; ``takstlab calibrate --part response --write`` writes the shipped files.

No randomness: a grid, then draws chosen by rule. Takes some twenty seconds.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from sim.riders.response.draws import Draw, choose
from sim.riders.response.facts import Facts, facts_text, read_facts
from sim.riders.response.posterior import Posterior, Summary, posterior

CHANGES = ((24, 36), (24, 48), (24, 60), (36, 48), (36, 60), (36, 72), (48, 60))
CODE = ("families.py", "facts.py", "posterior.py", "draws.py", "../../inputs/chance/places.py")
HEAD = """\
# Written by `takstlab calibrate --part response --write` from facts.toml; do not edit.
# Effects are changes in affected trips, percent, in a municipality not yet seen.
"""


def version() -> str:
    """Return a hash of everything the fit is made from: the facts and the code."""
    room = Path(str(resources.files("sim.riders.response")))
    texts = [facts_text(), *(without_imports(room.joinpath(name).read_text(encoding="utf-8")) for name in CODE)]
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]


def without_imports(code: str) -> str:
    """Return a module's lines but those that name another module: a module that moves leaves the fit as it is."""
    return "\n".join(line for line in code.splitlines() if not line.startswith(("from ", "import ")))


def draws_csv(draws: list[Draw]) -> str:
    """Return draws.csv: one row per draw, numbers written so that they read back exactly."""
    lines = ["draw,family,a,b,spread,z,free_multiplier"]
    for number, draw in enumerate(draws):
        numbers = (draw.a, draw.b, draw.spread, draw.z, draw.free_multiplier)
        lines.append(",".join([str(number), draw.family, *(repr(float(x)) for x in numbers)]))
    return "\n".join(lines) + "\n"


def _summary(found: Summary) -> dict[str, float]:
    return {"mean": found.mean, "p10": found.p10, "p90": found.p90}


def _described(fitted: Posterior) -> dict[str, Any]:
    """Return what a posterior says: weights, spread and the effect of each change of level."""
    effects = {f"{a}_to_{b}": _summary(fitted.effect(a, b)) for a, b in CHANGES}
    return {"family_weights": fitted.weights, "spread": _summary(fitted.spread()), "effect_percent": effects}


@dataclass(frozen=True)
class Fits:
    """The response as it was believed before the figures, after them, and after those of the four trials alone.

    The prior stands on a grid with half as many points on each axis.
    """

    facts: Facts
    posterior: Posterior
    without_lolland: Posterior
    prior: Posterior


def fits() -> Fits:
    """Return the three, from the declared facts."""
    facts = read_facts()
    return Fits(facts, posterior(facts), posterior(facts, (facts.trials,)), posterior(facts.finer(0.5), ()))


def summary(fitted: Fits) -> dict[str, Any]:
    """Return the content of response.toml: prior, posterior, and the posterior without Lolland."""
    facts = fitted.facts
    return {
        "version": version(),
        "price_year": 2017,
        "mark": "C",
        "draws": facts.draws,
        "posterior": _described(fitted.posterior),
        "posterior_without_lolland": _described(fitted.without_lolland),
        "prior": _described(fitted.prior),
        "sources": facts.raw["sources"],
        "facts": facts.raw["facts"],
        "priors": facts.raw["priors"],
    }


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(entry)}" for key, entry in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(_value(entry) for entry in value) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)


def _toml(table: Mapping[str, Any], name: str = "") -> Iterator[str]:
    """Yield TOML lines; a table of numbers alone is written on one line."""
    flat = {k: v for k, v in table.items() if not isinstance(v, Mapping) or _numbers(v)}
    if name and flat:
        yield f"\n[{name}]"
    yield from (f"{key} = {_value(value)}" for key, value in flat.items())
    for key, value in table.items():
        if key not in flat:
            yield from _toml(value, f"{name}.{key}" if name else key)


def _numbers(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(entry, float) for entry in value.values())


def chosen_draws(fitted: Fits) -> list[Draw]:
    """Return the draws that stand for the posterior."""
    return choose(fitted.posterior, fitted.facts.draws, fitted.facts.free)


def summary_toml(content: Mapping[str, Any]) -> str:
    """Return response.toml, whose content is ``content``."""
    return HEAD + "\n".join(_toml(content)) + "\n"
