"""A timetable sent from the page of own data: read through, kept, and shown with what became of it."""

from collections.abc import AsyncIterator
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response

from api.http.problems import TooLargeError, kind_of
from api.http.security import needs
from api.http.timetables import receive_timetable
from api.store.errors import StoreFullError
from api.web.advice import advice
from api.web.in_use import ADDRESS
from api.web.multipart import read_form
from api.web.own_data import Sent, code_of, led_on, show
from tariffs.errors import InputError

router = APIRouter()


@router.post(f"{ADDRESS}/koereplan", dependencies=[needs("upload")])
async def send_timetable(request: Request) -> Response:
    """Take in a timetable."""
    form = await read_form(request)
    sent, told, back = Sent(form.fields), form.fields.get("kommune", ""), form.fields.get("tilbage", "")
    try:
        if not form.name:
            raise InputError("Vælg filen med køreplanen")
        if Path(form.name).suffix.lower() != ".zip":
            raise InputError("Køreplanen skal være en zip", next_step="vælg GTFS-zippen, som den er hentet")
        timetable, _ = await receive_timetable(request, _once(form.content))
    except (InputError, TooLargeError, StoreFullError) as error:
        sent.faults.add("koereplan-fil", advice(error))
        return await run_in_threadpool(show, request, told, back, sent, kind_of(error).status)
    return led_on(code_of(told), back, "#koereplaner", vis=timetable.id)


async def _once(content: bytes) -> AsyncIterator[bytes]:
    yield content
