"""docs/api.md and docs/security.md against the code."""

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.http.formats import COLUMNS, Format
from api.http.keys import SCOPES
from api.http.models import Problem
from api.http.problems import KINDS
from sim.answer.quantities import cells

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture(scope="module")
def text() -> str:
    return (DOCS / "api.md").read_text(encoding="utf-8")


def test_every_operation_is_in_the_document_and_no_other(client: TestClient, text: str) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    there = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    told = set(re.findall(r"^\| `((?:GET|POST|PUT|DELETE) [^`]+)` \|", text, re.M))
    assert told == there


def test_every_operation_speaks_both_languages(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    for methods in document["paths"].values():
        for operation in methods.values():
            assert "*English:*" in operation["description"]
            for status, answer in operation["responses"].items():
                if int(status) >= 400:
                    assert answer["content"].keys() == {"application/problem+json"}
    assert "*English:*" in document["info"]["description"]
    assert not {"HTTPValidationError", "ValidationError"} & document["components"]["schemas"].keys()


def test_every_kind_of_problem_is_in_the_document_with_its_status(text: str) -> None:
    told = {}
    for slugs, status in re.findall(r"^\| (`[a-z-]+`(?:, `[a-z-]+`)*) \| (\d{3}) \|", text, re.M):
        told |= {slug: int(status) for slug in re.findall(r"`([a-z-]+)`", slugs)}
    assert told == {kind.slug: kind.status for kind in KINDS.values()}
    assert all(f"`{name}`" in text for name in Problem.model_fields)


def test_every_field_column_and_format_is_in_the_document(text: str) -> None:
    for name in (*(quantity.id for quantity in cells()), *COLUMNS["da"], *COLUMNS["en"]):
        assert f"`{name}`" in text
    assert all(f"`{kind.value}`" in text for kind in Format)


def test_every_scope_is_in_the_security_document() -> None:
    text = (DOCS / "security.md").read_text(encoding="utf-8")
    assert all(f"`{scope}`" in text for scope in SCOPES)
    assert [f"API{number}:2023" in text for number in range(1, 11)] == [True] * 10
