"""The two ends of every trip as zones, whichever way the file states them."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.geography.projection import to_degrees
from sim.intake.cells import Bools, Texts
from sim.intake.raw import row_count
from sim.intake.zones import UNKNOWN, WHY, Places, ZoneMap
from sim.streams import stream

SEED = 1
UTM_EAST, UTM_NORTH = (400_000.0, 900_000.0), (6_000_000.0, 6_450_000.0)
"""Metres in UTM 32 that may lie in Denmark; no degrees are that large, and eastings and northings are not alike."""
OTHER_SYSTEM = "grader (WGS84), som 55,7167 og 11,7167, eller meter i UTM 32"


class Columns(Protocol):
    """A file's columns as the door reads them."""

    fields: dict[str, str]
    texts: dict[str, Texts]
    notes: list[str]

    def fault(self, key: str, bad: Bools, expects: str = "", *, hidden: bool = False) -> None:
        """Note the rows whose cell of a field is wrong."""

    def number(self, key: str) -> tuple[NDArray[np.float64], Bools]:
        """Return a field's numbers, and which rows hold none."""


def ends_of(columns: Columns, zones: ZoneMap) -> tuple[Places, Places]:
    """Return where each trip starts and ends; negative where a fault was noted. What stood there is never told."""
    return _end(columns, zones, "from"), _end(columns, zones, "to")


def _end(columns: Columns, zones: ZoneMap, name: str) -> Places:
    if f"{name}_zone" in columns.fields:
        texts = columns.texts[f"{name}_zone"]
        found = texts.rows(zones.by_id(texts.values.to_pylist()))
        columns.fault(
            f"{name}_zone", found < 0, "en zone, som takstlab clean har skrevet for denne kommune", hidden=True
        )
        return found
    for lat, lon in ((f"{name}_lat", f"{name}_lon"), (f"{name}_y", f"{name}_x")):
        if lat in columns.fields and lon in columns.fields:
            return _points(columns, zones, lat, lon)
    return _names(columns, zones, name)


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
    columns.fault(lat_key, bad_lat, OTHER_SYSTEM, hidden=True)
    columns.fault(lon_key, bad_lon, OTHER_SYSTEM, hidden=True)
    good = ~bad_lat & ~bad_lon
    found = np.full(len(lat), UNKNOWN, dtype=np.int64)
    if good.any():
        found[good] = zones.by_point(lat[good], lon[good])
    _tell(columns, lat_key, found, good)
    return found


def _between(numbers: NDArray[np.float64], ends: tuple[float, float]) -> Bools:
    inside: Bools = (numbers >= ends[0]) & (numbers <= ends[1])
    return inside


def _names(columns: Columns, zones: ZoneMap, name: str) -> Places:
    texts = columns.texts[name]
    groups = [zones.by_name(text) if text else np.array([UNKNOWN]) for text in texts.values.to_pylist()]
    found = texts.rows(np.array([group[0] for group in groups], dtype=np.int64))
    wide = [number for number, group in enumerate(groups) if len(group) > 1]
    if wide:
        columns.notes.append(
            f"{columns.fields[name]}: hvor navnet er en hel by eller et helt sogn, er turene spredt på dets zoner efter folketal."
        )
    uniform = stream(SEED, zones.region.municipality.code, 0, f"zones of names, {name}").random(len(found))
    for number in wide:
        rows = texts.places == number
        found[rows] = zones.spread(groups[number], uniform[rows])
    _tell(columns, name, found, np.ones(len(found), dtype=np.bool_))
    return found


def _tell(columns: Columns, key: str, found: Places, among: Bools) -> None:
    for number, expects in WHY.items():
        columns.fault(key, among & (found == number), expects, hidden=True)
