"""What stands behind the figures, and how accessible the pages are."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.web.page import render

router = APIRouter()


@router.get("/om")
def about(request: Request) -> Response:
    """Show how the model works, its sources, every assumption, and how sheets and programs ask."""
    from data import attribution
    from sim.assumptions import load_assumptions

    register = load_assumptions()
    return render(request, "about.html.j2", assumptions=register.values(), attribution=attribution())


@router.get("/was")
def accessibility(request: Request) -> Response:
    """Show the accessibility statement."""
    return render(request, "accessibility.html.j2")
