"""What a run has published: its comparison, its manifest and the folder of its files."""

import json
from pathlib import Path

from fastapi import Request

from api.http.served import results_of
from sim.words.cells import Json


def published(request: Request, run: str) -> tuple[Json, Json, Path]:
    """Return a run's comparison, its manifest and the folder of its files, of the municipality the address names or the first.

    Raises NotReadyError, NoResultError, NotFoundError or DamagedError.
    """
    results = results_of(request)
    asked = request.query_params.get("kommune")
    codes = request.app.state.jobs.get(run).municipalities
    code = asked if asked in codes else codes[0]
    folder = results.tables(run, code)
    manifest: Json = json.loads((folder / "manifest.json").read_bytes())
    return results.result(run, code), manifest, folder
