"""Reads a saved answer of this or an earlier build, and the scenario it was calculated from."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sim.answer.codec import SCHEMA_VERSION
from sim.answer.identity import file_hash
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import build_scenario
from sim.telling.folder import MANIFEST
from tariffs.errors import DataError, InputError

Json = dict[str, Any]
COMPARISON = "comparison.json"
DATES = ("start", "spent_to")
FIGURE = ("mean", "p10", "p90")


@dataclass(frozen=True)
class Saved:
    """An answer as it was saved; the manifest is None when there is none beside the comparison: then versions are unknown."""

    comparison: Json
    manifest: Json | None
    place: str

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions that stood behind the answer; empty when they are unknown."""
        return (self.manifest or {}).get("versions") or {}

    @property
    def municipality(self) -> str:
        """The municipality's code."""
        return str(self.comparison["municipality"])

    @property
    def price_level(self) -> int | None:
        """The year whose kroner the answer is in, None when it is unknown; before 0.4.0 manifest and assumptions alone said it."""
        listed = self.assumptions.get("price_level", {}).get("value")
        level = self.comparison.get("price_level") or (self.manifest or {}).get("price_level") or listed
        return int(level) if isinstance(level, int | float) else None

    @property
    def assumptions(self) -> dict[str, Json]:
        """Its assumptions by id."""
        return {entry["id"]: entry for entry in self.comparison.get("assumptions") or []}


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
    comparison = _read(path)
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
    return checked(Saved(comparison, manifest, str(place)))


def checked(saved: Saved) -> Saved:
    """Return the answer when it has what an answer of any build has; raises DataError."""
    version, options = saved.comparison.get("schema_version"), saved.comparison.get("options")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= SCHEMA_VERSION:
        raise DataError(
            "Svaret har en form, som denne udgave ikke kender",
            where=saved.place,
            why=f"schema_version er {version}; denne udgave kender 1 til {SCHEMA_VERSION}",
            next_step="brug den udgave af Takstlab, der skrev svaret, eller en nyere",
        )
    named = isinstance(options, list) and options and all(isinstance(o, dict) and "name" in o for o in options)
    if not named or not saved.comparison.get("municipality") or not saved.comparison.get("year"):
        raise DataError(
            "Filen er ikke et svar fra takstlab compare",
            where=saved.place,
            why="kommune, år eller valgmuligheder mangler",
            next_step="angiv en comparison.json, som takstlab compare eller tjenesten skrev",
        )
    return saved


def _read(path: Path) -> Json:
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
        values = _from_comparison(saved.comparison)
        notes.append(
            f"{MANIFEST} mangler ved siden af svaret: scenariet er læst af svaret selv. Byområder, regelvalg, egne filer og"
            " takstvariant er ukendte; der er regnet med det, denne udgave ellers tager."
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


def _from_comparison(comparison: Json) -> dict[str, Any]:
    """Return a scenario's values as far as the published answer tells them."""
    volume = comparison.get("volume") or {}
    own = volume.get("origin") == "own"
    known = load_assumptions()
    stated = [a for a in comparison.get("assumptions") or [] if a.get("overridden") and a["id"] in known]
    runs, draws = comparison.get("replications"), comparison.get("draws")
    sampled = {"min_replications": runs, "max_replications": runs} if isinstance(runs, int) and 2 <= runs <= 40 else {}
    return {
        "options": [{"name": o["name"], "elements": list(o.get("elements") or [])} for o in comparison["options"]],
        "year": comparison["year"],
        "start": comparison.get("start"),
        "seed": comparison.get("seed") or 0,
        "passengers": volume.get("passengers") if own else None,
        "reference": volume.get("reference") if own else None,
        "assumptions": {a["id"]: a["value"] for a in stated},
        **({"draws": draws} if isinstance(draws, int) else {}),
        **sampled,
    }


def figure_in(block: Any, *keys: str) -> Json | None:
    """Return a figure (mean, p10, p90) of an answer, None when the answer does not have it."""
    for key in keys:
        block = block.get(key) if isinstance(block, dict) else None
    if not isinstance(block, dict) or not all(isinstance(block.get(part), int | float) for part in FIGURE):
        return None
    return {part: block[part] for part in FIGURE}
