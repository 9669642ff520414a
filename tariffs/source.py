"""Where a value comes from, and how far it can be trusted."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from tariffs.errors import DataError

MARKS = {
    "A": "oplyst af Movia eller en kommune",
    "B": "presse",
    "C": "egen beregning",
    "J": "skøn",
}
_PLACE = re.compile(r"line (\d+), column (\d+)")
_KEYS = {"title", "url", "page", "section", "note", "mark", "retrieved", "projected", "entered"}


@dataclass(frozen=True)
class Source:
    """One reference. ``mark`` is A (Movia or a municipality), B (press), C (our arithmetic), J (our judgement).

    ``projected`` is arithmetic on a price list that is not known: a known one carried forward to its days. ``entered`` is
    typed by the user from a notice that only the user has seen. ``own`` is an amount that the user has put in an option, and no
    file has.
    """

    title: str
    mark: str
    url: str = ""
    page: int | None = None
    section: str = ""
    note: str = ""
    retrieved: date | None = None
    projected: bool = False
    entered: bool = False
    own: bool = False

    def __str__(self) -> str:
        place = [self.section, f"s. {self.page}" if self.page else "", self.note]
        where = "; ".join(part for part in place if part)
        return f"{self.title}{' (' + where + ')' if where else ''} [{'egen prisliste' if self.entered else self.mark}]"


def parse_source(raw: object, where: str) -> Source:
    """Read a source table; ``where`` names the file and key for the message.

    Raises DataError when it is missing, has no title or mark, no place to look it up, or an unknown key.
    """
    if raw is None:
        raise DataError(
            "kilde (source) mangler",
            where=where,
            why="hver værdi skal kunne slås efter",
            next_step='tilføj source = {title = "…", section = "…", mark = "A"}',
        )
    if not isinstance(raw, Mapping):
        raise DataError("kilden (source) er ikke en tabel", where=where, why=f"fandt {raw!r}")
    check_keys(raw, _KEYS, f"{where}, source")
    title, mark, page, retrieved = raw.get("title"), raw.get("mark"), raw.get("page"), raw.get("retrieved")
    if not isinstance(title, str) or not title.strip():
        raise DataError("kilden har ingen titel (title)", where=where)
    if mark not in MARKS:
        raise DataError(
            "kilden har intet gyldigt mærke (mark)",
            where=where,
            why=f"fandt {mark!r}",
            next_step="skriv mark = A, B, C eller J",
        )
    texts = {key: raw.get(key, "") for key in ("url", "section", "note")}
    for key, text in texts.items():
        if not isinstance(text, str):
            raise DataError(f"kildens {key} er ikke tekst", where=where, why=f"fandt {text!r}")
    if page is not None and (not isinstance(page, int) or isinstance(page, bool)):
        raise DataError("kildens sidetal (page) er ikke et helt tal", where=where, why=f"fandt {page!r}")
    if retrieved is not None and type(retrieved) is not date:
        raise DataError("kildens dato (retrieved) er ikke en dato", where=where, why=f"fandt {retrieved!r}")
    projected = raw.get("projected", False)
    if projected is not False and (projected is not True or mark != "C"):
        raise DataError(
            "kilden kan ikke være fremskrevet (projected)",
            where=where,
            why=f"fandt projected = {projected!r} og mærket {mark}",
            next_step="skriv projected = true med mark = C, eller udelad projected",
        )
    entered = raw.get("entered", False)
    if entered is not False and (entered is not True or mark in ("C", "J")):
        raise DataError(
            "kilden kan ikke være indtastet (entered)",
            where=where,
            why=f"fandt entered = {entered!r} og mærket {mark}",
            next_step="skriv entered = true med mark = A eller B, eller udelad entered",
        )
    located = texts["url"] or texts["section"] or page is not None
    if not located and not (mark in ("C", "J") and texts["note"]):
        raise DataError(
            "kilden siger ikke, hvor det står (url, page eller section)",
            where=where,
            next_step="tilføj url, page eller section; en antagelse (C eller J) kan nøjes med note",
        )
    return Source(title, str(mark), texts["url"], page, texts["section"], texts["note"], retrieved, projected, entered)


def check_keys(raw: Mapping[str, Any], known: set[str], where: str) -> None:
    """Raise DataError when ``raw`` has a key that its schema does not know."""
    unknown = sorted(set(raw) - known)
    if unknown:
        raise DataError(
            f"ukendt nøgle: {', '.join(unknown)}", where=where, next_step=f"brug kun {', '.join(sorted(known))}"
        )


def parse_day(raw: object, key: str, where: str) -> date:
    """Read a TOML date (no clock time); raises DataError for anything else."""
    if not isinstance(raw, date) or isinstance(raw, datetime):
        raise DataError(
            f"{key} er ikke en dato",
            where=where,
            why=f"fandt {raw!r}",
            next_step=f"skriv {key} = 2019-07-01 uden anførselstegn",
        )
    return raw


def read_toml(file: Path | Traversable, where: str) -> dict[str, Any]:
    """Read a TOML file; raises DataError naming it when it is absent, not UTF-8 or not TOML."""
    return parse_toml(read_bytes(file, where), where)


def read_bytes(file: Path | Traversable, where: str) -> bytes:
    """Read a file; raises DataError naming it when it cannot be."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise DataError("filen kan ikke læses", where=where, why=str(error.strerror or error)) from error


def parse_toml(content: bytes, where: str) -> dict[str, Any]:
    """Read the bytes of a TOML file; raises DataError naming it when they are not UTF-8 or not TOML."""
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DataError(
            "filen er ikke UTF-8", where=where, why=f"byte {error.start}", next_step="gem den som UTF-8"
        ) from error
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        why = f"linje {place[1]}, tegn {place[2]}" if place else "ved filens slutning"
        raise DataError("filen er ikke gyldig TOML", where=where, why=why) from error
