"""What of a municipality's own data a comparison uses: for the builder to show, and to leave out again."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

from fastapi import Request

from api.jobs.accepting import areas_in, timetable_in, upload_in
from api.store.areas import Areas, AreasStore
from api.store.by_name import by_name
from api.store.errors import NotFoundError
from api.store.timetables import Timetable, Timetables
from api.store.uploads import Upload, Uploads
from api.web.form import Plan, read_plan
from sim.words.names import told_apart
from tariffs.errors import InputError, TakstlabError

ADDRESS, MAP = "/egne-data", "/kort"
LONGEST_WAY_BACK = 8_000


@dataclass(frozen=True)
class InUse:
    """A comparison's own data; what is named but not kept any more is None.

    ``data_address`` and ``map_address`` are the page of own data and the map that lead back here, the others are the comparison
    without one of the three.
    """

    trips: Upload | None
    areas: Areas | None
    timetable: Timetable | None
    data_address: str
    map_address: str
    without_trips: str
    without_areas: str
    without_timetable: str


def in_use(request: Request, plan: Plan) -> InUse:
    """Return what a plan names of own data."""
    uploads: Uploads = request.app.state.uploads
    areas: AreasStore = request.app.state.areas
    upload, lines = upload_in({"trips": plan.upload}), areas_in({"town_areas": plan.areas})
    return InUse(
        trips=None if upload is None or not uploads.has(upload) else uploads.get(upload),
        areas=_kept(areas, lines),
        timetable=_timetable(request.app.state.timetables, timetable_in({"gtfs": plan.timetable})),
        data_address=data_address(plan.municipality, way_back(plan)),
        map_address=map_address(plan.municipality, way_back(plan)),
        without_trips=replace(plan, upload="").address,
        without_areas=replace(plan, areas="").address,
        without_timetable=replace(plan, timetable="").address,
    )


def kept_lines(request: Request, plan: Plan) -> list[tuple[str, str]]:
    """Return the drawn town lines that an option may have as its own: how a plan names each, and the names of its areas."""
    store: AreasStore = request.app.state.areas
    local = [one for one in store.all() if one.municipality == plan.municipality]
    return [(f"areas:{one.id}", ", ".join(told_apart(one.names))) for one in local]


def _kept(store: AreasStore, areas: str | None) -> Areas | None:
    try:
        return None if areas is None else store.get(areas)
    except NotFoundError:
        return None


def _timetable(store: Timetables, timetable: str | None) -> Timetable | None:
    try:
        return None if timetable is None else store.get(timetable)
    except NotFoundError:
        return None


@contextmanager
def sent_areas(store: AreasStore, named: str | None) -> Iterator[Path | None]:
    """Yield the file of town areas that an address names (areas:<id>), None for none.

    Raises InputError when they are not kept; no error that leaves the block says where they lie.
    """
    areas = areas_in({"town_areas": named})
    if areas is None:
        yield None
        return
    try:
        file = store.place(areas)
    except NotFoundError as error:
        raise InputError(error.what, where=error.where, why=error.why, next_step=error.next_step) from None
    with by_name(file, str(named)):
        yield file


def data_address(municipality: str, back: str, **more: str) -> str:
    """Return the address of the page of own data; ``back`` is the comparison to lead back to."""
    return f"{ADDRESS}?{_leading_back(municipality, back, more)}"


def map_address(municipality: str, back: str, **more: str) -> str:
    """Return the address of the map to draw on; ``back`` is the comparison to lead back to."""
    return f"{MAP}?{_leading_back(municipality, back, more)}"


def _leading_back(municipality: str, back: str, more: Mapping[str, str]) -> str:
    return urlencode([("kommune", municipality), *more.items(), *([("tilbage", back)] if back else [])])


def way_back(plan: Plan) -> str:
    """Return a comparison as the page of own data is told it: the parameters of its address, and no address."""
    return plan.address.partition("?")[2]


def plan_back(back: str, municipality: str, usual_year: int) -> Plan:
    """Return the comparison to lead back to; the municipality's first one where ``back`` is none of its own."""
    try:
        plan = read_plan(parse_qsl(back[:LONGEST_WAY_BACK], keep_blank_values=True), usual_year)
    except (TakstlabError, ValueError):
        plan = None
    if plan is not None and plan.municipality == municipality:
        return plan
    return read_plan([("kommune", municipality)], usual_year)
