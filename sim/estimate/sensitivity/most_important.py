"""The assumptions that matter most: the five of the largest change for every report, and the ten of each option."""

from dataclasses import dataclass
from typing import Any

from sim.estimate.paid import Paid
from sim.estimate.sensitivity.tornado import Swing, Tornado, tornado, widest
from sim.study.study import Study

FIVE, TEN = 5, 10


@dataclass(frozen=True)
class Weighty:
    """What matters most, as published: ``five`` of the option that changes most, and ``each`` option's ten."""

    five: list[dict[str, Any]]
    each: list[list[dict[str, Any]]]


def what_matters_most(study: Study, paid: Paid | None = None) -> Weighty:
    """Return the assumptions with the largest swings, from the instant estimate.

    Of the change of the option that changes most; of the net cost where there is one option. Those the user has stated
    are taken as known; ``paid`` is the year whose cost is known.
    """
    found = tornado(study, paid=paid)
    return Weighty(most_important(found), each_option(found))


def most_important(found: Tornado) -> list[dict[str, Any]]:
    """Return the five of a tornado, each with its values and the results at them, in whole oere."""
    target = leading_target(found)
    return [entry(found, swing, target) for swing in widest(found.swings, target, FIVE)]


def each_option(found: Tornado) -> list[list[dict[str, Any]]]:
    """Return the ten of today's net cost, and of each other option's change; fewer where fewer move it."""
    return [
        [entry(found, swing, target) for swing in widest(found.swings, target, TEN)]
        for target in range(len(found.targets))
    ]


def leading_target(found: Tornado) -> int:
    """Return the target with the largest change; the net cost when nothing is compared or nothing changes."""
    changes = [abs(value) for value in found.central[1:]]
    return 1 + changes.index(max(changes)) if changes and max(changes) > 0 else 0


def entry(found: Tornado, swing: Swing, target: int) -> dict[str, Any]:
    """Return one swing of one target as published."""
    return {
        "id": swing.id,
        "statement": swing.statement,
        "unit": swing.unit,
        "low": swing.low_value,
        "high": swing.high_value,
        "target": found.targets[target],
        "central_oere": round(found.central[target]),
        "low_oere": round(swing.low[target]),
        "high_oere": round(swing.high[target]),
        "drawn": swing.drawn,
        "note": swing.note or None,
    }
