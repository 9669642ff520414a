"""The receipt for where a list's trips are: how many could be placed and how surely, and what could not, by its text."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from sim.geography.land import land
from sim.geography.names import fold
from sim.geography.projection import to_metres
from sim.geography.records import towns
from sim.inputs.intake.cells import Bools
from sim.inputs.intake.ends import End
from sim.inputs.intake.placing import WHY_NOT, suggestion
from sim.inputs.intake.zones import AMBIGUOUS, ZoneMap
from sim.words.numbers import danish

MOST_LEFT_OUT = 0.10
"""The share of the trips that may be left out because they cannot be placed; docs/import.md says why."""
POSTAL_TOWN = 1_000
"""Persons in the towns between which a postcode's ground is taken to be divided."""
NOTICED_M = 500.0
MOST_OUTSIDE_M = 15_000.0
MOST_TOWNS = 4


@dataclass(frozen=True)
class Unplaced:
    """Trips with an end that cannot be placed, by its text.

    Attributes
    ----------
    text : without house numbers and names of people; what the user gives a place for
    trips : how many have it at either end
    why : in Danish, why it cannot be placed
    suggestion : the town that it most likely is in, '' where nothing in it says so
    """

    text: str
    trips: int
    why: str
    suggestion: str


@dataclass(frozen=True)
class Placing:
    """How many trips could be placed: ``trips`` is ``placed`` and ``left_out`` and ``refused``.

    Attributes
    ----------
    by_town : of the placed, those with an end of which only the town or parish is known
    by_user : of the placed, those with an end that the user has placed
    left_out : an end cannot be placed, or is left out by the user
    refused : a cell is wrong; 0 in a list that came in
    """

    trips: int
    placed: int
    by_town: int
    by_user: int
    left_out: int
    refused: int


def unplaced_texts(ends: Iterable[End], among: Bools) -> tuple[Unplaced, ...]:
    """Return the texts that cannot be placed in some of the rows, those with most trips first."""
    rows_by_text: dict[str, Bools] = {}
    why: dict[str, str] = {}
    for end in ends:
        for number, text in enumerate(end.texts):
            if text.placed or text.left_out:
                continue
            rows = (end.text == number) & among
            if rows.any():
                rows_by_text[text.group] = rows_by_text.get(text.group, np.zeros_like(rows)) | rows
                why[text.group] = WHY_NOT.get(int(text.zones[0]), WHY_NOT[AMBIGUOUS])
    found = [Unplaced(text, int(rows.sum()), why[text], suggestion(text)) for text, rows in rows_by_text.items()]
    return tuple(sorted(found, key=lambda one: (-one.trips, one.text)))


def town_only(ends: Sequence[End], zones: ZoneMap) -> Bools:
    """Return the rows with an end of which only a town or parish is known."""
    start, end = (one.rows([far >= NOTICED_M for _, far in _reaches(one, zones)]) for one in ends)
    rows: Bools = start | end
    return rows


def certainty_notes(ends: Sequence[End], zones: ZoneMap, kept: Bools) -> list[str]:
    """Return what is to be said of trips of which only the town is known: how far from the right place they may be."""
    rows = kept & town_only(ends, zones)
    if not rows.any():
        return []
    count, share = int(rows.sum()), 100 * rows.sum() / kept.sum()
    notes = [
        f"{danish(count)} af {danish(int(kept.sum()))} ture ({danish(float(share), 0)} %) har en ende, hvor kun byen eller sognet er kendt."
        f" Den er lagt et sted i byen efter folketal; afstanden til det rigtige sted er i gennemsnit og højst:"
        f" {_by_town(ends, zones, kept)}."
    ]
    outside = _farthest_outside(ends, kept)
    if outside:
        notes.append(
            f"En adresse med postnummer kan ligge på landet uden for sin by: op til ca. {danish(outside / 1000, 0)} km fra byens midte."
        )
    length, again = (
        zones.region.fare_distance_m[start[rows], end[rows]].astype(np.float64)
        for start, end in ((ends[0].zone, ends[1].zone), (ends[0].again, ends[1].again))
    )
    notes.append(
        "Er begge ender i samme by, er turens længde afstanden mellem to steder, der hver er trukket tilfældigt efter folketal"
        f"{'; samme adresse er samme sted hver gang' if _addresses(ends, rows) else ''}. Trækkes stederne på ny, er disse tures længde"
        f" i gennemsnit {danish(float(np.abs(length - again).mean() / 1000), 1)} km"
        f" anderledes og deres samlede længde {danish(float(100 * abs(length.sum() - again.sum()) / length.sum()), 1)} %."
    )
    return notes


def _addresses(ends: Sequence[End], rows: Bools) -> bool:
    """Return whether some of the rows have an address with its house, whose place is the same each time."""
    return any(
        text.one_place and text.placed and bool(((end.text == number) & rows).any())
        for end in ends
        for number, text in enumerate(end.texts)
    )


def _reaches(end: End, zones: ZoneMap) -> list[tuple[float, float]]:
    """Return for each text how far, in metres, its place is from the right one: in the mean, and at most."""
    region = zones.region
    known: dict[bytes, tuple[float, float]] = {}
    for text in end.texts:
        found = text.zones
        if not text.placed or found.tobytes() in known:
            continue
        if len(found) > 1:
            away = zones.metres(found, found)
            weight = region.population[found] + 1e-9
            weight = weight / weight.sum()
            known[found.tobytes()] = (float(weight @ away @ weight), float(away.max()))
        else:
            radius = float(np.sqrt(region.area_m2[found[0]] / np.pi))
            known[found.tobytes()] = (2 / 3 * radius, radius)
    return [known.get(text.zones.tobytes(), (0.0, 0.0)) for text in end.texts]


def _by_town(ends: Sequence[End], zones: ZoneMap, kept: Bools) -> str:
    trips: Counter[str] = Counter()
    said: dict[str, str] = {}
    for end in ends:
        for number, (text, (mean, most)) in enumerate(zip(end.texts, _reaches(end, zones), strict=True)):
            if most >= NOTICED_M:
                town = text.town.title() if text.town.isupper() or text.town.islower() else text.town
                trips[town] += int(((end.text == number) & kept).sum())
                said[town] = f"{danish(mean / 1000, 1)} og {danish(most / 1000, 1)} km"
    told = [f"{town} {said[town]} ({danish(count)} ender)" for town, count in trips.most_common(MOST_TOWNS)]
    more = len(trips) - len(told)
    return "; ".join(told) + (f"; og {more} {'sted' if more == 1 else 'steder'} mere" if more > 0 else "")


def _farthest_outside(ends: Sequence[End], kept: Bools) -> float:
    """Return how far from the middle of its town, in metres, an address with one of the list's postcodes may be.

    The ground of a postcode is taken to be what is nearer to its town than to another one.
    """
    from scipy.spatial import cKDTree

    used = {
        fold(text.town)
        for end in ends
        for number, text in enumerate(end.texts)
        if text.placed and text.by_postcode and ((end.text == number) & kept).any()
    }
    middles = [town for town in towns() if (town.population or 0) >= POSTAL_TOWN or fold(town.name) in used]
    wanted = np.array([fold(town.name) in used for town in middles])
    if not wanted.any():
        return 0.0
    tree = cKDTree(np.stack(to_metres(np.array([t.lat for t in middles]), np.array([t.lon for t in middles])), axis=1))
    away, nearest = tree.query(np.stack(land().centres(), axis=1), distance_upper_bound=MOST_OUTSIDE_M)
    inside = np.isfinite(away)
    inside[inside] = wanted[nearest[inside]]
    return float(away[inside].max(initial=0.0))
