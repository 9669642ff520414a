"""Reads and writes ``comparison.json``: the only place that knows the records' keys as text.

An older build's answer is lifted: what it does not hold is None, which is unknown and never 0. Nothing else of it moves, so
what is read and written again has the same figures to the last digit.
"""

import json
from collections.abc import Hashable, Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from sim.answer.records import Answer
from tariffs.errors import DataError

SCHEMA_VERSION = 1
"""The form of ``comparison.json`` that this build writes; it reads every form up to it."""


def read_answer(content: Mapping[str, Any], where: str = "") -> Answer:
    """Return the answer that a ``comparison.json`` of this or an earlier build holds; ``where`` is the file's name.

    Raises DataError for a form that this build does not know, and for what is no answer.
    """
    version = content.get("schema_version")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= SCHEMA_VERSION:
        raise DataError(
            "Svaret har en form, som denne udgave ikke kender",
            where=where,
            why=f"schema_version er {version}; denne udgave kender 1 til {SCHEMA_VERSION}",
            next_step="brug den udgave af Takstlab, der skrev svaret, eller en nyere",
        )
    try:
        return _adapter().validate_python(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise DataError(
            "Filen er ikke et svar fra Takstlab",
            where=where,
            why=f"{'.'.join(map(str, first['loc'])) or 'indholdet'} mangler eller har en anden form ({error.error_count()} steder)",
            next_step="angiv en comparison.json, som Takstlab har skrevet",
        ) from None


def as_json(answer: Answer) -> dict[str, Any]:
    """Return an answer as the object that ``comparison.json`` holds, its keys in the order of the records."""
    written: dict[str, Any] = _adapter().dump_python(answer, mode="json", by_alias=True)
    return written


def as_text(answer: Answer) -> str:
    """Return an answer as the text of ``comparison.json``."""
    return json.dumps(as_json(answer), ensure_ascii=False, indent=2) + "\n"


def record_json(record: Hashable) -> dict[str, Any]:
    """Return one record of an answer as the object that it is in ``comparison.json``."""
    written: dict[str, Any] = _adapter_of(type(record)).dump_python(record, mode="json", by_alias=True)
    return written


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of ``comparison.json``; it allows keys that later builds may add."""
    schema = _adapter().json_schema(mode="serialization", by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "comparison.json"}


@cache
def _adapter_of(kind: type[Hashable]) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


@cache
def _adapter() -> TypeAdapter[Answer]:
    """Return the reader and writer, built when first asked for: it takes some 60 ms."""
    return TypeAdapter(Answer)
