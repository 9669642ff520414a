"""The milliseconds that DBOS asks SQLite for, whatever SQLite the machine has."""

import sqlite3
import time

from api.jobs.sqlite_clock import give_a_clock


def test_a_table_whose_default_is_the_clock_is_filled_with_milliseconds() -> None:
    connection = sqlite3.connect(":memory:")
    give_a_clock(connection)
    connection.execute("CREATE TABLE t (name TEXT, at INTEGER NOT NULL DEFAULT (unixepoch('subsec') * 1000))")
    before = time.time()
    connection.execute("INSERT INTO t (name) VALUES ('a')")
    (at,) = connection.execute("SELECT at FROM t").fetchone()
    assert 1000 * before - 1 <= at <= 1000 * time.time() + 1


def test_what_is_no_sqlite_is_left_alone() -> None:
    give_a_clock(object())
