"""What a run has published: its comparison, its manifest and the folder of its files."""

import json
from pathlib import Path
from typing import Any

from fastapi import Request

from api.http.served import results_of
from api.web.translation import speak_of
from sim.answer.records import Answer


def published(request: Request, run: str) -> tuple[Answer, dict[str, Any], Path]:
    """Return a run's comparison, its manifest and the folder of its files, of the municipality the address names or the first.

    Raises NotReadyError, NoResultError, NotFoundError or DamagedError.
    """
    results = results_of(request)
    asked = request.query_params.get("kommune")
    codes = request.app.state.jobs.get(run).municipalities
    code = asked if asked in codes else codes[0]
    folder = results.tables(run, code)
    manifest: dict[str, Any] = json.loads((folder / "manifest.json").read_bytes())
    answer = results.answer(run, code)
    speak_of(option.name for option in answer.options)
    return answer, manifest, folder
