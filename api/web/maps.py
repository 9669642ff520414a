"""Maps for the pages: a municipality's town areas as they are being chosen."""

from base64 import b64encode
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.clock import usual_year
from api.http.models import MOST_ELEMENTS, Text
from api.http.replies import SHORT, kept_reply
from api.jobs.accepting import AREAS
from api.store.areas import AreasStore
from api.web import known
from api.web.in_use import sent_areas
from api.web.page import language_of
from api.web.translation import english
from sim.geography.municipalities import find_municipality

router = APIRouter()
Names = Annotated[list[Text], Query(max_length=MOST_ELEMENTS)]


@router.get("/kort/byomraader.svg")
def town_areas(
    request: Request,
    kommune: Text,
    omraade: Names = [],  # noqa: B006 - FastAPI reads the default, nobody changes it
    gratis: Names = [],  # noqa: B006
    skiftested: Names = [],  # noqa: B006
    aar: Annotated[int | None, Query(ge=2012, le=2100)] = None,
    omraader: Annotated[str | None, Query(pattern=f"^{AREAS.pattern}$")] = None,
) -> Response:
    """Draw the municipality with its town areas, those sent by the user before those by name, destinations and transfer points.

    Where none are chosen those known at the end of the year are drawn, as in a comparison of it.
    """
    from sim.telling.drawing.language import drawn_in
    from sim.telling.drawing.zones import zones_map

    code = find_municipality(kommune).code
    year = aar or usual_year(request.app.state.today())
    zones = omraade or known.offer(code, date(year, 12, 31)).zones or None
    store: AreasStore = request.app.state.areas
    with sent_areas(store, omraader) as lines, drawn_in(words_of(language_of(request))):
        drawn = zones_map(code, zones=zones, areas=lines, destinations=gratis, transfer_points=skiftested)
    return kept_reply(request, drawn.svg.encode(), "image/svg+xml", cache=SHORT)


def words_of(language: str) -> Callable[[str], str]:
    """Return how a map says its few words in the page's language."""
    return english if language == "en" else str


def picture_of(code: str, geojson: bytes, language: str) -> str:
    """Return the map with a line that is not kept, as an address that holds the picture itself."""
    from sim.telling.drawing.language import drawn_in
    from sim.telling.drawing.zones import zones_map

    with TemporaryDirectory(prefix="takstlab-") as folder:
        file = Path(folder) / "byomraader.geojson"
        file.write_bytes(geojson)
        with drawn_in(words_of(language)):
            svg = zones_map(code, areas=file).svg
    return f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}"
