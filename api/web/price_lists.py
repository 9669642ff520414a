"""Own price lists: Movia's notice typed field by field beside the year before, kept, used, corrected and removed."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from api.http.price_lists import read_file
from api.http.problems import TooLargeError, kind_of
from api.http.security import needs
from api.store.errors import NotFoundError, StoreFullError
from api.store.price_lists import KeptList, PriceLists
from api.web.multipart import SentForm, read_form
from api.web.page import language_of, render
from api.web.prices import said_beside
from api.web.reading import Faults, read_day
from api.web.translation import english
from sim.telling.report.phrases import date_words
from sim.words.numbers import english_marks
from tariffs import PriceBook, PriceList, certainty_word, format_kroner
from tariffs.errors import InputError
from tariffs.price_list import AMOUNTS
from tariffs.price_list_entry import (
    FIELDS,
    SOURCE,
    START,
    Row,
    percent_text,
    read_entry,
    rows_before,
    side_by_side,
    unusual,
)
from tariffs.projection import third_sunday_of_january

router = APIRouter()
ADDRESS = "/prislister"
USUAL = {field: "0" if field == "gratis_destination" else "" for field in FIELDS}


@router.get(ADDRESS)
def page(request: Request) -> Response:
    """Show the lists that are kept, and the form for a new one or one to be corrected (``ret``)."""
    told = USUAL | {START: f"{_next_change(request.app.state.today()):%d-%m-%Y}"}
    correcting = request.query_params.get("ret", "")
    if correcting:
        told = typed(_lists(request).get(correcting).price_list)
    return _show(request, told, Faults(), correcting=correcting)


@router.post(ADDRESS, dependencies=[needs("upload")])
async def enter(request: Request) -> Response:
    """Take in a list from the fields, or from a file that was chosen; what is unusual is to be confirmed first."""
    form = await read_form(request)
    return await run_in_threadpool(_entered, request, form)


@router.post(f"{ADDRESS}/fjern", dependencies=[needs("upload")])
async def remove(request: Request) -> Response:
    """Remove a list; gone already is as good."""
    fields = (await read_form(request)).fields
    with suppress(NotFoundError):
        await run_in_threadpool(_lists(request).delete, fields.get("id", ""))
    return RedirectResponse(f"{ADDRESS}?fjernet=1#fjernet", status_code=303)


def typed(price_list: PriceList) -> dict[str, str]:
    """Return a list as it is written in the fields."""
    amounts = {field: format_kroner(price_list.oere[field]) for field in AMOUNTS}
    return {START: f"{price_list.start:%d-%m-%Y}", SOURCE: price_list.source, **amounts}


def _entered(request: Request, form: SentForm) -> Response:
    told, faults = USUAL | {field: form.fields.get(field, "")[:400] for field in FIELDS}, Faults()
    correcting, store = form.fields.get("ret", ""), _lists(request)
    if form.name:
        try:
            told = typed(read_file(form.content, form.name[:80]))
        except (InputError, TooLargeError) as error:
            faults.add("fil", said_beside(error))
            return _show(request, told, faults, kind_of(error).status, correcting=correcting)
    book = store.book_without(correcting)
    price_list, wrong = read_entry(told, book)
    if price_list is None or form.fields.get("goer") == "vis":
        for remark in wrong:
            faults.add(remark.field, remark.text)
        return _show(request, told, faults, 422 if faults else 200, correcting=correcting)
    remarks = () if form.fields.get("rigtigt") else unusual(price_list, book)
    if remarks:
        for remark in remarks:
            faults.add(remark.field, remark.text)
        return _show(request, told, faults, 422, correcting=correcting, to_confirm=True)
    try:
        kept, _ = store.keep(price_list, correcting)
    except (InputError, StoreFullError) as error:
        faults.add(getattr(error, "where", "") or START, said_beside(error))
        return _show(request, told, faults, kind_of(error).status, correcting=correcting)
    return RedirectResponse(f"{ADDRESS}?vis={kept.id}#liste-{kept.id}", status_code=303)


def _show(
    request: Request,
    told: dict[str, str],
    faults: Faults,
    status: int = 200,
    *,
    correcting: str = "",
    to_confirm: bool = False,
) -> Response:
    store, language = _lists(request), language_of(request)
    book = store.book_without(correcting)
    price_list, _ = read_entry(told, book)
    start = read_day(told[START], START, Faults()) or _next_change(request.app.state.today())
    amounts = rows_before(start, book, None if price_list is None else price_list.oere)
    return render(
        request, "price_lists.html.j2", status, told=told, summary=_named(faults, amounts, language),
        wrong=_at_fields(faults), correcting=correcting,
        to_confirm=to_confirm, rows=[_row(row, language) for row in amounts],
        lists=[_kept_view(kept, store.book_without(kept.id), language) for kept in store.all()],
        shown=request.query_params.get("vis", ""), gone=bool(request.query_params.get("fjernet")),
    )  # fmt: skip


def _named(faults: Faults, rows: tuple[Row, ...], language: str) -> list[tuple[str, str]]:
    """Return the faults as they are listed above the form, each price by its name."""
    names = {row.field: row.name_en if language == "en" else row.name_da for row in rows}
    said = {text: english(text) if language == "en" else text for _, text in faults}
    return [(field, f"{names[field]}: {said[text]}" if field in names else text) for field, text in faults]


def _at_fields(faults: Faults) -> dict[str, str]:
    found: dict[str, str] = {}
    for field, text in faults:
        found[field] = f"{found[field]}. {text}" if field in found else text
    return found


def _kept_view(kept: KeptList, book: PriceBook, language: str) -> dict[str, Any]:
    price_list = kept.price_list
    return {
        "kept": kept,
        "source": price_list.source,
        "days": [date_words(day) for day in (price_list.start, price_list.end)],
        "rows": [_row(row, language) for row in side_by_side(price_list, book)],
        "travel": f"{price_list.start.day}.{price_list.start.month}.{price_list.start.year}",
    }


def _row(row: Row, language: str) -> dict[str, Any]:
    # What is free costs nothing in any year, however the others are known.
    mark = "" if row.before_oere == 0 else certainty_word(row.before, language)
    before = (
        {"da": "ukendt", "en": "unknown"}[language] if row.before_oere is None else _kroner(row.before_oere, language)
    )
    return {
        "field": row.field,
        "name": row.name_en if language == "en" else row.name_da,
        "unit": row.unit if language == "en" else row.unit.replace("DKK", "kr."),
        "before": before,
        "mark": mark,
        "now": None if row.oere is None else _kroner(row.oere, language),
        "percent": None if row.percent is None else _marked(f"{percent_text(row.percent)} %", language),
    }


def _kroner(oere: int, language: str) -> str:
    return f"DKK {english_marks(format_kroner(oere))}" if language == "en" else f"{format_kroner(oere)} kr."


def _marked(text: str, language: str) -> str:
    return english_marks(text) if language == "en" else text


def _next_change(today: date) -> date:
    """Return the next day on which fares change.

    >>> _next_change(date(2026, 11, 28)), _next_change(date(2027, 1, 17))
    (datetime.date(2027, 1, 17), datetime.date(2028, 1, 16))
    """
    this = third_sunday_of_january(today.year)
    return this if this > today else third_sunday_of_january((today + timedelta(days=366)).year)


def _lists(request: Request) -> PriceLists:
    lists: PriceLists = request.app.state.price_lists
    return lists
