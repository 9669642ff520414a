"""Reading results: never hands out a byte that is not what was written, and never starts work."""

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from api.store.errors import DamagedError, NoResultError, NotFoundError, NotReadyError
from api.store.names import Names, Saved
from api.store.protocol import RunState
from api.store.store import RUN, Store, broken, read_seal
from sim.answer.codec import read_answer
from sim.answer.records import Answer

COMPARISON, MANIFEST = "comparison.json", "manifest.json"
MOST_BYTES = 12 * 2**20
"""Bytes of the answers held in memory, as they are written; as records they take 3.4 times as much."""
MOST_CHECKED = 25_600

Signature = tuple[tuple[str, int, int, int], ...]


class StoredResults:
    """The results in a store and the names saved for them (`api.store.protocol.Results`)."""

    def __init__(self, store: Store, state_of: Callable[[str], RunState]) -> None:
        self._store = store
        self._state_of = state_of
        self._names = Names(store.folder / "names.json")
        self._kept: OrderedDict[tuple[str, str], tuple[Signature, Answer]] = OrderedDict()
        self._checked: OrderedDict[tuple[str, str], Signature] = OrderedDict()
        self._lock = threading.Lock()

    def result(self, run: str, municipality: str | None = None) -> dict[str, Any]:
        """Return ``comparison.json`` of a run, see `Results.result`."""
        comparison: dict[str, Any] = json.loads(self._comparison_file(run, municipality).read_bytes())
        return comparison

    def answer(self, run: str, municipality: str | None = None) -> Answer:
        """Return a run's answer, see `Results.answer`."""
        folder = self._place(run)
        if municipality is not None:  # the usual case of a sheet's cell: known, and unchanged on disk
            kept = self._kept.get((run, municipality))
            if kept is not None and kept[0] == _signature([folder / municipality / COMPARISON]):
                return kept[1]
        path = self._comparison_file(run, municipality)
        signature, answer = _signature([path]), read_answer(json.loads(path.read_bytes()), f"{run}, {path.parent.name}")
        with self._lock:
            self._kept[run, path.parent.name] = signature, answer
            while len(self._kept) > 1 and _bytes_of(self._kept.values()) > MOST_BYTES:
                self._kept.popitem(last=False)
        return answer

    def _comparison_file(self, run: str, municipality: str | None) -> Path:
        """Return where a run's comparison lies, whole; raises as `result`."""
        run = self._leads_to(run)
        folder, seal = self._place(run), self._seal(run)
        code = _one_of(seal["municipalities"], municipality, run)
        path = folder / code / COMPARISON
        if self._set_aside_broken(run, seal, [f"{code}/{COMPARISON}"]):
            raise _damaged(run, code, COMPARISON)
        return path

    def tables(self, run: str, municipality: str | None = None) -> Path:
        """Return a result's folder with every file in it checked, see `Results.tables`."""
        run = self._leads_to(run)
        folder, seal = self._place(run), self._seal(run)
        code = _one_of(seal["municipalities"], municipality, run)
        names = [name for name in seal["files"] if name.startswith(f"{code}/")]
        signature = _signature([folder / name for name in names])
        with self._lock:
            if self._checked.get((run, code)) == signature and signature:
                return folder / code
        found = self._set_aside_broken(run, seal, names)
        for needed in (COMPARISON, MANIFEST):
            if f"{code}/{needed}" in found:
                raise _damaged(run, code, needed)
        with self._lock:
            self._checked[run, code] = signature
            while len(self._checked) > MOST_CHECKED:
                self._checked.popitem(last=False)
        return folder / code

    def resolve(self, name_or_run: str) -> str:
        """Return the run that a saved name stands for, or the run itself; raises NotFoundError."""
        if RUN.fullmatch(name_or_run):
            return name_or_run
        return self._names.run_of(name_or_run)

    def names(self) -> dict[str, str]:
        """Return saved names and the runs they stand for."""
        return self._names.all()

    def answers(self) -> dict[str, Saved]:
        """Return what was saved, by its short name."""
        return self._names.saved()

    def keep_answers(self, answers: Sequence[Saved], *, was: str = "", instead_of: str = "") -> None:
        """Keep answers that there are under their names, all or none, see `Results.keep_answers`."""
        for answer in answers:
            if not self._store.has(answer.run):
                self._state_of(answer.run)
        self._names.keep(answers, was=was, instead_of=instead_of)

    def save_name(self, name: str, run: str) -> None:
        """Let a name stand for a run there is; raises InputError, NotFoundError."""
        if not self._store.has(run):
            self._state_of(run)
        self._names.save(name, run)

    def forget_name(self, name: str) -> None:
        """Remove a saved name; raises NotFoundError."""
        self._names.forget(name)

    def _leads_to(self, run: str) -> str:
        """Return the run whose result is meant: of one that an older model took on the one it leads to; raises NotFoundError."""
        return run if self._store.has(run) else self._state_of(run).id

    def _place(self, run: str) -> Path:
        if not RUN.fullmatch(run):
            raise NotFoundError(f"Der er ingen simulering {run[:80]!r}", next_step="se listen over simuleringer")
        return self._store.place(run)

    def _seal(self, run: str) -> dict[str, Any]:
        """Return what a run's result is sealed with; raises saying why when there is no result."""
        if self._store.has(run):
            seal = read_seal(self._store.place(run))
            if seal is None:
                self._store.set_aside(run)
                raise _damaged(run)
            return seal
        state = self._state_of(run)
        if state.state in ("queued", "running"):
            raise NotReadyError(
                "Simuleringen er ikke færdig", where=run, why=state.error or "", next_step="spørg igen om lidt"
            )
        raise NoResultError(
            "Simuleringen har intet resultat",
            where=run,
            why="den er afbrudt" if state.state == "cancelled" else state.error or "den mislykkedes",
            next_step="send scenariet igen",
        )

    def _set_aside_broken(self, run: str, seal: dict[str, Any], names: list[str]) -> list[str]:
        """Move what is not as it was written out of the way, file by file; returns all that is not there whole."""
        found = broken(self._store.place(run), seal["files"], names)
        for name in found:
            self._store.set_aside(run, name)
        return found


def _damaged(run: str, code: str = "", file: str = "") -> DamagedError:
    return DamagedError(
        "Resultatet er beskadiget og er lagt til side",
        where=f"{run}, {code}/{file}" if file else run,
        why="filen er ikke den, der blev skrevet" if file else "filerne er ikke dem, der blev skrevet",
        next_step="send scenariet igen, så regnes det på ny; se efter fejl på disken",
    )


def _one_of(codes: list[str], municipality: str | None, run: str) -> str:
    if municipality is None and len(codes) == 1:
        return codes[0]
    if municipality in codes:
        return municipality
    raise NotFoundError(
        f"Simuleringen har ingen kommune {municipality!r}" if municipality else "Simuleringen har flere kommuner",
        where=run,
        next_step=f"vælg {' eller '.join(codes)}",
    )


def _signature(paths: list[Path]) -> Signature:
    """Return what changes when a file is written or replaced; empty when one of them is not there."""
    try:
        stats = [(path.name, path.stat()) for path in paths]
    except OSError:
        return ()
    return tuple((name, s.st_ino, s.st_size, s.st_mtime_ns) for name, s in stats)


def _bytes_of(kept: Iterable[tuple[Signature, Any]]) -> int:
    return sum(size for signature, _ in kept for _, _, size, _ in signature)
