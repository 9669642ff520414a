"""Rows of a run's tables read a batch at a time, so that what is held in memory is the day and not the table."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tariffs.errors import DataError

REPLICATION = 0
"""The replication that is shown: every result has it."""
BATCH_ROWS = 65_536
Row = dict[str, Any]


def rows_of(path: Path, columns: Sequence[str], **wanted: Any) -> list[Row]:
    """Return the rows of the first replication whose columns are as ``wanted``; raises DataError where the file cannot be read."""
    found: list[Row] = []
    for batch in batches(path, columns, **wanted):
        found += batch.to_pylist()
    return found


def batches(path: Path, columns: Sequence[str], **wanted: Any) -> Iterator[Any]:
    """Yield the same rows as Arrow batches, the last of ``columns`` being those that are asked for.

    Parts of the file that can hold no such row, by their own statistics, are not read.
    """
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    wanted = {"replication": REPLICATION, **wanted}
    read = list(dict.fromkeys((*columns, *wanted)))
    try:
        with pq.ParquetFile(path, page_checksum_verification=True) as file:
            missing = [name for name in read if name not in file.schema_arrow.names]
            if missing:
                raise DataError(
                    f"{path.name} mangler kolonnen {missing[0]}",
                    why="svaret er skrevet af en anden udgave af Takstlab",
                    next_step="regn scenariet igen",
                )
            groups = [n for n in range(file.num_row_groups) if _may_hold(file.metadata.row_group(n), wanted)]
            for batch in file.iter_batches(BATCH_ROWS, row_groups=groups, columns=read, use_threads=False):
                for name, value in wanted.items():
                    batch = batch.filter(pc.equal(batch.column(name), value))
                if batch.num_rows:
                    yield batch.select(list(columns))
    except (pa.ArrowException, OSError) as error:
        raise DataError(
            f"{path.name} kan ikke læses", why="filen er beskadiget", next_step="regn scenariet igen"
        ) from error


def _may_hold(group: Any, wanted: Row) -> bool:
    """Say whether a part of the file may have such rows."""
    for place in range(group.num_columns):
        column = group.column(place)
        about = column.statistics
        value = wanted.get(column.path_in_schema)
        if value is not None and about is not None and about.has_min_max and not about.min <= value <= about.max:
            return False
    return True
