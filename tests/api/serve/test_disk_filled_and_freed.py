"""A disk that is filled and freed at twenty random instants: nothing acknowledged is lost, and nothing hangs."""

import os
import random
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from tests.api.jobs.conftest import TINY
from tests.api.serve.conftest import OPTIONS, Served, fingerprints, gone
from tests.api.serve.test_disk_full import fill, small_disk

SEED = int(os.environ.get("SOAK_SEED", "1"))
INSTANTS = int(os.environ.get("SOAK_INSTANTS", "20"))
LONGEST_S = 2.0
"""The longest wait before the disk is filled; it stays full for half as long at most."""
SETTINGS = {"workers": 1, "disk_wait_s": 1, "least_free_mb": 0}


class Kept:
    """What a service has acknowledged, and must have at the end."""

    def __init__(self, server: Served) -> None:
        self.server = server
        self.runs: list[str] = []
        self.names: dict[str, str] = {}

    def send(self, seed: int) -> None:
        """Send a run and a name; each is taken on, or refused for want of room and nothing of it is kept."""
        status, _, state = self.server.ask("/v1/runs", {**TINY, "options": OPTIONS, "seed": seed})
        assert status in (200, 202, 507), state
        if status != 507:
            self.runs.append(str(state["id"]))
        name, run = f"navn-{seed}", self.runs[0]
        status, _, told = self.server.ask(f"/v1/names/{name}", {"run": run}, "PUT")
        assert status in (200, 201, 507), told
        if status != 507:
            self.names[name] = run

    def read(self) -> None:
        """Read what is there: also on a full disk."""
        assert self.server.ask("/healthz")[0] == 200
        assert self.server.ask(f"/v1/runs/{self.runs[0]}/result.json")[0] == 200


@pytest.mark.soak
def test_a_disk_filled_and_freed_at_twenty_random_instants_loses_nothing(
    tmp_path: Path, undisturbed: dict[str, str], capsys: pytest.CaptureFixture[str], takstlab: Any
) -> None:
    dice = random.Random(SEED)
    with small_disk(tmp_path / "disk", mb=60) as mounted:
        if not mounted:
            with capsys.disabled():
                print("\nthe machine lets nobody mount a small disk: the tests with a limit on files are all there is")
            return
        (tmp_path / "disk" / "lager").mkdir()
        (tmp_path / "lager").symlink_to(tmp_path / "disk" / "lager")
        server = Served(tmp_path / "lager", **SETTINGS)
        kept = Kept(server)
        try:
            kept.send(seed=1)
            server.finish(*kept.runs)
            for instant in range(INSTANTS):
                if instant % 5 == 0:  # a run that is disturbed at each instant begins again and keeps the queue busy
                    kept.send(seed=2 + 2 * instant)
                time.sleep(dice.uniform(0, LONGEST_S))
                filler = fill(tmp_path / "disk")
                kept.send(seed=3 + 2 * instant)
                kept.read()
                if instant % 5 == 4:  # and the power fails while it is full
                    family = server.family()
                    server.stop(signal.SIGKILL)
                    assert gone(family)
                    kept.server = server = Served(tmp_path / "lager", **SETTINGS)
                    kept.read()
                time.sleep(dice.uniform(0, LONGEST_S / 2))
                filler.unlink()
                server.until_ready()
            for run in kept.runs:
                server.finish(run)
            listed = {str(state["id"]) for state in server.ask("/v1/runs?limit=100")[2]["runs"]}
            assert listed == set(kept.runs), "a run that was refused is there, or one that was taken on is not"
            assert server.ask("/v1/names")[2]["names"] == kept.names
            assert server.stop() == 0
        finally:
            server.stop(signal.SIGKILL)
        assert len(kept.runs) > INSTANTS // 5
        made = fingerprints(tmp_path / "lager")
        assert {path: made[path] for path in undisturbed} == undisturbed
        assert list((tmp_path / "lager" / "damaged").iterdir()) == []
        assert takstlab("store", "check", "--store", tmp_path / "lager")[0] == 0
