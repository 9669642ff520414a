"""A copy taken while the service works is a store in which every acknowledged run is finished."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.serve.conftest import Serve, Served


def store(*arguments: str | Path) -> str:
    command = [sys.executable, "-c", "from api.cli.main import main; main()", "store", *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.slow
def test_what_was_acknowledged_when_a_copy_was_taken_is_finished_from_it(serve: Serve, tmp_path: Path) -> None:
    server = serve(workers=1)
    done = server.send(seed=1)
    server.finish(done)
    waiting = server.send(seed=2)
    assert server.ask("/v1/names/budget", {"run": waiting}, "PUT")[0] in (200, 201)
    store("backup", tmp_path / "kopi", "--store", server.store)
    later = server.send(seed=3)
    server.stop()
    store("restore", tmp_path / "kopi", "--store", tmp_path / "tilbage" / "lager")
    other = Served(tmp_path / "tilbage" / "lager", workers=1)
    try:
        assert other.ask(f"/v1/runs/{done}/result.json")[0] == 200
        other.finish(waiting)
        assert other.ask("/v1/runs/budget/result.json")[0] == 200
        assert other.ask(f"/v1/runs/{later}")[0] == 404
    finally:
        other.stop()
    assert "intet er beskadiget" in store("check", "--store", tmp_path / "tilbage" / "lager")
