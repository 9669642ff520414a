"""What differs between two answers besides their figures: each cause once, with its old and new value, unknown where it is."""

from collections.abc import Iterable
from typing import Any

from sim.answer.records.basis import AssumptionUsed
from sim.desk.changed.saved import Saved
from sim.inputs.scenario import Scenario
from sim.telling.report.assumption_rows import value_text
from sim.telling.report.phrases import elements_words
from sim.words.cells import plain_number
from sim.words.names import told_apart
from sim.words.numbers import danish

UNKNOWN = "ukendt"
VERSIONS = {
    "data": ("data", "referencedata (geografi, befolkning)"),
    "tariffs": ("tariff", "taksternes tal"),
    "response": ("response", "den tilpassede prisfølsomhed"),
    "assumptions": ("register", "forudsætningerne og det, der er tilpasset til dem"),
    "model": ("rules", "regler og model (programmet)"),
}
"""Hashes in a manifest: the kind of the cause, and what has changed when it differs."""
LIBRARIES = ("python", "numpy", "numba", "simpy", "scipy", "pyarrow", "holidays")
Cause = dict[str, str]
SCENARIO_APART = {"name", "municipalities", "year", "assumptions", "passengers", "draws", "seed"}
SCENARIO_APART |= {"min_replications", "max_replications"}
"""Keys of a scenario that are told elsewhere, or decide no figure."""
ORIGINS = {"own": "kommunens eget", "published": "oplyst af Movia", "allocated": "fordelt ud fra Movias total for 2017"}


def causes(old: Saved, new: Saved, asked: Scenario, run: Scenario) -> list[Cause]:
    """Return every cause: ``id``, ``kind``, ``statement``, ``old`` and ``new`` as text.

    ``asked`` is the scenario the old answer was calculated from, ``run`` the one the new answer was.
    """
    return [
        *_versions(old, new),
        *_cause("editions", "tariff", "takstudgaver, der er brugt", _editions(old), _editions(new)),
        *_cause("year", "year", "året, der regnes på", str(old.answer.year), str(new.answer.year)),
        *_cause("price_level", "price_level", "prisniveau", _level(old), _level(new)),
        *_cause("volume", "volume", "passagerer pr. år, som svaret bygger på", _volume(old), _volume(new)),
        *_cause("town_zones", "town_zones", "byområder", _zones(old), _zones(new)),
        *_switches(old, new),
        *_files(old, new),
        *_scenario(asked, run),
        *_assumptions(old, new),
        *_cause("sampling", "sampling", "gentagelser af året, sæt forudsætninger og frø", _sampling(old), _sampling(new)),
        *_libraries(old, new),
    ]  # fmt: skip


def _cause(key: str, kind: str, statement: str, old: str, new: str) -> list[Cause]:
    """Return the cause, none where old and new are the same."""
    if old == new:
        return []
    return [{"id": key, "kind": kind, "statement": statement, "old": old, "new": new}]


def _versions(old: Saved, new: Saved) -> Iterable[Cause]:
    product = (old.versions.get("takstlab", UNKNOWN), new.versions.get("takstlab", UNKNOWN))
    yield from _cause("takstlab", "rules", "Takstlabs udgave", *product)
    for key, (kind, statement) in VERSIONS.items():
        yield from _cause(f"version:{key}", kind, statement, *(s.versions.get(key, UNKNOWN) for s in (old, new)))


def _libraries(old: Saved, new: Saved) -> list[Cause]:
    pairs = [(key, old.versions.get(key, UNKNOWN), new.versions.get(key, UNKNOWN)) for key in LIBRARIES]
    moved = [pair for pair in pairs if pair[1] != pair[2]]
    texts = (", ".join(f"{pair[0]} {pair[side]}" for pair in moved) for side in (1, 2))
    return _cause("libraries", "libraries", "programbiblioteker", *texts)


def _editions(saved: Saved) -> str:
    return ", ".join(saved.answer.tariff_editions)


def _level(saved: Saved) -> str:
    return UNKNOWN if saved.price_level is None else f"{saved.price_level}-priser"


def _volume(saved: Saved) -> str:
    volume = saved.answer.volume
    return f"{danish(volume.passengers)} ({ORIGINS[volume.origin]}; talt under {elements_words(volume.reference)})"


def _zones(saved: Saved) -> str:
    zones = (saved.manifest or {}).get("town_zones")
    if not zones:
        return UNKNOWN
    return f"{', '.join(told_apart(zones.get('names') or [])) or 'ingen'} ({zones.get('source', UNKNOWN)})"


def _switches(old: Saved, new: Saved) -> Iterable[Cause]:
    before, after = ((saved.manifest or {}).get("switches") or {} for saved in (old, new))
    for key in before.keys() & after.keys():
        yield from _cause(f"switch:{key}", "rules", f"regelvalg {key}", str(before[key]), str(after[key]))


def _files(old: Saved, new: Saved) -> Iterable[Cause]:
    before, after = ((saved.manifest or {}).get("inputs") or {} for saved in (old, new))
    for name in sorted(before.keys() | after.keys()):
        texts = (side.get(name, "ikke med")[:16] for side in (before, after))
        yield from _cause(f"file:{name}", "data", f"egen fil {name} (kontrolsum)", *texts)


def _scenario(asked: Scenario, run: Scenario) -> Iterable[Cause]:
    before, after = asked.model_dump(mode="json"), run.model_dump(mode="json")
    for key in sorted(before.keys() - SCENARIO_APART):
        yield from _cause(f"scenario:{key}", "scenario", f"scenariets {key}", _plain(before[key]), _plain(after[key]))


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_plain, value)) or "ingen"
    if isinstance(value, dict):
        named = value.get("name")
        rest = [_plain(v) for k, v in value.items() if k != "name" and v not in (None, [], {})]
        return ": ".join(filter(None, [named, ", ".join(rest)])) or "ingen"
    return "ikke sat" if value is None or value == "" else str(value)


def _sampling(saved: Saved) -> str:
    return f"{saved.answer.replications} gentagelser, {saved.answer.draws} sæt, frø {saved.answer.seed}"


def _assumptions(old: Saved, new: Saved) -> Iterable[Cause]:
    before, after = old.assumptions, new.assumptions
    for key in (key for key in after if key in before and key != "price_level"):
        statement = f"{after[key].statement} ({key})"
        texts = [_value(side[key]) for side in (before, after)]
        if texts[0] != texts[1]:
            yield from _cause(f"assumption:{key}", "assumption", statement, *texts)
        else:
            ranges = [f"{_value(side[key])}, interval {_range(side[key])}" for side in (before, after)]
            yield from _cause(f"range:{key}", "range", statement, *ranges)
    if before and after:
        added, gone = (
            ", ".join(sorted(names)) for names in (after.keys() - before.keys(), before.keys() - after.keys())
        )
        if added:
            yield from _cause(
                "assumptions:new", "assumption", "forudsætninger, der er kommet til", "fandtes ikke", added
            )
        if gone:
            yield from _cause("assumptions:gone", "assumption", "forudsætninger, der er gået ud", gone, "findes ikke")


def _value(entry: AssumptionUsed) -> str:
    return f"{value_text(entry.value)} {entry.unit}".strip()


def _range(entry: AssumptionUsed) -> str:
    if entry.low is None or entry.high is None:
        return entry.range or UNKNOWN
    return f"{plain_number(entry.low)}-{plain_number(entry.high)}"
