"""Names that a user gives, in every form: an error of the one shape, or a name that differs from the others to the eye."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.problems import MEDIA_TYPE
from api.store.names import Names
from tests.api.http.conftest import SCENARIO

NOW = {"name": "Nu", "elements": ["kommunetakst"]}
HIDDEN = ("a\u200b", "\ufeff", "a\x00b", "a\u202eb", "\ud800", "A" * 121, "A\u034f", "A\u3164", "A\U000e0100", "\u2800")


def send(client: TestClient, **told: object):
    body = json.dumps(SCENARIO | told).encode("utf-8", "surrogatepass")
    return client.post("/v1/runs", content=body, headers={"Content-Type": "application/json"})


@pytest.mark.parametrize("name", HIDDEN)
@pytest.mark.parametrize("form", ["{}", "{}: kommunetakst", "table"])
def test_a_name_that_cannot_be_shown_is_refused_in_the_one_shape(client, memory, name, form) -> None:
    option = {"name": name} if form == "table" else form.format(name)
    answer = send(client, options=["Nu", option])
    assert answer.status_code in (400, 422), answer.text
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    assert {"type", "title", "status", "detail", "what", "next"} <= set(answer.json())
    assert not memory.states


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({"options": [NOW, {"name": "N\u00adu"}]}, "samme navn"),
        ({"options": [NOW, "Nu : bytakst=low"]}, "samme navn"),
        ({"options": [NOW, {"name": "Ｎｕ"}]}, "samme navn"),
        ({"options": [NOW, {"name": "Nu\ufe0f"}]}, "samme navn"),
        ({"options": [{"name": "Café"}, {"name": "Cafe\u0301"}]}, "samme navn"),
        ({"options": [{"name": "\u00ad"}]}, "navnet er tomt"),
        ({"options": [NOW], "own_lines": [{"option": "Nu", "name": n, "kr": 1} for n in ("x", "x\u00ad")]}, "samme navn"),
        ({"options": [NOW], "own_lines": [{"option": "Nu", "name": "x\u200b", "kr": 1}]}, "ikke kan ses"),
        (
            {"options": ["Nu: gratis=Telefonfabrikken", "Ny: gratis=TELEFONFABRIKKEN"]},
            "'TELEFONFABRIKKEN' skrives også 'Telefonfabrikken'",
        ),
        (
            {
                "options": ["Nu: gratis=Holbæk Station"],
                "free_destinations": [{"name": "holbæk station", "trips_per_month_before": 3}],
            },
            "'holbæk station' skrives også 'Holbæk Station'",
        ),
        (
            {"options": ["Nu: gratis=Holbæk Station"], "free_destinations": [{"name": "Holbæk Station"}] * 2},
            "'Holbæk Station' står to gange",
        ),
    ],
)  # fmt: skip
def test_names_that_look_alike_are_refused(client, memory, told, word) -> None:
    answer = send(client, **told)
    assert answer.status_code == 422, answer.text
    assert word in answer.json()["detail"]
    assert not memory.states


def test_a_name_is_found_however_its_letters_are_sent(tmp_path: Path) -> None:
    names = Names(tmp_path / "names.json")
    names.save("Bla\u030a-2027", "0" * 64)
    assert names.run_of("blå-2027") == names.run_of("BLA\u030a-2027") == "0" * 64
    names.forget("bla\u030a-2027")
    assert names.all() == {}
