"""Ten thousand requests a seed that follow the OpenAPI document or break it, over every operation: each answer is as documented.

``make soak`` sends them all; the slow tests send 500 of each seed. CASES_SEED chooses other seeds, CASES_MANY fewer cases, and a failure
prints the request.
"""

import os
import warnings
from collections import Counter
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import GenerationMode
from schemathesis.core.errors import InvalidSchema
from schemathesis.core.failures import FailureGroup

from tests.api.http.documented_cases import KEY, excluded, finish_a_run, schema

FIRST_SEED = int(os.environ.get("CASES_SEED", "1"))
SEEDS = (FIRST_SEED, FIRST_SEED + 1, FIRST_SEED + 2)
MANY, SOME = int(os.environ.get("CASES_MANY", "10000")), 500
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
OPERATIONS = [found.ok() for found in schema.get_all_operations()]


@pytest.fixture(autouse=True, scope="module")
def something_to_find(comparison: dict[str, Any]) -> None:
    finish_a_run(comparison)


@pytest.mark.slow
@pytest.mark.parametrize("number", SEEDS)
def test_some_requests_of_each_seed_are_answered_as_documented(number: int) -> None:
    asked, faults = send(SOME, number)
    assert not faults, "\n\n".join(faults)
    assert asked.total() >= SOME


@pytest.mark.hour
@pytest.mark.parametrize("number", SEEDS)
def test_ten_thousand_requests_of_each_seed_are_answered_as_documented(number: int) -> None:
    asked, faults = send(MANY, number)
    assert not faults, "\n\n".join(faults)
    assert asked.total() >= MANY


def send(least: int, number: int) -> tuple[Counter[str], list[str]]:
    """Send at least so many requests in equal parts to every operation; returns how many each got, and what was wrong."""
    asked: Counter[str] = Counter()
    faults: list[str] = []
    while asked.total() < least:
        left = least - asked.total()
        before = asked.total()
        for operation in OPERATIONS:
            each = -(-left // (len(OPERATIONS) * len(MODES)))
            for mode in MODES:
                _send(operation, mode, each, number, asked, faults)
        if faults or asked.total() == before:
            break
        number += 1_000  # hypothesis stops early where it has seen all there is: other operations get the rest
    return asked, faults


def _send(
    operation: Any, mode: GenerationMode, count: int, number: int, asked: Counter[str], faults: list[str]
) -> None:
    """Send requests to one operation; the first that is answered otherwise than documented is told."""

    @seed(number)
    @settings(
        max_examples=count, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck), report_multiple_bugs=False,
    )  # fmt: skip
    @given(case=operation.as_strategy(generation_mode=mode))
    def one(case: schemathesis.Case) -> None:
        asked[operation.label] += 1
        case.call_and_validate(headers=KEY, excluded_checks=excluded(case))

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            one()
        except FailureGroup as wrong:
            faults.append(f"{operation.label} ({mode.value}): " + "\n".join(map(str, wrong.exceptions)))
        except InvalidSchema:
            raise
        except Exception as wrong:
            if type(wrong).__name__ != "Unsatisfiable":  # a request without any parameter cannot be a wrong one
                faults.append(f"{operation.label} ({mode.value}): {type(wrong).__name__}: {wrong}")
