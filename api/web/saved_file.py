"""All saved answers as one file, and such a file taken in: what it names is here already, or is calculated again from its scenario."""

import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from api.again import submit
from api.http.security import needs
from api.http.served import jobs_of, results_of
from api.store.errors import NotFoundError
from api.store.files import json_hash
from api.store.names import LONGEST_TITLE, Saved, checked, short_name
from api.store.protocol import Jobs, Results
from api.store.store import RUN
from api.web.advice import advice
from api.web.multipart import SentForm, read_form
from api.web.reading import Faults
from api.web.reproduce import body
from api.web.saved import ADDRESS, show_list
from tariffs.errors import InputError, TakstlabError

router = APIRouter()
FORMAT, MARK = 1, "takstlab_gemte_svar"
MOST_ANSWERS, LARGEST = 500, 5_000_000
NEXT = "vælg en fil, der er hentet med »Hent alle som én fil«"


@dataclass(frozen=True)
class Sent:
    """An answer as a file has it; ``scenario`` is None where the server that wrote the file had it no more."""

    saved: Saved
    scenario: dict[str, Any] | None


@dataclass(frozen=True)
class TakenIn:
    """What became of a file: answers kept under their names, under others, those there already, and those that cannot be (with why)."""

    kept: tuple[str, ...]
    renamed: tuple[tuple[str, str], ...]
    there: tuple[str, ...]
    refused: tuple[tuple[str, str], ...]
    calculated: int


@router.get(f"{ADDRESS}/alle.json")
def export(request: Request) -> Response:
    """Send all saved answers as one file: names, notes, times, runs and their scenarios."""
    jobs = jobs_of(request)
    results = results_of(request)
    answers = [_for_file(jobs, one) for one in results.answers().values()]
    text = json.dumps({MARK: FORMAT, "answers": answers, "sha256": json_hash(answers)}, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="gemte-svar.json"', "Cache-Control": "no-store"}
    return Response(text + "\n", headers=headers, media_type="application/json")


def _for_file(jobs: Jobs, one: Saved) -> dict[str, Any]:
    try:
        scenario = body(jobs.scenario(one.run))
    except TakstlabError:
        scenario = None
    at = None if one.at is None else one.at.isoformat()
    return {"title": one.title, "note": one.note, "saved": at, "run": one.run, "scenario": scenario}


@router.post(f"{ADDRESS}/ind", dependencies=[needs("run")])
async def take_in(request: Request) -> Response:
    """Take in a file of saved answers; one that is damaged or another kind of file changes nothing."""
    form = await read_form(request)
    return await run_in_threadpool(_take_in, request, form)


def _take_in(request: Request, form: SentForm) -> Response:
    try:
        answers = read_answers(form.content if form.name else b"")
    except InputError as error:
        return show_list(request, 422, faults=Faults([("fil", f"{advice(error)} Intet er ændret.")]))
    kept: list[str] = []
    renamed: list[tuple[str, str]] = []
    there: list[str] = []
    refused: list[tuple[str, str]] = []
    calculated = 0
    results = results_of(request)
    for sent in answers:
        try:
            answer, is_new = _here(request, sent)
            same = results.answers().get(answer.name)
            if same is not None and same.run == answer.run:
                there.append(answer.title)
                continue
            named = _free(answer, results)
            results.keep_answers([named])
        except TakstlabError as error:
            refused.append((sent.saved.title, advice(error)))
            continue
        calculated += is_new
        kept += [named.title] if named.title == sent.saved.title else []
        renamed += [(sent.saved.title, named.title)] if named.title != sent.saved.title else []
    told = TakenIn(tuple(kept), tuple(renamed), tuple(there), tuple(refused), calculated)
    return show_list(request, taken_in=told)


def _here(request: Request, sent: Sent) -> tuple[Saved, bool]:
    """Return an answer with the run it has here, and whether that is calculated now; raises InputError and the like."""
    jobs = jobs_of(request)
    try:
        jobs.get(sent.saved.run)
    except NotFoundError:
        if sent.scenario is None:
            raise InputError(
                "Svaret er ikke gemt her, og filen mangler scenariet", next_step="byg sammenligningen igen"
            ) from None
        try:
            state = submit(request, sent.scenario)
        except (ValueError, KeyError, TypeError, AttributeError):
            raise InputError("Scenariet i filen kan ikke læses", next_step="byg sammenligningen igen") from None
        return replace(sent.saved, run=state.id), state.state != "done"
    return sent.saved, False


def _free(answer: Saved, results: Results) -> Saved:
    """Return an answer under its name, or under the first numbered one that is free or stands for the same run."""
    taken, number, title = results.answers(), 2, answer.title
    while (there := taken.get(short_name(title))) is not None and there.run != answer.run:
        title, number = f"{answer.title[: LONGEST_TITLE - 5].strip()} ({number})", number + 1
    return replace(answer, title=title, name=short_name(title))


def read_answers(content: bytes) -> list[Sent]:
    """Return the answers of a file that `export` wrote; raises InputError for any other file and for one that was changed."""
    if not content:
        raise InputError("Der er ikke valgt en fil", next_step=NEXT)
    if len(content) > LARGEST:
        raise InputError("Filen er for stor", why=f"gemte svar fylder højst {LARGEST // 1_000_000} MB", next_step=NEXT)
    try:
        told = json.loads(content)
    except (ValueError, RecursionError):
        raise InputError(
            "Filen kan ikke læses", why="den er beskadiget eller af en anden slags", next_step=NEXT
        ) from None
    if not isinstance(told, dict) or MARK not in told:
        raise InputError("Filen er ikke gemte svar fra Takstlab", next_step=NEXT)
    if told[MARK] != FORMAT:
        raise InputError(
            "Filen er fra en nyere udgave af Takstlab", next_step="hent den igen fra den udgave, der bruges her"
        )
    answers = told.get("answers")
    if not isinstance(answers, list) or told.get("sha256") != json_hash(answers):
        raise InputError(
            "Filen er beskadiget eller rettet", why="dens kontrolsum passer ikke", next_step="hent den igen"
        )
    if len(answers) > MOST_ANSWERS:
        raise InputError(f"Filen har {len(answers)} svar; der kan tages {MOST_ANSWERS} ad gangen", next_step="del den")
    try:
        return [_of_file(one) for one in answers]
    except (KeyError, TypeError, ValueError, AttributeError, InputError):
        raise InputError("Filen har et svar, der ikke kan læses", next_step="hent den igen") from None


def _of_file(one: dict[str, Any]) -> Sent:
    run, scenario, at = one["run"], one["scenario"], one["saved"]
    if not RUN.fullmatch(run) or not isinstance(scenario, dict | None):
        raise ValueError
    return Sent(checked(one["title"], run, one["note"], None if at is None else datetime.fromisoformat(at)), scenario)
