"""The Danish municipalities, found by code or by name."""

import unicodedata
from dataclasses import dataclass
from functools import cache

from sim.geography.names import fold, unknown_name
from sim.geography.records import BANDS, read_rows
from tariffs.errors import InputError


@dataclass(frozen=True)
class Municipality:
    """A municipality: persons on 1 January; the bands of 2020 are estimates (order: `records.BANDS`)."""

    code: str
    name: str
    region: str
    movia: bool
    lat: float
    lon: float
    area_km2: float
    population_2020: int
    population_2021: int
    ages_2020: tuple[int, ...]
    ages_2014: tuple[int, ...]

    @property
    def older_2020(self) -> int:
        """Persons of 70 or more in 2020 (estimate)."""
        return sum(self.ages_2020[4:])


@cache
def all_municipalities() -> tuple[Municipality, ...]:
    """Return the 98 municipalities and Christiansø, by code."""
    return tuple(
        Municipality(
            code=row["code"],
            name=row["name"],
            region=row["region"],
            movia=row["movia"] == "1",
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            area_km2=float(row["area_km2"]),
            population_2020=int(row["pop_2020"]),
            population_2021=int(row["pop_2021"]),
            ages_2020=tuple(int(row[f"age_{band}_2020e"]) for band in BANDS),
            ages_2014=tuple(int(row[f"age_{band}_2014"]) for band in BANDS),
        )
        for row in read_rows("municipalities.csv")
    )


@cache
def movia_municipalities() -> tuple[Municipality, ...]:
    """Return Movia's 45 municipalities, by code."""
    return tuple(m for m in all_municipalities() if m.movia)


def find_municipality(text: str) -> Municipality:
    """Return the Movia municipality with this code ('0316', '316') or name, however its letters are written.

    Raises InputError for a municipality that is unknown or outside Movia's area.
    """
    wanted = text.strip()
    if wanted.isdecimal():
        wanted = wanted.zfill(4)
        found = [m for m in all_municipalities() if m.code == wanted]
    else:
        key = fold(wanted).removesuffix(" kommune").removesuffix("s") if "kommune" in fold(wanted) else fold(wanted)
        found = [m for m in all_municipalities() if fold(m.name) == key or fold(m.name) == key + "s"]
    if not found:
        shown = unicodedata.normalize("NFC", text)
        names = [m.name for m in movia_municipalities()]
        raise unknown_name("Kommunen", shown, names, "kommunelisten", "se listen med 'takstlab municipalities'")
    if not found[0].movia:
        raise InputError(
            f"{found[0].name} Kommune ({found[0].code}) er ikke en af Movias 45 kommuner",
            where="kommunelisten",
            why="flextur og plustur i denne model er Movias ordninger",
            next_step="vælg en kommune fra 'takstlab municipalities'",
        )
    return found[0]
