"""An edition: the days one published (or user-supplied) price list is in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tariffs.errors import DataError
from tariffs.source import Source, check_keys, parse_day, parse_source

_KEYS = {"id", "from", "to", "name_da", "name_en", "source"}


@dataclass(frozen=True)
class Edition:
    """A price list in force from ``start`` to ``end``, both included; ``end`` None means no end is known."""

    id: str
    start: date
    end: date | None
    name_da: str
    name_en: str
    source: Source

    def covers(self, day: date) -> bool:
        """True when ``day`` is one of the edition's days."""
        return self.covers_any(day, day)

    def covers_any(self, first: date, last: date) -> bool:
        """True when some day from ``first`` to ``last``, both included, is one of the edition's days."""
        return self.start <= last and (self.end is None or first <= self.end)


def parse_editions(raw: object, where: str, *, contiguous: bool) -> tuple[Edition, ...]:
    """Read ``[[editions]]`` in ascending order without overlap; ``contiguous`` also forbids gaps.

    An edition without ``to`` runs until the day before the next one.
    """
    if not isinstance(raw, list) or not raw:
        raise DataError("ingen udgaver ([[editions]])", where=where)
    parsed = [_parse_edition(entry, f"{where}, editions[{number}]") for number, entry in enumerate(raw, 1)]
    editions: list[Edition] = []
    for edition, following in zip(parsed, [*parsed[1:], None], strict=True):
        if following is None:
            editions.append(edition)
            break
        last = following.start - timedelta(days=1)
        if following.start <= edition.start or (edition.end is not None and edition.end > last):
            raise DataError("to udgaver overlapper", where=where, why=f"{edition.id} og {following.id}")
        if contiguous and edition.end is not None and edition.end < last:
            raise DataError(
                "hul mellem to udgaver",
                where=where,
                why=f"intet gælder fra {edition.end + timedelta(days=1)} til {last}",
            )
        editions.append(
            Edition(edition.id, edition.start, edition.end or last, edition.name_da, edition.name_en, edition.source)
        )
    if len({edition.id for edition in editions}) != len(editions):
        raise DataError("to udgaver har samme id", where=where)
    return tuple(editions)


def edition_on(editions: Sequence[Edition], day: date) -> Edition | None:
    """Return the edition in force on ``day``, None when there is none."""
    return next((edition for edition in editions if edition.covers(day)), None)


def _parse_edition(raw: object, where: str) -> Edition:
    if not isinstance(raw, Mapping):
        raise DataError("udgaven er ikke en tabel", where=where, why=f"fandt {raw!r}")
    check_keys(raw, _KEYS, where)
    start = parse_day(raw.get("from"), "from", where)
    end = parse_day(raw["to"], "to", where) if "to" in raw else None
    if end is not None and end < start:
        raise DataError("udgaven slutter, før den begynder", where=where, why=f"from {start}, to {end}")
    names = {key: raw.get(key, start.isoformat()) for key in ("id", "name_da", "name_en")}
    for key, text in names.items():
        if not isinstance(text, str) or not text.strip():
            raise DataError(f"{key} er ikke tekst", where=where, why=f"fandt {text!r}")
    source = parse_source(raw.get("source"), where)
    return Edition(names["id"], start, end, names["name_da"], names["name_en"], source)
