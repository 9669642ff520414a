"""The jobs' database where SQLite may make no files beside it, as on a medium that is read-only."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from api.store.job_file import opened


class Refusing(sqlite3.Connection):
    """Fails as SQLite does where it cannot make its log: at the first question, unless the file is one that nobody changes."""

    def execute(self, *told: Any) -> sqlite3.Cursor:
        raise sqlite3.OperationalError("unable to open database file")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "jobs.sqlite"
    with closing(sqlite3.connect(path)) as made:
        made.execute("PRAGMA journal_mode=WAL")
        made.execute("CREATE TABLE runs (run TEXT)")
        made.execute("INSERT INTO runs VALUES ('a')")
        made.commit()
    return path


@pytest.fixture
def read_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = sqlite3.connect

    def connecting(address: Any, **more: Any) -> sqlite3.Connection:
        kind = Refusing if str(address).endswith("?mode=ro") else sqlite3.Connection
        return connect(address, factory=kind, **more)

    monkeypatch.setattr("sqlite3.connect", connecting)


def rows(path: Path) -> list[tuple[str]]:
    with opened(path) as found:
        return found.execute("SELECT run FROM runs").fetchall()


def test_it_is_read_as_ever_where_files_can_be_made(database: Path) -> None:
    assert rows(database) == [("a",)]


@pytest.mark.usefixtures("read_only")
def test_it_is_read_where_nothing_can_be_made_beside_it(database: Path) -> None:
    assert rows(database) == [("a",)]


@pytest.mark.usefixtures("read_only")
def test_it_is_not_read_past_what_stands_in_a_log_beside_it(database: Path) -> None:
    database.with_name("jobs.sqlite-wal").write_bytes(b"something")
    with pytest.raises(sqlite3.OperationalError):
        rows(database)
