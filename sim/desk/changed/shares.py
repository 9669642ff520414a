"""Shares the difference between two answers out by cause, in whole oere and whole trips, so that the parts are the whole."""

from collections.abc import Sequence

from sim.desk.changed.saved import Json, figure_in
from sim.desk.changed.steps import Step, Steps

ADDED = ("trips", "passengers", "fares_oere", "operator_payment_oere", "movia_fee_oere")
"""Figures whose steps the estimate gives; the two that follow are reckoned from them."""
NET, CHANGE = "net_cost_oere", "net_cost_change_oere"
PARTED = (*ADDED, NET, CHANGE)
REST = "rules"


def parts(old: Json, new: Json, today: Json, steps: Steps) -> list[Json]:
    """Return the parts of one option's difference: one for each step, and last the rest, which is rules and model.

    Every part has whole numbers; a figure that one of the answers does not have is None in all of them. ``today`` is the new
    answer's first option, which changes are measured against.
    """
    whole = {key: difference(old, new, key) for key in PARTED}
    taken: list[Json] = [{"cause": step.cause, **_step(step, new, today, steps)} for step in steps.steps]
    rest: Json = {"cause": REST}
    for key, total in whole.items():
        if total is None:
            taken = [{**part, key: None} for part in taken]
        rest[key] = None if total is None else total - sum(part[key] for part in taken)
    return [*taken, rest]


def difference(old: Json, new: Json, key: str) -> int | None:
    """Return the difference of two answers' whole figures, None when one of them is unknown."""
    before, after = whole_figure(old, key), whole_figure(new, key)
    return None if before is None or after is None else after - before


def whole_figure(option: Json, key: str) -> int | None:
    """Return a figure of an option in whole oere or trips, None when it is unknown."""
    path: Sequence[str] = ("change", NET) if key == CHANGE else (key,)
    found = figure_in(option, *path)
    return None if found is None else round(found["mean"])


def _step(step: Step, option: Json, today: Json, steps: Steps) -> dict[str, int]:
    moved, against = _scaled(step, option, steps), _scaled(step, today, steps)
    return {**moved, CHANGE: moved[NET] - against[NET]}


def _scaled(step: Step, option: Json, steps: Steps) -> dict[str, int]:
    """Return an option's step, each figure by as much as the simulated one is of the estimated one."""
    name, moved = option["name"], dict.fromkeys(ADDED, 0)
    if name in step.moved:
        for key in ADDED:
            estimated, found = getattr(steps.today[name], key), figure_in(option, key)
            scale = found["mean"] / estimated if found is not None and estimated > 0 else 1.0
            moved[key] = round(getattr(step.moved[name], key) * scale)
    return {**moved, NET: moved["operator_payment_oere"] - moved["fares_oere"] + moved["movia_fee_oere"]}
