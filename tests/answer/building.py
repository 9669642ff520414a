"""Records of an answer from as much of its JSON as a test is about: what is left out is zero, empty or None."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from sim.answer.codec import SCHEMA_VERSION, read_answer
from sim.answer.records import Answer

KEYS = {"first": "from", "last": "to"}
"""Fields that the JSON has under another key."""


def answer_of(content: Mapping[str, Any]) -> Answer:
    """Return the answer that JSON of some of its keys is, read by the codec."""
    return read_answer(whole(Answer, {"schema_version": SCHEMA_VERSION, **content}))


def whole(kind: Any, value: Any) -> Any:
    """Return JSON with every key of what it is read as."""
    if get_origin(kind) in (Union, UnionType):
        return None if value is None else whole(_meant(kind, value), value)
    if get_origin(kind) is tuple and isinstance(value, list | tuple):
        return [whole(get_args(kind)[0], one) for one in value]
    if not is_dataclass(kind) or not isinstance(value, Mapping):
        return value
    hints = get_type_hints(kind)
    given = {KEYS.get(f.name, f.name): hints[f.name] for f in fields(kind)}
    return {key: whole(of, value[key]) if key in value else nothing(of) for key, of in given.items()}


def nothing(kind: Any) -> Any:
    """Return what is meant by a key that is not there."""
    if hasattr(kind, "__metadata__"):
        return nothing(kind.__origin__)
    if get_origin(kind) in (Union, UnionType):
        return None if NoneType in get_args(kind) else nothing(get_args(kind)[0])
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if is_dataclass(kind):
        return whole(kind, {})
    if kind is date:
        return "2020-01-01"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return next(iter(kind)).value
    return [] if get_origin(kind) is tuple else {} if get_origin(kind) is dict else kind()


def _meant(kind: Any, value: Any) -> Any:
    """Return which of several records a value is: the one that has most of its keys, and fewest others."""
    kinds = [one for one in get_args(kind) if one is not NoneType]
    records = [one for one in kinds if is_dataclass(one)]
    if not isinstance(value, Mapping) or not records:
        return kinds[0]
    names = [{f.name for f in fields(one)} for one in records]
    return max(zip(records, names, strict=True), key=lambda pair: (len(pair[1] & value.keys()), -len(pair[1])))[0]
