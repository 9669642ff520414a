"""What a batch's folder is a folder of: written before the first unit, and held against every later command."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from sim.batch.plan import BatchPlan
from sim.batch.store import IDENTITY, NOT_AS_WRITTEN, Store
from sim.batch.units import deciding_versions, places_of
from tariffs.errors import DataError, InputError

SAID = {
    "seed": "frøet (seed)",
    "price_lists": "prislisterne (tariff_files)",
    "options": "valgmulighederne (options)",
    "volumes": "passagertal eller reference for",
    "model": "programmets regler (model)",
    "tariffs": "taksterne (tariffs)",
    "data": "referencedata (data)",
    "assumptions": "forudsætningerne (assumptions)",
    "response": "prisfølsomheden (response)",
}
"""What decides a unit, as it is called in a message; libraries go by their names."""


def identity_of(plan: BatchPlan) -> dict[str, Any]:
    """Return what units in one folder must have in common; the volumes only where they are of the same place."""
    return {
        "seed": plan.seed,
        "options": [list(package.elements()) for package in plan.packages],
        "price_lists": [hashlib.sha256(text.encode()).hexdigest() for text in plan.price_lists],
        "versions": deciding_versions(),
        "volumes": {
            f"{place.municipality} {place.year}": None
            if place.passengers is None
            else [place.passengers, list(place.reference or ())]
            for place in places_of(plan)
        },
    }


def claim(store: Store, plan: BatchPlan) -> None:
    """Write the folder's identity, or hold the plan against the one that is there.

    A plan with more municipalities, years, replications or draws is welcome. Raises InputError that says which part of the
    identity is another, and DataError when the folder's identity cannot be read.
    """
    asked, path = identity_of(plan), store.folder / IDENTITY
    if path.exists():
        try:
            held = json.loads(path.read_text(encoding="utf-8"))
            differing = _differences(held, asked)
            asked["volumes"] = {**held["volumes"], **asked["volumes"]}
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(
                "Mappens identitet kan ikke læses",
                where=str(path),
                why=str(error.strerror) if isinstance(error, OSError) else NOT_AS_WRITTEN,
                next_step="vælg en anden mappe med --out; uden identiteten vides det ikke, hvad enhederne er regnet af",
            ) from None
        if differing:
            raise InputError(
                f"Mappen {store.folder} hører til en anden batch",
                why="der er ændret i " + "; ".join(differing),
                next_step="vælg en anden mappe med --out, eller stil det ændrede tilbage",
            )
    elif any(store.folder.glob("units/*.parquet")):
        raise InputError(
            f"Mappen {store.folder} har enheder, men ingen identitet",
            why=f"{IDENTITY} mangler, så det vides ikke, hvad de er regnet af",
            next_step="vælg en anden mappe med --out",
        )
    store.write(IDENTITY, (json.dumps(asked, ensure_ascii=False, indent=2, sort_keys=True) + "\n").encode())


def _differences(held: dict[str, Any], asked: dict[str, Any]) -> list[str]:
    """Say each part that is another, with both its values."""
    found = [f"{SAID['seed']}: {held['seed']} → {asked['seed']}"] if held["seed"] != asked["seed"] else []
    if held["options"] != asked["options"]:
        found.append(f"{SAID['options']}: {_short(held['options'])} → {_short(asked['options'])}")
    lists = held.get("price_lists", [])
    if lists != asked["price_lists"]:
        found.append(f"{SAID['price_lists']}: {_short(lists)} → {_short(asked['price_lists'])}")
    for key, value in asked["versions"].items():
        if held["versions"].get(key) != value:
            found.append(f"{SAID.get(key, key)}: {held['versions'].get(key)} → {value}")
    for place, volume in asked["volumes"].items():
        before = held["volumes"].get(place, volume)
        if before != volume:
            found.append(f"{SAID['volumes']} {place}: {_volume(before)} → {_volume(volume)}")
    return found


def _short(options: Sequence[object]) -> str:
    """Return the hash of a list of options or price lists, and how many there are."""
    text = json.dumps(options, ensure_ascii=False)
    return f"{len(options)} med hash {hashlib.sha256(text.encode()).hexdigest()[:16]}"


def _volume(volume: list[Any] | None) -> str:
    return "fordelt" if volume is None else f"{volume[0]:g} under {', '.join(volume[1]) or 'grundtakst'}"
