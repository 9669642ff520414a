"""Answers as bytes: JSON, and what never changes once it is made, with its tag and compressed where that is wanted."""

import gzip
import hashlib
import json

from starlette.requests import Request
from starlette.responses import Response

IMMUTABLE = "private, max-age=31536000, immutable"
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
    packed = (
        len(content) >= LEAST_TO_COMPRESS
        and media_type.startswith(COMPRESSED)
        and _takes_gzip(request.headers.get("accept-encoding", ""))
    )
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}{"-gz" if packed else ""}"'
    headers = {"ETag": tag, "Cache-Control": cache, "Vary": "Accept-Encoding"}
    known = [part.strip().removeprefix("W/") for part in request.headers.get("if-none-match", "").split(",")]
    if tag in known or "*" in known:
        return Response(status_code=304, headers=headers)
    if packed:
        content = gzip.compress(content, 6, mtime=0)
        headers["Content-Encoding"] = "gzip"
    if name is not None:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return Response(content, headers=headers, media_type=media_type)


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
