"""What of a difference comes of a setting that can be put back: today's rules with the old settings, one after another.

The steps are the instant estimate's, scaled to the simulated answer; what they do not explain is rules and model.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from sim.desk.changed.saved import Saved
from sim.estimate.amounts import Amounts
from sim.estimate.estimate import Estimate, estimate
from sim.estimate.reads import in_closed_form
from sim.inputs.assumptions import Value
from sim.inputs.scenario import Scenario
from sim.study.prepare import prepare
from sim.study.study import Study
from tariffs.errors import TakstlabError

GEOGRAPHY = frozenset({"speed_town_kmh", "speed_country_kmh", "visit_weights", "road_distance_factor", "town_density"})
"""Assumptions that the places and roads are made of: at other values the study is made anew."""
PRICE_LEVEL = "price_level"


@dataclass(frozen=True)
class Settings:
    """Old values of what today's build can be given; what is None or left out is as it is today."""

    scenario: Scenario | None = None
    town_zones: tuple[str, ...] | None = None
    assumptions: tuple[tuple[str, Value], ...] = ()
    price_level: int | None = None
    passengers: float | None = None


@dataclass(frozen=True)
class Step:
    """One setting moved from its old to today's value, and what that does to each option's expected year."""

    cause: str
    moved: Mapping[str, Amounts]


@dataclass(frozen=True)
class Steps:
    """The steps in the order in which they were taken, today's estimate, and causes whose old setting cannot be put back."""

    steps: tuple[Step, ...]
    today: Mapping[str, Amounts]
    not_taken: tuple[str, ...]


def old_settings(saved: Saved, study: Study, asked: Scenario) -> list[tuple[str, Callable[[Settings], Settings]]]:
    """Return what differs between an answer and today's study and can be put back, by the cause's id, in the order of the steps.

    ``asked`` is the scenario the answer was calculated from; the study's may be another one (a scenario file that was changed).
    """
    found: list[tuple[str, Callable[[Settings], Settings]]] = []
    base = study.scenario
    if asked.year != base.year:
        earlier = {"year": asked.year, "start": asked.start, "spent_to": asked.spent_to}
        moved = base.model_copy(update=earlier)
        found.append(("year", lambda s: replace(s, scenario=(s.scenario or moved).model_copy(update=earlier))))
    zones = ((saved.manifest or {}).get("town_zones") or {}).get("names")
    if zones and list(zones) != list(study.lines[0].names) and base.town_areas is None:
        found.append(("town_zones", lambda s: replace(s, town_zones=tuple(zones))))
    for key, value in moved_assumptions(saved, study).items():
        pair = (key, value)
        found.append((f"assumption:{key}", lambda s, pair=pair: replace(s, assumptions=(*s.assumptions, pair))))  # type: ignore[misc]
    level = saved.price_level
    if level is not None and level != study.prices.year:
        found.append((PRICE_LEVEL, lambda s: replace(s, price_level=level)))
    passengers = saved.answer.volume.passengers
    if passengers > 0 and _differ(passengers, study.volume.passengers):
        found.append(("volume", lambda s: replace(s, passengers=passengers)))
    return found


def moved_assumptions(saved: Saved, study: Study) -> dict[str, Value]:
    """Return the old values of assumptions that have another value today, by id, in the register's order."""
    found: dict[str, Value] = {}
    for key, entry in study.assumptions.items():
        if key == PRICE_LEVEL or key not in saved.assumptions:
            continue
        before = saved.assumptions[key].value
        if isinstance(before, tuple) and isinstance(entry.value, tuple):
            if len(before) == len(entry.value) and any(map(_differ, before, entry.value)):
                found[key] = tuple(float(number) for number in before)
        elif isinstance(entry.value, float) and isinstance(before, int | float) and _differ(before, entry.value):
            found[key] = float(before)
    return found


def _differ(before: float, after: float) -> bool:
    return abs(before - after) > 1e-9 * max(abs(before), abs(after))


def steps(saved: Saved, study: Study, asked: Scenario) -> Steps:
    """Return what each old setting did, by the instant estimate under today's rules.

    The last step is taken back first, so that all parts together are today's estimate less the one with every old setting.
    """
    reads, taken, left = in_closed_form(study), [], []
    settings, after = Settings(), _by_name(estimate(study))
    today = after
    for cause, put_back in reversed(old_settings(saved, study, asked)):
        key = cause.removeprefix("assumption:")
        try:
            if key != cause and not _comparable(saved, study, key, reads):
                raise ValueError(f"{key} acts in the simulation alone, or means something else today")
            moved = put_back(settings)
            before = _by_name(estimate(_at(study, moved)))
        except (TakstlabError, ValueError, ArithmeticError, KeyError):
            left.append(cause)
            continue
        taken.append(Step(cause, {name: after[name] - before[name] for name in after if name in before}))
        settings, after = moved, before
    return Steps(tuple(reversed(taken)), today, tuple(reversed(left)))


def _comparable(saved: Saved, study: Study, key: str, reads: frozenset[str]) -> bool:
    """Say whether an assumption's old value means today what it meant, and the estimate rests on it."""
    before, today = saved.assumptions[key], study.assumptions[key]
    same = before.unit == today.unit
    if isinstance(today.value, tuple):  # what each number of a profile is stands in the statement alone
        same = same and before.statement == today.statement_da
    return same and (key in reads or key in GEOGRAPHY)


def _by_name(found: Estimate) -> dict[str, Amounts]:
    return {option.name: option.year for option in found.options}


def _at(study: Study, old: Settings) -> Study:
    """Return the study at old settings."""
    values = dict(old.assumptions)
    places = {key: values.pop(key) for key in GEOGRAPHY & values.keys()}
    scenario = old.scenario or study.scenario
    if places:
        scenario = scenario.model_copy(update={"assumptions": {**scenario.assumptions, **places}})
    if old.town_zones is not None:
        scenario = scenario.model_copy(update={"town_zones": old.town_zones})
    if scenario != study.scenario:
        passengers = study.volume.passengers
        made = prepare(scenario, study.region.municipality.code)
        study = made.at({}, passengers / made.volume.passengers)
    if old.price_level is not None:
        stated = study.assumptions.overriding({PRICE_LEVEL: float(old.price_level)})
        study = replace(study, assumptions=stated)
    factor = 1.0 if old.passengers is None else old.passengers / study.volume.passengers
    single = {key: value for key, value in values.items() if isinstance(value, float)}
    profiles = {key: value for key, value in values.items() if isinstance(value, tuple)}
    return replace(study, assumptions=study.assumptions.at(profiles)).at(single, factor)
