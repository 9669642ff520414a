"""A timetable feed (GTFS) read by gtfs_kit and put right where that is certain; what is left out or put right is told.

Left out are services that no rider of an ordinary bus could use: demand-responsive ones, school buses and taxis by their
route type, and the rows of GTFS-Flex.
"""

import codecs
import tempfile
import zipfile
from pathlib import Path
from typing import Any

from sim.intake.raw import row_count
from tariffs.errors import DataError

IDS = {"stops": "stop_id", "routes": "route_id", "trips": "trip_id"}
LINKS = {
    "stops": ("stop_id",),
    "routes": ("route_id",),
    "trips": ("trip_id", "route_id", "service_id"),
    "stop_times": ("trip_id", "stop_id"),
    "calendar": ("service_id",),
    "calendar_dates": ("service_id",),
    "frequencies": ("trip_id",),
}
FLEX = ("location_id", "location_group_id", "start_pickup_drop_off_window", "end_pickup_drop_off_window")
NOT_ORDINARY = {712: "skolebusser", 715: "behovsstyret kørsel", **dict.fromkeys(range(1500, 1508), "taxi")}
"""Route types that are no ordinary bus or train. 713 (school and public service) is one: anybody may board."""
_CHUNK = 1 << 20


def read_feed(path: Path, notes: list[str]) -> Any:
    """Return the feed as gtfs_kit holds it; what was put right or left out is added to ``notes``, in Danish.

    Raises DataError where two rows have one id and say different things, and where no ordinary service is left.
    """
    import gtfs_kit  # type: ignore[import-untyped]

    with zipfile.ZipFile(path) as packed:
        foreign = [part for part in packed.infolist() if part.filename.endswith(".txt") and not _is_utf8(packed, part)]
        if not foreign:
            feed = gtfs_kit.read_feed(path, dist_units="km")
        else:
            with tempfile.TemporaryDirectory() as folder:
                feed = gtfs_kit.read_feed(_as_utf8(packed, foreign, Path(folder) / "feed.zip"), dist_units="km")
            names = ", ".join(part.filename for part in foreign)
            notes.append(f"Køreplanens {names} er ikke UTF-8 og er læst som Windows-1252.")
    _trim(feed)
    _leave_out_flex(feed, notes)
    for table, name in IDS.items():
        setattr(feed, table, _unique(getattr(feed, table), f"{table}.txt", name, path, notes))
    _leave_out_routes(feed, notes)
    if feed.trips.empty:
        raise DataError(
            "Køreplanen har ingen almindelige afgange",
            where=str(path),
            why=" ".join(notes) or "trips.txt er tom",
            next_step="brug en køreplan med busser og tog, som alle kan stige på, eller udelad gtfs",
        )
    return feed


def _is_utf8(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with packed.open(part) as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _as_utf8(packed: zipfile.ZipFile, foreign: list[zipfile.ZipInfo], place: Path) -> Path:
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as written:
        for part in packed.infolist():
            with packed.open(part) as source, written.open(part.filename, "w", force_zip64=True) as target:
                while chunk := source.read(_CHUNK):
                    target.write(chunk.decode("cp1252", "replace").encode() if part in foreign else chunk)
    return place


def _trim(feed: Any) -> None:
    """Take the spaces off ids that a program has padded: they would not be found in the next file."""
    import pandas as pd

    for table, names in LINKS.items():
        frame = getattr(feed, table)
        for name in names if frame is not None else ():
            if name not in frame:
                continue
            ids = pd.Series(frame[name].dropna().unique())
            if (ids != ids.str.strip()).any():
                frame[name] = frame[name].str.strip()


def _unique(frame: Any, file: str, name: str, path: Path, notes: list[str]) -> Any:
    """Return a table without rows that are another one over again; raises DataError for one id of two things."""
    if not frame[name].duplicated().any():
        return frame
    bare = frame.drop_duplicates()
    twice = bare[bare[name].duplicated(keep=False) & bare[name].notna()]
    if len(twice):
        same = twice[twice[name] == twice[name].iloc[0]]
        first, second = (int(row) + 2 for row in same.index[:2])
        raise DataError(
            f"Køreplanens {file} har {name} '{same[name].iloc[0]}' to gange med forskelligt indhold",
            where=f"{path}, {file}, række {first} og {second}",
            next_step="ret den ene række, eller hent køreplanen igen",
        )
    repeated = frame.index[frame.duplicated()]
    notes.append(
        f"Køreplanens {file} har {row_count(len(repeated))} to gange (den første er række {int(repeated[0]) + 2})."
    )
    return bare


def _leave_out_flex(feed: Any, notes: list[str]) -> None:
    times = feed.stop_times
    columns = [name for name in FLEX if name in times]
    if not columns:
        return
    flexible = times[columns].notna().any(axis=1)
    if flexible.any():
        trips = times.loc[flexible, "trip_id"].nunique()
        feed.stop_times = times[~flexible]
        notes.append(f"Køreplanens fleksible kørsel (GTFS-Flex, {trips} ture) er ikke ordinære afgange og er udeladt.")


def _leave_out_routes(feed: Any, notes: list[str]) -> None:
    kinds = feed.routes.set_index("route_id")["route_type"].map(NOT_ORDINARY)
    kind = feed.trips["route_id"].map(kinds.dropna())
    for name, trips in kind.value_counts().items():
        notes.append(f"Køreplanens {name} ({trips} ture) er ikke ordinære afgange og er udeladt.")
    feed.trips = feed.trips[kind.isna()]
