"""The clock that DBOS asks SQLite for: milliseconds, which SQLite before 3.42 does not give.

On Python 3.12 and newer DBOS 3.4 writes ``unixepoch('subsec')`` into its tables and statements. Debian 12 has SQLite 3.40, where that is
NULL, so that no table of jobs can be filled. Each connection is then given the function under the same name, as 3.42 has it.
"""

import sqlite3
import time
from typing import Any

from sqlalchemy import Engine, event

FIRST_WITH_SUBSEC = (3, 42)


def give_every_connection_a_clock() -> None:
    """Let every connection to SQLite that is opened from now on know ``unixepoch('subsec')``."""
    if sqlite3.sqlite_version_info < FIRST_WITH_SUBSEC and not event.contains(Engine, "connect", give_a_clock):
        event.listen(Engine, "connect", give_a_clock)


def give_a_clock(connection: Any, _record: Any = None) -> None:
    """Give one connection the function; one to another database is left as it is."""
    if isinstance(connection, sqlite3.Connection):
        connection.create_function("unixepoch", 1, _unixepoch)


def _unixepoch(modifier: str) -> float | None:
    """Return the seconds since 1970 with thousandths; None for anything but ``subsec``, as SQLite has for what it cannot read."""
    return round(time.time(), 3) if modifier in ("subsec", "subsecond") else None
