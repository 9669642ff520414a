"""The SQLite file of the jobs, opened to be read: beside a working server, and where nothing may be written."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """Open the file for reading; raises sqlite3.Error.

    SQLite must make files beside a database with a write-ahead log even to read it. Where it may not, on a medium that is read-only, the
    file is read as one that nobody changes, unless a log with something in it stands beside it.
    """
    address = f"{path.absolute().as_uri()}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=30)) as database:
        try:
            database.execute("PRAGMA schema_version").fetchone()
        except sqlite3.OperationalError:
            log = path.with_name(f"{path.name}-wal")
            if log.exists() and log.stat().st_size:
                raise
        else:
            yield database
            return
    with closing(sqlite3.connect(f"{address}&immutable=1", uri=True)) as database:
        yield database
