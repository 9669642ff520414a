"""The application as its OpenAPI document describes it, with a key that may everything and a finished run, for made-up cases."""

import copy
import tempfile
from pathlib import Path
from typing import Any

import schemathesis
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


def excluded(case: schemathesis.Case) -> list[Any]:
    """What fits the schema may still break a rule of the tariff (two elements that contradict each other): 422 is right.

    A cell that asked for its errors as text gets 200 for a bad key or parameter too.
    """
    as_text = case.query.get("fejl") == "tekst"
    return [positive_data_acceptance, *([ignored_auth, negative_data_rejection] if as_text else [])]


@schemathesis.serializer("application/toml")
def as_it_is(ctx: object, value: object) -> bytes:
    return str(value).encode("utf-8", "replace")


def finish_a_run(comparison: dict[str, Any]) -> None:
    """One run that is done, under a name."""
    run = MEMORY.submit(copy.deepcopy(SCENARIO)).id
    MEMORY.finish(run, comparison)
    MEMORY.save_name("budget-2027", run)
