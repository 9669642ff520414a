"""Road distances against published ones; the tolerance is the method's own measured error (docs/geography.md)."""

import numpy as np
import pytest

from sim.geography.distances import between
from sim.geography.land import land
from sim.geography.network import RoadFactor, build_network, usable_crossings
from sim.geography.records import crossings, towns

NAMES = ("Helsingør", "Gedser", "Kalundborg", "Korsør", "København", "Roskilde", "Rødby")
# Road distances in km between places on Sjælland, Lolland and Falster, info-tour.info/dansko/doprava.htm
# (read November 2026); the lower triangle, row by row.
TABLE = (
    (192,),
    (140, 157),
    (151, 129, 50),
    (47, 154, 109, 113),
    (72, 133, 69, 75, 41),
    (201, 68, 166, 139, 163, 142),
)
# Frommer's guide to Slagelse (frommers.com/destinations/slagelse).
SLAGELSE = {"Kalundborg": 37, "Korsør": 19, "Ringsted": 32}


@pytest.fixture(scope="module")
def roads() -> dict[tuple[str, str], float]:
    country = land()
    network = build_network(country, np.ones(len(country.row), bool), usable_crossings(crossings(), 2020))
    names = (*NAMES, "Slagelse", "Ringsted", "Holbæk", "Jægerspris", "Hundested")
    points = {n: max((t for t in towns() if t.name == n), key=lambda t: t.population or 0) for n in names}
    nodes = np.array([country.nearest_cell(p.lat, p.lon) for p in points.values()])
    path = between(network, network.length_m, nodes)
    km = path * RoadFactor().of(path) / 1000
    return {(a, b): float(km[i, j]) for i, a in enumerate(names) for j, b in enumerate(names)}


def test_the_distance_table_is_met_within_the_methods_error(roads: dict[tuple[str, str], float]) -> None:
    known = [(NAMES[i + 1], NAMES[j], km) for i, row in enumerate(TABLE) for j, km in enumerate(row)]
    errors = np.array([roads[a, b] / km - 1 for a, b, km in known])
    assert len(errors) == 21
    assert abs(errors.mean()) < 0.01
    assert np.abs(errors).mean() < 0.055
    assert np.abs(errors).max() < 0.12


@pytest.mark.parametrize(("town", "km"), SLAGELSE.items())
def test_short_distances_from_slagelse(roads: dict[tuple[str, str], float], town: str, km: int) -> None:
    assert roads["Slagelse", town] == pytest.approx(km, rel=0.10)


def test_the_fjord_is_driven_round(roads: dict[tuple[str, str], float]) -> None:
    # Jægerspris-Holbæk is 34 km by road and 22.8 km as the crow flies; a grid without water would say about 29.
    assert roads["Jægerspris", "Holbæk"] == pytest.approx(34, rel=0.06)
    assert roads["Holbæk", "Hundested"] > 55  # 28.9 km over the Isefjord
