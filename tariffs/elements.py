"""The schemes that a municipality can have beside its fares, each declared once in ``elements.toml``."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Literal, get_args

from tariffs.errors import DataError
from tariffs.source import check_keys, read_toml

Trips = Literal["in_town", "in_towns", "inside"]
"""in_town: both ends in one town zone; in_towns: both ends in town zones, of which `PlaceClass` tells those in one;
inside: both ends in the municipality."""
FILE = Path(__file__).with_name("elements.toml")


@dataclass(frozen=True)
class Element:
    """A scheme: which trips it concerns, what it does to them, and what it is called.

    Attributes
    ----------
    level : code of the `Level` that it prices the trips by; empty where it closes them
    closes : code of the `Reason` that it refuses them with; empty where it prices them
    short_da : its name in the name of an option
    control_da, control_en : what is chosen on a page
    title, means_da, means_en : its name in a paper, and the sentence after it
    excludes : ids of elements before it, or kommunetakst and bytakst, each with why both cannot be
    """

    id: str
    trips: Trips
    da: str
    en: str
    short_da: str
    control_da: str
    control_en: str
    title: str
    means_da: str
    means_en: str
    level: str = ""
    closes: str = ""
    excludes: Mapping[str, str] = field(default_factory=dict)

    def covers(self, place: str) -> bool:
        """Say whether it concerns every trip of a `PlaceClass`."""
        return place == "in_town" or (place == "inside" and self.trips == "inside")


@cache
def elements() -> Mapping[str, Element]:
    """Return every scheme by its id, in the order in which packages list them.

    Raises DataError for one that is not declared in full.
    """
    where, found = f"tariffs/{FILE.name}", {}
    known = {item.name for item in fields(Element)} - {"id"}
    for name, entry in read_toml(FILE, where).items():
        check_keys(entry, known, f"{where}, {name}")
        lacking = sorted(known - set(entry) - {"level", "closes", "excludes"})
        if lacking or entry["trips"] not in get_args(Trips) or bool(entry.get("level")) == bool(entry.get("closes")):
            raise DataError(
                f"serviceelementet {name} er ikke beskrevet fuldt ud",
                where=where,
                why=f"mangler {', '.join(lacking)}"
                if lacking
                else "trips er ukendt, eller level og closes går ikke sammen",
                next_step=f"brug trips = {' | '.join(get_args(Trips))} og enten level eller closes",
            )
        found[name] = Element(id=name, **entry)
    return found
