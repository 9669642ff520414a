"""Transfer points (skiftesteder): the stations and terminals where plustur meets bus and train."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.geography.names import fold, unknown_name
from sim.geography.records import Station, stations
from sim.geography.region import Region
from tariffs.errors import About, InputError


@dataclass(frozen=True, eq=False)
class TransferPoints:
    """A municipality's transfer points; a place with several of them (station and terminal) counts once.

    Attributes
    ----------
    names : the points, as the station table names them
    place : int32 (points,), places of the region, each once
    lat, lon : float64 (points,), where the point itself lies
    """

    names: tuple[str, ...]
    place: NDArray[np.int32]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.place)


def transfer_points(region: Region, wanted: Sequence[str] | None = None) -> TransferPoints:
    """Return the transfer points of a municipality: all its stations and terminals, or those that the user names.

    Raises InputError for a name that is none of them, listing those it may have been meant to be.
    """
    own = own_stations(region.municipality.code)
    if wanted is not None:
        own = tuple(_named(name, own, region.municipality.name) for name in wanted)
    chosen: dict[int, Station] = {}
    for station in own:
        chosen.setdefault(region.nearest_place(station.lat, station.lon, inside_only=True), station)
    return TransferPoints(
        names=tuple(station.name for station in chosen.values()),
        place=np.array(list(chosen), dtype=np.int32),
        lat=np.array([station.lat for station in chosen.values()], dtype=np.float64),
        lon=np.array([station.lon for station in chosen.values()], dtype=np.float64),
    )


def own_stations(code: str) -> tuple[Station, ...]:
    """Return a municipality's stations and terminals, rail before bus, else in the table's order."""
    local = [station for station in stations() if station.municipality_code == code]
    return tuple(sorted(local, key=lambda station: station.kind == "bus_station"))


def _named(name: str, own: Sequence[Station], municipality: str) -> Station:
    found = next((station for station in own if fold(station.name) == fold(name)), None)
    if found is None:
        names = [station.name for station in own]
        where = f"transfer_points, stationer og terminaler i {municipality} Kommune"
        if not names:
            raise InputError(
                f"Skiftestedet '{name}' kendes ikke",
                where=where,
                why="kommunen har ingen stationer eller terminaler i data",
                next_step="udelad transfer_points; plustur køres da fra dør til dør",
                about=About("transfer_points", (name,)),
            )
        choose = "vælg mellem " + ", ".join(dict.fromkeys(names))
        raise unknown_name("Skiftestedet", name, names, where, choose, About("transfer_points", (name,)))
    return found


def distance_to_nearest(region: Region, points: TransferPoints) -> NDArray[np.float64]:
    """Return each place's road distance to its nearest transfer point in metres; infinite where there is none."""
    if not len(points):
        return np.full(len(region), np.inf)
    away: NDArray[np.float64] = region.fare_distance_m[:, points.place].min(axis=1).astype(np.float64)
    return away
