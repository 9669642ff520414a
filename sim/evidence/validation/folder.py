"""The folder of a validation: validation.json and report.html, there whole or not at all."""

import hashlib
import json
from pathlib import Path

from sim.evidence.validation.records import Validation
from sim.evidence.validation.report import render_html
from sim.inputs.whole_folder import taking_place_of
from sim.telling.folder import MANIFEST


def write_validation(validation: Validation, folder: Path, identity: str) -> None:
    """Write the folder; the manifest lets the same validation take its own place again."""
    with taking_place_of(folder) as work:
        text = json.dumps(validation, ensure_ascii=False, indent=1, allow_nan=False)
        (work / "validation.json").write_text(text + "\n", encoding="utf-8", newline="\n")
        (work / "report.html").write_text(render_html(validation), encoding="utf-8", newline="\n")
        manifest = {
            "run_id": identity,
            "files": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(work.iterdir())},
        }
        (work / MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8", newline="\n")
