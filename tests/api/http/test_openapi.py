"""Every operation under requests that follow the OpenAPI document and requests that break it, and sequences of them."""

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, settings

from tests.api.http.documented_cases import KEY, excluded, finish_a_run, schema

limits = settings(max_examples=30, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@pytest.fixture(autouse=True, scope="module")
def something_to_find(comparison: dict[str, Any]) -> None:
    finish_a_run(comparison)


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
