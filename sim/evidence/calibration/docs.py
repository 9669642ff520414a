"""The blocks of the documents that repeat numbers, made from the shipped files: ``python -m sim.evidence.calibration.docs``.

A block stands between ``<!-- generated: name -->`` and ``<!-- end: name -->`` and is never edited by hand.
"""

import json
import re
import sys
import tomllib
from collections.abc import Callable, Mapping
from functools import partial
from importlib.resources import files
from pathlib import Path

from sim.evidence.calibration.found import DrawnFare, DrawnRate, Evidence, evidence_of
from sim.evidence.calibration.parts import shipped
from sim.inputs.assumptions import load_assumptions
from sim.inputs.facts import load_facts
from sim.riders.response.evidence import SIXTY, ends
from sim.words.figure import Figure

DOCUMENTS = ("response.md", "calibration.md", "model.md")
_BLOCK = re.compile(r"(<!-- generated: (?P<name>[a-z_]+) -->\n).*?(<!-- end: (?P=name) -->)", re.DOTALL)


def one(value: float) -> str:
    """Return a number with one decimal, never as minus zero."""
    text = f"{value:.1f}"
    return "0.0" if text == "-0.0" else text


def two(value: float) -> str:
    """Return a number with two decimals."""
    return f"{value:.2f}"


def _figure(found: Figure, shown: Callable[[float], str] = one) -> str:
    return f"{shown(found.mean)} ({shown(found.p10)} to {shown(found.p90)})"


def _change(key: str) -> str:
    return " -> ".join(map(str, ends(key)))


def _table(header: list[str], rows: list[list[str]]) -> str:
    lines = [header, ["---"] * len(header), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def effects(found: Evidence) -> str:
    """Return the table of effects, the spread, the families' weights, and the municipality in the middle."""
    rows = [[_change(key), *map(_figure, effect.in_order)] for key, effect in found.effects.items()]
    rows.append(["spread s", *(_figure(figure, two) for figure in found.spread.in_order)])
    weights = ", ".join(f"{name} {two(family.posterior.weight)}" for name, family in found.families.items())
    without = ", ".join(f"{name} {two(family.without_lolland.weight)}" for name, family in found.families.items())
    typical = found.effects["24_to_60"].typical
    return (
        _table(["change, kr", "before the figures", "posterior", "posterior without Lolland"], rows)
        + f"\nFamily weights: {weights}. Without Lolland: {without}.\n"
        + "\nThe intervals contain the difference between municipalities (`s z`). A typical municipality (`z = 0`) has "
        + f"{-typical.p90:.0f} to {-typical.p10:.0f} % fewer trips for 24 -> 60.\n"
    )


def sixty(found: Evidence) -> str:
    """Return what an answer for 60 kr rests on, as a list."""
    effect, lolland, families = found.effects, found.lolland, found.families
    bounds = "; ".join(
        f"{one(-effect[key].without_form.high)}-{one(-effect[key].without_form.low)} % ({_change(key)})"
        for key in SIXTY
    )
    middles = ", ".join(f"{one(effect[key].posterior.mean)} % ({_change(key)})" for key in SIXTY)
    rests = "; ".join(
        f"{_change(key)}: the mean moves by {one(abs(lolland[key].shift))} points to {one(lolland[key].mean_without)} %, the "
        f"interval grows from {one(lolland[key].width_with)} to {one(lolland[key].width_without)} points "
        f"({two(lolland[key].ratio)} times as wide)"
        for key in SIXTY
    )
    means = {name: family.posterior.mean["24_to_60"] for name, family in families.items()}
    order = sorted(means, key=lambda name: -means[name])
    moved = ", ".join(f"{one(found.other_priors[key])} ({_change(key)})" for key in SIXTY)
    return (
        "* *Without any shape*, only that riders grow no less sensitive as the price rises and that one response holds "
        f"everywhere, the trials say that trips fall by {bounds} (C; derived in `sim/riders/response/bounds.py`).\n"
        "* *With the four shapes* the means are "
        f"{middles}. Without Lolland: {rests}.\n"
        f"* *Between shapes* the mean for 24 -> 60 runs from {one(means[order[0]])} % ({order[0]}) to "
        f"{one(means[order[-1]])} % ({order[-1]}).\n"
        "* *Between priors*: means of 40 or 65 kr, a variation of 0.3 or 0.55, a spread of 0.18 or 0.35, or Lolland read as "
        f"85-86 % or 88-92 %, move the mean by at most so many points: {moved}.\n"
    )


def elasticity(found: Evidence) -> str:
    """Return the elasticities by level."""
    rows = [[f"{level} kr", _figure(figure, two)] for level, figure in found.elasticity.items()]
    return _table(["level", "elasticity"], rows)


def facts() -> str:
    """Return the declared facts by use."""
    rows = [
        [f"`{fact.id}`", fact.use + (f" ({fact.fits})" if fact.fits else ""), fact.statement_en, fact.mark]
        for fact in load_facts().values()
    ]
    return _table(["fact", "used for", "statement", "mark"], rows)


def split() -> str:
    """Return the facts by use, each by its statement alone: what is fitted, predicted, and only comes back out."""
    lines = []
    for use in ("calibration", "validation", "verification"):
        lines.append(f"*{use.capitalize()}*\n")
        lines += [f"* {fact.statement_en} (`{fact.id}`, {fact.mark})" for fact in load_facts().used_for(use)]
        lines.append("")
    return "\n".join(lines)


def fitted() -> str:
    """Return what the pool and the operator's hour were fitted to, and how near they came."""
    found = tomllib.loads(shipped("calibration/vehicles.toml").read_text(encoding="utf-8"))
    values = found["values"]
    rate, fare = DrawnRate(**found["rate_kr_per_hour"]), DrawnFare(**found["mean_fare_kr"])
    rows = [
        [text, one(found[key]["counted"]), one(found[key]["simulated"]), knob]
        for text, key, knob in (
            ("shared trips, %", "shared_percent",
             f"`detour_min` {one(values['detour_min'])} min, `detour_share` {two(values['detour_share'])}"),
            ("coordinated trips, %", "coordinated_percent", f"`pool_chaining_kr` {values['pool_chaining_kr']:.0f} kr"),
            ("net cost per passenger 2017, kr", "net_kr_per_passenger",
             f"`operator_driving_kr_per_hour` {one(values['operator_driving_kr_per_hour'])} kr"),
        )
    ]  # fmt: skip
    return (
        _table(["fact", "published", "simulated", "set to"], rows)
        + f"\nOver the 64 draws the hour costs {_figure(rate.figure, '{:.0f}'.format)} kr (220-400 is believable; "
        + f"{rate.draws_inside:.0f} of 64 lie inside), the mean fare of 2017 is {_figure(fare.figure)} kr.\n"
    )


def assumptions() -> str:
    """Return the register as a table."""
    rows = []
    for entry in load_assumptions().values():
        value = "; ".join(f"{v:g}" for v in entry.value) if isinstance(entry.value, tuple) else f"{entry.value:g}"
        spread = entry.range_text or (f"{entry.low:g} to {entry.high:g}" if entry.low != entry.high else "")
        drawn = "drawn" if entry.drawn else ""
        who = {"kommune": "municipality", "analytiker": "analyst", "kalibrering": "a new fit"}[entry.who]
        rows.append([f"`{entry.id}`", entry.statement_en, value, spread, entry.mark, who, drawn])
    return _table(["id", "statement", "default", "range", "mark", "who may change it", "in the draws"], rows)


def blocks() -> Mapping[str, Callable[[], str]]:
    """Return how each block is made, by its name."""
    found = evidence_of(json.loads(shipped("response/evidence.json").read_text(encoding="utf-8")))
    return {
        "effects": partial(effects, found),
        "sixty": partial(sixty, found),
        "elasticity": partial(elasticity, found),
        "facts": facts,
        "split": split,
        "fitted": fitted,
        "assumptions": assumptions,
    }


def generated(text: str) -> str:
    """Return a document with its blocks made anew; raises KeyError for a block that nothing makes."""
    makers = blocks()
    return _BLOCK.sub(lambda found: found.group(1) + makers[found["name"]]() + found.group(3), text)


def rewrite() -> list[Path]:
    """Rewrite the blocks of the documents of this checkout (none in an installed package); return those that changed."""
    folder = Path(str(files("sim"))).parent / "docs"
    changed = []
    for path in (folder / name for name in DOCUMENTS if (folder / name).is_file()):
        text = path.read_text(encoding="utf-8")
        new = generated(text)
        if new != text:
            path.write_text(new, encoding="utf-8", newline="\n")
            changed.append(path)
    return changed


if __name__ == "__main__":
    sys.stdout.write("".join(f"{path.name}\n" for path in rewrite()))
