"""A form with a file, read in memory: what an officer sends is never put in the system's folder for temporary files."""

from dataclasses import dataclass

from fastapi import Request
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from api.http.problems import MalformedError

MOST_FIELDS, LONGEST_FIELD = 120, 20_000


@dataclass(frozen=True)
class SentForm:
    """The fields as they were written, and the file; ``name`` is empty when none was chosen."""

    fields: dict[str, str]
    name: str
    content: bytes


class _InMemory(MultiPartParser):
    spool_max_size = 0  # never to a file; how large a request may be is bounded before it comes here


async def read_form(request: Request, *, longest: int = LONGEST_FIELD) -> SentForm:
    """Return a form that was sent with at most one file and fields of ``longest`` bytes; raises MalformedError for anything else."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise MalformedError("Formularen kan ikke læses", next_step="send den fra siden")
    bounds = {"max_files": 1, "max_fields": MOST_FIELDS, "max_part_size": longest}
    try:
        form = await _InMemory(request.headers, request.stream(), **bounds).parse()
    except (MultiPartException, ClientDisconnect):
        raise MalformedError("Formularen kom ikke hel frem", next_step="send den igen") from None
    fields, name, content = {}, "", b""
    for key, value in form.multi_items():
        if isinstance(value, UploadFile):
            name, content = value.filename or "", await value.read()
        else:
            fields[key] = value.strip()
    await form.close()
    return SentForm(fields, name, content)
