"""The two front doors that the web side meets: work (`Jobs`) and what has come of it (`Results`)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from api.store.names import Saved
from sim.answer.records import Answer
from sim.study.replicated.so_far import SoFar

State = Literal["queued", "running", "done", "failed", "cancelled"]
ENDED: frozenset[State] = frozenset({"done", "failed", "cancelled"})
"""States that a run does not leave by itself; the same scenario sent again takes a failed or cancelled run up anew."""


@dataclass(frozen=True)
class RunState:
    """How far a run is.

    Attributes
    ----------
    id : the content hash of scenario, municipalities, data, tariffs and model (64 hex digits)
    municipalities : codes, in the scenario's order
    done, expected : replications calculated and expected; the expected number may grow, None before it is known
    seconds_left : an estimate while the run is under way, else None
    error : Danish, why a run failed, what a run that is not running waits for, or that a running one was begun again when its worker died
    submitted, ended : instants with time zone (UTC)
    ordered_as : the id under which an older model took the run on, when that was asked for and leads here; else None
    so_far : what the replications of the municipality under way say so far; None while there is none, and when the run has ended
    upload : the list of trips it is calculated from, None for none; ``upload_deleted`` when that is not kept any more
    """

    id: str
    state: State
    municipalities: tuple[str, ...]
    submitted: datetime
    done: int = 0
    expected: int | None = None
    seconds_left: float | None = None
    error: str | None = None
    ended: datetime | None = None
    name: str = ""
    upload: str | None = None
    upload_deleted: bool = False
    ordered_as: str | None = None
    so_far: SoFar | None = None


class Jobs(Protocol):
    """Runs to be calculated; whatever `submit` has returned survives a crash.

    Every call may wait for the disk or the database: use them in a thread (FastAPI's plain ``def``), not in the event loop.
    All raise JobsDownError when the database of jobs does not answer.
    """

    def submit(self, scenario: dict[str, Any]) -> RunState:
        """Take a scenario on, or return the run there already is of it.

        Raises InputError (the scenario cannot be used), QueueFullError, StoreFullError.
        """
        ...

    def get(self, run: str) -> RunState:
        """Return a run's state, of one that an older model took on that of the run it leads to; raises NotFoundError."""
        ...

    def scenario(self, run: str) -> dict[str, Any]:
        """Return the scenario of a run, whatever became of it, as it was taken on; raises NotFoundError."""
        ...

    def list(self, limit: int = 100) -> list[RunState]:
        """Return the newest runs first."""
        ...

    def cancel(self, run: str) -> RunState:
        """Stop a run that has not ended, at once; one that has ended stays as it is. Raises NotFoundError."""
        ...

    def events(self, run: str) -> Iterator[RunState]:
        """Yield the state now and each time it changes, ending with one in `ENDED`; yields the same state again every
        15 seconds without news, so that a connection is not given up. Blocks: to be used in a thread.

        Raises NotFoundError.
        """
        ...


class Results(Protocol):
    """What has come of runs. Reading never starts work; every byte that is handed out is what was written."""

    def result(self, run: str, municipality: str | None = None) -> dict[str, Any]:
        """Return ``comparison.json`` of a run as it was written; ``municipality`` (code) may be left out when the run has one.

        Raises NotFoundError, NotReadyError, NoResultError, DamagedError.
        """
        ...

    def answer(self, run: str, municipality: str | None = None) -> Answer:
        """Return the same as a record, which is kept for the next who asks.

        Raises as `result`, and DataError for an answer of a form that this build does not know.
        """
        ...

    def tables(self, run: str, municipality: str | None = None) -> Path:
        """Return the folder with ``trips.parquet``, ``comparison.csv``, ``manifest.json`` and the rest, its files checked.

        A file that was damaged is not there any more. Raises as `result`, also where the manifest is damaged.
        """
        ...

    def resolve(self, name_or_run: str) -> str:
        """Return the run that a saved name stands for, or the run itself; raises NotFoundError."""
        ...

    def names(self) -> dict[str, str]:
        """Return saved names and the runs they stand for."""
        ...

    def answers(self) -> dict[str, Saved]:
        """Return what was saved, by its short name."""
        ...

    def keep_answers(self, answers: Sequence[Saved], *, was: str = "", instead_of: str = "") -> None:
        """Keep answers under their names, all or none; ``was`` is the name that one had before and gives up.

        Raises NameInUseError where a name stands for another run than ``instead_of``, NotFoundError for a run or ``was`` there is
        none of, StoreFullError.
        """
        ...

    def save_name(self, name: str, run: str) -> None:
        """Let a name stand for a run, from now on; raises InputError for a name that cannot be one, NotFoundError."""
        ...

    def forget_name(self, name: str) -> None:
        """Remove a saved name; raises NotFoundError."""
        ...
