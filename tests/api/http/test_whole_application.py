"""The surface inside the service that is really served: its log's routes, its request ids, its own pages."""

import pytest
from fastapi.testclient import TestClient

from api.http.app import create_app
from api.observing.metrics import Metrics
from api.observing.middleware import Observed
from api.settings import Settings
from tests.api.http.conftest import ADDRESS, SCENARIO, Memory


def test_an_error_carries_the_requests_name_and_the_count_its_route(memory: Memory) -> None:
    metrics = Metrics()
    seen: list[tuple[str, str, int]] = []
    metrics.request = lambda method, route, status, seconds: seen.append((method, route, status))  # type: ignore[method-assign]
    served = Observed(create_app(Settings(), memory, memory), metrics)
    client = TestClient(served, base_url=ADDRESS, raise_server_exceptions=False)
    answer = client.get(f"/v1/runs/{'0' * 64}?noegle=tk_hemmelig", headers={"X-Request-Id": "abc-1"})
    assert (answer.status_code, answer.headers["X-Request-Id"]) == (401, "abc-1")
    assert answer.json()["request_id"] == "abc-1"
    assert "hemmelig" not in answer.text
    client.head("/v1/skoen/0316?felt=trips")
    assert seen == [("GET", "/v1/runs/{run}", 401), ("HEAD", "/v1/skoen/{municipality}", 200)]


def test_a_fault_of_ours_goes_on_to_be_logged_once_it_is_answered(memory: Memory, monkeypatch) -> None:
    served = Observed(create_app(Settings(), memory, memory), Metrics())
    monkeypatch.setattr(memory, "result", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        TestClient(served, base_url=ADDRESS).get(f"/v1/celle/{'0' * 64}/0316/1/trips")


def test_cells_that_are_answered_are_counted_and_not_logged_one_by_one(memory: Memory, comparison) -> None:
    from structlog.testing import capture_logs

    run = memory.submit(SCENARIO).id
    memory.finish(run, comparison)
    served = Observed(create_app(memory.settings, memory, memory), Metrics())
    client = TestClient(served, base_url=ADDRESS)
    with capture_logs() as lines:
        for option in (1, 9):
            client.get(f"/v1/celle/{run}/0316/{option}/trips")
        client.get("/v1/runs")
    assert [(line["log_level"], line["status"]) for line in lines] == [("debug", 200), ("info", 404), ("info", 200)]
