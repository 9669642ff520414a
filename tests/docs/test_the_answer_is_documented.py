"""docs/answer.md and the published schema against the records."""

import dataclasses
import json
import re
import typing
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from sim.answer.codec import json_schema
from sim.answer.records import Answer
from tariffs import Certainty
from tests.conftest import Takstlab

PAGE = Path(__file__).parents[2] / "docs" / "answer.md"


def records_in(of: Any) -> list[Any]:
    found = [of] if dataclasses.is_dataclass(of) else []
    return found + [record for part in typing.get_args(of) for record in records_in(part)]


def all_records() -> dict[str, list[str]]:
    """Every record of an answer with the keys it has in JSON, in order."""
    found: dict[str, list[str]] = {}
    waiting = [Answer]
    while waiting:
        record = waiting.pop()
        hints = typing.get_type_hints(record, include_extras=True)
        if record.__name__ not in found:
            found[record.__name__] = [_key(field.name, hints[field.name]) for field in dataclasses.fields(record)]
            waiting += [part for field in dataclasses.fields(record) for part in records_in(hints[field.name])]
    return found


def _key(name: str, hint: Any) -> str:
    aliases = [part.alias for part in getattr(hint, "__metadata__", ()) if isinstance(part, FieldInfo) and part.alias]
    return aliases[0] if aliases else name


def test_every_record_has_its_row_with_its_keys_and_no_other_has() -> None:
    rows = re.findall(r"^\| ([A-Z]\w+) \| [^|]+ \| ([^|]+) \|$", PAGE.read_text(encoding="utf-8"), re.M)
    assert {name: re.findall(r"`(\w+)`", keys) for name, keys in rows} == all_records()


def test_the_schema_that_is_printed_has_every_record_and_key(takstlab: Takstlab) -> None:
    status, out, _ = takstlab("schema", "comparison")
    schema = json.loads(out)
    assert status == 0
    assert schema == json_schema()
    described = {"Answer": schema} | {n: said for n, said in schema["$defs"].items() if "properties" in said}
    assert schema["$defs"]["Certainty"]["enum"] == [*Certainty]
    assert {name: list(record["properties"]) for name, record in described.items()} == all_records()
    assert all(record["description"] for record in described.values())
