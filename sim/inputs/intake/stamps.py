"""Times that name their zone (a Z or an offset at the end), as the clock showed them in Denmark, and days that name their month."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from sim.inputs.intake.cells import Bools, Texts, matches
from tariffs.errors import InputError
from tariffs.typed import read_day

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_NAMED_MONTH = re.compile(r"^([0-9]{1,2})(?:\.? ?|-)([A-Za-z]{3,9})(?:\.? |-)([0-9]{4})")
_ZONED = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)$"
)

_NAMES_A_ZONE = r"(?i)[0-9] ?(?:Z|UTC|GMT|CES?T|\+[0-9]{2}(?::?[0-9]{2})?)$|^.{8,}[0-9] ?-[0-9]{2}(?::?[0-9]{2})?$"
"""Without a day before it, 08:15-08:45 is two times, not one with a zone."""
_UTC = re.compile(r"\b(?:utc|gmt|zulu)\b")
NO_ZONE = "dansk tid uden zone; en zone (Z, UTC, +01:00) kan kun regnes om, hvor dag og tid står i samme celle som 2019-08-03T10:40Z"


def names_a_zone(texts: Texts) -> Bools:
    """Return in which rows a time ends in its zone, after `in_danish_time` has read those that can be.

    >>> names_a_zone(Texts.of(pa.array(["10:40Z", "03-08-2019 10:40 UTC", "10:40+01:00", "10:40", "2019-08-03"])))[:5].tolist()
    [True, True, True, False, False]
    """
    found = matches(texts.values, _NAMES_A_ZONE) & matches(texts.values, "[0-9][:.][0-9]")
    rows: Bools = texts.rows(found)
    return rows


def says_utc(header: str) -> bool:
    """Say whether a column's name says that its times are in UTC.

    >>> says_utc("Tid (UTC)"), says_utc("pickup_time_utc"), says_utc("Tid")
    (True, True, False)
    """
    return bool(_UTC.search(re.sub(r"[^a-z]+", " ", header.lower())))


def in_danish_time(texts: Texts) -> tuple[Texts, int]:
    """Return the column with its zoned times as Danish time without a zone, and in how many rows that was done.

    >>> told, rows = in_danish_time(Texts.of(pa.array(["2019-07-01T22:30:00Z", "2019-01-01 10:00+02:00", "2019-08-03"])))
    >>> told.values.to_pylist()[:3], rows
    (['2019-07-02 00:30', '2019-01-01 09:00', '2019-08-03'], 2)
    """
    zoned = matches(texts.values, _ZONED)
    if not zoned.any():
        return texts, 0
    values = [
        _local(text) if is_zoned else text for text, is_zoned in zip(texts.values.to_pylist(), zoned, strict=True)
    ]
    return Texts(pa.array(values, pa.string()), texts.places), int(texts.rows(zoned).sum())


def with_numbered_months(texts: Texts) -> Texts:
    """Return the column with its days that name their month (1. maj 2024) as days with numbers, the day first.

    >>> with_numbered_months(Texts.of(pa.array(["1. maj 2024 10:30", "03-AUG-2024", "32. maj 2024", "01-05-2024"]))).values.to_pylist()[:4]
    ['01.05.2024 10:30', '03.08.2024', '32. maj 2024', '01-05-2024']
    """
    if not matches(texts.values, _NAMED_MONTH.pattern).any():
        return texts
    return Texts(
        pa.array([_NAMED_MONTH.sub(_numbered, text) for text in texts.values.to_pylist()], pa.string()), texts.places
    )


def _numbered(found: re.Match[str]) -> str:
    try:
        return f"{read_day(f'{found[1]}. {found[2]} {found[3]}'):%d.%m.%Y}"
    except InputError:
        return found[0]


def _local(text: str) -> str:
    """Return a zoned time as the Danish clock had it; one that is no time at all as it is, for the reader to refuse."""
    try:
        stamp = datetime.fromisoformat(re.sub(r" (?=[Z+-])", "", text).replace(",", "."))
    except ValueError:
        return text
    return stamp.astimezone(DANISH_TIME).strftime("%Y-%m-%d %H:%M")
