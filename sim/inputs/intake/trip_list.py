"""A list of trips, minimised: what is kept of each trip, as columns, and how it is written and read."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from sim.inputs.intake.receipt import Placing
from tariffs.errors import DataError

MADE, IN_VAIN, CANCELLED = 0, 1, 2
COLUMNS = {
    "date": "rejsedag",
    "time": "den halve time, der begynder da: ønsket tid eller afhentning (10:30 er 10:30-10:59)",
    "booked_at": "bestilt den, evt. med den halve time (2019-08-01 09:00); tom, når det ikke kendes",
    "from_zone": "zonen, turen starter i: kommunekode og feltnummer",
    "from_lat": "breddegrad for zonens sted, ikke for adressen",
    "from_lon": "længdegrad for zonens sted",
    "to_zone": "zonen, turen slutter i",
    "to_lat": "breddegrad for zonens sted",
    "to_lon": "længdegrad for zonens sted",
    "passengers": "passagerer på bestillingen, børn talt med",
    "children": "heraf under 16 år; tom, når listen ikke har det",
    "channel": "telefon eller online; tom, når det ikke kendes",
    "standing": "fast tur: ja eller nej; tom, når listen ikke har det",
    "status": "udført eller forgæves; tom, når listen kun har udførte ture",
    "price": "betalt for bestillingen, kr.; tom, når det ikke kendes. Regnes ikke med i udgiften",
    "product": "flextur eller plustur",
}
"""The columns of a minimised list, word for word as documented."""

_SCHEMA = pa.schema(
    [
        ("date", pa.date32()),
        ("time", pa.string()),
        ("booked_at", pa.string()),
        ("from_zone", pa.string()),
        ("from_lat", pa.float64()),
        ("from_lon", pa.float64()),
        ("to_zone", pa.string()),
        ("to_lat", pa.float64()),
        ("to_lon", pa.float64()),
        ("passengers", pa.int16()),
        ("children", pa.int16()),
        ("channel", pa.string()),
        ("standing", pa.string()),
        ("status", pa.string()),
        ("price", pa.decimal128(9, 2)),
        ("product", pa.string()),
    ]
)
_ORDER = [(name, "ascending") for name in _SCHEMA.names]


@dataclass(frozen=True)
class Account:
    """What became of a file's rows and columns on the way in.

    Attributes
    ----------
    rows_read, rows_kept : of the file, of the list
    left_out : rows left out, by reason in Danish
    columns_kept, columns_ignored : the file's own column names
    encoding, numbers : as found or told; '' where the file's format leaves no question
    notes : Danish remarks on what was supposed
    placing : how many trips could be placed
    """

    rows_read: int
    rows_kept: int
    left_out: dict[str, int]
    columns_kept: dict[str, str]
    columns_ignored: tuple[str, ...]
    encoding: str
    numbers: str
    notes: tuple[str, ...]
    placing: Placing


@dataclass(frozen=True)
class TripList:
    """A municipality's minimised trips and how they came in; rows are sorted by their own values."""

    municipality: str
    table: pa.Table
    account: Account


def as_table(columns: dict[str, pa.Array]) -> pa.Table:
    """Return the columns as the list's table, its rows in an order that tells nothing of the file's."""
    return pa.table(columns, schema=_SCHEMA).sort_by(_ORDER)


def write_trips(table: pa.Table, file: Path) -> None:
    """Write the list as Parquet whose pages carry checksums."""
    texts = [field.name for field in _SCHEMA if pa.types.is_string(field.type)]
    pq.write_table(table, file, compression="zstd", write_page_checksum=True, use_dictionary=texts)


def read_trips(file: Path) -> pa.Table:
    """Read a list that was written here; raises DataError for any other file, and for a damaged one."""
    try:
        table = pq.ParquetFile(file, page_checksum_verification=True).read(use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise DataError(
            "Turlisten kan ikke læses",
            where=str(file),
            why=str(error).splitlines()[0],
            next_step="lav den igen med takstlab import trips",
        ) from None
    if not is_trip_list(table):
        raise DataError(
            "Filen er ikke en indlæst turliste",
            where=str(file),
            next_step="lav den med takstlab import trips FIL --municipality KOMMUNE --out MAPPE",
        )
    return table


def is_trip_list(table: pa.Table) -> bool:
    """Whether a table has a list's columns, and no others."""
    return bool(table.schema.remove_metadata().equals(_SCHEMA))


def period(table: pa.Table) -> tuple[str, str]:
    """Return the first and the last day of travel, ISO."""
    days = table["date"].to_numpy()
    return str(np.min(days)), str(np.max(days))
