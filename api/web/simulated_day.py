"""A day of a finished run as it was driven: the page with its numbers and tables, and the day as data for its map."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.http.problems import NoSuchPageError
from api.http.replies import drawn_reply, json_bytes
from api.http.runs import RunId
from api.web.day_data import clock_ends, day_document
from api.web.day_vehicles import drawing, vehicle_rows
from api.web.day_words import choices, day_words, figures, hours
from api.web.page import language_of, render
from api.web.prices import said_beside
from api.web.published import published
from api.web.reading import Faults, day_text, read_day
from api.web.results import Place
from sim.answer.records import Answer
from sim.telling.simulated_day.day import read_day as read_simulated_day
from sim.telling.simulated_day.days import busiest, has_days, trips_by_day
from sim.telling.simulated_day.numbers import day_numbers
from tariffs.errors import DataError, InputError

router = APIRouter()
UNREADABLE_STATUS, WRONG_DAY_STATUS, MOST_OPTIONS = 404, 422, 12


@dataclass(frozen=True)
class Days:
    """The days of a result: all that have trips under some option, and the trips of one option on each."""

    all: tuple[date, ...]
    trips: Mapping[date, int]


@router.get("/koersel/{run}/dag")
def page(
    request: Request,
    run: RunId,
    valg: Annotated[int, Query(ge=1, le=MOST_OPTIONS)] = 1,
    dag: Annotated[str, Query(max_length=40)] = "",
) -> Response:
    """Show a day under one option (``valg``, the first is 1): the day that is asked for, else the option's busiest."""
    comparison, manifest, folder = published(request, run)
    option, faults, language = _option(comparison, valg), Faults(), language_of(request)
    try:
        days = _days(manifest, folder, option)
        shown = _picked(days, dag, faults)
        driven = read_simulated_day(folder, option, shown)
    except (InputError, DataError) as error:
        return render(
            request,
            "simulated_day.html.j2",
            UNREADABLE_STATUS,
            run=run,
            comparison=comparison,
            reason=said_beside(error),
        )
    from_s, until_s = clock_ends(driven)
    place = days.all.index(shown)
    return render(
        request, "simulated_day.html.j2", WRONG_DAY_STATUS if faults else 200, run=run, comparison=comparison, reason="",
        faults=faults, number=valg, option=option, names=[one.name for one in comparison.options], day=shown,
        day_words=lambda day: day_words(day, language), is_busiest=shown == busiest(days.trips),
        choices=choices(days.all, days.trips, language), before=days.all[place - 1] if place else None,
        after=days.all[place + 1] if place + 1 < len(days.all) else None, replications=comparison.replications,
        figures=figures(day_numbers(driven), language), drawing=drawing(driven, language),
        vehicles=vehicle_rows(driven, language), hours=hours(driven, language), from_s=from_s, until_s=until_s,
    )  # fmt: skip


@router.get("/koersel/{run}/dag/{place}/{day}.json")
def data(request: Request, run: RunId, place: Place, day: date) -> Response:
    """Send a day for its map: every duty's stops as rows of numbers."""
    comparison, manifest, folder = published(request, run)
    option = _option(comparison, place)
    try:
        days = _days(manifest, folder, option)
    except InputError as error:
        raise NoSuchPageError(error.what, why=error.why, next_step=error.next_step) from error
    if day not in days.all:
        raise NoSuchPageError("Dagen har ingen ture i svaret", where=day.isoformat(), next_step="vælg en af dens dage")
    made_of = (run, folder.name, str(place), day.isoformat())
    return drawn_reply(
        request, made_of, lambda: json_bytes(day_document(read_simulated_day(folder, option, day))), "application/json"
    )


def _option(comparison: Answer, place: int) -> str:
    options = comparison.options
    if place > len(options):
        raise NoSuchPageError(
            "Valgmuligheden findes ikke i svaret", where=str(place), next_step="gå tilbage til svaret"
        )
    return options[place - 1].name


def _days(manifest: Mapping[str, Any], folder: Path, option: str) -> Days:
    """Return the days there are to show; raises InputError saying why there are none, and DataError where a table is damaged."""
    if manifest["scenario"].get("trips"):
        raise InputError(
            "Svaret er regnet på kommunens egne ture, og ingen af dem vises dag for dag",
            why="det er virkelige rejser, og deres stop gemmes ikke",
            next_step="vis i stedet en simuleret dag i et svar uden egne ture",
        )
    if not has_days(folder):
        raise InputError(
            "Svaret har ikke de tabeller over ture, stop og vagter, som en dag vises ud fra",
            why="det er regnet af en tidligere udgave, eller en fil er beskadiget og lagt til side",
            next_step="regn scenariet igen",
        )
    found = trips_by_day(folder)
    every = sorted({day for trips in found.values() for day in trips})
    if not every:
        raise InputError(
            "Der er ingen ture i svarets første simulerede år", next_step="vælg et svar med flere passagerer"
        )
    return Days(tuple(every), found.get(option, {}))


def _picked(days: Days, asked: str, faults: Faults) -> date:
    """Return the day that is asked for, else the busiest; what is wrong with the day is noted."""
    usual = busiest(days.trips) or days.all[0]
    if not asked.strip():
        return usual
    day = read_day(asked, "dag", faults)
    if day is not None and day not in days.all:
        faults.add("dag", f"Der er ingen ture den {day_text(day.isoformat())}; vælg en dag på listen")
    return day if day in days.all else usual
