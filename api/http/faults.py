"""What is wrong with a request's fields, in Danish and without repeating what was sent."""

from typing import Any

from fastapi.exceptions import RequestValidationError

from api.http.models import BYTAKST, DAY, ID, KILOMETRES, KOMMUNETAKST, PERIOD, WHEN
from tariffs.errors import InputError

MOST_TOLD = 10
OBJECT = "skal være et JSON-objekt, sendt med headeren Content-Type: application/json"
PATTERNS = {
    DAY: "skal være en dato som 2020-07-01",
    ID: "skal være det lange id (64 tegn) og ikke et gemt navn",
    PERIOD: "skal være to datoer som 2020-01-01/2020-12-31",
    BYTAKST: "skal være hele kroner som 60, eller low, high eller none",
    KOMMUNETAKST: "skal være 1, 0 eller hele kroner som 30",
    KILOMETRES: "skal være kilometer som 13 eller 9,5",
    WHEN: "skal være en dag som 2019-08-03 eller et tidspunkt som 2019-08-03T10:30",
}
"""What a form is called; any other is only said not to fit."""
_PLACES = {"body": "indhold", "query": "forespørgsel", "path": "adresse", "header": "hoved"}


def field_faults(error: RequestValidationError) -> InputError:
    """Return a request's faults as the one error of this house.

    What was sent is never repeated (a NaN could not be written in the answer, and a key or an address should not be), but for
    a short text where a number was asked for: which numbers it may be has to be said.
    """
    faults = error.errors()
    told = [f"{_place(fault['loc'])}: {_danish(fault)}" for fault in faults[:MOST_TOLD]]
    if len(faults) > MOST_TOLD:
        told.append(f"og {len(faults) - MOST_TOLD} fejl mere")
    return InputError(
        "; ".join(told), where="forespørgslen", next_step="ret felterne; se docs/api.md eller /openapi.json"
    )


def _either(context: dict[str, Any]) -> str:
    """Return what is let through, with the Danish for the framework's "or"."""
    return str(context.get("expected")).replace(" or ", " eller ")


def _place(loc: tuple[Any, ...]) -> str:
    first, *rest = loc
    parts = [str(part)[:60] for part in rest if not str(part).startswith(("function-", "tagged-"))]
    return ".".join([_PLACES.get(str(first), str(first)[:60]), *parts])


def _danish(fault: Any) -> str:
    kind, context = str(fault["type"]), fault.get("ctx", {})
    messages = {
        "extra_forbidden": "kendes ikke",
        "missing": "mangler",
        "repeated": "står der to gange",
        "json_invalid": "er ikke gyldig JSON",
        "json_type": "skal være JSON",
        "string_type": "skal være tekst",
        "string_unicode": "er ikke gyldig UTF-8",
        "string_too_short": f"skal have mindst {context.get('min_length')} tegn",
        "string_too_long": f"må højst have {context.get('max_length')} tegn",
        "string_pattern_mismatch": PATTERNS.get(context.get("pattern", ""), "har ikke den form, det skal have"),
        "int_type": "skal være et helt tal",
        "int_parsing": "skal være et helt tal",
        "int_parsing_size": "er et for stort tal",
        "int_from_float": "skal være et helt tal",
        "float_type": "skal være et tal",
        "float_parsing": "skal være et tal",
        "finite_number": "skal være et endeligt tal",
        "bool_type": "skal være true eller false",
        "bool_parsing": "skal være 1 eller 0",
        "list_type": "skal være en liste",
        "dict_type": "skal være et objekt",
        "model_type": OBJECT,
        "model_attributes_type": OBJECT,
        "date_type": "skal være en dato som 2020-07-01",
        "date_parsing": "skal være en dato som 2020-07-01",
        "date_from_datetime_parsing": "skal være en dato som 2020-07-01",
        "too_short": f"skal have mindst {context.get('min_length')}",
        "too_long": f"må højst have {context.get('max_length')}",
        "greater_than": f"skal være over {context.get('gt')}",
        "greater_than_equal": f"skal være mindst {context.get('ge')}",
        "less_than": f"skal være under {context.get('lt')}",
        "less_than_equal": f"må højst være {context.get('le')}",
        "literal_error": f"skal være {_either(context)}",
        "typed": str(context.get("said")),
        "enum": f"skal være {_either(context)}",
    }
    return messages.get(kind, "kan ikke bruges")
