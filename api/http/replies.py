"""Answers as bytes: JSON, what never changes once it is made, and what is drawn anew; tagged, and compressed where that is wanted."""

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from data import data_version
from sim.answer.identity import assumptions_version

IMMUTABLE = "private, max-age=31536000, immutable"
EVERY_TIME = "private, no-cache"
DRAWN_WITH = ("altair", "jinja2", "pyarrow", "typst", "vl-convert-python", "xlsxwriter")
LEAST_TO_COMPRESS = 1_000
COMPRESSED = ("text/", "application/json", "application/geo+json")
SHORT = "private, max-age=300"


def json_bytes(document: object) -> bytes:
    """Return a document as JSON in UTF-8; dates and the like as text."""
    return json.dumps(document, ensure_ascii=False, default=str, separators=(",", ":"), allow_nan=False).encode()


def json_reply(document: object, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Return a document as JSON."""
    return Response(json_bytes(document), status, headers, media_type="application/json")


def kept_reply(
    request: Request, content: bytes, media_type: str, *, cache: str = IMMUTABLE, name: str | None = None
) -> Response:
    """Return content that is the same every time it is asked for: 304 for one who has it, gzip for one who reads that."""
    packed = len(content) >= LEAST_TO_COMPRESS and _is_packed(request, media_type)
    return _reply(request, hashlib.sha256(content), lambda: content, media_type, packed, cache, name)


def drawn_reply(
    request: Request, drawn_from: Iterable[str], draw: Callable[[], bytes], media_type: str, *, name: str | None = None
) -> Response:
    """Return what the program of the day makes of what is stored: asked for every time, and made anew only when it may be another.

    ``drawn_from`` names all that it is made of but the program, whose version is known here: 304 without drawing for one who
    has what this program makes of the same.
    """
    digest = hashlib.sha256("\n".join([program_version(), *drawn_from]).encode())
    return _reply(request, digest, draw, media_type, _is_packed(request, media_type), EVERY_TIME, name)


@cache
def program_version() -> str:
    """Return a hash of everything that decides how a result is drawn: this program with its templates, and what it draws with."""
    digest = hashlib.sha256()
    for room in ("api", "sim", "tariffs"):
        for path in _files(files(room)):
            digest.update(path.read_bytes())
    told = [data_version(), assumptions_version(), *(version(library) for library in DRAWN_WITH)]
    return hashlib.sha256("\n".join([digest.hexdigest(), *told]).encode()).hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        if path.is_dir() and path.name not in ("__pycache__", "vendor"):
            yield from _files(path)
        elif path.is_file():
            yield path


def _reply(
    request: Request,
    digest: Any,
    content: Callable[[], bytes],
    media_type: str,
    packed: bool,
    cache: str,
    name: str | None,
) -> Response:
    tag = f'"{digest.hexdigest()[:32]}{"-gz" if packed else ""}"'
    headers = {"ETag": tag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    made = content()
    if packed:
        made = gzip.compress(made, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    if name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(made, headers=headers, media_type=media_type)


def _is_packed(request: Request, media_type: str) -> bool:
    return media_type.startswith(COMPRESSED) and _takes_gzip(request.headers.get("accept-encoding", ""))


def _takes_gzip(accepted: str) -> bool:
    """Say whether gzip is among what is accepted, and not refused by a weight of nothing.

    >>> _takes_gzip("br, gzip"), _takes_gzip("gzip;q=0"), _takes_gzip("identity")
    (True, False, False)
    """
    for part in accepted.split(","):
        name, _, weight = part.partition(";")
        if name.strip().lower() == "gzip":
            return weight.replace(" ", "").removeprefix("q=").strip("0.") != "" or not weight
    return False
