"""Runs of own trips over HTTP: a list is named by its id, and what it cannot be asked is refused before it is taken on."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.settings import Settings
from sim.inputs.intake.trip_list import read_trips, write_trips
from tests.api.http.conftest import Memory
from tests.api.http.test_uploads import OWN, send


def test_a_run_names_an_upload_by_its_id_and_nothing_else(client: TestClient, memory: Memory) -> None:
    trips = send(client).json()["trips"]
    answer = client.post("/v1/runs", json=OWN | {"trips": trips})
    assert answer.status_code == 202, answer.text
    assert client.post("/v1/runs", json=OWN | {"trips": trips}).json()["id"] == answer.json()["id"]
    for wrong in ("/etc/passwd", "upload:../../etc", f"upload:{'0' * 63}", trips + "x"):
        assert client.post("/v1/runs", json=OWN | {"trips": wrong}).status_code == 422
    gone = client.post("/v1/runs", json=OWN | {"trips": f"upload:{'0' * 64}"})
    assert (gone.status_code, gone.json()["what"]) == (422, "Scenariets turliste er ikke gemt her")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"passengers": 12_000}, "passengers"),
        ({"municipality": "0326"}, "Holbæk"),
        ({"years_ahead": 3}, "Overslagsår"),
        ({"switches": {"border_payer": "home"}}, "border_payer"),
    ],
)
def test_what_cannot_be_asked_of_a_list_is_refused_before_it_is_taken_on(
    client, memory, settings, change, word
) -> None:
    trips = send(client).json()["trips"]
    answer = client.post("/v1/runs", json=OWN | {"trips": trips} | change)
    assert (answer.status_code, word in answer.json()["what"]) == (422, True), answer.text
    assert settings.store not in answer.text
    assert memory.states == {}


def test_part_of_a_year_is_no_demand_and_the_answer_names_the_upload_not_the_path(client, settings) -> None:
    trips = send(client, period="2019-01-01/2019-06-30").json()["trips"]
    answer = client.post("/v1/runs", json=OWN | {"trips": trips})
    assert (answer.status_code, answer.json()["where"]) == (422, trips)
    assert settings.store not in answer.text


def test_a_damaged_list_is_a_fault_of_ours_and_no_demand(client: TestClient, settings: Settings) -> None:
    told = send(client).json()
    path = Path(settings.store) / "uploads" / told["id"] / "trips.parquet"
    write_trips(read_trips(path).slice(1), path)
    answer = client.post("/v1/runs", json=OWN | {"trips": told["trips"]})
    assert (answer.status_code, answer.json()["type"]) == (500, "urn:takstlab:problem:data")
    assert settings.store not in answer.text
