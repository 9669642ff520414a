"""The page "Hvad har ændret sig?": a saved answer of an earlier build beside the same scenario calculated again."""

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from api.again import again, report_of, submit
from api.http.runs import RunId
from api.http.security import needs
from api.http.served import jobs_of
from api.web.page import render
from api.web.running import STATES
from sim.desk.changed.tables import causes_table, figures_table, made_words, parts_table, ranges_table, sentences
from sim.geography.municipalities import find_municipality

router = APIRouter()


@router.get("/koersel/{run}/aendret")
def changed(request: Request, run: RunId) -> Response:
    """Show what has changed, or offer to calculate the answer again."""
    found = again(request, run, _asked(request, run))
    town = find_municipality(found.old.municipality)
    state = found.state
    ready = found.unchanged or (state is not None and state.state == "done")
    report = report_of(request, found) if ready else None
    tables = [] if report is None else [(o, figures_table(o), parts_table(o, report)) for o in report["options"]]
    return render(
        request, "changed.html.j2", run=run, town=town, found=found, state=state, report=report, tables=tables,
        words=None if state is None else STATES[state.state],
        made=None if report is None else made_words(report),
        sentences=[] if report is None else sentences(report),
        causes=None if report is None else causes_table(report),
        ranges=None if report is None else ranges_table(report),
        old_version=found.old.versions.get("takstlab"),
    )  # fmt: skip


@router.post("/koersel/{run}/aendret", dependencies=[needs("run")])
def calculate_again(request: Request, run: RunId) -> Response:
    """Calculate the answer again, and lead back to what has changed."""
    code = _asked(request, run)
    submit(request, again(request, run, code).asked.model_dump(mode="json"))
    return RedirectResponse(f"/koersel/{run}/aendret?kommune={code}", status_code=303)


def _asked(request: Request, run: str) -> str:
    """Return the municipality that the address names, or the run's first."""
    jobs = jobs_of(request)
    codes = jobs.get(run).municipalities
    asked = request.query_params.get("kommune")
    return asked if asked in codes else codes[0]
