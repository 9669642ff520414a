"""The two ends of every trip as zones, whichever way the file states them."""

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from sim.intake.cells import Bools, Texts
from sim.intake.zones import UNKNOWN, WHY, Places, ZoneMap
from sim.streams import stream

SEED = 1


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
    if f"{name}_lat" in columns.fields and f"{name}_lon" in columns.fields:
        return _points(columns, zones, name)
    return _names(columns, zones, name)


def _points(columns: Columns, zones: ZoneMap, name: str) -> Places:
    (lat, bad_lat), (lon, bad_lon) = columns.number(f"{name}_lat"), columns.number(f"{name}_lon")
    bad_lat |= np.abs(lat) > 90
    bad_lon |= np.abs(lon) > 180
    columns.fault(f"{name}_lat", bad_lat, hidden=True)
    columns.fault(f"{name}_lon", bad_lon, hidden=True)
    good = ~bad_lat & ~bad_lon
    found = np.full(len(lat), UNKNOWN, dtype=np.int64)
    if good.any():
        found[good] = zones.by_point(lat[good], lon[good])
    _tell(columns, f"{name}_lat", found, good)
    return found


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
