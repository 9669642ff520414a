"""Which price gives an amount: asked from the builder, answered by the closed form, and one click from being an option of it."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.jobs.accepting import SENT, naming, placed
from api.web import known
from api.web.advice import advice
from api.web.builder import asked_plan
from api.web.form import Plan
from api.web.in_use import kept_lines
from api.web.option_form import OWN, OptionForm
from api.web.page import render
from api.web.reading import Faults, read_kroner
from api.web.values import scenario_values
from sim.inputs.scenario.scenario import MAX_OPTIONS, MAX_OWN_KR
from tariffs.errors import InputError, TakstlabError

if TYPE_CHECKING:
    pass

router = APIRouter()
LINE = "byomraade"
MOST_LINES = MAX_OPTIONS - 1
ELEMENTS = ("bytakst", "kommunetakst", LINE)


@router.get("/maal")
def goal(request: Request) -> Response:
    """Show the price that comes nearest to a change in net cost, or what is wrong with the question."""
    if not request.query_params.get("kommune"):
        return RedirectResponse("/", status_code=303)
    plan, faults = asked_plan(request, request.query_params.multi_items()), Faults()
    amount = request.query_params.get("maal_kr", "").strip()
    element = request.query_params.get("maal_element", "")
    element = element if element in ELEMENTS else ELEMENTS[0]
    place = _place(request.query_params.get("maal_valg", ""), plan)
    found, values = None, scenario_values(plan, faults)
    kroner = read_kroner(amount, "", faults, example="-300.000") if amount else None
    if not amount:
        faults.add("", "Skriv den ønskede ændring i kroner om året, fx -300.000")
    elif kroner is not None and abs(kroner) > MAX_OWN_KR:
        faults.add("", "Beløbet er for stort; skriv kroner, fx -300.000")
    if not faults and kroner is not None:
        try:
            if element == LINE:
                found = _chosen(request, plan, values, place, round(100 * kroner))
            else:
                found = _sought(request, values, place, element, round(100 * kroner))
        except TakstlabError as error:
            faults.add("", advice(error))
    return render(
        request, "goal.html.j2", 422 if faults else 200, plan=plan, faults=faults, found=found, name=plan.names[place],
        title=known.full_name(plan.municipality),
        added=None if found is None else f"{plan.with_option(_added(plan, place, found)).address}#valg{len(plan.options)}",
        of_lines=element == LINE,
    )  # fmt: skip


def _place(text: str, plan: Plan) -> int:
    return int(text) if text.isdecimal() and int(text) < len(plan.options) else 0


def _chosen(request: Request, plan: Plan, values: dict[str, Any], place: int, target_oere: int) -> dict[str, Any]:
    """Return what each line that was sent for the municipality gives under the option, and which reach the amount."""
    from sim.answer.budget.estimated_rate import estimated_study
    from sim.desk.goal.line_words import published
    from sim.desk.goal.lines import titled, weigh, with_lines
    from sim.inputs.scenario.scenario import build_scenario

    kept = [(names, name) for name, names in kept_lines(request, plan)][:MOST_LINES]
    if not kept:
        raise InputError(
            "Der er ingen byområder at vælge mellem",
            why="der er ikke indlæst nogen for kommunen",
            next_step="indlæs et eller flere på siden »Egne data«",
        )
    lines = titled(kept)
    told = with_lines(build_scenario(_alone(values, place), "siden"), lines)
    lies = placed(told, request.app.state.settings)
    with naming(told, lies):
        study, paid = estimated_study(lies, values["municipality"])
        answer = published(weigh(study, target_oere, paid))
    return answer | {"nearest_areas": dict(lines)[answer["nearest"]]}


def _alone(values: dict[str, Any], place: int) -> dict[str, Any]:
    """Return the values of a scenario of today's scheme and one option."""
    asked = {key: value for key, value in values.items() if key not in ("own_lines", "years_ahead", "neighbours")}
    today, option = values["options"][0], values["options"][place]
    asked["options"] = [today, option | {"name": "Søgt"}]
    return asked


def _sought(request: Request, values: dict[str, Any], place: int, element: Any, target_oere: int) -> dict[str, Any]:
    from sim.answer.budget.estimated_rate import estimated_study
    from sim.desk.goal.goal import seek
    from sim.desk.goal.words import published
    from sim.inputs.scenario.scenario import build_scenario

    asked = _alone(values, place)
    told = build_scenario(asked, "siden")
    lies = placed(told, request.app.state.settings)
    with naming(told, lies):
        sent = {key: getattr(lies, key) for key in (*SENT, "options") if key in asked}
        study, paid = estimated_study(build_scenario(asked | sent, "siden"), values["municipality"])
        return published(seek(study, element, target_oere, paid))


def _added(plan: Plan, place: int, found: dict[str, Any]) -> OptionForm:
    """Return the option that was found, as it is ticked."""
    if found["element"] == LINE:
        return replace(plan.options[place], name="", areas=found["nearest_areas"], zones=())
    return _priced(plan, place, found)


def _priced(plan: Plan, place: int, found: dict[str, Any]) -> OptionForm:
    """Return the option at the price that was found, as it is ticked."""
    option, kroner = replace(plan.options[place], name=""), str(found["kroner"])
    if found["element"] == "kommunetakst":
        return replace(option, kommunetakst=True, own_kommunetakst=kroner)
    level = found["kroner"] in plan.levels.bytakst
    return replace(option, bytakst=kroner if level else OWN, own_bytakst="" if level else kroner)
