"""A stored run calculated again by today's build: which run that is, how far it is, and what has changed."""

import json
from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import Any

from fastapi import Request

from api.http.served import jobs_of, results_of
from api.jobs.accepting import Accepted, accept, naming
from api.store.errors import NoResultError, NotFoundError, NotReadyError
from api.store.protocol import RunState
from sim.desk.changed.changes import changes, is_unchanged
from sim.desk.changed.saved import Saved, scenario_of
from sim.inputs.scenario import Scenario

MOST_KEPT = 64
AGAIN = "regn svaret igen (POST /v1/runs/{run}/again)"
Json = dict[str, Any]


@dataclass(frozen=True)
class Again:
    """A stored answer, and the run that today's build has of the same scenario; ``state`` is None when nobody has asked for it.

    ``unchanged`` says that the stored answer is today's own.
    """

    old: Saved
    asked: Scenario
    notes: tuple[str, ...]
    accepted: Accepted
    state: RunState | None
    unchanged: bool

    @property
    def values(self) -> Json:
        """The scenario as it is sent to be run again."""
        return values_of(self.asked)


class Kept:
    """Comparisons of old and new that were made, each a second or two of work and always the same."""

    def __init__(self) -> None:
        self._made: OrderedDict[tuple[str, str, str], Json] = OrderedDict()
        self._lock = Lock()

    def get(self, key: tuple[str, str, str]) -> Json | None:
        """Return one, None when it was not made or is forgotten."""
        with self._lock:
            return self._made.get(key)

    def put(self, key: tuple[str, str, str], report: Json) -> Json:
        """Keep one, and return it."""
        with self._lock:
            self._made[key] = report
            while len(self._made) > MOST_KEPT:
                self._made.popitem(last=False)
        return report


def values_of(scenario: Scenario) -> Json:
    """Return a scenario's values as they are sent: what is not set is left out."""
    return {key: value for key, value in scenario.model_dump(mode="json").items() if value is not None}


def stored_answer(request: Request, run: str, code: str | None) -> Saved:
    """Return a stored run's answer with its manifest; raises NotFoundError, NotReadyError, NoResultError, DamagedError."""
    results = results_of(request)
    answer = results.answer(run, code)
    manifest = json.loads((results.tables(run, answer.municipality) / "manifest.json").read_bytes())
    return Saved(answer, manifest, run)


def again(request: Request, run: str, code: str | None = None) -> Again:
    """Return what today's build has of a stored run, for one of its municipalities.

    Raises InputError when today's build cannot run its scenario, and as `stored_answer`.
    """
    old = stored_answer(request, run, code)
    asked = scenario_of(old)
    accepted = accept(values_of(asked.scenario), request.app.state.settings)
    jobs = jobs_of(request)
    state: RunState | None
    try:
        state = jobs.get(accepted.run)
    except NotFoundError:
        state = None
    return Again(old, asked.scenario, asked.notes, accepted, state, is_unchanged(old, accepted.run))


def report_of(request: Request, found: Again) -> Json:
    """Return the old answer beside the new; raises NoResultError when there is no new one, NotReadyError while it is calculated."""
    from sim.study.prepare import prepare

    if found.unchanged:
        new = found.old
    else:
        if found.state is None or found.state.state in ("failed", "cancelled"):
            raise NoResultError(
                "Svaret er ikke regnet igen med denne udgave", where=found.old.place, next_step=AGAIN.format(run=found.old.place)
            )  # fmt: skip
        if found.state.state != "done":
            raise NotReadyError("Svaret regnes igen", where=found.accepted.run, next_step="spørg igen om lidt")
        new = stored_answer(request, found.accepted.run, found.old.municipality)
    state = request.app.state
    if not hasattr(state, "changed_kept"):
        state.changed_kept = Kept()
    key = (found.old.place, new.place, found.old.municipality)
    made: Json | None = state.changed_kept.get(key)
    if made is not None:
        return made
    with naming(found.accepted.scenario, found.accepted.placed):
        study = prepare(found.accepted.placed, found.old.municipality)
        report = changes(found.old, new, study, asked=found.asked, run=found.accepted.scenario, notes=found.notes)
    kept: Json = state.changed_kept.put(key, report)
    return kept


def is_of_another_build(manifest: Json) -> bool:
    """Say whether an answer was made by another build than this one, so that what has changed can be asked.

    Versions decide: of program, tariffs, data, register and price response.
    """
    from sim.answer.identity import versions

    told, now = manifest.get("versions") or {}, versions()
    return any(told.get(key) != now[key] for key in ("model", "tariffs", "data", "assumptions", "response"))


def sent_again(request: Request, run: str, code: str | None = None) -> RunState:
    """Take a run's scenario on with today's build, whatever became of the run, or return the run there is of it.

    Raises NotFoundError, NotReadyError while it is under way, InputError, QueueFullError, StoreFullError.
    """
    jobs = jobs_of(request)
    state = jobs.get(run)
    if state.state in ("queued", "running"):
        raise NotReadyError(
            "Simuleringen er ikke færdig", where=run, next_step="vent, til den er færdig, eller afbryd den"
        )
    if state.state == "done" and state.error is None:
        return submit(request, again(request, run, code).asked.model_dump(mode="json"))
    return submit(request, jobs.scenario(run))


def submit(request: Request, scenario: Json) -> RunState:
    """Take a scenario on, or return the run there is of it; raises InputError, QueueFullError, StoreFullError."""
    from api.http.scenarios import ScenarioBody, check_cost, check_ready, core_seconds
    from api.web.reproduce import body

    settings, told = request.app.state.settings, body(scenario)
    check_cost(core_seconds(ScenarioBody(**told), settings), settings)
    check_ready(told, settings)
    jobs = jobs_of(request)
    return jobs.submit(told)
