"""Answers that were saved: the list, saving under a name, renaming, notes, deleting with a way back, and two side by side."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, parse_qsl

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.http.runs import RunId
from api.http.security import needs
from api.http.served import jobs_of, results_of
from api.store.errors import NotFoundError
from api.store.names import LONGEST_NOTE, LONGEST_TITLE, NameInUseError, Saved, checked, short_name
from api.store.protocol import Results
from api.web.advice import advice
from api.web.page import render
from api.web.reading import Faults
from api.web.saved_rows import answer_row
from api.web.side_by_side import pair_of
from tariffs.errors import InputError, TakstlabError

router = APIRouter()
LISTED = 50
"""Answers on a page of the list: each row is read from its result."""
ADDRESS = "/koersler"


@router.get(ADDRESS)
def saved(request: Request) -> Response:
    """Show the answers there are: a page of the saved ones first, then the newest runs."""
    asked = request.query_params.get("side", "")
    return show_list(request, side=int(asked) if asked.isdecimal() and len(asked) < 7 else 1)


def show_list(request: Request, status: int = 200, *, side: int = 1, **more: Any) -> Response:
    """Return a page of the list; ``more`` is what it tells: an answer deleted, a file taken in, a fault."""
    jobs, results = jobs_of(request), results_of(request)
    every = _in_order(results)
    sides = max(1, -(-len(every) // LISTED))
    side = min(max(side, 1), sides)
    before = LISTED * (side - 1)
    kept = every[before : before + LISTED]
    rows = [answer_row(jobs, results, state.id) for state in jobs.list(LISTED)]
    told: dict[str, Any] = {"deleted": None, "taken_in": None, "faults": Faults()}
    return render(
        request, "saved.html.j2", status, rows=rows, kept=[answer_row(jobs, results, one.run, one) for one in kept],
        side=side, sides=sides, before=before, count=len(every), **told | more,
    )  # fmt: skip


@router.post("/koersel/{run}/gem", dependencies=[needs("run")])
async def save(request: Request, run: RunId) -> Response:
    """Save a run under a name that people and sheets know it by; one that is in use is asked about."""
    return await run_in_threadpool(_save, request, run, await _fields(request))


def _save(request: Request, run: str, fields: dict[str, str]) -> Response:
    results, title = results_of(request), fields.get("gemnavn", "")
    before = results.answers().get(short_name(title))
    # A note is about the answer that it was written at: another one has it only where that is asked for.
    keeps_note = before is not None and (before.run == run or bool(fields.get("behold_note")))
    try:
        answer = checked(title, run, before.note if before and keeps_note else "", _now())
        results.keep_answers([answer], instead_of=fields.get("erstat", ""))
    except NameInUseError as error:
        there = answer_row(jobs_of(request), results, error.there.run, error.there)
        free = _free_title(title, results.answers())
        return render(
            request, "name_in_use.html.j2", 409, run=run, title=title, there=there, free=free, faults=Faults()
        )
    except InputError as error:
        faults = Faults([("gemnavn", advice(error))])
        return render(request, "name_in_use.html.j2", 422, run=run, title=title, there=None, free=title, faults=faults)
    return _led_to(request, answer)


@router.get(f"{ADDRESS}/navn")
def named(request: Request) -> Response:
    """Show one saved answer's name and note, to be changed, and where it is deleted."""
    one = _asked(request, request.query_params.get("navn", ""))
    return _show_one(request, one, one.title, one.note, Faults())


@router.post(f"{ADDRESS}/navn", dependencies=[needs("run")])
async def change(request: Request) -> Response:
    """Change a saved answer's name and note."""
    return await run_in_threadpool(_change, request, await _fields(request))


def _change(request: Request, fields: dict[str, str]) -> Response:
    one = _asked(request, fields.get("navn", ""))
    title, note = fields.get("titel", ""), fields.get("note", "")
    try:
        answer = checked(title, one.run, note, one.at)
        there = results_of(request).answers().get(answer.name)
        if there is not None and there.name != one.name:
            raise NameInUseError(there)
        results_of(request).keep_answers([answer], was=one.name)
    except InputError as error:
        field = "note" if "Noten" in error.what else "titel"
        said = InputError(error.what, next_step="vælg et andet navn") if isinstance(error, NameInUseError) else error
        return _show_one(request, one, title, note, Faults([(field, advice(said))]), 422)
    return _led_to(request, answer)


def _show_one(request: Request, one: Saved, title: str, note: str, faults: Faults, status: int = 200) -> Response:
    row = answer_row(jobs_of(request), results_of(request), one.run, one)
    return render(
        request, "saved_one.html.j2", status, row=row, title=title, note=note, faults=faults,
        longest_title=LONGEST_TITLE, longest_note=LONGEST_NOTE,
    )  # fmt: skip


@router.post(f"{ADDRESS}/slet", dependencies=[needs("run")])
async def delete(request: Request) -> Response:
    """Delete a name; the answer itself stays, and the name can be had back from the page that follows."""
    return await run_in_threadpool(_delete, request, await _fields(request))


def _delete(request: Request, fields: dict[str, str]) -> Response:
    try:
        one = _asked(request, fields.get("navn", ""))
    except NotFoundError:  # deleted already: the page was sent twice
        return RedirectResponse(ADDRESS, status_code=303)
    results_of(request).forget_name(one.name)
    return show_list(request, deleted=one)


@router.post(f"{ADDRESS}/fortryd", dependencies=[needs("run")])
async def restore(request: Request) -> Response:
    """Give a deleted name back, as it was."""
    return await run_in_threadpool(_restore, request, await _fields(request))


def _restore(request: Request, fields: dict[str, str]) -> Response:
    at = fields.get("gemt", "")
    try:
        answer = checked(
            fields.get("titel", ""),
            fields.get("svar", ""),
            fields.get("note", ""),
            datetime.fromisoformat(at) if at else None,
        )
        results_of(request).keep_answers([answer])
    except (TakstlabError, ValueError) as error:
        said = advice(error) if isinstance(error, TakstlabError) else "Navnet kan ikke gives tilbage. Gem svaret igen."
        return show_list(request, 422, faults=Faults([("", said)]))
    return _led_to(request, answer)


@router.get(f"{ADDRESS}/sammen")
def together(request: Request) -> Response:
    """Show two answers side by side."""
    ticked = parse_qs(request.url.query).get("svar", [])
    chosen = list(dict.fromkeys(ticked))
    if len(chosen) != 2:
        said = (
            "De, der er valgt, er det samme svar under flere navne; vælg også et andet"
            if len(chosen) == 1 < len(ticked)
            else f"Vælg to svar, der skal stå ved siden af hinanden; der er valgt {len(chosen)}"
        )
        return show_list(request, 422, faults=Faults([("gemte" if results_of(request).answers() else "alle", said)]))
    results, jobs = results_of(request), jobs_of(request)
    by_run = {one.run: one for one in results.answers().values()}
    try:
        found = [results.answer(run, jobs.get(run).municipalities[0]) for run in chosen]
    except TakstlabError as error:
        return show_list(request, 422, faults=Faults([("", advice(error))]))
    titles = [
        by_run[run].title if run in by_run else f"{found[n].municipality_name} {found[n].year}"
        for n, run in enumerate(chosen)
    ]
    if titles[0] == titles[1]:
        titles = [f"{title} ({number})" for number, title in enumerate(titles, 1)]
    return render(request, "saved_pair.html.j2", runs=chosen, titles=titles, pair=pair_of(found, titles))


def _free_title(title: str, taken: dict[str, Saved]) -> str:
    number = 2
    while short_name(found := f"{title[: LONGEST_TITLE - 5].strip()} ({number})") in taken:
        number += 1
    return found


def _led_to(request: Request, answer: Saved) -> Response:
    """Lead to an answer in the list, on the page that it is on."""
    names = [one.name for one in _in_order(results_of(request))]
    side = names.index(answer.name) // LISTED + 1 if answer.name in names else 1
    return RedirectResponse(f"{ADDRESS}{f'?side={side}' if side > 1 else ''}#{answer.name}", status_code=303)


def _in_order(results: Results) -> list[Saved]:
    return sorted(results.answers().values(), key=_newest)


def _newest(one: Saved) -> tuple[bool, float, str]:
    return (one.at is None, -one.at.timestamp() if one.at else 0.0, one.name)


def _asked(request: Request, name: str) -> Saved:
    found = results_of(request).answers().get(name)
    if found is None:
        raise NotFoundError(f"Der er intet gemt navn {name[:80]!r}", next_step="se listen over gemte svar")
    return found


async def _fields(request: Request) -> dict[str, str]:
    return dict(parse_qsl((await request.body()).decode("utf-8", "replace")))


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)
