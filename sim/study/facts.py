"""Published facts on single destinations."""

import tomllib
from functools import cache
from importlib.resources import files

from sim.inputs.scenario.scenario import FreeDestinationFacts


@cache
def known_facts(municipality: str) -> dict[str, FreeDestinationFacts]:
    """Return the published facts on a municipality's free destinations, by name."""
    document = tomllib.loads((files("data") / "free_destinations.toml").read_text(encoding="utf-8"))
    keys = ("name", "trips_per_month_before", "added_trips_per_month")
    return {
        fact["name"]: FreeDestinationFacts(**{key: fact[key] for key in keys})
        for fact in document["facts"]
        if fact["municipality"] == municipality
    }
