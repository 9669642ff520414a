"""Running a validation: every group's work side by side, and the result as it is published."""

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from typing import Any, Final

from sim.answer.identity import versions
from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import PROFILES, Profile
from sim.evidence.validation.records import Validation
from sim.evidence.validation.registry import GROUPS
from sim.evidence.validation.target import judged
from sim.inputs.facts import load_facts

SEED: Final = 2018
"""Another seed than the calibration's, so that what is fitted on one set of people is checked on others."""
SCHEMA_VERSION: Final = 1
VERDICTS: Final = {"pass": "holder", "miss": "afviger", "explained": "afviger, forklaret"}

Progress = Callable[[int, int], None]


def facts_hash() -> str:
    """Return the SHA-256 of the file of declared facts, line ends normalised."""
    return _hash_of("facts.toml")


def _hash_of(name: str) -> str:
    text = (files("data") / name).read_text(encoding="utf-8").replace("\r\n", "\n")
    return hashlib.sha256(text.encode()).hexdigest()


def _work(unit: Unit) -> Any:
    return unit()


def results_of(units: Sequence[Unit], workers: int, progress: Progress) -> list[Any]:
    """Do the work, here with one worker, else in a pool of processes; results in the order of the units."""
    results: list[Any] = []
    if workers == 1:
        for unit in units:
            results.append(unit())
            progress(len(results), len(units))
        return results
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        for result in pool.map(_work, units):
            results.append(result)
            progress(len(results), len(units))
    return results


def validate(
    profile: str,
    *,
    workers: int,
    seed: int = SEED,
    groups: Sequence[Group] | None = None,
    progress: Progress = lambda done, expected: None,
) -> Validation:
    """Check everything (or some ``groups``) and return the content of ``validation.json``; the same for any number of workers."""
    groups = GROUPS if groups is None else groups
    size: Profile = PROFILES[profile]
    units = [group.units(size, seed) for group in groups]
    results = results_of([unit for each in units for unit in each], workers, progress)
    found: list[Found] = []
    first = 0
    for group, own in zip(groups, units, strict=True):
        found.append(group.found(size, results[first : first + len(own)]))
        first += len(own)
    return published(size, seed, groups, found)


def published(profile: Profile, seed: int, groups: Sequence[Group], found: Sequence[Found]) -> Validation:
    """Return the content of ``validation.json``: targets with verdicts, groups, what was fitted, and what made it."""
    targets = [judged(target) for each in found for target in each.targets]
    ids = [target.id for each in found for target in each.targets]
    if twice := sorted({name for name in ids if ids.count(name) > 1}):
        raise AssertionError(f"two targets have the same id: {twice}")
    return {
        "schema_version": SCHEMA_VERSION,
        "profile": profile.name,
        "seed": seed,
        "versions": versions(),
        "facts_sha256": facts_hash(),
        "targets": targets,
        "units": {target.id: target.unit for each in found for target in each.targets},
        "groups": [
            {"name": group.name, "title": group.title_da, "targets": [t.id for t in each.targets], "series": each.series}
            for group, each in zip(groups, found, strict=True)
        ],
        "fitted": [
            {"id": fact.id, "statement": fact.statement_da, "fits": fact.fits, "source": fact.source, "mark": fact.mark}
            for fact in load_facts().used_for("calibration")
        ],
    }  # fmt: skip


def identity(profile: str, seed: int) -> str:
    """Return the identity of a validation: equal for equal code, data, profile and seed."""
    text = json.dumps([profile, seed, versions(), facts_hash(), _hash_of("validation_notes.toml")], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def unexplained(validation: Validation) -> list[str]:
    """Return the ids of the misses without an explanation."""
    targets = validation["targets"]
    return [target["id"] for target in targets if target["verdict"] == "miss"]
