"""The two ends of every trip as zones, whichever way the file states them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.geography.projection import to_degrees
from sim.inputs.chance.streams import stream
from sim.inputs.intake.addresses import NO_TEXT
from sim.inputs.intake.cells import Bools, Texts
from sim.inputs.intake.placing import PlacedText, Placer, uniform_of
from sim.inputs.intake.raw import row_count
from sim.inputs.intake.zones import TOO_FAR, UNKNOWN, WHY, Places, ZoneMap

SEED = 1
UTM_EAST, UTM_NORTH = (400_000.0, 900_000.0), (6_000_000.0, 6_450_000.0)
"""Metres in UTM 32 that may lie in Denmark; no degrees are that large, and eastings and northings are not alike."""
GROUPED = re.compile(r"[1-9][0-9]{0,2}(?:[.,][0-9]{3}){1,2}")
MOST_MISSPELT = 5
OTHER_SYSTEM = "grader (WGS84), som 55,7167 og 11,7167, eller meter i UTM 32"

METRES = "meter i UTM 32 uden tegn mellem tusinder, som 670580 og 6175030: punktum eller komma kan være decimaltegn"


class Columns(Protocol):
    """A file's columns as the door reads them."""

    fields: dict[str, str]
    texts: dict[str, Texts]
    notes: list[str]

    def fault(self, key: str, bad: Bools, expects: str = "", *, hidden: bool = False) -> None:
        """Note the rows whose cell of a field is wrong."""

    def number(self, key: str) -> tuple[NDArray[np.float64], Bools]:
        """Return a field's numbers, and which rows hold none."""


@dataclass(frozen=True, eq=False)
class End:
    """One end of every trip.

    Attributes
    ----------
    zone : where it is; negative where a fault was noted, or the text cannot be placed
    again : where it is when the texts that are spread over a town are spread anew
    texts : what is known of the column's different texts, empty where ends are points or zones; ``text`` which of them each
        row has
    """

    zone: Places
    again: Places
    texts: tuple[PlacedText, ...] = ()
    text: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def rows(self, of_text: list[bool]) -> Bools:
        """Return something known of each text for every row, False where ends are points or zones."""
        if not self.texts:
            return np.zeros(len(self.zone), dtype=np.bool_)
        return np.array(of_text, dtype=np.bool_)[self.text]

    @property
    def unplaced(self) -> Bools:
        """The rows whose text cannot be placed."""
        return self.rows([not text.placed for text in self.texts])

    @property
    def empty(self) -> Bools:
        """The rows without any text."""
        return self.rows([text.group == NO_TEXT for text in self.texts])

    @property
    def too_far(self) -> Bools:
        """The rows whose text is a place that is known, outside the map."""
        return self.rows([text.zones[0] == TOO_FAR for text in self.texts])

    @property
    def left_out(self) -> Bools:
        """The rows whose text the user leaves out."""
        return self.rows([text.left_out for text in self.texts])

    @property
    def by_user(self) -> Bools:
        """The rows whose text the user has placed."""
        return self.rows([text.by_user for text in self.texts])


def ends_of(columns: Columns, zones: ZoneMap, told: Mapping[str, str]) -> tuple[End, End]:
    """Return where each trip starts and ends; ``told`` are the places of texts that the user has placed.

    What stood in a cell of coordinates is never shown.
    """
    stated = [name for name in ("from", "to") if _as_texts(columns, name)]
    values = {name: columns.texts[name].values.to_pylist() for name in stated}
    placer = Placer(zones, told, [text for name in stated for text in values[name]])
    ends = []
    for name in ("from", "to"):
        if name in stated:
            ends.append(_names(columns, zones, name, placer))
        else:
            known = _points_or_zones(columns, zones, name)
            ends.append(End(known, known))
    for text in placer.unused():
        columns.notes.append(f"Stedet for »{text}« er angivet, men ingen tur har den tekst.")
    return ends[0], ends[1]


_PAIRS = (("lat", "lon"), ("y", "x"))


def _as_texts(columns: Columns, name: str) -> bool:
    """Return whether an end is stated by name or address: zones and coordinates go before."""
    pairs = [{f"{name}_{part}" for part in pair} for pair in _PAIRS]
    return f"{name}_zone" not in columns.fields and not any(pair <= columns.fields.keys() for pair in pairs)


def _points_or_zones(columns: Columns, zones: ZoneMap, name: str) -> Places:
    if f"{name}_zone" in columns.fields:
        texts = columns.texts[f"{name}_zone"]
        found = texts.rows(zones.by_id(texts.values.to_pylist()))
        columns.fault(
            f"{name}_zone", found < 0, "en zone, som takstlab clean har skrevet for denne kommune", hidden=True
        )
        return found
    pairs = [(f"{name}_{north}", f"{name}_{east}") for north, east in _PAIRS]
    lat, lon = next(pair for pair in pairs if set(pair) <= columns.fields.keys())
    return _points(columns, zones, lat, lon)


def _points(columns: Columns, zones: ZoneMap, lat_key: str, lon_key: str) -> Places:
    (lat, bad_lat), (lon, bad_lon) = columns.number(lat_key), columns.number(lon_key)
    north, east = np.maximum(lat, lon), np.minimum(lat, lon)
    metres = ~bad_lat & ~bad_lon & _between(north, UTM_NORTH) & _between(east, UTM_EAST)
    if metres.any():
        lat[metres], lon[metres] = to_degrees(east[metres], north[metres])
        names = f"{columns.fields[lon_key]} og {columns.fields[lat_key]}"
        columns.notes.append(f"{names}: {row_count(int(metres.sum()))} er læst som UTM 32 i meter (EPSG:25832).")
    bad_lat |= np.abs(lat) > 90
    bad_lon |= np.abs(lon) > 180
    grouped = [~metres & _grouped_metres(columns.texts[key]) for key in (lat_key, lon_key)]
    if any(rows.any() for rows in grouped):
        either = grouped[0] | grouped[1]
        for key, rows in zip((lat_key, lon_key), grouped, strict=True):
            columns.fault(key, rows, METRES, hidden=True)
        known = ~either
        return _degrees(columns, zones, (lat_key, lon_key), (lat, lon), (bad_lat & known, bad_lon & known), known)
    return _degrees(
        columns, zones, (lat_key, lon_key), (lat, lon), (bad_lat, bad_lon), np.ones(len(lat), dtype=np.bool_)
    )


def _grouped_metres(texts: Texts) -> Bools:
    """Return the rows whose text is metres in UTM 32 with a sign between thousands, as 670.580 or 6,175,030."""
    found = []
    for text in texts.values.to_pylist():
        number = float(re.sub("[.,]", "", text)) if GROUPED.fullmatch(text or "") else 0.0
        found.append(any(low <= number <= high for low, high in (UTM_EAST, UTM_NORTH)))
    return texts.rows(np.array(found, dtype=np.bool_))


def _degrees(
    columns: Columns,
    zones: ZoneMap,
    keys: tuple[str, str],
    point: tuple[NDArray[np.float64], NDArray[np.float64]],
    bad: tuple[Bools, Bools],
    known: Bools,
) -> Places:
    """Return the zones of points in degrees, those that are bad noted; rows that are not ``known`` have their fault already."""
    (lat_key, lon_key), (lat, lon), (bad_lat, bad_lon) = keys, point, bad
    columns.fault(lat_key, bad_lat, OTHER_SYSTEM, hidden=True)
    columns.fault(lon_key, bad_lon, OTHER_SYSTEM, hidden=True)
    good = known & ~bad_lat & ~bad_lon
    found = np.full(len(lat), UNKNOWN, dtype=np.int64)
    if good.any():
        found[good] = zones.by_point(lat[good], lon[good])
    _tell(columns, lat_key, found, good)
    return found


def _between(numbers: NDArray[np.float64], ends: tuple[float, float]) -> Bools:
    inside: Bools = (numbers >= ends[0]) & (numbers <= ends[1])
    return inside


def _names(columns: Columns, zones: ZoneMap, name: str, placer: Placer) -> End:
    texts = columns.texts[name]
    values = texts.values.to_pylist()
    placed = tuple(placer.place(text) for text in values)
    first = texts.rows(np.array([text.zones[0] for text in placed], dtype=np.int64))
    found, again = first.copy(), first.copy()
    for drawn, salt in ((found, ""), (again, " igen")):
        uniform = stream(SEED, zones.region.municipality.code, 0, f"zones of names, {name}{salt}").random(len(first))
        for number, text in enumerate(placed):
            if len(text.zones) > 1:
                rows = texts.places == number
                one = np.full(int(rows.sum()), uniform_of(values[number] + salt))
                drawn[rows] = zones.spread(text.zones, one if text.one_place else uniform[rows])
    misspelt = {text.group: text.town for text in placed if text.misspelt}
    if misspelt:
        said = "; ".join(f"»{group}« som {town}" for group, town in sorted(misspelt.items())[:MOST_MISSPELT])
        columns.notes.append(f"{columns.fields[name]}: læst efter postnummeret: {said}.")
    return End(found, again, placed, texts.places)


def _tell(columns: Columns, key: str, found: Places, among: Bools) -> None:
    for number, expects in WHY.items():
        columns.fault(key, among & (found == number), expects, hidden=True)
