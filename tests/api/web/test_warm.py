"""What the service makes of each municipality after its start is what an estimate of it would otherwise make."""

import pytest
from fastapi.testclient import TestClient

from sim.estimate import ground
from sim.estimate.ahead import made_ready
from sim.study import terms


def test_a_municipality_made_ready_has_its_estimate_without_a_new_ground(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert made_ready("0159", 2020)

    def never(*_: object) -> None:
        raise AssertionError("made again")

    monkeypatch.setattr(ground, "_made", never)
    for asked in ("kommunetakst=31", "bytakst=58", "kommunetakst=1&passengers=800"):
        answer = client.get(f"/v1/skoen/0159?{asked}&year=2020&felt=net_cost")
        assert answer.status_code == 200, answer.text


def test_a_municipality_with_a_fare_of_its_own_is_made_ready_too() -> None:
    assert made_ready("0390", 2027)


def test_a_municipality_whose_roads_are_not_measured_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(terms, "is_measured", lambda land: False)
    assert not made_ready("0159", 2020)
