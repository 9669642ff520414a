"""The process in which a file of zones is opened: limits first, then GDAL with the named formats, one answer as JSON.

``python -m sim.geography.zone_files.child FILE FOLDER`` with the choices as JSON on standard input; FOLDER is empty and its own. With
``--mend`` instead, polygons on standard input come back valid.
"""

import json
import sys
from pathlib import Path
from typing import Any

from sim.geography.zone_files.drivers import switch_others_off
from sim.geography.zone_files.outlines import made_valid
from tariffs.errors import InputError

MEMORY_MB = 3_000
SECONDS = 60
WRITTEN_MB = 400


def bound() -> None:
    """Limit this process's memory, time and what it writes, where the system can."""
    try:
        import resource
    except ImportError:  # Windows; whoever started the process ends it when its time is up
        return
    limits = (
        (resource.RLIMIT_AS, MEMORY_MB << 20),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, WRITTEN_MB << 20),
    )
    for kind, most in limits:
        hard = resource.getrlimit(kind)[1]
        resource.setrlimit(kind, (most, hard) if hard == resource.RLIM_INFINITY else (min(most, hard), hard))


def answer(file: Path, folder: Path, choices: dict[str, Any]) -> dict[str, Any]:
    """Return the zones as GeoJSON with notes, or what is wrong."""
    from sim.geography.zone_files.layers import read  # late: GDAL is loaded under the limits

    try:
        content, notes = read(file, folder, choices.get("layer"), choices.get("crs"))
    except InputError as error:
        return {"error": {"what": error.what, "why": error.why, "next_step": error.next_step}}
    return {"content": content, "notes": notes}


if __name__ == "__main__":
    bound()
    if sys.argv[1:] == ["--mend"]:
        told: dict[str, Any] = {"polygons": made_valid(json.load(sys.stdin)["polygons"])}
    else:
        switch_others_off()
        told = answer(Path(sys.argv[1]), Path(sys.argv[2]), json.load(sys.stdin))
    json.dump(told, sys.stdout, ensure_ascii=True)
