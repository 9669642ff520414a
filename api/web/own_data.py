"""Own data: a municipality's lists of trips and its town areas, sent, looked at, used in a comparison and deleted."""

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.clock import usual_year
from api.http.areas import in_words_of, receive_areas
from api.http.formats import XLSX
from api.http.problems import Fault, FaultyRowsError, TooLargeError, kind_of
from api.http.security import is_this_machine, needs
from api.http.upload_door import UploadParameters
from api.http.uploads import arriving
from api.store.areas import AreasStore
from api.store.drafts import Draft
from api.store.errors import NotFoundError, StoreFullError
from api.store.saved_columns import SavedColumns
from api.store.uploads import Upload, Uploads
from api.web import known
from api.web.advice import in_page_words
from api.web.builder import YEARS
from api.web.column_fields import PICKS, full_label
from api.web.columns import READING, address_of, read_or_wait
from api.web.form import Plan
from api.web.in_use import ADDRESS, LONGEST_WAY_BACK, data_address, map_address, plan_back, way_back
from api.web.month_columns import MONTH_PICKS
from api.web.multipart import SentForm, read_form
from api.web.page import language_of, render, translator
from api.web.prices import said_beside
from api.web.reading import Faults, read_day
from api.web.trip_template import template_csv, template_xlsx
from sim.geography.municipalities import find_municipality
from sim.geography.user_areas import Chosen
from sim.geography.zone_files.parts import FORMATS, IN_WORDS
from sim.geography.zone_files.reading import missing_packages
from sim.geography.zone_files.systems import CHOICES as SYSTEMS
from sim.inputs.intake.fields import FIELDS
from sim.inputs.intake.opening import BY_ENDING
from sim.telling.report.phrases import date_words
from sim.words.numbers import danish
from tariffs.errors import InputError, TakstlabError

router = APIRouter()
LABELS = {
    "numbers": ("Tal", "Numbers"),
    "dates": ("Datoer", "Dates"),
    "encoding": ("Tegnsæt", "Encoding"),
    "only_own": ("Udelad ture, der starter i en anden kommune", "Leave out trips that start elsewhere"),
}
"""What the fields are called on the page; the errors of a list name them as the API does."""
CHOICES = {
    "numbers": ("", "da", "en"),
    "dates": ("", "dmy", "mdy"),
    "encoding": ("", "utf-8", "utf-16", "cp1252", "cp850"),
    "only_own": ("", "1"),
}
AREA_LABELS = {
    "layer": ("Lag", "Layer"),
    "name-property": ("Egenskab med zonernes navne", "Property with the zones' names"),
    "crs": ("Koordinatsystem", "Coordinate system"),
}
"""What a file of town areas may leave open; the fields are called as the command line's options, with omraader- before."""
USUAL_MUNICIPALITY = "0316"


@dataclass(frozen=True)
class Sent:
    """What was sent and not taken: the fields as they were written, what is wrong, and the cells that are."""

    fields: dict[str, str] = field(default_factory=dict)
    faults: Faults = field(default_factory=Faults)
    cells: tuple[Fault, ...] = ()
    count: int = 0


@router.get(ADDRESS)
def page(request: Request) -> Response:
    """Show what is kept, and what became of a list: the one that ``vis`` names."""
    query = request.query_params
    return show(request, query.get("kommune", ""), query.get("tilbage", ""), Sent())


@router.get(f"{ADDRESS}/skabelon.{{ending}}")
def template(request: Request, ending: Literal["csv", "xlsx"]) -> Response:
    """Return a list of trips to start from, for the municipality that ``kommune`` names."""
    municipality = find_municipality(code_of(request.query_params.get("kommune", "")))
    write, kind = (template_csv, "text/csv; charset=utf-8") if ending == "csv" else (template_xlsx, XLSX)
    content = write(municipality, request.app.state.today().year - 1)
    return Response(content, headers={"Content-Disposition": f'attachment; filename="ture.{ending}"'}, media_type=kind)


@router.post(f"{ADDRESS}/ture", dependencies=[needs("upload")])
async def send_trips(request: Request) -> Response:
    """Take in a list of trips and show what became of it; one that cannot be read as it is leads on to its columns."""
    form = await read_form(request)
    sent = Sent(form.fields)
    try:
        asked, ending = _asked(form, sent.faults), BY_ENDING.get(Path(form.name).suffix.lower(), "")
        if not form.name:
            sent.faults.add("ture-fil", "Vælg filen med ture")
        elif not ending:
            sent.faults.add(
                "ture-fil",
                "Filen skal være CSV (.csv, .txt, .tsv), et regneark (.xlsx, .xls, .xlsb, .ods) eller Parquet (.parquet)",
            )
        if asked is not None and not sent.faults:
            code = find_municipality(asked.municipality).code
            work = partial(read_or_wait, request, asked=asked, choices=_carried(form.fields) | {"kommune": code})
            taken = await arriving(request, _once(form.content), ending, work)
            if isinstance(taken, Draft):
                return RedirectResponse(address_of(taken), status_code=303)
            return led_on(code, form.fields.get("tilbage", ""), f"#regnskab-{taken.id}", vis=taken.id)
        status = 422
    except FaultyRowsError as error:
        sent = replace(sent, cells=error.faults, count=error.count)
        if error.count:
            sent.faults.add("fejl-i-listen", f"{_many(error.count)} i listen kan ikke bruges. Intet er gemt")
        if error.unplaced:
            texts = ", ".join(f"»{one.text[:60]}« ({one.trips})" for one in error.unplaced[:8])
            sent.faults.add(
                "ture-fil", f"Steder kendes ikke: {texts}. Ret dem til en by eller en adresse, og send filen igen"
            )
        status = 422
    except (InputError, TooLargeError, StoreFullError) as error:
        sent.faults.add("ture-fil", _in_page_words(said_beside(error)))
        status = kind_of(error).status
    return await run_in_threadpool(
        show, request, form.fields.get("kommune", ""), form.fields.get("tilbage", ""), sent, status
    )


@router.post(f"{ADDRESS}/omraader", dependencies=[needs("upload")])
async def send_areas(request: Request) -> Response:
    """Take in town areas."""
    form = await read_form(request)
    sent, told, back = Sent(form.fields), form.fields.get("kommune", ""), form.fields.get("tilbage", "")
    said = {key: form.fields.get(f"omraader-{key}", "")[:120] or None for key in AREA_LABELS}
    ending = Path(form.name).suffix.lower()
    try:
        if not form.name:
            raise InputError("Vælg filen med byområder")
        if ending not in FORMATS:
            raise InputError(f"Filtypen '{ending[:20]}' kendes ikke", next_step=f"brug {IN_WORDS}")
        if said["crs"] not in (None, *SYSTEMS):
            raise InputError("Koordinatsystemet er ikke et af dem, der kan vælges")
        chosen = Chosen(said["layer"], said["name-property"], said["crs"])
        areas, _ = await receive_areas(request, form.content, told, ending, chosen)
        return led_on(areas.municipality, back, "#byomraader", vis=areas.id)
    except (InputError, TooLargeError, StoreFullError) as error:
        labels = {key: f"feltet »{danish}«" for key, (danish, _) in AREA_LABELS.items()}
        worded = in_words_of(labels, error) if isinstance(error, InputError) else error
        sent.faults.add("omraader-fil", said_beside(worded))
        return await run_in_threadpool(show, request, told, back, sent, kind_of(error).status)


@router.post(f"{ADDRESS}/slet", dependencies=[needs("upload")])
async def delete(request: Request) -> Response:
    """Delete a list or town areas; gone already is as good."""
    fields = (await read_form(request)).fields
    return await run_in_threadpool(_deleted, request, fields)


def _deleted(request: Request, fields: dict[str, str]) -> Response:
    told, back = fields.get("id", ""), fields.get("tilbage", "")
    kind, _, name = told.partition(":")
    app = request.app.state
    stores = {"areas": app.areas, "kolonner": app.saved_columns, "timetable": app.timetables}
    with suppress(NotFoundError):
        stores.get(kind, request.app.state.uploads).delete(name)
    code = code_of(fields.get("kommune", ""))
    year = usual_year(request.app.state.today())
    plan = plan_back(back, code, year) if back else None
    if plan is not None:
        back = way_back(
            replace(
                plan,
                upload=plan.upload.replace(told, ""),
                areas=plan.areas.replace(told, ""),
                timetable=plan.timetable.replace(told, ""),
                options=tuple(replace(option, areas=option.areas.replace(told, "")) for option in plan.options),
            )
        )
    return led_on(code, back, "#slettet", slettet=kind)


def led_on(code: str, back: str, where: str, **more: str) -> Response:
    """Lead on to the page, to the place ``where``; ``back`` is the comparison that it leads back to."""
    return RedirectResponse(data_address(code, back, **more) + where, status_code=303)


def _carried(fields: Mapping[str, str]) -> dict[str, str]:
    """Return what the page of columns takes over of this form."""
    return {key: fields[key] for key in ("tilbage", "fra", "til", *READING) if fields.get(key)}


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content


def _asked(form: SentForm, faults: Faults) -> UploadParameters | None:
    """Return how the list is to be read; None when the form's fields cannot be used."""
    told = {key: value for key, value in form.fields.items() if key in (*LABELS, "kommune") and value}
    for key, allowed in CHOICES.items():
        if told.get(key, "") not in allowed:
            faults.add(key, "Vælg en af mulighederne")
    days = [read_day(text, key, faults) for key in ("fra", "til") if (text := form.fields.get(key, ""))]
    if len(days) == 1:
        faults.add(
            "til" if form.fields.get("fra") else "fra", "Skriv både første og sidste dag, eller lad begge stå tomme"
        )
    if faults:
        return None
    return UploadParameters(
        municipality=told.get("kommune", "")[:60],
        period=f"{days[0]}/{days[1]}" if days else None,
        map=[],
        ignore=[],
        numbers=told.get("numbers") or None,  # type: ignore[arg-type]  # one of the choices, looked at above
        dates=told.get("dates") or None,  # type: ignore[arg-type]
        encoding=told.get("encoding") or None,  # type: ignore[arg-type]
        only_own=bool(told.get("only_own")),
    )


def _in_page_words(text: str) -> str:
    """Return an error with the page's names for its fields.

    >>> _in_page_words("Angiv det rigtige tegnsæt med encoding, eller gem filen som CSV UTF-8.")
    'Vælg det rigtige i feltet »Tegnsæt«, eller gem filen som CSV UTF-8.'
    """
    return in_page_words(re.sub(rf"\b({'|'.join(LABELS)})\b", lambda found: f"feltet »{LABELS[found[1]][0]}«", text))


def _many(count: int) -> str:
    return "Én celle" if count == 1 else f"{count} celler"


def code_of(text: str) -> str:
    """Return the code of a municipality that a form names; the usual one where it names none."""
    try:
        return find_municipality(text).code
    except TakstlabError:
        return USUAL_MUNICIPALITY


def show(request: Request, municipality: str, back: str, sent: Sent, status: int = 200) -> Response:
    """Return the page with what is kept, and with what is wrong with what was sent, if anything."""
    uploads: Uploads = request.app.state.uploads
    areas: AreasStore = request.app.state.areas
    code, back = code_of(municipality), back[:LONGEST_WAY_BACK]
    year = usual_year(request.app.state.today())
    return render(
        request, "own_data.html.j2", status, code=code, back=back, sent=sent, municipalities=known.municipalities(),
        lists=[_list_view(upload, back, year, language_of(request)) for upload in uploads.all()],
        areas=[
            {"areas": one, "name": find_municipality(one.municipality).name,
             "map": map_address(one.municipality, back, omraader=f"areas:{one.id}"),
             "use": replace(plan_back(back, one.municipality, year), areas=f"areas:{one.id}", zones=()).address}
            for one in areas.all()
        ],
        timetables=[
            (one, replace(plan_back(back, code, year), timetable=f"timetable:{one.id}").address)
            for one in request.app.state.timetables.all()
        ],
        timetable_mb=request.app.state.settings.timetable_mb,
        saved=[(saved, "; ".join(_columns_in(saved, language_of(request)))) for saved in request.app.state.saved_columns.all()],
        map_address=map_address(code, back), shown=request.query_params.get("vis", ""), gone=request.query_params.get("slettet", ""),
        back_address=plan_back(back, code, year).address if back else "", days=request.app.state.settings.upload_days,
        draft_minutes=request.app.state.settings.draft_minutes,
        here=is_this_machine(request, request.app.state.settings),
        without=missing_packages(), area_labels={key: translator(language_of(request))(*pair) for key, pair in AREA_LABELS.items()},
        count=danish, labels={key: translator(language_of(request))(*both) for key, both in LABELS.items()},
    )  # fmt: skip


def _columns_in(saved: SavedColumns, language: str) -> list[str]:
    """Return saved columns as a list of what each is read as."""
    t = translator(language)
    return [
        f"{t(*full_label(key, picks))} ← {saved.choices[key]}"
        for picks in (PICKS, MONTH_PICKS)
        for key in picks
        if key in saved.choices
    ]


def _in_their_year(account: Mapping[str, Any], plan: Plan) -> Plan:
    """Return a comparison in the year of a list, so far as the page can calculate it.

    A start date and spending of another year are left out.
    """
    first, last = (date.fromisoformat(account["period"][end]) for end in ("first", "last"))
    year = str((first + (last - first) / 2).year)
    if year == plan.year or year not in YEARS:
        return plan
    return replace(plan, year=year, start="", spent="", spent_to="")


def _list_view(upload: Upload, back: str, usual: int, language: str) -> dict[str, Any]:
    account = upload.account
    plan = _in_their_year(account, plan_back(back, account["municipality"], usual))
    return {
        "upload": upload,
        "account": account,
        "period": " - ".join(date_words(date.fromisoformat(account["period"][key])) for key in ("first", "last")),
        "columns": [
            (FIELDS[key].da if key in FIELDS and language == "da" else key, column)
            for key, column in account["columns_kept"].items()
        ],
        "use": replace(plan, upload=f"upload:{upload.id}", passengers="", counted="", months="").address,
    }
