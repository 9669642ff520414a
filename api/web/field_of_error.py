"""Which field an error is about: what the calculation refuses is said at the field that it was typed in."""

from api.web.form import ASSUMPTION, TYPED, Plan
from api.web.option_form import OptionForm
from tariffs.elements import elements
from tariffs.errors import About, TakstlabError

ELEMENTS = {
    "plustur": "plustur{}",
    "bytakst": f"{TYPED}{{}}",
    "kommunetakst": "egenkommunetakst{}",
    "gratis": "gratis{}-0",
    **dict.fromkeys(elements(), "by{}"),
}
"""The service elements, and the field of each."""
COMMON = {
    "spent_kr": "forbrug",
    "spent_to": "forbrug_til",
    "budget_kr": "budget",
    "start": "start",
    "passengers": "passagerer",
    "counted_year": "talt_i",
    "year": "aar",
    "municipality": "kommune",
    "known_prices_only": "kendte",
}
"""The scenario's fields that are one of the form's."""


def field_of(error: TakstlabError, plan: Plan) -> str:
    """Return the id of the field that an error of the calculation is about; empty where it is about no single one."""
    about = error.about
    if about is None:
        return ""
    # Without a start date of its own a change begins the day after the spending.
    common = "forbrug_til" if about.name == "start" and not plan.start else COMMON.get(about.name, "")
    return common or next(iter(_several(about, plan)), "")


def element_field(error: TakstlabError, place: int) -> str:
    """Return the id of the field of an option's element that an error is about; the option's heading where it is about none."""
    return ELEMENTS.get(error.about.name if error.about else "", "valg{}").format(place)


def _several(about: About, plan: Plan) -> list[str]:
    """Return the fields of what there is several of: areas, assumptions, options by name or element."""
    options = list(enumerate(plan.options))
    if about.name == "assumptions":
        return [f"{ASSUMPTION}{key}" for key in about.which if key in plan.assumptions]
    if about.name == "town_zones":
        common = [f"omraade-{n}" for n, zone in enumerate(plan.zones) if zone in about.which]
        own = [f"egetby{i}-{n}" for i, option in options for n, zone in enumerate(option.zones) if zone in about.which]
        return common + own
    if about.name == "gratis":
        return [f"gratis{i}-{n}" for i, option in options for n, name in enumerate(option.free) if name in about.which]
    if about.name == "transfer_points":
        return ["byomraader-og-skiftesteder"]
    if about.name == "name":
        return [f"navn{place}" for place, name in enumerate(plan.names) if name in about.which]
    return [ELEMENTS[about.name].format(place) for place, option in options if _has(option, about, plan)]


def _has(option: OptionForm, about: About, plan: Plan) -> bool:
    """Return whether an option has an element, with the value that the error is about if it is about one."""
    kroner = {*about.which, *(plan.levels.kroner(level) for level in about.which)}
    match about.name:
        case "plustur":
            return option.plustur
        case "bytakst":
            return bool(option.bytakst) and (not about.which or option.town_fare in kroner)
        case "kommunetakst":
            return option.kommunetakst and (not about.which or option.own_kommunetakst in kroner)
        case _:
            return option.town == about.name
