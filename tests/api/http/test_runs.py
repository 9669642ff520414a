import json

import pytest
from fastapi.testclient import TestClient

from api.store.errors import QueueFullError, StoreFullError
from sim.study import terms
from tariffs.errors import InputError
from tests.api.http.conftest import SCENARIO


def test_a_scenario_is_taken_on_and_the_same_again_is_the_same_run(client, memory, comparison) -> None:
    first = client.post("/v1/runs", json=SCENARIO)
    assert first.status_code == 202
    assert first.headers["Location"] == f"/v1/runs/{first.json()['id']}"
    again = client.post("/v1/runs", json=dict(reversed(SCENARIO.items())) | {"name": "et andet navn"})
    assert (again.status_code, again.json()["id"]) == (202, first.json()["id"])
    memory.finish(first.json()["id"], comparison)
    assert client.post("/v1/runs", json=SCENARIO).status_code == 200
    assert client.post("/v1/runs", json=SCENARIO | {"seed": 2}).json()["id"] != first.json()["id"]


def test_an_option_may_be_written_as_on_the_command_line(client: TestClient) -> None:
    texts = ["Nuværende ordning: kommunetakst, bytakst=low", {"name": "=1+1", "elements": ["kommunetakst"]}]
    first, again = (client.post("/v1/runs", json=SCENARIO | extra).json()["id"] for extra in ({}, {"options": texts}))
    assert first == again


def test_a_runs_state_tells_progress_and_where_to_go_on(client, memory) -> None:
    run = client.post("/v1/runs", json=SCENARIO).json()["id"]
    memory.move(run, state="running", done=3, expected=40, seconds_left=12.5)
    state = client.get(f"/v1/runs/{run}").json()
    assert (state["state"], state["done"], state["expected"], state["seconds_left"]) == ("running", 3, 40, 12.5)
    assert client.get(state["links"]["self"]).status_code == 200
    assert [r["id"] for r in client.get("/v1/runs").json()["runs"]] == [run]
    assert client.post(state["links"]["cancel"]).json()["state"] == "cancelled"
    assert client.get(f"/v1/runs/{'0' * 64}").status_code == 404
    assert client.get("/v1/runs/../../etc/passwd").status_code == 404


def test_a_run_is_followed_until_it_ends(client, memory, monkeypatch) -> None:
    run = client.post("/v1/runs", json=SCENARIO).json()["id"]

    def moving(run: str):
        for state, done in (("queued", 0), ("running", 1), ("done", 4)):
            memory.move(run, state=state, done=done)
            yield memory.states[run]

    monkeypatch.setattr(memory, "events", moving)
    answer = client.get(f"/v1/runs/{run}/events")
    assert answer.headers["content-type"].startswith("text/event-stream")
    events = [json.loads(line[6:]) for line in answer.text.splitlines() if line.startswith("data: ")]
    assert [(e["state"], e["done"]) for e in events] == [("queued", 0), ("running", 1), ("done", 4)]


def test_a_run_that_does_not_exist_cannot_be_followed(client: TestClient) -> None:
    assert client.get(f"/v1/runs/{'0' * 64}/events").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"trips": "/etc/passwd"}, "trips: har ikke den form"),
        ({"tariff_files": ["../x"]}, "tariff_files.0: har ikke den form"),
        ({"gtfs": "http://x"}, "gtfs: har ikke den form"),
        ({"year": "2020"}, "year: skal være et helt tal"),
        ({"start": "2020-02-30"}, "dagen findes ikke"),
        ({"start": "2021-01-01"}, "ligger ikke i året"),
        ({"passengers": 0}, "passengers"),
        ({"options": []}, "options"),
        ({"options": [{"name": "x", "elements": ["bytakst=low", "dobbelt_grundtakst"]}]}, "modsiger"),
        ({"municipality": "Aarhus"}, "Movias 45"),
        ({"draws": 65}, "draws"),
        ({"assumptions": {"findes_ikke": 1.0}}, "findes_ikke"),
        ({"municipality": "0101"}, "ikke flextur"),
        ({"year": 2034, "start": None}, "ingen takstudgave"),
        ({"town_zones": ["Atlantis"]}, "Atlantis"),
    ],
)
def test_a_scenario_that_cannot_be_run_is_refused_before_anything_is_taken_on(client, memory, wrong, word) -> None:
    answer = client.post("/v1/runs", json=SCENARIO | wrong)
    assert answer.status_code == 422, answer.text
    assert word in answer.json()["what"]
    assert memory.states == {}


def test_a_run_that_would_take_all_night_is_refused_with_what_it_costs(client, memory) -> None:
    many = [{"name": f"valg {n}", "elements": ["kommunetakst"]} for n in range(12)]
    large = SCENARIO | {"options": many, "passengers": 5_000_000, "draws": 64, "max_replications": 100}
    answer = client.post("/v1/runs", json=large)
    # 12 options x 164 runs x 5 million passengers at 20,000 a core second: 492,000 s or 136.7 core hours.
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:takstlab:problem:too-much-work")
    assert "136,7 kernetimer" in answer.json()["what"]
    assert memory.states == {}


def test_a_full_queue_and_a_full_disk_are_said_as_such(client, memory) -> None:
    for error, status in ((QueueFullError("Køen er fuld"), 503), (StoreFullError("Disken er fuld"), 507)):
        memory.full = error
        answer = client.post("/v1/runs", json=SCENARIO)
        assert answer.status_code == status
        assert ("Retry-After" in answer.headers) == (status == 503)


def test_names_are_saved_listed_and_forgotten(client, memory) -> None:
    run = client.post("/v1/runs", json=SCENARIO).json()["id"]
    assert client.put("/v1/names/årets-budget", json={"run": run}).status_code == 200
    assert client.get("/v1/names").json() == {"names": {"årets-budget": run}}
    assert client.put("/v1/names/nyt", json={"run": "0" * 64}).status_code == 404
    assert client.put("/v1/names/a.b", json={"run": run}).status_code == 422
    assert client.delete("/v1/names/årets-budget").status_code == 204
    assert client.delete("/v1/names/årets-budget").status_code == 404


def test_a_fault_of_ours_says_nothing_of_how_we_work(client: TestClient, memory, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("hemmelig sti /srv/takstlab")

    monkeypatch.setattr(memory, "list", broken)
    monkeypatch.setattr(memory, "result", broken)
    for path in ("/v1/runs", f"/v1/celle/{'0' * 64}/0316/1/trips", f"/v1/runs/{'0' * 64}/result.csv"):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "hemmelig" not in answer.text
    told = client.get(f"/v1/celle/{'0' * 64}/0316/1/trips?fejl=tekst")
    assert (told.status_code, told.text) == (200, "#FEJL: Der er sket en fejl på serveren")


def test_an_unknown_free_destination_is_refused_before_the_run_is_taken_on(client: TestClient) -> None:
    options = [*SCENARIO["options"], {"name": "Gratis", "elements": ["gratis=Rådhuset på Månen"]}]  # type: ignore[misc]
    response = client.post("/v1/runs", json={**SCENARIO, "options": options})
    assert response.status_code == 422
    assert "Rådhuset på Månen" in response.json()["what"]


@pytest.mark.parametrize("ended", ["failed", "cancelled"])
def test_a_run_that_failed_or_was_cancelled_is_sent_again_by_one_call_and_from_its_page(client, memory, ended) -> None:
    run = client.post("/v1/runs", json=SCENARIO).json()["id"]
    assert client.post(f"/v1/runs/{run}/again").status_code == 503
    memory.move(run, state=ended, error="for tung")
    page = client.get(f"/koersel/{run}", headers={"Accept": "text/html"}).text
    assert f'action="/koersel/{run}/igen"' in page
    answer = client.post(f"/v1/runs/{run}/again")
    assert (answer.status_code, answer.json()["id"], answer.json()["state"]) == (202, run, "queued")
    memory.move(run, state=ended)
    led = client.post(f"/koersel/{run}/igen", follow_redirects=False)
    assert (led.status_code, led.headers["Location"]) == (303, f"/koersel/{run}")
    assert memory.states[run].state == "queued"
    assert client.post(f"/v1/runs/{'0' * 64}/again").status_code == 404


def test_a_runs_scenario_is_read_by_its_id_and_is_the_same_run_when_it_is_sent(client, memory) -> None:
    state = client.post("/v1/runs", json=SCENARIO | {"reference": []}).json()
    told = client.get(state["links"]["scenario"])
    assert told.status_code == 200
    assert (told.json()["year"], told.json()["reference"], told.json()["municipality"]) == (2020, [], "0316")
    assert client.post("/v1/runs", json=told.json()).json()["id"] == state["id"]
    assert client.get(f"/v1/runs/{'0' * 64}/scenario.json").status_code == 404


def test_a_municipality_whose_roads_were_never_measured_is_answered_before_they_are(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Measuring takes seconds: the run does it. What can be refused without the map is refused all the same."""

    def measured_now(_land: object) -> None:
        raise InputError("vejene blev målt")

    monkeypatch.setattr(terms, "compute", measured_now)
    new = SCENARIO | {"assumptions": {"speed_town_kmh": 31.7}}
    assert client.post("/v1/runs", json=new).status_code == 202
    refused = client.post("/v1/runs", json=new | {"municipality": "0185"})
    assert refused.status_code == 422
    assert "flextur" in refused.json()["detail"]
    with_place = [*SCENARIO["options"], {"name": "Gratis", "elements": ["gratis=Rådhuset på Månen"]}]  # type: ignore[misc]
    waited = client.post("/v1/runs", json=new | {"options": with_place})
    assert waited.status_code == 422
    assert "vejene blev målt" in waited.text
