"""Times that name their zone (a Z or an offset at the end), as the clock showed them in Denmark, and days that name their month."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from sim.inputs.intake.cells import Texts, matches
from tariffs.errors import InputError
from tariffs.typed import read_day

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
_NAMED_MONTH = re.compile(r"^([0-9]{1,2})(?:\.? ?|-)([A-Za-z]{3,9})(?:\.? |-)([0-9]{4})")
_ZONED = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)? ?(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)$"
)


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
