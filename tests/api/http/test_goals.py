"""Goal seek over HTTP answers as the command does."""

import json
from datetime import date

import pytest
from fastapi.testclient import TestClient


def test_the_goal_is_the_command_lines(client: TestClient, takstlab) -> None:
    options = ["--option", "Nuværende ordning: kommunetakst", "--option", "Valgt: kommunetakst"]
    _, out, _ = takstlab(
        "goal", "--municipality", "0316", *options, "--passengers", "12000", "--change", "-60000", "--json"
    )
    asked = {"change": -60000, "today": "kommunetakst", "passengers": 12000}
    assert client.get("/v1/maal/0316", params=asked).json() == json.loads(out)[0]


def test_the_year_is_the_one_being_budgeted(client: TestClient) -> None:
    asked = {"change": -60000, "today": "kommunetakst", "passengers": 12000}
    client.app.state.today = lambda: date(2026, 11, 28)  # type: ignore[attr-defined]
    stated = client.get("/v1/maal/0316", params=asked | {"year": 2027})
    assert stated.status_code == 200
    assert client.get("/v1/maal/0316", params=asked).json() == stated.json()


@pytest.mark.parametrize(
    ("asked", "word"),
    [({}, "change: mangler"), ({"change": "-0,3"}, "helt tal"), ({"change": -1, "element": "plustur"}, "element"),
     ({"change": -1, "option": "lukket_by"}, "modsiger"), ({"change": -1, "passengers": "4.000"}, "passengers")],
)  # fmt: skip
def test_a_goal_that_cannot_be_sought_is_refused(client: TestClient, asked: dict, word: str) -> None:
    answer = client.get("/v1/maal/0316", params=asked)
    assert answer.status_code == 422
    assert word in answer.json()["what"]
