"""Reads a saved answer of this or an earlier build, and the scenario it was calculated from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sim.answer.codec import read_answer
from sim.answer.identity import file_hash
from sim.answer.records import Answer
from sim.answer.records.basis import AssumptionUsed
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import build_scenario
from sim.telling.folder import MANIFEST
from tariffs.errors import DataError, InputError

COMPARISON = "comparison.json"
MOST_RUNS = 40
"""Replications that a scenario may ask for."""
DATES = ("start", "spent_to")


@dataclass(frozen=True)
class Saved:
    """An answer as it was saved; the manifest is None when there is none beside the comparison: then versions are unknown."""

    answer: Answer
    manifest: Mapping[str, Any] | None
    place: str

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions that stood behind the answer; empty when they are unknown."""
        return (self.manifest or {}).get("versions") or {}

    @property
    def municipality(self) -> str:
        """The municipality's code."""
        return self.answer.municipality

    @property
    def price_level(self) -> int | None:
        """The year whose kroner the answer is in, None when it is unknown; before 0.4.0 manifest and assumptions alone said it."""
        listed = self.assumptions.get("price_level")
        level = self.answer.price_level or (self.manifest or {}).get("price_level") or (listed and listed.value)
        return int(level) if isinstance(level, int | float) else None

    @property
    def assumptions(self) -> dict[str, AssumptionUsed]:
        """Its assumptions by id."""
        return {entry.id: entry for entry in self.answer.assumptions}


@dataclass(frozen=True)
class Asked:
    """The scenario to run again, and in Danish what of the old one today's build cannot take or what is not known of it."""

    scenario: Scenario
    notes: tuple[str, ...]


def read_saved(place: Path) -> Saved:
    """Return the answer in a result folder, or in its ``comparison.json``.

    Raises InputError when there is none, DataError when it is damaged, changed by hand, or of a later form than this build's.
    """
    path = place / COMPARISON if place.is_dir() else place
    if not path.is_file():
        several = sorted(p.name for p in place.iterdir() if (p / COMPARISON).is_file()) if place.is_dir() else []
        raise InputError(
            f"{place} er ikke et gemt svar",
            why=f"mappen har et svar for hver af {', '.join(several)}" if several else f"{COMPARISON} mangler",
            next_step=f"angiv én af dem, fx {place / several[0]}"
            if several
            else "angiv mappen, som takstlab compare skrev, eller dens comparison.json",
        )
    content = _read(path)
    beside = path.with_name(MANIFEST)
    manifest = _read(beside) if beside.is_file() else None
    written = ((manifest or {}).get("files") or {}).get(COMPARISON)
    if written is not None and path.name == COMPARISON and written != file_hash(path):
        raise DataError(
            "Tallene er ændret, siden de blev beregnet",
            where=str(path),
            why=f"kontrolsummen er ikke den, der står i {MANIFEST}",
            next_step="find det uændrede svar; gamle tal, der er rettet i hånden, kan ikke sammenlignes",
        )
    return Saved(read_answer(content, str(path)), manifest, str(place))


def _read(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError("Filen kan ikke læses", where=str(path), why=str(error), next_step="kontrollér filen") from None
    if not isinstance(content, dict):
        raise DataError("Filen er ikke et svar fra takstlab compare", where=str(path), next_step="kontrollér filen")
    return content


def scenario_of(saved: Saved) -> Asked:
    """Return the scenario an answer was calculated from, for its one municipality, as today's build can take it.

    Raises InputError when what is left cannot be run (an unknown town zone, a level without a price, a file that is gone).
    """
    notes: list[str] = []
    told = (saved.manifest or {}).get("scenario")
    if isinstance(told, dict):
        values = {key: value for key, value in told.items() if key in Scenario.model_fields}
        dropped = sorted(key for key in told.keys() - values.keys() if told[key])
        if dropped:
            notes.append(f"Scenariets {', '.join(dropped)} kendes ikke af denne udgave og er udeladt.")
    else:
        values = _from_answer(saved.answer)
        notes.append(
            f"{MANIFEST} mangler ved siden af svaret: scenariet er læst af svaret selv. Byområder, regelvalg, egne filer og"
            " takstvariant er ukendte; der er regnet med denne udgaves standard."
        )
    values = {**values, "municipalities": [saved.municipality]}
    values["assumptions"] = _known_assumptions(values.get("assumptions") or {}, notes)
    for key in DATES:
        if isinstance(values.get(key), str):
            values[key] = date.fromisoformat(values[key])
    return Asked(build_scenario(values, saved.place), tuple(notes))


def _known_assumptions(values: Mapping[str, Any], notes: list[str]) -> dict[str, Any]:
    known = load_assumptions()
    gone = sorted(key for key in values if key not in known)
    if gone:
        notes.append(
            f"Forudsætningen {', '.join(gone)}, som var ændret i det gamle svar, findes ikke mere og er udeladt."
        )
    return {key: tuple(v) if isinstance(v, list) else v for key, v in values.items() if key in known}


def _from_answer(answer: Answer) -> dict[str, Any]:
    """Return a scenario's values as far as the published answer tells them."""
    own, known, runs = answer.volume.origin == "own", load_assumptions(), answer.replications
    return {
        "options": [{"name": option.name, "elements": option.elements} for option in answer.options],
        "year": answer.year,
        "start": answer.start,
        "seed": answer.seed,
        "passengers": answer.volume.passengers if own else None,
        "reference": answer.volume.reference if own else None,
        "assumptions": {a.id: a.value for a in answer.assumptions if a.overridden and a.id in known},
        "draws": answer.draws,
        **({"min_replications": runs, "max_replications": runs} if 2 <= runs <= MOST_RUNS else {}),
    }
