"""Town areas of the page as files for other programs: GeoJSON or GeoPackage, each area with who lives in it and, with a list, its trips."""

from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.http.models import Text
from api.http.security import needs
from api.http.zones import ZoneKind, kept_zones
from api.jobs.accepting import AREAS
from api.web.in_use import sent_areas
from sim.geography.municipalities import find_municipality

router = APIRouter()
Named = Annotated[str, Query(pattern=f"^{AREAS.pattern}$")]


@router.get("/kort/zoner.{ending}")
def zones(request: Request, ending: ZoneKind, kommune: Text, omraader: Named) -> Response:
    """Return kept areas with the people in each."""
    return _kept(request, ending, kommune, omraader, None)


@router.get("/kort/zoner-med-ture.{ending}", dependencies=[needs("upload")])
def zones_with_trips(
    request: Request,
    ending: ZoneKind,
    kommune: Text,
    omraader: Named,
    ture: Annotated[str, Query(pattern=r"^[0-9a-f]{64}$")],
) -> Response:
    """Return kept areas with people and a kept list's trips.

    A line may be drawn round a single house, so its counts are for whoever may send lists.
    """
    return _kept(request, ending, kommune, omraader, request.app.state.uploads.place(ture))


def _kept(request: Request, ending: ZoneKind, municipality: str, named: str, trips: Path | None) -> Response:
    with sent_areas(request.app.state.areas, named) as file:
        assert file is not None  # the pattern has seen to it
        return kept_zones(file, find_municipality(municipality), ending, trips)
