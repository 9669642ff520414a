"""What stands behind the figures, and how accessible the pages are."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.page import render
from api.web.reproduce import base

router = APIRouter()


@router.get("/om")
def about(request: Request) -> Response:
    """Show how the model works, its sources, every assumption, and how sheets and programs ask."""
    from data import attribution
    from sim.inputs.assumptions import load_assumptions
    from sim.telling.report.assumption_rows import value_text

    register = list(load_assumptions().values())
    return render(
        request,
        "about.html.j2",
        assumptions=register,
        attribution=attribution(),
        base=base(request),
        value_text=value_text,
    )


@router.get("/was")
def accessibility(request: Request) -> Response:
    """Show the accessibility statement."""
    return render(request, "accessibility.html.j2")
