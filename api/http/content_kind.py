"""Of what kind a file is that was sent as a body: by its head, Content-Type."""

from collections.abc import Collection

from fastapi import Request

from tariffs.errors import InputError


def content_kind(request: Request, known: Collection[str]) -> str:
    """Return the kind among those ``known``; raises InputError for another, or none."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in known:
        raise InputError(
            "filtypen kendes ikke", where="headeren Content-Type", next_step=f"brug {' eller '.join(known)}"
        )
    return kind
