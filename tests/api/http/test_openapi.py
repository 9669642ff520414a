"""Every operation under requests that follow the OpenAPI document and requests that break it, and sequences of them."""

import copy
import tempfile
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from api.http.app import create_app
from api.http.keys import SCOPES, KeyBook
from api.settings import Settings
from tests.api.http.conftest import SCENARIO, Memory

FOLDER = Path(tempfile.mkdtemp())
SETTINGS = Settings(
    host="0.0.0.0", base_url="http://testserver", requests_per_minute=10**6, store=str(FOLDER / "lager")
)
MEMORY = Memory(SETTINGS)
KEYS = KeyBook(FOLDER / "keys.json")
KEY = {"Authorization": f"Bearer {KEYS.add('prøve', SCOPES, 1)[1]}"}
APP = create_app(SETTINGS, MEMORY, MEMORY, KEYS)
schema = schemathesis.openapi.from_asgi("/openapi.json", APP)
limits = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


def excluded(case: schemathesis.Case) -> list[Any]:
    """What fits the schema may still break a rule of the tariff (two elements that contradict each other): 422 is right.

    A cell that asked for its errors as text gets 200 for a bad key or parameter too.
    """
    as_text = case.query.get("fejl") == "tekst"
    return [positive_data_acceptance, *([ignored_auth, negative_data_rejection] if as_text else [])]


@schemathesis.serializer("application/toml")
def as_it_is(ctx: object, value: object) -> bytes:
    return str(value).encode("utf-8", "replace")


@pytest.fixture(autouse=True, scope="module")
def something_to_find(comparison: dict[str, Any]) -> None:
    """One run that is done, under a name."""
    run = MEMORY.submit(copy.deepcopy(SCENARIO)).id
    MEMORY.finish(run, comparison)
    MEMORY.save_name("budget-2027", run)


@schema.parametrize()
@limits
def test_every_operation_answers_as_it_is_documented(case: schemathesis.Case) -> None:
    case.call_and_validate(headers=KEY, excluded_checks=excluded(case))


def test_sequences_of_operations_answer_as_they_are_documented() -> None:
    from hypothesis.stateful import run_state_machine_as_test

    class Sequences(schema.as_state_machine()):  # type: ignore[misc]
        def get_call_kwargs(self, case: schemathesis.Case) -> dict[str, Any]:
            return {"headers": KEY}

        def validate_response(self, response: Any, case: schemathesis.Case, *_: Any, **kwargs: Any) -> None:
            case.validate_response(response, excluded_checks=excluded(case), transport_kwargs=kwargs or None)

    run_state_machine_as_test(
        Sequences,
        settings=settings(
            max_examples=15, stateful_step_count=6, deadline=None, derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
