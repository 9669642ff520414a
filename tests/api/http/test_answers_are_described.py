"""The OpenAPI document describes every answer, and what is answered is what it describes."""

from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.http.answers import Answer
from api.http.estimate_answers import EstimateAnswer, GoalAnswer
from sim.answer.codec import as_json, read_answer


@pytest.fixture
def operations(client: TestClient) -> dict[str, Any]:
    paths = client.get("/openapi.json").json()["paths"]
    return {f"{method} {path}": said for path, methods in paths.items() for method, said in methods.items()}


def test_every_answer_in_every_format_has_a_schema(operations: dict[str, Any]) -> None:
    for name, operation in operations.items():
        answers = {status: said for status, said in operation["responses"].items() if status.startswith("2")}
        assert answers, name
        for status, said in answers.items():
            assert said.get("content") or status == "204", name
            for kind, content in said.get("content", {}).items():
                assert content.get("schema"), f"{name}: {kind}"


@pytest.mark.parametrize(
    ("path", "described"),
    [
        (
            "/v1/skoen/0316?kommunetakst=1&bytakst=high&today=kommunetakst&start=2020-07-01&passengers=900",
            EstimateAnswer,
        ),
        ("/v1/skoen/0316?lukket_by=1&passengers=900", EstimateAnswer),
        ("/v1/maal/0316?change=-60000&today=kommunetakst&passengers=12000", GoalAnswer),
    ],
)
def test_a_closed_form_answer_is_what_is_described(client: TestClient, path: str, described: type[Answer]) -> None:
    described.model_validate_json(client.get(path).content)


def test_a_result_is_an_answer_with_nothing_beside_it(
    client: TestClient, done: str, operations: dict[str, Any]
) -> None:
    result = client.get(f"/v1/runs/{done}/result.json").json()
    assert as_json(read_answer(result)) == result
    said = operations["get /v1/runs/{run}/result.{kind}"]["responses"]["200"]["content"]
    assert said["application/json"]["schema"] == {"$ref": "#/components/schemas/Answer"}


def test_a_scenario_is_described_as_it_is_sent(client: TestClient, done: str, operations: dict[str, Any]) -> None:
    said = operations["get /v1/runs/{run}/scenario.json"]["responses"]["200"]["content"]["application/json"]
    assert said == operations["post /v1/runs"]["requestBody"]["content"]["application/json"]
