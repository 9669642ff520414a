"""The result folder: made beside its place under a temporary name and moved there whole, or not at all."""

import contextlib
import csv
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sim.comparison.compare import Comparison
from sim.comparison.identity import file_hash, input_files, run_id, versions
from sim.study.study import Study
from sim.tables.columns import join_parts
from sim.wording import danish
from tariffs.errors import InputError

MANIFEST = "manifest.json"
PARTS = "parts"
LONGEST_NAME = 220
"""Bytes of a folder's name that leave room for what stands around it while it is under way."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def check_place(folder: Path, identity: str, *, overwrite: bool) -> None:
    """Raise InputError when the folder's place is taken by something else, or cannot be written."""
    if len(folder.name.encode()) > LONGEST_NAME:
        raise InputError(
            f"Mappens navn er for langt ({len(folder.name)} tegn)", next_step="vælg et kortere navn med --out"
        )
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} er en fil, ikke en mappe", next_step="vælg et andet navn med --out")
    if folder.is_dir() and any(folder.iterdir()) and not overwrite:
        found = _identity_of(folder)
        if found != identity:
            why = "den indeholder en anden kørsels resultater" if found else "den indeholder andre filer"
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
    parent = next(p for p in folder.absolute().parents if p.exists())
    if not parent.is_dir():
        raise InputError(f"{parent} er en fil, ikke en mappe", next_step="vælg en anden mappe med --out")
    if not os.access(parent, os.W_OK):
        raise InputError(f"Der kan ikke skrives i {parent}", next_step="vælg en anden mappe med --out")


def _identity_of(folder: Path) -> str | None:
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return str(manifest["run_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


@contextlib.contextmanager
def taking_place_of(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder that takes the place of ``folder`` when the block ends well, and is gone when not."""
    folder = folder.absolute()
    made = [p for p in (folder.parent, *folder.parent.parents) if not p.exists()]
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".ufaerdig", dir=folder.parent))
    except OSError as error:
        raise InputError(
            f"Mappen {folder} kan ikke oprettes", why=str(error), next_step="vælg en anden --out"
        ) from None
    work.chmod(0o755)
    try:
        yield work
        if folder.exists():
            old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".gammel", dir=folder.parent))
            os.replace(folder, old / folder.name)
            os.replace(work, folder)
            shutil.rmtree(old, ignore_errors=True)
        else:
            os.replace(work, folder)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        for empty in made:
            with contextlib.suppress(OSError):
                empty.rmdir()
        raise


def write_results(study: Study, comparison: Comparison, work: Path, command: str) -> None:
    """Write everything of a finished comparison into ``work``, whose parts folder holds the replications' tables."""
    from data import attribution
    from sim.report import render_html

    join_parts(work / PARTS, work, len(comparison.samples.central))
    shutil.rmtree(work / PARTS)
    _write_text(work / "comparison.json", json.dumps(comparison.json, ensure_ascii=False, indent=2) + "\n")
    (work / "comparison.csv").write_bytes(danish_csv(comparison.json))
    manifest = manifest_of(study, comparison, command)
    _write_text(work / "report.html", render_html(comparison.json, attribution=attribution(), manifest=manifest))
    manifest["files"] = {path.name: file_hash(path) for path in sorted(work.iterdir())}
    _write_text(work / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")


def manifest_of(study: Study, comparison: Comparison, command: str) -> dict[str, Any]:
    """Return what made the result: identity, versions, seed, switches, price level and command."""
    fitted = comparison.recalibration
    scenario = study.scenario if fitted is None else fitted.asked
    return {
        "run_id": run_id(scenario, study.region.municipality.code),
        "command": command,
        "municipality": study.region.municipality.code,
        "seed": scenario.seed,
        "replications": len(comparison.samples.central),
        "draws": len(comparison.samples.drawn),
        "price_level": study.prices.year,
        "variant": scenario.variant or None,
        "switches": vars(study.switches),
        "inputs": {name: file_hash(Path(name)) for name in input_files(scenario)},
        "town_zones": {"names": list(study.region.zone_names), "source": study.region.zone_source},
        "versions": versions(),
        "scenario": scenario.model_dump(mode="json"),
    }


def danish_csv(comparison: dict[str, Any]) -> bytes:
    """Return the figures for a Danish sheet: semicolons, decimal commas, UTF-8 with BOM, one figure a line."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(["kommune", "valgmulighed", "periode", "omfang", "størrelse", "enhed", "middel", "p10", "p90"])
    for option in comparison["options"]:
        blocks = [("helår", "i alt", option), ("helår", "ændring", option["change"])]
        if option["part_year"] is not None:
            blocks += [
                ("budgetår", "i alt", option["part_year"]),
                ("budgetår", "ændring", option["part_year"]["change"]),
            ]
        if option["plustur"] is not None:
            blocks.append(("helår", "heraf plustur", option["plustur"]))
        if option["affected"] is not None:
            affected = option["affected"]
            blocks += [("helår", "berørte ture", affected), ("helår", "berørte ture, ændring", affected["change"])]
        for period, scope, block in blocks:
            for key, value in block.items():
                if key == "percent":
                    rows = [(NAMES[k.removesuffix("_oere")], "procent", 1.0, v) for k, v in value.items() if v]
                elif isinstance(value, dict) and set(value) == {"mean", "p10", "p90"}:
                    rows = [(*_unit(key), value)]
                else:
                    continue
                for name, unit, factor, figure in rows:
                    numbers = [danish(figure[part] / factor, 2).replace(".", "") for part in ("mean", "p10", "p90")]
                    writer.writerow(
                        [comparison["municipality"], _safe(option["name"]), period, scope, name, unit, *numbers]
                    )
    return b"\xef\xbb\xbf" + buffer.getvalue().encode()


NAMES = {
    "requests": "ønsker om ture",
    "bookings": "bestillinger",
    "trips": "ture",
    "passengers": "passagerer",
    "fares": "brugerbetaling",
    "operator_payment": "vognmandsbetaling",
    "movia_fee": "betaling til Movia",
    "net_cost": "nettoudgift",
    "net_cost_per_passenger": "nettoudgift pr. passager",
    "per_1000_town_passengers": "ændring pr. 1.000 bypassagerer i dag",
    "net_cost_per_town_passenger": "nettoudgift pr. bypassager",
    "net_cost_per_lost_trip": "nettoudgift pr. mistet tur",
    "net_cost_per_resident": "nettoudgift pr. indbygger",
    "shared_percent": "ture med samkørsel",
    "coordinated_percent": "koordinerede ture",
    "operator_payment_change": "ændring i vognmandsbetaling",
    "avoidable_cost_change": "ændring i det, puljen kan undgå at betale",
    "no_vehicle": "afvist uden ledig vogn",
}
"""What the figures are called in a Danish sheet."""


def _unit(key: str) -> tuple[str, str, float]:
    name = NAMES[key.removesuffix("_oere")]
    if key.endswith("_oere"):
        return name, "kr.", 100.0
    return name, "procent" if key.endswith("_percent") else "antal", 1.0


def _safe(text: str) -> str:
    """Return a text cell that no sheet takes for a formula."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _write_text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
