"""The columns of a file of trips: what each may hold, and how it is said when it does not."""

import re
from collections.abc import Callable
from datetime import date

from tariffs import day_number
from tariffs.level_choice import town_key
from tariffs.municipal_choices import MunicipalChoices
from tariffs.trip import MAX_DISTANCE_M

COLUMNS = {
    "trip_id": "turens navn, som den kaldes i svaret",
    "product": "flextur eller plustur",
    "booked_on": "bestilt den (ÅÅÅÅ-MM-DD)",
    "travel_on": "rejsedag (ÅÅÅÅ-MM-DD)",
    "standing": "fast tur (0 eller 1)",
    "from_municipality": "kommunekode, fire cifre som tekst",
    "to_municipality": "kommunekode, fire cifre som tekst",
    "distance_m": "korteste vejafstand, hele meter",
    "from_town": "byområdets navn; tom uden for byområder",
    "to_town": "byområdets navn; tom uden for byområder",
    "free_destination": "en ende er en gratis destination (0 eller 1)",
    "channel": "phone eller online",
    "adults": "antal voksne",
    "children": "antal børn under 16",
    "kommunetakst": "kommunen har kommunetakst (0 eller 1)",
    "bytakst": "none, low eller high",
}
"""The input columns, all of them required, with what they hold; other columns are left alone."""

MOST_PASSENGERS = 999
_WHOLE = re.compile(r"[0-9]+")
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]00:00(?::00)?)?")
_WRITTEN_WHOLE = re.compile(r"([0-9]+)[.,]0{1,2}")
"""A whole number as programs write one in a column of decimals."""

_TRUTH = {"TRUE": "1", "SAND": "1", "FALSE": "0", "FALSK": "0"}
"""Truth values as a sheet shows them."""

Parse = Callable[[str | None], int]
"""Reads one cell as a whole number; raises ValueError with the reason in Danish. None is a missing cell."""


def shown(text: str) -> str:
    """Return a cell as it can stand in a message: on one line, in quotes, cut at 40 characters."""
    flat = " ".join(text.split())
    return f"'{flat[:40]}…'" if len(flat) > 40 else f"'{flat}'"


def parser_of(column: str, choices: MunicipalChoices, labels: dict[str, int], is_number: bool) -> Parse:
    """Return the reader of one column; ``labels`` numbers the town zones across both town columns.

    ``is_number`` says that the file stores the column as numbers, which a municipality code must not be.
    """
    words = {"product": ("flextur", "plustur"), "channel": ("phone", "online"), "bytakst": ("none", "low", "high")}
    if column in words:
        return _word(words[column])
    if column in ("booked_on", "travel_on"):
        return _day
    if column in ("standing", "free_destination", "kommunetakst"):
        return _flag
    if column in ("from_municipality", "to_municipality"):
        places = {municipality.code: place for place, municipality in enumerate(choices.municipalities)}
        return _municipality(places, is_number)
    if column in ("from_town", "to_town"):
        return lambda text: _label(text, labels)
    return _distance if column == "distance_m" else _count


def _present(text: str | None) -> str:
    if text is None or not text.strip():
        raise ValueError("mangler")
    return text.strip()


def _number(text: str | None) -> str:
    word = _present(text)
    written = _WRITTEN_WHOLE.fullmatch(word)
    return written[1] if written else word


def _word(words: tuple[str, ...]) -> Parse:
    def parse(text: str | None) -> int:
        word = _present(text)
        if word not in words:
            raise ValueError(f"{shown(word)} kendes ikke; skriv {' eller '.join(words)}")
        return words.index(word)

    return parse


def _day(text: str | None) -> int:
    word = _present(text)
    try:
        found = _DAY.fullmatch(word)
        if not found:
            raise ValueError
        return day_number(date.fromisoformat(found[1]))
    except ValueError:
        raise ValueError(f"{shown(word)} er ikke en dato; skriv ÅÅÅÅ-MM-DD") from None


def _flag(text: str | None) -> int:
    word = _TRUTH.get(_present(text), _number(text))
    if word not in ("0", "1"):
        raise ValueError(f"{shown(word)} er ikke 0 eller 1")
    return int(word)


def _municipality(places: dict[str, int], is_number: bool) -> Parse:
    def parse(text: str | None) -> int:
        word = _present(text)
        if is_number:
            hint = f" (mente du '{word.zfill(4)}'?)" if word.zfill(4) in places else ""
            raise ValueError(f"{word} er gemt som tal; koden er tekst på fire cifre med foranstillet nul{hint}")
        if word in places:
            return places[word]
        if _WHOLE.fullmatch(word) and len(word) < 4:
            hint = f"; mente du '{word.zfill(4)}'?" if word.zfill(4) in places else ""
            raise ValueError(f"{shown(word)} er ikke fire cifre, det foranstillede nul mangler{hint}")
        if len(word) == 4 and _WHOLE.fullmatch(word):
            raise ValueError(f"{shown(word)} er ikke en dansk kommunekode")
        raise ValueError(f"{shown(word)} er ikke en kommunekode på fire cifre")

    return parse


def _label(text: str | None, labels: dict[str, int]) -> int:
    label = town_key(text or "")
    return labels.setdefault(label, len(labels) + 1) if label else 0


def _distance(text: str | None) -> int:
    word = _number(text)
    if not _WHOLE.fullmatch(word):
        if word.startswith("-") and _WHOLE.fullmatch(word[1:]):
            raise ValueError(f"{shown(word)} er negativ")
        raise ValueError(f"{shown(word)} er ikke et helt antal meter")
    if len(word.lstrip("0")) > 7 or int(word) > MAX_DISTANCE_M:
        raise ValueError(f"{shown(word)} er over {MAX_DISTANCE_M} meter")
    return int(word)


def _count(text: str | None) -> int:
    word = _number(text)
    if not _WHOLE.fullmatch(word):
        raise ValueError(f"{shown(word)} er ikke et helt tal fra 0 og op")
    if len(word.lstrip("0")) > 3:
        raise ValueError(f"{shown(word)} er over {MOST_PASSENGERS} passagerer")
    return int(word)
