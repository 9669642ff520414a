"""The hour that the clock skips in March and the one that comes twice in October, in Danish local time."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from sim.inputs.intake.cells import Bools, Ints

DANISH_TIME = ZoneInfo("Europe/Copenhagen")
HOUR = 2
"""The clock is put forward from 02 to 03, and back from 03 to 02."""
NO_SUCH_HOUR = "et klokkeslæt, der findes: kl. 2-3 springes over den nat, uret stilles frem"


def skipped_and_twice(day: Ints, minute: Ints) -> tuple[Bools, Bools]:
    """Return which local times do not exist, and which come twice, by days from 1970 and minutes of the day (-1 for none).

    >>> days = np.array(["2019-03-31", "2019-10-27", "2019-10-27"], "datetime64[D]").astype(np.int64)
    >>> skipped, twice = skipped_and_twice(days, np.array([150, 150, 180]))
    >>> skipped.tolist(), twice.tolist()
    ([True, False, False], [False, True, False])
    """
    in_hour = minute // 60 == HOUR
    changes = {number: _ahead_s(number) for number in np.unique(day[in_hour]).tolist()}
    forward = np.isin(day, [number for number, ahead in changes.items() if ahead > 0])
    back = np.isin(day, [number for number, ahead in changes.items() if ahead < 0])
    return in_hour & forward, in_hour & back


def _ahead_s(day: int) -> float:
    """Return how much later the clock is after that night's change than before it: 3600 where it is put forward, else -3600 or 0."""
    moment = datetime(1970, 1, 1, HOUR) + timedelta(days=day)
    before, after = (moment.replace(tzinfo=DANISH_TIME, fold=fold).utcoffset() for fold in (0, 1))
    assert before is not None
    assert after is not None
    return (after - before).total_seconds()


def text_of_twice(column: str, rows: str) -> str:
    """Return what is told of times in the hour that comes twice; ``rows`` is how many."""
    return (
        f"{column}: {rows} har et klokkeslæt kl. 2-3 den nat, uret stilles tilbage; den time kommer to gange, og det regnes,"
        " som om uret ikke blev stillet."
    )
