"""What `--travel` asks for, and the roads that answer it: driving between the points of a plan."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.desk.planning.protocol import Ints
from sim.road.dispatch.travel import EARTH_KM, Travel
from tariffs.errors import InputError
from tariffs.typed import read_number

Degrees = NDArray[np.float64]
DEFAULT = "straight:factor=1.3,kmh=45"
_FORM = f"skriv --travel {DEFAULT} eller --travel land"


@dataclass(frozen=True)
class Straight:
    """Roads are ``factor`` times the straight line, driven at ``kmh``."""

    factor: float
    kmh: float

    def __str__(self) -> str:
        return f"straight:factor={self.factor:g},kmh={self.kmh:g}"


@dataclass(frozen=True)
class Land:
    """The shortest path over land cells of 500 m, with the road factor and speeds of the register of assumptions."""

    def __str__(self) -> str:
        return "land"


@dataclass(frozen=True)
class Roads:
    """Driving between points.

    Attributes
    ----------
    place : for each point its number in ``travel``
    travel : seconds between places
    km : gives the road distances of pairs of places
    """

    place: Ints
    travel: Travel
    km: Callable[[Ints, Ints], NDArray[np.float64]]


def read_travel(text: str) -> Straight | Land:
    """Return what ``--travel`` asks for.

    >>> str(read_travel("straight:kmh=50,factor=1.25")), str(read_travel("land"))
    ('straight:factor=1.25,kmh=50', 'land')
    """
    kind, _, rest = text.strip().partition(":")
    if kind == "land" and not rest:
        return Land()
    if kind != "straight":
        raise InputError(f"--travel {text} forstås ikke", next_step=_FORM)
    given: dict[str, float] = {}
    for part in filter(None, rest.split(",")):
        found = re.fullmatch(r"(factor|kmh)=(.+)", part.strip())
        if found is None or found[1] in given:
            raise InputError(
                f"--travel {text} forstås ikke", why=f"'{part}' er ikke factor=TAL eller kmh=TAL", next_step=_FORM
            )
        given[found[1]] = float(read_number(found[2], where="--travel", example="1.3"))
    if set(given) != {"factor", "kmh"}:
        raise InputError(
            f"--travel {text} er ikke hele svaret", why="både factor og kmh skal være der", next_step=_FORM
        )
    if not (1 <= given["factor"] <= 3 and 5 <= given["kmh"] <= 130):
        raise InputError(
            f"--travel {text} kan ikke bruges",
            why="en vej er 1-3 gange så lang som den lige linje, og farten er 5-130 km/t",
            next_step=_FORM,
        )
    return Straight(given["factor"], given["kmh"])


def great_circle_km(lat_a: Degrees, lon_a: Degrees, lat_b: Degrees, lon_b: Degrees) -> NDArray[np.float64]:
    """Return the haversine distances.

    >>> great_circle_km(*(np.array([v]) for v in (55.0, 11.0, 56.0, 11.0))).round(3).tolist()
    [111.195]
    """
    phi_a, phi_b = np.radians(lat_a), np.radians(lat_b)
    across = np.sin(np.radians(lon_b - lon_a) / 2) ** 2
    half = np.sin((phi_b - phi_a) / 2) ** 2 + np.cos(phi_a) * np.cos(phi_b) * across
    km: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.sqrt(half))
    return km
