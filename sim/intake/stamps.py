"""Times that name their zone (a Z or an offset at the end), as the clock showed them in Denmark."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pyarrow as pa

from sim.intake.cells import Texts, matches

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
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


def _local(text: str) -> str:
    """Return a zoned time as the Danish clock had it; one that is no time at all as it is, for the reader to refuse."""
    try:
        stamp = datetime.fromisoformat(re.sub(r" (?=[Z+-])", "", text).replace(",", "."))
    except ValueError:
        return text
    return stamp.astimezone(DANISH_TIME).strftime("%Y-%m-%d %H:%M")
