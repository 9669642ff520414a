"""Parameters of an address read straight into their model: the addresses asked most go past the framework's own reading."""

from functools import cache
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)


def read_parameters(model: type[Model], request: Request) -> Model:
    """Return the parameters of a request; raises RequestValidationError for what the model does not let through."""
    several = _lists(model)
    raw: dict[str, Any] = {}
    for name, text in request.query_params.multi_items():
        if name in several:
            raw.setdefault(name, []).append(text)
        elif name in raw:
            raise _told_twice(name)
        else:
            raw[name] = text
    try:
        return model.model_validate(raw)
    except ValidationError as error:
        told = error.errors(include_url=False, include_input=False)
        raise RequestValidationError([{**fault, "loc": ("query", *fault["loc"])} for fault in told]) from None


def no_repeats(request: Request) -> None:
    """Refuse a parameter that stands in the address twice, where none may: which of the two is meant nobody can know.

    Raises RequestValidationError.
    """
    told = [name for name, _ in request.query_params.multi_items()]
    for name in told:
        if told.count(name) > 1:
            raise _told_twice(name)


def _told_twice(name: str) -> RequestValidationError:
    return RequestValidationError([{"type": "repeated", "loc": ("query", name), "msg": "repeated"}])


def documented(model: type[BaseModel]) -> dict[str, Any]:
    """Return the parameters as the OpenAPI document has them."""
    schema = model.model_json_schema()
    parameters = []
    for name, about in schema["properties"].items():
        told = {"name": name, "in": "query", "required": name in schema.get("required", ()), "schema": about}
        parameters.append(told | ({"description": about["description"]} if "description" in about else {}))
    return {"parameters": parameters}


@cache
def _lists(model: type[BaseModel]) -> frozenset[str]:
    """Return the names that may stand in an address more than once."""
    properties = model.model_json_schema()["properties"]
    return frozenset(name for name, about in properties.items() if about.get("type") == "array")
