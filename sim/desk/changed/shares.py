"""Shares the difference between two answers out by cause, in whole oere and whole trips, so that the parts are the whole."""

from typing import Any

from sim.answer.records.option import OptionAnswer
from sim.desk.changed.steps import Step, Steps

ADDED = ("trips", "passengers", "fares_oere", "operator_payment_oere", "movia_fee_oere")
"""Figures whose steps the estimate gives; the two that follow are reckoned from them."""
NET, CHANGE = "net_cost_oere", "net_cost_change_oere"
PARTED = (*ADDED, NET, CHANGE)
REST = "rules"


def parts(old: OptionAnswer, new: OptionAnswer, today: OptionAnswer, steps: Steps) -> list[dict[str, Any]]:
    """Return the parts of one option's difference: one for each step, and last the rest, which is rules and model.

    Every part has whole numbers. ``today`` is the new answer's first option, which changes are measured against.
    """
    before, after = _parted(old), _parted(new)
    taken: list[dict[str, Any]] = [{"cause": step.cause, **_step(step, new, today, steps)} for step in steps.steps]
    rest: dict[str, Any] = {"cause": REST}
    for key in PARTED:
        rest[key] = round(after[key]) - round(before[key]) - sum(part[key] for part in taken)
    return [*taken, rest]


def _parted(option: OptionAnswer) -> dict[str, float]:
    """Return the figures that are parted, by key."""
    return {**_added(option), NET: option.net_cost_oere.mean, CHANGE: option.change.net_cost_oere.mean}


def _added(option: OptionAnswer) -> dict[str, float]:
    figures = (
        option.trips, option.passengers, option.fares_oere, option.operator_payment_oere, option.movia_fee_oere
    )  # fmt: skip
    return {key: figure.mean for key, figure in zip(ADDED, figures, strict=True)}


def _step(step: Step, option: OptionAnswer, today: OptionAnswer, steps: Steps) -> dict[str, int]:
    moved, against = _scaled(step, option, steps), _scaled(step, today, steps)
    return {**moved, CHANGE: moved[NET] - against[NET]}


def _scaled(step: Step, option: OptionAnswer, steps: Steps) -> dict[str, int]:
    """Return an option's step, each figure by as much as the simulated one is of the estimated one."""
    moved = dict.fromkeys(ADDED, 0)
    if option.name in step.moved:
        for key, simulated in _added(option).items():
            estimated = getattr(steps.today[option.name], key)
            scale = simulated / estimated if estimated > 0 else 1.0
            moved[key] = round(getattr(step.moved[option.name], key) * scale)
    return {**moved, NET: moved["operator_payment_oere"] - moved["fares_oere"] + moved["movia_fee_oere"]}
