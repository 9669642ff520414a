"""Errors about a file of the store, which call it by the name that its sender knows and not by where it lies."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tariffs.errors import DataError, InputError


def words_by_name(error: InputError | DataError, names: Iterable[tuple[str, str]]) -> tuple[str, str, str, str]:
    """Return what an error says, where, why and what to do, each place of ``names`` told by its name."""
    parts = [error.what, error.where, error.why, error.next_step]
    for place, name in names:
        parts = [text.replace(place, name) for text in parts]
    what, where, why, next_step = parts
    return what, where, why, next_step


@contextmanager
def by_name(file: Path, name: str) -> Iterator[None]:
    """Let no error that leaves the block say where a file lies; InputError and DataError leave it as InputError."""
    try:
        yield
    except (InputError, DataError) as error:
        what, where, why, next_step = words_by_name(error, [(str(file), name)])
        raise InputError(what, where=where, why=why, next_step=next_step) from None
