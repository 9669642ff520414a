"""A copy of a store is whole or not there, says what was damaged, and is put back in one step when every byte is right."""

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock

from api.settings import Settings
from api.store.backup import UNFINISHED, back_up, restore
from api.store.errors import StoreBusyError
from api.store.inventory import look_through
from api.store.names import Names
from api.store.price_lists import PriceLists
from api.store.saved_columns import ColumnStore
from api.store.store import Store
from tariffs.errors import DataError, InputError
from tests.api.http.test_price_lists import LIST
from tests.api.store.test_run_store import OTHER, RUN, publish

SEED = int(os.environ.get("SOAK_SEED", "1"))


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with two results, a name, a price list, saved columns, and jobs that another connection has open."""
    made = Store(tmp_path / "lager")
    publish(made, codes=("0316", "0326"))
    publish(made, OTHER, trips=8)
    Names(made.folder / "names.json").save("budget", RUN)
    PriceLists(made.folder, Settings(store=str(made.folder))).keep(LIST)
    ColumnStore(made.folder).save("c" * 64, {"time": "Klokken"})
    with closing(sqlite3.connect(made.folder / "jobs.sqlite")) as jobs:
        jobs.execute("PRAGMA journal_mode=WAL")
        jobs.execute("CREATE TABLE taken_on (run TEXT)")
        jobs.execute("INSERT INTO taken_on VALUES ('første')")
        jobs.commit()
    return made.folder


def content(folder: Path) -> dict[str, bytes]:
    """What a store keeps, file by file; the jobs by their rows."""
    rooms = (
        "runs",
        "areas",
        "timetables",
        "price_lists",
        "saved_columns",
        "uploads",
        "names.json",
        "keys.json",
        "store.json",
    )
    files = [path for room in rooms for path in (folder / room, *(folder / room).rglob("*")) if path.is_file()]
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    with closing(sqlite3.connect(folder / "jobs.sqlite")) as jobs:
        found["jobs"] = repr(jobs.execute("SELECT run FROM taken_on").fetchall()).encode()
    return found


def flip(path: Path) -> None:
    written = bytearray(path.read_bytes())
    written[len(written) // 2] ^= 1
    path.write_bytes(written)


def test_a_copy_taken_while_jobs_are_written_is_put_back_as_it_was(store: Path, tmp_path: Path) -> None:
    copy, back = tmp_path / "kopi", tmp_path / "tilbage"
    with closing(sqlite3.connect(store / "jobs.sqlite")) as server:
        server.execute("INSERT INTO taken_on VALUES ('kvitteret')")
        server.commit()
        server.execute("INSERT INTO taken_on VALUES ('ikke kvitteret')")  # begun, not committed
        before = content(store)
        copied = back_up(store, copy)
    assert (copied.runs, copied.damages) == (2, ())
    assert look_through(copy).damages == ()
    assert restore(copy, back).damages == ()
    assert content(back) == before
    assert b"kvitteret" in before["jobs"]
    assert (back / "runs" / RUN).stat().st_mtime_ns == (store / "runs" / RUN).stat().st_mtime_ns
    assert Store(back).id == Store(store).id
    assert not (back / "backup.json").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kopi", "lager", "tilbage"]


def test_lists_of_own_trips_come_along_only_when_they_are_asked_for(store: Path, tmp_path: Path) -> None:
    place = store / "uploads" / ("d" * 64)
    place.mkdir(parents=True)
    (place / "upload.json").write_text('{"received": "2026-01-01", "expires": "2026-02-01"}')
    back_up(store, tmp_path / "uden")
    assert not (tmp_path / "uden" / "uploads").exists()
    back_up(store, tmp_path / "med", with_uploads=True)
    assert (tmp_path / "med" / "uploads" / ("d" * 64) / "upload.json").exists()


@pytest.mark.parametrize(
    ("file", "next_step"),
    [
        (f"runs/{RUN}/0326/trips.parquet", f"POST /v1/runs/{RUN}/again"),
        (f"runs/{OTHER}/run.json", "til da kan intet af resultatet læses"),
        ("names.json", "gem navnene igen"),
        ("jobs.sqlite", "stands tjenesten"),
        ("price_lists/*.toml", "indtast prislisten igen"),
        ("saved_columns/*.json", "vælg kolonnerne igen"),
    ],
)
def test_each_damaged_file_is_named_with_what_to_do_and_left_out_of_a_copy(
    file: str, next_step: str, store: Path, tmp_path: Path, takstlab: Callable[..., tuple[int, str, str]]
) -> None:
    damaged = next(store.glob(file))
    if damaged.suffix in (".json", ".sqlite"):
        damaged.write_bytes(b"x" * 5000)
    else:
        flip(damaged)
    name = damaged.relative_to(store).as_posix()
    status, said, _ = takstlab("store", "check", "--store", store)
    assert status == 1
    assert f"\n{name}: " in f"\n{said}"
    assert next_step in said
    assert "1 fil er beskadiget." in said
    status, said, _ = takstlab("store", "backup", tmp_path / "kopi", "--store", store)
    assert (status, f"{name}: " in said) == (1, True)
    assert not (tmp_path / "kopi" / name).exists()


def test_a_file_that_is_json_of_another_shape_is_named(store: Path) -> None:
    damaged = next(store.glob("saved_columns/*.json"))
    for wrong in ('{"choices": []}', '{"choices": 3}', "[]", "{}"):
        damaged.write_text(wrong)
        (damage,) = look_through(store).damages
        assert damage.file == damaged.relative_to(store).as_posix()


def test_a_sound_store_is_said_to_be_sound(
    store: Path, takstlab: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    assert takstlab("store", "check", "--store", store)[:2] == (
        0,
        "16 filer efterset, 2 resultater: intet er beskadiget.\n",
    )
    assert not (tmp_path / "andet").exists()
    assert takstlab("store", "check", "--store", tmp_path / "andet")[0] == 2
    assert not (tmp_path / "andet").exists()


def test_a_copy_with_one_wrong_byte_changes_nothing(store: Path, tmp_path: Path, takstlab) -> None:
    copy = tmp_path / "kopi"
    back_up(store, copy)
    flip(copy / "runs" / RUN / "0316" / "comparison.json")
    (copy / "runs" / OTHER / "0316" / "trips.parquet").unlink()
    before = content(store)
    status, said, error = takstlab("store", "restore", copy, "--store", store, "--replace")
    assert status == 1
    assert [line.partition(":")[0] for line in said.splitlines()] == [
        f"runs/{RUN}/0316/comparison.json",
        f"runs/{OTHER}/0316/trips.parquet",
    ]
    assert "intet er ændret" in error
    assert content(store) == before
    assert takstlab("store", "check", "--store", copy)[0] == 1
    flip(copy / "backup.json")
    with pytest.raises(DataError, match=r"backup\.json"):
        restore(copy, tmp_path / "ny")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kopi", "lager"]


def test_a_copy_takes_a_stores_place_in_one_step_and_the_old_one_stands_beside(store: Path, tmp_path: Path) -> None:
    copy = tmp_path / "kopi"
    back_up(store, copy)
    old = content(store)
    Names(store / "names.json").save("senere", OTHER)
    newer = content(store)
    with pytest.raises(InputError, match="ikke tom"):
        restore(copy, store)
    with FileLock(store / "server.lock"), pytest.raises(StoreBusyError, match="stands den"):
        restore(copy, store, replace=True)
    assert content(store) == newer
    done = restore(copy, store, replace=True)
    assert content(store) == old
    assert done.moved is not None
    assert content(done.moved) == newer


def test_what_is_no_store_or_no_copy_is_said(store: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="er ikke en sikkerhedskopi"):
        restore(store, tmp_path / "ny")
    with pytest.raises(InputError, match="er ikke et lager"):
        back_up(tmp_path / "ingen", tmp_path / "kopi")
    with pytest.raises(InputError, match="ligger i lageret"):
        back_up(store, store / "kopi")
    with pytest.raises(InputError, match="er der allerede"):
        back_up(store, tmp_path)


def test_with_jobs_in_postgresql_the_command_says_what_to_take_first(
    store: Path, tmp_path: Path, takstlab, monkeypatch
) -> None:
    monkeypatch.setenv("TAKSTLAB_DATABASE", "postgresql://db/takstlab")
    status, _, said = takstlab("store", "backup", tmp_path / "kopi", "--store", store)
    assert (status, f"pg_dump --schema=takstlab_{Store(store).id} --file=jobs.sql" in said) == (2, True)
    (tmp_path / "jobs.sql").write_text("COPY")
    assert takstlab("store", "backup", tmp_path / "kopi", "--store", store, "--jobs", tmp_path / "jobs.sql")[0] == 0
    status, said, _ = takstlab("store", "restore", tmp_path / "kopi", "--store", tmp_path / "ny")
    assert (status, (tmp_path / "ny" / "jobs.sql").read_text()) == (0, "COPY")
    assert f"psql --file={tmp_path / 'ny' / 'jobs.sql'}" in said


def killed(work: Callable[[], object], at: int) -> bool:
    """Do something in a child that is killed (-9) at its ``at``-th step on files; returns whether it was."""
    child = os.fork()
    if child == 0:
        steps = 0

        def look(event: str, _: object) -> None:
            nonlocal steps
            if event in (
                "open",
                "os.rename",
                "os.mkdir",
                "os.utime",
                "os.chmod",
                "os.rmdir",
                "os.remove",
                "sqlite3.connect",
            ):
                steps += 1
                if steps == at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(look)
        try:
            work()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.parametrize("number", [*range(10), *(pytest.param(n, marks=pytest.mark.soak) for n in range(10, 60))])
def test_killed_at_a_random_instant_a_copy_is_whole_or_not_there(store: Path, tmp_path: Path, number: int) -> None:
    copy, before = tmp_path / "kopi", content(store)
    at = random.Random(f"{SEED} backup {number}").randint(1, 150)
    was_killed = killed(lambda: back_up(store, copy), at)
    assert content(store) == before
    assert copy.exists() or was_killed
    if not copy.exists():
        back_up(store, copy)
    restore(copy, tmp_path / "tilbage")
    assert content(tmp_path / "tilbage") == before
    assert not (tmp_path / f"kopi{UNFINISHED}").exists()


@pytest.mark.parametrize("number", [*range(10), *(pytest.param(n, marks=pytest.mark.soak) for n in range(10, 60))])
def test_killed_at_a_random_instant_a_store_is_the_old_or_the_new(store: Path, tmp_path: Path, number: int) -> None:
    copy, old = tmp_path / "kopi", content(store)
    back_up(store, copy)
    shutil.rmtree(store / "runs" / OTHER)
    newer = content(store)
    at = random.Random(f"{SEED} restore {number}").randint(1, 150)
    killed(lambda: restore(copy, store, replace=True), at)
    found = content(store)
    assert found in (old, newer)
    if found == newer:
        restore(copy, store, replace=True)
    assert content(store) == old
    beside = [path for path in tmp_path.iterdir() if path.name.startswith("lager.2")]
    assert newer in [content(path) for path in beside], "the store that was there is kept"


def test_the_kills_reach_from_the_first_step_to_the_last(store: Path, tmp_path: Path) -> None:
    assert killed(lambda: back_up(store, tmp_path / "kopi"), 1)
    assert not killed(lambda: back_up(store, tmp_path / "kopi"), 1000)
    assert json.loads((tmp_path / "kopi" / "backup.json").read_bytes())["uploads"] is False
