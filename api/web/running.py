"""A comparison under way: sent, followed with its progress, cancelled."""

from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.again import sent_again
from api.http.runs import RunId
from api.http.scenarios import ScenarioBody, check_cost, check_ready, core_seconds
from api.http.security import needs
from api.http.served import jobs_of
from api.web.advice import advice
from api.web.builder import asked_plan, show
from api.web.page import render
from api.web.reading import Faults
from api.web.values import scenario_values
from api.web.watched import watched
from sim.geography.municipalities import find_municipality
from tariffs.errors import InputError

router = APIRouter()
STATES = {
    "queued": ("venter", "waiting"),
    "running": ("regner", "running"),
    "done": ("færdig", "done"),
    "failed": ("mislykket", "failed"),
    "cancelled": ("afbrudt", "cancelled"),
}


@router.post("/simuler", dependencies=[needs("run")])
async def simulate(request: Request) -> Response:
    """Take the comparison on and lead to its page; what is wrong with it is shown in the form."""
    from fastapi.concurrency import run_in_threadpool

    pairs = parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    return await run_in_threadpool(_simulate, request, pairs)


def _simulate(request: Request, pairs: list[tuple[str, str]]) -> Response:
    plan, faults = asked_plan(request, pairs), Faults()
    values = scenario_values(plan, faults)
    for place, option in enumerate(plan.options[1:], start=1):
        if option.is_as(plan.options[0]):
            said = (
                f"{plan.names[place]} er magen til nuværende ordning; ret et serviceelement, eller fjern valgmuligheden"
            )
            faults.add(f"valg{place}", said)
    if not faults:
        try:
            run = _submitted(request, values)
        except InputError as error:
            faults.add("", advice(error))
        else:
            return RedirectResponse(f"/koersel/{run}", status_code=303)
    return show(request, plan, faults, status=422)


def _submitted(request: Request, values: dict[str, Any]) -> str:
    settings = request.app.state.settings
    told = {key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in values.items()}
    told["options"] = [{**option, "elements": list(option["elements"])} for option in told["options"]]
    body = ScenarioBody(**told)
    check_cost(core_seconds(body, settings), settings)
    sent = body.values(request.app.state.today())
    check_ready(sent, settings)
    jobs = jobs_of(request)
    return jobs.submit(sent).id


@router.post("/koersel/{run}/stands", dependencies=[needs("run")])
def cancel(request: Request, run: RunId) -> Response:
    """Cancel a run."""
    jobs = jobs_of(request)
    jobs.cancel(run)
    return RedirectResponse(f"/koersel/{run}", status_code=303)


@router.post("/koersel/{run}/igen", dependencies=[needs("run")])
def send_again(request: Request, run: RunId) -> Response:
    """Take the scenario of a run that failed, was cancelled or is damaged on again, and lead to the run."""
    return RedirectResponse(f"/koersel/{sent_again(request, run).id}", status_code=303)


def progress_page(request: Request, run: str) -> Response | None:
    """Return how far a run is, None when it has a result; a script that waits is told to load the page anew then."""
    jobs = jobs_of(request)
    state = jobs.get(run)
    if state.state == "done":
        if request.headers.get("hx-request") == "true":
            return Response("", headers={"HX-Refresh": "true"})
        return None
    names = [find_municipality(code).name for code in state.municipalities]
    under_way = state.state in ("queued", "running")
    return render(
        request, "progress.html.j2", state=state, names=names, words=STATES[state.state],
        figures=watched(request, state) if under_way else None,
    )  # fmt: skip
