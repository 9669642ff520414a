"""The old answer beside the new as one dictionary: figures, differences, their parts and causes (``changed.json``)."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sim.answer.records.option import OptionAnswer
from sim.desk.changed.causes import UNKNOWN, causes
from sim.desk.changed.changelog import changelog, entries_of, entries_since
from sim.desk.changed.saved import Saved
from sim.desk.changed.shares import REST, parts
from sim.desk.changed.steps import Steps, steps
from sim.inputs.scenario import Scenario
from sim.study.study import Study
from sim.words.figure import Figure
from sim.words.numbers import listed

SCHEMA = 1
FIGURES: Mapping[str, Callable[[OptionAnswer], Figure | None]] = {
    "trips": lambda option: option.trips,
    "passengers": lambda option: option.passengers,
    "fares_oere": lambda option: option.fares_oere,
    "operator_payment_oere": lambda option: option.operator_payment_oere,
    "movia_fee_oere": lambda option: option.movia_fee_oere,
    "net_cost_oere": lambda option: option.net_cost_oere,
    "net_cost_per_passenger_oere": lambda option: option.net_cost_per_passenger_oere,
    "net_cost_change_oere": lambda option: option.change.net_cost_oere,
    "net_cost_change_percent": lambda option: option.change.percent.net_cost_oere,
    "trips_change": lambda option: option.change.trips,
    "part_year_change_oere": lambda option: option.part_year_change_oere,
}
"""Figures shown, by key, and where an option of an answer has them."""


def changes(
    old: Saved, new: Saved, study: Study, *, asked: Scenario, run: Scenario, notes: Sequence[str] = ()
) -> dict[str, Any]:
    """Return what is different between an old answer and the same scenario calculated today.

    Parameters
    ----------
    study : today's study of the new answer's scenario, fitted to own months where there are any
    asked, run : the scenarios the two answers were calculated from, as they were told
    notes : what could not be taken over of it, in Danish
    """
    found = steps(old, study, asked)
    earlier = {option.name: option for option in old.answer.options}
    today = new.answer.options[0]
    same_today = old.answer.options[0].name == today.name
    names = [option.name for option in new.answer.options]
    options = [_option(earlier.get(o.name), o, today, found) for o in new.answer.options]
    options += [_option(option, None, today, found) for name, option in earlier.items() if name not in names]
    why = causes(old, new, asked, run)
    said = [*notes, *_doubts(old, found, same_today)]
    return {
        "schema_version": SCHEMA,
        "municipality": new.municipality,
        "municipality_name": new.answer.municipality_name,
        "year": new.answer.year,
        "old": _made_by(old),
        "new": _made_by(new),
        "options": options,
        "rest": rest_words(why),
        "causes": why,
        "changelog": _changelog(old, new),
        "notes": said,
    }


def _option(old: OptionAnswer | None, new: OptionAnswer | None, today: OptionAnswer, found: Steps) -> dict[str, Any]:
    """Return one option's figures in both answers, and the parts of their difference when it is in both."""
    either = new or old
    assert either is not None, "an option is in one of the answers"
    name = either.name
    return {
        "name": name,
        "in_old": old is not None,
        "in_new": new is not None,
        "today": name == today.name,
        "figures": [
            _figure(key, None if old is None else read(old), None if new is None else read(new))
            for key, read in FIGURES.items()
        ],
        "parts": [] if old is None or new is None else parts(old, new, today, found),
    }


def _figure(key: str, before: Figure | None, after: Figure | None) -> dict[str, Any]:
    moved = None if before is None or after is None else after.mean - before.mean
    return {"key": key, "old": before and vars(before), "new": after and vars(after), "difference": moved}


def _made_by(saved: Saved) -> dict[str, Any]:
    """Return what made an answer; None for what is unknown."""
    versions = saved.versions
    return {
        "takstlab": versions.get("takstlab"),
        "versions": dict(versions),
        "run_id": (saved.manifest or {}).get("run_id"),
        "price_level": saved.price_level,
        "year": saved.answer.year,
        "replications": saved.answer.replications,
        "draws": saved.answer.draws,
    }


REST_KINDS = {"tariff": "takster", "response": "prisfølsomhed", "data": "data"}


def rest_words(why: Sequence[Mapping[str, str]]) -> str:
    """Return what the rest is called: rules and model, and the data that are others and cannot be put back.

    >>> rest_words([]), rest_words([{"id": "version:data", "kind": "data"}])
    ('regler og model', 'regler, model og data')
    """
    kinds = {cause["kind"] for cause in why if cause["id"].startswith(("version:", "file:"))}
    return listed(["regler", "model", *(name for kind, name in REST_KINDS.items() if kind in kinds)])


def _changelog(old: Saved, new: Saved) -> list[dict[str, Any]] | None:
    """Return what the changelog says between the two, None when the old version is unknown."""
    version, text = old.versions.get("takstlab"), changelog()
    if version is None:
        return None
    entries = entries_since(version, text)
    if not entries and old.versions.get("model") != new.versions.get("model"):
        entries = entries_of(version, text)
    return [{"version": name, "lines": list(lines)} for name, lines in entries]


def _doubts(old: Saved, found: Steps, same_today: bool) -> list[str]:
    """Say what is unknown of the old answer, and which causes could not be calculated apart."""
    said = []
    if not old.versions:
        said.append(f"Hvilken udgave der regnede det gamle svar, er {UNKNOWN}; derfor er ændringsloggen det også.")
    if old.price_level is None:
        said.append(f"Det gamle svars prisniveau er {UNKNOWN}.")
    if not same_today:
        said.append("De to svar måler ikke mer-/mindreudgiften mod samme ordning; den kan derfor ikke sammenlignes.")
    if found.not_taken:
        left = listed([key.removeprefix("assumption:") for key in found.not_taken])
        said.append(f"Ikke regnet for sig, men en del af resten: {left}.")
    if found.steps:
        said.append(
            "Delene er skøn med formlen: dagens regler med én gammel indstilling ad gangen, ganget op til det simulerede svar."
            " Resten er forskellen mindre delene, så summen passer på øren."
        )
    return said


def is_unchanged(old: Saved, run_id: str) -> bool:
    """Say whether an answer is what today's build gives: nothing that decides a figure is different."""
    return (old.manifest or {}).get("run_id") == run_id


__all__ = ["REST", "changes", "is_unchanged", "rest_words"]
