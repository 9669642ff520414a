"""A comparison that was really calculated, small; and jobs and results in memory that behave as the protocol says."""

import copy
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.http.keys import KeyBook
from api.jobs.accepting import accept
from api.settings import Settings
from api.store.errors import NoResultError, NotFoundError, NotReadyError
from api.store.names import NameInUseError, Saved
from api.store.protocol import RunState
from sim.answer.codec import read_answer
from sim.answer.compare import compare
from sim.answer.records import Answer
from sim.inputs.scenario.scenario import build_scenario
from sim.study.prepare import prepare

ADDRESS = "http://127.0.0.1:8600"
SUBMITTED = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SCENARIO = {
    "municipality": "0316",
    "year": 2020,
    "start": "2020-07-01",
    "passengers": 300,
    "draws": 2,
    "min_replications": 2,
    "max_replications": 2,
    "options": [
        {"name": "Nuværende ordning", "elements": ["kommunetakst", "bytakst=low"]},
        {"name": "=1+1", "elements": ["kommunetakst"]},
    ],
}


class Memory:
    """Jobs and results in memory; a run is done when its comparison is put there."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.states: dict[str, RunState] = {}
        self.scenarios: dict[str, dict[str, Any]] = {}
        self.comparisons: dict[tuple[str, str], dict[str, Any]] = {}
        self.saved: dict[str, Saved] = {}
        self.full: Exception | None = None

    def submit(self, scenario: dict[str, Any]) -> RunState:
        if self.full is not None:
            raise self.full
        accepted = accept(scenario, self.settings)
        new = RunState(accepted.run, "queued", accepted.municipalities, SUBMITTED, name=accepted.scenario.name)
        self.scenarios[accepted.run] = accepted.scenario.model_dump(mode="json")
        if accepted.run in self.states and self.states[accepted.run].state in ("failed", "cancelled"):
            self.states[accepted.run] = new
        return self.states.setdefault(accepted.run, new)

    def scenario(self, run: str) -> dict[str, Any]:
        self.get(run)
        return self.scenarios[run]

    def get(self, run: str) -> RunState:
        if run not in self.states:
            raise NotFoundError("Simuleringen findes ikke")
        return self.states[run]

    def list(self, limit: int = 100) -> list[RunState]:
        return list(self.states.values())[::-1][:limit]

    def cancel(self, run: str) -> RunState:
        self.move(run, state="cancelled") if self.get(run).state in ("queued", "running") else None
        return self.get(run)

    def events(self, run: str) -> Iterator[RunState]:
        yield self.get(run)

    def result(self, run: str, municipality: str | None = None) -> dict[str, Any]:
        state = self.get(run)
        if state.state in ("queued", "running"):
            raise NotReadyError("Simuleringen er ikke færdig")
        if state.state != "done":
            raise NoResultError("Simuleringen har intet resultat", why=state.error or state.state)
        key = (run, municipality or state.municipalities[0])
        if key not in self.comparisons:
            raise NotFoundError("Simuleringen har ikke den kommune")
        return self.comparisons[key]

    def answer(self, run: str, municipality: str | None = None) -> Answer:
        return read_answer(self.result(run, municipality))

    def tables(self, run: str, municipality: str | None = None) -> Path:
        raise NotFoundError("ingen tabeller i hukommelsen")

    def resolve(self, name_or_run: str) -> str:
        if name_or_run in self.saved:
            return self.saved[name_or_run].run
        if len(name_or_run) != 64:
            raise NotFoundError("Der er intet gemt navn")
        return name_or_run

    def names(self) -> dict[str, str]:
        return {name: saved.run for name, saved in self.saved.items()}

    def answers(self) -> dict[str, Saved]:
        return dict(self.saved)

    def keep_answers(self, answers: Sequence[Saved], *, was: str = "", instead_of: str = "") -> None:
        kept = {name: saved for name, saved in self.saved.items() if name != was}
        for answer in answers:
            self.get(answer.run)
            if answer.name in kept and kept[answer.name].run not in (answer.run, instead_of):
                raise NameInUseError(kept[answer.name])
            kept[answer.name] = answer
        self.saved = kept

    def save_name(self, name: str, run: str) -> None:
        self.get(run)
        self.saved[name.lower()] = Saved(name.lower(), run, name.lower())

    def forget_name(self, name: str) -> None:
        if self.saved.pop(name.lower(), None) is None:
            raise NotFoundError("Der er intet gemt navn")

    def move(self, run: str, **to: Any) -> None:
        from dataclasses import replace

        self.states[run] = replace(self.states[run], **to)

    def finish(self, run: str, comparison: dict[str, Any]) -> None:
        self.move(run, state="done", done=4, expected=4)
        self.comparisons[run, comparison["municipality"]] = comparison


@pytest.fixture(scope="session")
def comparison() -> dict[str, Any]:
    values = SCENARIO | {"start": datetime(2020, 7, 1).date()}
    return compare(prepare(build_scenario(values, "test"), "0316"), workers=1).json


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(store=str(tmp_path / "lager"))


@pytest.fixture
def memory(settings: Settings) -> Memory:
    return Memory(settings)


@pytest.fixture
def client(settings: Settings, memory: Memory) -> TestClient:
    return open_client(settings, memory)


def open_client(settings: Settings, memory: Memory, keys: KeyBook | None = None, address: str = ADDRESS) -> TestClient:
    return TestClient(create_app(settings, memory, memory, keys), base_url=address, raise_server_exceptions=False)


@pytest.fixture
def done(client: TestClient, memory: Memory, comparison: dict[str, Any]) -> str:
    """The id of a run that is done."""
    run: str = client.post("/v1/runs", json=SCENARIO).json()["id"]
    memory.finish(run, copy.deepcopy(comparison))
    return run
