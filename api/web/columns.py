"""The page "Vælg kolonner": a file of trips that was not read at the first try, kept a short while, and read again as one chooses."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.http.file_size import too_many_rows
from api.http.problems import NoSuchPageError
from api.http.security import is_this_machine, needs
from api.http.upload_door import UploadParameters
from api.http.uploads import keep, one_at_a_time
from api.store.drafts import Draft, Drafts
from api.store.saved_columns import ColumnStore
from api.store.uploads import Upload
from api.web.column_fields import GROUPS, PICKS, fields_of, full_label, picked, wanting
from api.web.in_use import ADDRESS, data_address
from api.web.multipart import read_form
from api.web.page import language_of, render, translator
from api.web.prices import said_beside
from api.web.reading import Faults, day_text, read_day
from sim.geography.municipalities import find_municipality
from sim.inputs.intake.cells import HIDDEN
from sim.inputs.intake.chosen import judged_with
from sim.inputs.intake.column_guess import guessed
from sim.inputs.intake.door import FaultyTripsError, Judged, kept_trips, starts_elsewhere
from sim.inputs.intake.kept import KeptTable, kept_tables
from sim.inputs.intake.preview import first_rows, grouped
from sim.inputs.intake.receipt import MOST_LEFT_OUT, Placing, Unplaced
from sim.inputs.intake.settings import Settings
from sim.words.numbers import danish
from tariffs.errors import InputError

router = APIRouter()
COLUMNS = f"{ADDRESS}/kolonner"
READING = {"numbers": ("", "da", "en"), "dates": ("", "dmy", "mdy"), "only_own": ("", "1")}
"""What may be chosen of how cells are read, beside the period."""
CARRIED = ("kommune", "tilbage")
TAKE = "tag"
PLACES, TOLD, LEAVE_OUT = "steder", "sted:", "udelad"
"""The part of the page for texts that cannot be placed; what a choice of a place is called, before its text; and leaving the rest out."""
MOST_TEXTS, LONGEST_TEXT = 40, 200
MAY_SOLVE = {
    "--dates": "dates",
    "--numbers": "numbers",
    "--only-own": "only_own",
    "--places": PLACES,
    "--period": "til",
}
"""The field in which an error's advice is followed, by the option that the command line has for it."""


@dataclass
class Look:
    """A draft as it is understood now: what is chosen, what is wrong, and the trips if they can be read."""

    draft: Draft
    sheet: str
    table: KeptTable
    choices: dict[str, str]
    faults: Faults = field(default_factory=Faults)
    file: Judged | None = None
    unplaced: tuple[Unplaced, ...] = ()
    placing: Placing | None = None

    @property
    def settings(self) -> Settings:
        """How cells are read; raises InputError."""
        days = [read_day(text, key, self.faults) for key in ("fra", "til") if (text := self.choices.get(key, ""))]
        if len(days) == 1:
            where = "til" if self.choices.get("fra") else "fra"
            self.faults.add(where, "Skriv både første og sidste dag, eller lad begge stå tomme")
        if len(days) == 2 and None not in days and days[0] > days[1]:  # type: ignore[operator]
            self.faults.add("til", "Sidste dag er før første dag")
        return Settings(
            numbers=self.choices.get("numbers") or None,
            dates=self.choices.get("dates") or None,
            only_own=bool(self.choices.get("only_own")),
            period=(days[0], days[1]) if len(days) == 2 and days[0] and days[1] else None,
            places=self.told,
            leave_out_unplaced=bool(self.choices.get(LEAVE_OUT)),
        )

    @property
    def told(self) -> dict[str, str]:
        """The places that are given for texts."""
        return {key.removeprefix(TOLD): place for key, place in self.choices.items() if key.startswith(TOLD) and place}


def read_or_wait(request: Request, file: Path, asked: UploadParameters, choices: Mapping[str, str]) -> Upload | Draft:
    """Take in a file of trips; one that cannot be read as it is waits, if there are columns in it to choose from.

    Raises what `api.http.uploads.keep` does for any other.
    """
    app = request.app.state
    here = is_this_machine(request, app.settings)
    try:
        how = {"from_this_machine": here, "most_rows": app.settings.bulk_rows, "today": app.today()}
        return keep(app.uploads, file, asked, **how)[0]
    except InputError:
        if not here:
            raise
        try:
            sheets = kept_tables(file, asked.encoding)
        except InputError:
            sheets = {}
        if not sheets:
            raise
    if any(table.opened.table.rows > app.settings.bulk_rows for table in sheets.values()):
        raise too_many_rows(app.settings.bulk_rows)
    drafts: Drafts = app.drafts
    draft = drafts.add(sheets, {**choices, **_saved(request, sheets)})
    if "ark" not in draft.choices:
        return draft
    upload = _take(request, draft)
    if upload is None:
        return draft
    drafts.delete(draft.id)
    return upload


def _saved(request: Request, sheets: Mapping[str, KeptTable]) -> dict[str, str]:
    """Return the choices that are saved for the headings of a file, with its sheet; none where several sheets have some."""
    store: ColumnStore = request.app.state.saved_columns
    found = [(sheet, saved) for sheet, table in sheets.items() if (saved := store.find(table.headings)) is not None]
    return {**found[0][1].choices, "ark": found[0][0]} if len(found) == 1 else {}


def address_of(draft: Draft) -> str:
    """Return where the columns of a draft are chosen."""
    return f"{COLUMNS}/{draft.id}"


@router.get(f"{COLUMNS}/{{draft}}", dependencies=[needs("upload")])
async def page(request: Request, draft: str) -> Response:
    """Show the columns, what is chosen, and how the file is understood."""
    found = await run_in_threadpool(_draft, request, draft)
    look = await one_at_a_time(request, partial(_look, request, found))
    return await run_in_threadpool(_show, request, look)


@router.post(f"{COLUMNS}/{{draft}}", dependencies=[needs("upload")])
async def choose(request: Request, draft: str) -> Response:
    """Keep what is chosen, and read the file again; take it in where that is asked for and nothing is wrong."""
    fields = (await read_form(request)).fields
    found = await run_in_threadpool(_draft, request, draft)
    drafts: Drafts = request.app.state.drafts
    if fields.get("goer") == "slet":
        await run_in_threadpool(drafts.delete, found.id)
        return RedirectResponse(_own_data(found, slettet="kladde") + "#slettet", status_code=303)
    carried = {key: found.choices.get(key, "") for key in CARRIED}
    sheet = found.choices.get("ark", found.sheets[0])
    same_sheet = fields.get("ark", sheet) == sheet
    known = ("ark", "fra", "til", LEAVE_OUT, *READING, *(PICKS if same_sheet else ()))
    earlier = {key: place for key, place in found.choices.items() if key.startswith(TOLD)}
    told = {
        TOLD + text[:LONGEST_TEXT]: fields.get(f"sted{n}", "").strip()[:120]
        for n in range(MOST_TEXTS)
        if (text := fields.get(f"tekst{n}", ""))
    }
    choices = carried | earlier | told | {key: fields[key][:120] for key in known if key in fields}
    await run_in_threadpool(drafts.choose, found, choices)
    if fields.get("goer") == TAKE and same_sheet:
        chosen = await run_in_threadpool(_draft, request, draft)
        upload = await one_at_a_time(request, partial(_take, request, chosen))
        if upload is not None:
            if fields.get("husk"):
                await run_in_threadpool(_save, request, chosen)
            await run_in_threadpool(drafts.delete, found.id)
            return RedirectResponse(_own_data(found, vis=upload.id) + f"#regnskab-{upload.id}", status_code=303)
    return RedirectResponse(f"{address_of(found)}#forstaaet", status_code=303)


def _save(request: Request, draft: Draft) -> None:
    """Save how the columns of a draft are chosen."""
    look = _look(request, draft)
    store: ColumnStore = request.app.state.saved_columns
    kept = {key: text for key in (*PICKS, "numbers", "dates") if (text := look.choices.get(key))}
    store.save(look.table.headings, kept)


def _own_data(draft: Draft, **more: str) -> str:
    return data_address(draft.choices.get("kommune", ""), draft.choices.get("tilbage", ""), **more)


def _draft(request: Request, draft: str) -> Draft:
    """Return a draft; nothing is shown of one to anybody but the machine that it was sent from."""
    if not is_this_machine(request, request.app.state.settings):
        raise NoSuchPageError("Der er ikke noget på denne adresse", next_step="se »Egne data«")
    drafts: Drafts = request.app.state.drafts
    return drafts.get(draft)


def _take(request: Request, draft: Draft) -> Upload | None:
    look = _look(request, draft)
    if look.faults or look.file is None:
        return None
    upload, _ = request.app.state.uploads.keep(kept_trips(look.file), look.settings.period)
    return upload


def _look(request: Request, draft: Draft) -> Look:
    """Read a draft as its choices say, the guessed columns where nothing is chosen yet."""
    drafts: Drafts = request.app.state.drafts
    sheet = draft.choices.get("ark", draft.sheets[0])
    sheet = sheet if sheet in draft.sheets else draft.sheets[0]
    table = drafts.table(draft, sheet)
    choices = dict(draft.choices)
    if not choices.keys() & PICKS.keys():
        choices |= picked(guessed(table.columns))
    look = Look(draft, sheet, table, choices)
    names = {column.name: column for column in table.columns}
    for key in PICKS:
        if choices.get(key, "") not in ("", *names):
            look.faults.add(key, "Kolonnen er ikke i filen. Vælg en anden")
            choices[key] = ""
    for key, allowed in READING.items():
        if choices.get(key, "") not in allowed:
            look.faults.add(key, "Vælg en af mulighederne")
    settings = replace(look.settings, today=request.app.state.today())
    wanting(choices, names, look.faults)
    if look.faults:
        return look
    try:
        look.file = judged_with(table, fields_of(choices, names), find_municipality(choices["kommune"]).code, settings)
        _note_cells(look, look.file)
        kept_trips(look.file)
    except FaultyTripsError as error:
        _note_places(look, error)
    except InputError as error:
        key = next((where for option, where in MAY_SOLVE.items() if option in error.next_step), "kolonner")
        look.faults.add(key, said_beside(error))
    return look


def _note_cells(look: Look, file: Judged) -> None:
    """Note the cells that cannot be read, by column and kind, each at its column's drop-down."""
    picks = {column: pick for pick in PICKS if (column := look.choices.get(pick))}
    for group in grouped(file.reader.faults):
        where = group.rows if group.cell == HIDDEN else f"{group.rows} ({group.cell.strip('()')})"
        look.faults.add(
            picks.get(group.column, "kolonner"),
            f"{group.column}: {danish(group.count)} {'celle kan' if group.count == 1 else 'celler kan'} ikke læses, {where}."
            f" Der skal stå {group.expects}",
        )


def _note_places(look: Look, error: FaultyTripsError) -> None:
    """Note the texts that cannot be placed, each to be given a place or left out, and the trips of other municipalities."""
    if error.elsewhere:
        look.faults.add("only_own", said_beside(starts_elsewhere(error.elsewhere, "")))
    if not error.unplaced:
        return
    look.unplaced, look.placing = error.unplaced, error.placing
    open_ = error.placing.left_out
    many = "1 tur har" if open_ == 1 else f"{danish(open_)} ture har"
    what = f"{many} et sted, der ikke kan placeres." if open_ else "Et eller flere steder kendes ikke."
    told = f"{what} Skriv et sted ved hver tekst, eller udelad turene, og tryk »Læs igen«"
    if open_ > MOST_LEFT_OUT * error.placing.trips:
        most = danish(100 * MOST_LEFT_OUT)
        told = f"{what} Skriv et sted ved hver tekst, og tryk »Læs igen«; højst {most} % af turene kan udelades"
    look.faults.add(PLACES, told)


def _show(request: Request, look: Look) -> Response:
    t = translator(language_of(request))
    municipality = find_municipality(look.choices["kommune"])
    pieces, rows = ([], []) if look.file is None else first_rows(look.file)
    by_column = {column: pick for pick in PICKS if (column := look.choices.get(pick))}
    return render(
        request, "columns.html.j2", look=look, municipality=municipality, address=address_of(look.draft),
        back=_own_data(look.draft), count=danish, groups=GROUPS, picks=PICKS, full_label=full_label,
        options=[("", t("(ingen)", "(none)")), *((column.name, _option(column)) for column in look.table.columns)],
        chosen=set(by_column), pieces=pieces, rows=[(number, _shown(cells)) for number, cells in rows],
        columns=[(column, by_column.get(column.name)) for column in look.table.columns],
        sheets=[(name, name) for name in look.draft.sheets],
        texts=_texts(look), placing=look.placing,
        reading_wrong=any(key in ("fra", "til", *READING) for key, _ in look.faults),
        ready=not look.faults and look.file is not None,
        notes=[] if look.file is None else look.file.reader.notes,
        dropped=look.table.dropped,
    )  # fmt: skip


def _texts(look: Look) -> list[tuple[str, Unplaced | None, str]]:
    """Return the texts to place, those that cannot be read first: text, what is known of it, and the place given or suggested."""
    open_ = [(one.text, one, look.told.get(one.text, one.suggestion)) for one in look.unplaced]
    seen = {text for text, _, _ in open_}
    placed = [(text, None, place) for text, place in look.told.items() if text not in seen]
    return [*open_, *placed][:MOST_TEXTS]


def _option(column: Any) -> str:
    examples = ", ".join(column.examples[:2])
    return f"{column.name} ({examples})" if examples else column.name


def _shown(cells: Mapping[str, str]) -> dict[str, str]:
    """Return a trip's pieces as Danes write them."""
    shown = dict(cells)
    shown["date"] = day_text(cells["date"])
    if cells.get("booked_at"):
        booked, _, clock = cells["booked_at"].partition(" ")
        shown["booked_at"] = f"{day_text(booked)} {clock}".rstrip()
    if "price" in shown:
        shown["price"] = cells["price"].replace(".", ",")
    return shown
