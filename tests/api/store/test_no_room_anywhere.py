"""The disk is full at each thing that is written: it is said, nothing is half written, reading goes on, and it works once there is room."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.keys import KeyBook
from api.http.problems import from_exception, kind_of
from api.settings import Settings
from api.store.errors import NotFoundError, StoreFullError
from api.store.results import StoredResults
from api.store.store import Store
from tests.api.http.conftest import ADDRESS, Memory
from tests.api.http.test_areas import TOWN
from tests.api.http.test_price_lists import LIST
from tests.api.store.test_run_store import RUN, publish

FEEDS = Path(__file__).parents[2] / "plustur" / "feeds"
FULL = OSError(errno.ENOSPC, "No space left on device")
SENT: dict[str, Callable[[TestClient], int]] = {
    "name": lambda client: client.put("/v1/names/budget", json={"run": RUN}).status_code,
    "price list": lambda client: (
        client.post(
            "/v1/price-lists", content=LIST.toml().encode(), headers={"Content-Type": "application/toml"}
        ).status_code
    ),
    "areas": lambda client: (
        client.post(
            "/v1/areas?municipality=0316", content=TOWN, headers={"Content-Type": "application/geo+json"}
        ).status_code
    ),
    "timetable": lambda client: (
        client.post(
            "/v1/timetables", content=(FEEDS / "base.zip").read_bytes(), headers={"Content-Type": "application/zip"}
        ).status_code
    ),
}


@contextmanager
def no_more_room() -> Iterator[None]:
    """Let nothing be made safe on disk, as when it has run full; what was written is not whole then."""

    def full(_: int) -> None:
        raise FULL

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", full)
        yield


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    settings = Settings(store=str(tmp_path / "lager"))
    store = Store(tmp_path / "lager")
    publish(store)

    def unknown(run: str) -> None:
        raise NotFoundError("Der er ingen simulering")

    app = create_app(settings, Memory(settings), StoredResults(store, unknown), None)  # type: ignore[arg-type]
    return TestClient(app, base_url=ADDRESS, raise_server_exceptions=False)


@pytest.mark.parametrize("what", SENT)
def test_what_finds_no_room_is_507_and_leaves_all_as_it_was(what: str, client: TestClient, tmp_path: Path) -> None:
    before = files_of(tmp_path)
    with no_more_room():
        assert SENT[what](client) == 507
        assert client.get(f"/v1/runs/{RUN}/result.json").json()["trips"] == 7
    assert files_of(tmp_path) == before
    assert SENT[what](client) in (200, 201)


def test_a_key_that_finds_no_room_is_not_made_and_the_others_stay(tmp_path: Path) -> None:
    keys = KeyBook(tmp_path / "keys.json")
    _, secret = keys.add("kontoret", ["read"], 1)
    before = files_of(tmp_path)
    with no_more_room(), pytest.raises(StoreFullError, match="Der er ikke plads på disken"):
        keys.add("en anden", ["read"], 1)
    assert files_of(tmp_path) == before
    assert keys.find(secret) is not None
    assert (tmp_path / "keys.json").stat().st_mode & 0o777 == 0o600


def test_a_full_disk_met_anywhere_else_is_507_and_another_fault_of_it_is_ours() -> None:
    assert kind_of(from_exception(FULL)).status == 507
    assert kind_of(from_exception(OSError(errno.EIO, "x"))).status == 500


def test_the_command_line_says_that_the_disk_is_full(takstlab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise FULL

    monkeypatch.setattr(KeyBook, "add", full)
    status, _, said = takstlab("keys", "add", "x", "--scope", "read", "--store", tmp_path)
    assert (status, said) == (2, "Fejl: Disken er fuld. Gør nu: skaf plads, og kør kommandoen igen\n")


def test_an_error_that_quotes_the_system_says_it_too(takstlab, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object) -> None:
        raise FULL

    monkeypatch.setattr("sim.batch.queries.query", lambda folder, sql: pa.table({"a": [1]}))
    monkeypatch.setattr(Path, "write_bytes", full)
    status, _, said = takstlab("query", tmp_path, "SELECT 1", "--out", tmp_path / "x.csv")
    assert status == 2
    assert said.startswith("Fejl: Svaret kan ikke skrives. ")
    assert said.endswith("Hvorfor: disken er fuld. Gør nu: skaf plads, og kør kommandoen igen.\n")
