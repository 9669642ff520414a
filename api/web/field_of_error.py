"""Which field an error is about: what the calculation refuses is said at the field that it was typed in."""

import re

from api.web.form import ASSUMPTION, TYPED, Plan
from tariffs.errors import TakstlabError

ELEMENTS = (
    ("plustur", "plustur{}"),
    ("bytakst", f"{TYPED}{{}}"),
    ("kommunetakst", "egenkommunetakst{}"),
    ("lukket_by", "by{}"),
    ("stoppested", "by{}"),
    ("dobbelt_grundtakst", "by{}"),
)
"""Words of an error about an option's elements, and the field of each."""
WORDS = (
    (r"^Forbruget er talt til|^--spent er angivet uden", "forbrug_til"),
    (r"^--spent-to er angivet uden", "forbrug"),
    (r"^Ændringen træder i kraft|[Ss]tartdatoen", "start"),
    (r"passagertallet", "passagerer"),
    (r"ingen takstudgave", "aar"),
    (r"har ikke flextur", "kommune"),
)
"""What an error about one field of the whole comparison says."""


def field_of(error: TakstlabError, plan: Plan) -> str:
    """Return the id of the field that an error of the calculation is about; empty where it is about no single one."""
    said = " ".join((error.what, error.where, error.why))
    if "kun kendte priser" in f"{said} {error.next_step}":
        return "kendte"
    return _place(said, plan) or _assumption(said, plan) or _option(error, plan) or _common(said, plan)


def element_field(error: TakstlabError, place: int) -> str:
    """Return the id of the field of an option's element that an error is about; the option's heading where it is about none."""
    said = error.what.lower()
    # Of two that contradict each other the later one of the list is the one to take back.
    found = [field for word, field in ELEMENTS if word in said]
    return (found[-1] if "modsiger" in said and found else found[0] if found else "valg{}").format(place)


def _place(said: str, plan: Plan) -> str:
    named = {f"omraade-{number}": zone for number, zone in enumerate(plan.zones)}
    for place, option in enumerate(plan.options):
        named |= {f"gratis{place}-{number}": name for number, name in enumerate(option.free)}
        named |= {f"egetby{place}-{number}": zone for number, zone in enumerate(option.zones)}
    return next((field for field, name in named.items() if f"'{name}'" in said), "")


def _assumption(said: str, plan: Plan) -> str:
    return next((f"{ASSUMPTION}{key}" for key in plan.assumptions if re.search(rf"\b{key}\b", said)), "")


def _option(error: TakstlabError, plan: Plan) -> str:
    """Return the field of the option that an error names by its name, or of the first that has what cannot be had."""
    for place, name in enumerate(plan.names):
        if f"'{name}'" in error.what:
            return f"navn{place}"
    if not error.where.startswith("valgmuligheden"):
        return ""
    word = next((word for word, _ in ELEMENTS if word in error.what.lower()), "")
    has = {"plustur": lambda o: o.plustur, "bytakst": lambda o: o.bytakst, "kommunetakst": lambda o: o.kommunetakst}
    chosen = {level: {level, plan.levels.kroner(level)} for level in ("low", "high")}
    named = next((chosen[level] for level in chosen if f"bytakst={level}" in error.where), set[str]())
    places = [
        place
        for place, option in enumerate(plan.options)
        if word in has and has[word](option) and (word != "bytakst" or not named or option.bytakst in named)
    ]
    return dict(ELEMENTS)[word].format(places[0]) if places else ""


def _common(said: str, plan: Plan) -> str:
    found = next((field for pattern, field in WORDS if re.search(pattern, said)), "")
    # Without a start date of its own a change begins the day after the spending.
    return "forbrug_til" if found == "start" and not plan.start else found
