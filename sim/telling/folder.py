"""The result folder: made beside its place under a temporary name and moved there whole, or not at all."""

import json
import shutil
from pathlib import Path
from typing import Any

from data import attribution
from sim.answer.codec import as_text
from sim.answer.compare import Comparison
from sim.answer.identity import file_hash, input_files, run_id, versions
from sim.geography.town_line import TownLine
from sim.inputs.scenario import Scenario
from sim.inputs.whole_folder import LONGEST_NAME, refuse_a_file, refuse_unwritable
from sim.study.study import Study
from sim.study.tables.columns import join_parts
from sim.telling.report.html import render_html
from sim.telling.sheet import danish_csv
from tariffs.errors import InputError

MANIFEST = "manifest.json"
PARTS = "parts"
TARIFF_COPY = "takster-{}.toml"
"""The user's own tariff files as the answer was priced by them, so that it can be explained when they are gone."""


def check_place(folder: Path, identity: str, *, overwrite: bool) -> None:
    """Raise InputError when the folder's place is taken by something else, or cannot be written."""
    if len(folder.name.encode()) > LONGEST_NAME:
        raise InputError(
            f"Mappens navn er for langt ({len(folder.name)} tegn)", next_step="vælg et kortere navn med --out"
        )
    refuse_a_file(folder)
    if folder.is_dir() and any(folder.iterdir()) and not overwrite:
        found = _identity_of(folder)
        if found != identity:
            why = "den indeholder en anden simulerings resultater" if found else "den indeholder andre filer"
            raise InputError(
                f"Mappen {folder} er i brug",
                why=why,
                next_step="vælg en anden mappe med --out, eller erstat den med --overwrite",
            )
        return
    if folder.is_dir() and overwrite and any(folder.iterdir()) and _identity_of(folder) is None:
        raise InputError(
            f"Mappen {folder} kan ikke erstattes",
            why="den indeholder andet end resultater fra Takstlab, som ville gå tabt",
            next_step="vælg en anden mappe med --out",
        )
    refuse_unwritable(folder)


def _identity_of(folder: Path) -> str | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return str(manifest["run_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def with_tariff_copies(scenario: Scenario, work: Path) -> Scenario:
    """Put the user's tariff files into the result's folder, and return the scenario with them there."""
    copies = [work / TARIFF_COPY.format(number) for number, _ in enumerate(scenario.tariff_files, 1)]
    for file, copy in zip(scenario.tariff_files, copies, strict=True):
        if not (copy.exists() and copy.samefile(file)):
            shutil.copyfile(file, copy)
    return scenario.model_copy(update={"tariff_files": tuple(map(str, copies))})


def write_results(study: Study, comparison: Comparison, work: Path, command: str, told: Scenario | None = None) -> None:
    """Write everything of a finished comparison into ``work``, whose parts folder holds the replications' tables, if any.

    ``told`` is the scenario as it was told, where it has other names for its files than the paths they were read at.
    """
    if (work / PARTS).is_dir():
        join_parts(work / PARTS, work, len(comparison.samples.central))
        shutil.rmtree(work / PARTS)
    _write_text(work / "comparison.json", as_text(comparison.answer))
    (work / "comparison.csv").write_bytes(danish_csv(comparison.answer))
    with_tariff_copies(study.scenario, work)
    manifest = manifest_of(study, comparison, command, told)
    _write_text(work / "report.html", render_html(comparison.answer, attribution=attribution(), manifest=manifest))
    manifest["files"] = {path.name: file_hash(path) for path in sorted(work.iterdir())}
    _write_text(work / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def manifest_of(study: Study, comparison: Comparison, command: str, told: Scenario | None = None) -> dict[str, Any]:
    """Return what made the result: identity, versions, seed, switches, price level and command."""
    fitted = comparison.recalibration
    scenario = study.scenario if fitted is None else fitted.asked
    told = told or scenario
    files = zip(input_files(told), input_files(scenario), strict=True)
    return {
        "run_id": run_id(scenario, study.region.municipality.code, told),
        "command": command,
        "municipality": study.region.municipality.code,
        "seed": scenario.seed,
        "replications": len(comparison.samples.central),
        "draws": len(comparison.samples.drawn),
        "price_level": study.prices.year,
        "variant": scenario.variant or None,
        "switches": vars(study.switches),
        "inputs": {name: file_hash(Path(path)) for name, path in files},
        "town_zones": _line(study.lines[0]),
        "town_zones_of_options": {
            option.name: _line(line)
            for option, line in zip(study.scenario.options, study.lines, strict=True)
            if option.has_own_line
        },
        "versions": versions(),
        "scenario": told.model_dump(mode="json"),
    }


def _line(line: TownLine) -> dict[str, Any]:
    return {"names": list(line.names), "source": line.source}


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
