"""How large a file may be before it is read: a small one can hold, or unpack to, a very large one."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from api.http.problems import TooLargeError

PARQUET = "application/vnd.apache.parquet"
MOST_UNPACKED = 200_000_000
"""Bytes a Parquet file may unpack to."""


def check_size(file: Path, most_rows: int) -> None:
    """Raise TooLargeError when a CSV or Parquet file has too many rows, by its line ends or by what it says itself."""
    unpacked = file.stat().st_size
    if file.suffix == ".parquet":
        try:
            metadata = pq.read_metadata(file)
        except (pa.ArrowException, OSError):
            return  # who reads it says what is wrong with it
        rows = metadata.num_rows
        unpacked = sum(metadata.row_group(n).total_byte_size for n in range(metadata.num_row_groups))
    elif file.suffix == ".csv":
        rows = file.read_bytes().count(b"\n")
    else:
        return  # its reader has limits of its own
    if rows > most_rows + 1 or unpacked > MOST_UNPACKED:
        raise too_many_rows(most_rows)


def too_many_rows(most_rows: int) -> TooLargeError:
    """Return what is said of a file with too many rows."""
    return TooLargeError(
        f"Filen har mere end {most_rows} ture eller fylder for meget, når den er pakket ud",
        next_step="del filen i flere",
    )
