"""JSON bodies made of the scenario's own records: a field, its default and its limits are declared there, once for every door.

What JSON has no way of saying is another: a tuple is a list, a day is text. What a record sets no limit to has the service's own, as a
body comes from anywhere.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache, reduce
from operator import or_
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Field, create_model
from pydantic.fields import FieldInfo
from pydantic.types import Strict

from api.http.models import MOST_ELEMENTS, Body, Day

MOST_LETTERS, MOST_KEYS, MOST_KR = 120, 200, 1e12
Wire = tuple[Any, Any]
"""A field's type in a body, and its default, ... where it has to be there."""


def body_of(
    record: type[BaseModel],
    instead: Mapping[str, Wire] | None = None,
    described: Mapping[str, str] | None = None,
    without: Collection[str] = (),
) -> type[Body]:
    """Return the body of a record, some fields ``instead`` of its own or left out, and a description of some."""
    fields: dict[str, Any] = dict(instead or {})
    for name, declared in record.model_fields.items():
        if name not in fields and name not in without:
            fields[name] = (as_json(declared.annotation, tuple(_limits(declared))), _default(declared))
    told = {
        name: (
            Annotated[kind, Field(description=described[name])] if described and name in described else kind,
            default,
        )
        for name, (kind, default) in fields.items()
    }
    return create_model(f"{record.__name__}Body", __base__=Body, __doc__=record.__doc__, **told)  # type: ignore[call-overload]


@cache
def _whole(record: type[BaseModel]) -> type[Body]:
    return body_of(record)


def as_json(kind: Any, limits: tuple[Any, ...] = ()) -> Any:
    """Return the type that JSON has for a record's, within its own limits or the service's where it has none.

    >>> as_json(date) is Day
    True
    """
    origin, parts = get_origin(kind), get_args(kind)
    if origin is Annotated:
        own = [limit for told in parts[1:] for limit in (_limits(told) if isinstance(told, FieldInfo) else [told])]
        return as_json(parts[0], (*limits, *own))
    if origin in (Union, UnionType):
        return reduce(or_, [as_json(part, limits if part is not type(None) else ()) for part in parts])
    if origin is tuple:
        return _within(list[as_json(parts[0])], limits, "max_length", MOST_ELEMENTS)  # type: ignore[misc]
    if origin is dict:
        return _within(dict[as_json(parts[0]), as_json(parts[1])], limits, "max_length", MOST_KEYS)  # type: ignore[misc]
    if kind is str:
        return _within(str, limits, "max_length", MOST_LETTERS)
    if kind is float:
        return _within(float, limits, "le", MOST_KR)
    if kind is date:
        return Day
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return _whole(kind)
    return Annotated[kind, *limits] if limits else kind


def _within(kind: Any, limits: tuple[Any, ...], name: str, most: float) -> Any:
    if not any(hasattr(limit, name) for limit in limits):
        limits = (*limits, Field(**{name: most}))  # type: ignore[call-overload]
    return Annotated[kind, *limits]


def _limits(declared: FieldInfo) -> list[Any]:
    """Return a field's limits; how strictly it is read is the door's: nothing in a body is converted."""
    return [limit for limit in declared.metadata if not isinstance(limit, Strict)]


def _default(declared: FieldInfo) -> Any:
    if declared.is_required():
        return ...
    default = declared.get_default(call_default_factory=True)
    if isinstance(default, tuple | dict):
        return Field(default_factory=list if isinstance(default, tuple) else dict)
    return default
