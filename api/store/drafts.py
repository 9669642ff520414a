"""Drafts: files of trips that were not read at the first try, kept a short while without what may not come in.

drafts/<id>/draft.json        when it came, for which municipality, its sheets, and what has been chosen so far
drafts/<id>/ark-<n>.parquet   what is kept of a sheet (`sim.inputs.intake.kept`)
"""

import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog

from api.settings import Settings
from api.store.errors import NotFoundError
from api.store.files import full_disk_said, write_whole
from sim.inputs.intake.kept import KeptTable, read_kept, write_kept
from tariffs.errors import InputError

ID = re.compile(r"[0-9a-f]{32}")
FOLDER, ABOUT = "drafts", "draft.json"
MOST = 20
"""Files that wait at the same time; the oldest gives way to a new one."""

log = structlog.get_logger("takstlab.drafts")


@dataclass(frozen=True)
class Draft:
    """A file that waits.

    Attributes
    ----------
    id : drawn by chance, so that nobody finds it who was not given it
    sheets : the names of its sheets; '' for the one table of a file without sheets
    choices : the fields of the form as they were last sent
    expires : instant (UTC); from then on it is not there any more
    """

    id: str
    sheets: tuple[str, ...]
    choices: Mapping[str, str]
    expires: datetime


class Drafts:
    """The drafts of one store. Nothing is held in memory: several may look at the same folder."""

    def __init__(self, store: Path, settings: Settings) -> None:
        self._folder, self._settings = store.absolute() / FOLDER, settings

    def add(self, sheets: Mapping[str, KeptTable], choices: Mapping[str, str]) -> Draft:
        """Keep what may be kept of a file; raises StoreFullError."""
        self.sweep(MOST - 1)
        name = secrets.token_hex(16)
        work = self._folder / f".{name}"
        with full_disk_said():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                work.mkdir(mode=0o700)
                for number, table in enumerate(sheets.values()):
                    write_kept(table, work / _sheet_file(number))
                about = {"received": datetime.now(UTC).isoformat(), "sheets": list(sheets), "choices": dict(choices)}
                (work / ABOUT).write_bytes(_json(about))
                os.rename(work, self._folder / name)
            except BaseException:
                shutil.rmtree(work, ignore_errors=True)
                raise
        log.info("draft kept", draft=name[:8])
        return self.get(name)

    def get(self, name: str) -> Draft:
        """Return a draft; raises NotFoundError when there is none, or none any more."""
        found = self._read(name)
        if found is None:
            raise NotFoundError(
                "Filen venter ikke mere",
                why=f"den gemmes højst {self._settings.draft_minutes} minutter, eller den er slettet",
                next_step="send den igen under »Egne data«",
            )
        return found

    def table(self, draft: Draft, sheet: str) -> KeptTable:
        """Return a sheet of a draft; raises InputError for a sheet that it does not have."""
        if sheet not in draft.sheets:
            raise InputError("arket findes ikke i filen", next_step=f"vælg {' eller '.join(draft.sheets)}")
        return read_kept(self._folder / draft.id / _sheet_file(draft.sheets.index(sheet)))

    def choose(self, draft: Draft, choices: Mapping[str, str]) -> None:
        """Keep what has been chosen; raises StoreFullError."""
        file = self._folder / draft.id / ABOUT
        with full_disk_said():
            write_whole(file, _json({**json.loads(file.read_bytes()), "choices": dict(choices)}))

    def delete(self, name: str) -> None:
        """Remove a draft; one that is gone already is as good."""
        if ID.fullmatch(name):
            shutil.rmtree(self._folder / name, ignore_errors=True)
            log.info("draft deleted", draft=name[:8])

    def sweep(self, most: int = MOST) -> None:
        """Remove what has waited long enough, what no process is writing any more, and the oldest beyond ``most``."""
        with suppress(FileNotFoundError):
            for path in list(self._folder.iterdir()):
                age_s = datetime.now(UTC).timestamp() - path.stat().st_mtime
                if self._read(path.name) is None and (
                    ID.fullmatch(path.name) or age_s > 60 * self._settings.draft_minutes
                ):
                    shutil.rmtree(path, ignore_errors=True)
            kept = [draft for path in self._folder.iterdir() if (draft := self._read(path.name)) is not None]
            for draft in sorted(kept, key=lambda draft: draft.expires, reverse=True)[most:]:
                self.delete(draft.id)

    def _read(self, name: str) -> Draft | None:
        if not ID.fullmatch(name):
            return None
        try:
            about: dict[str, Any] = json.loads((self._folder / name / ABOUT).read_bytes())
            expires = datetime.fromisoformat(about["received"]) + timedelta(minutes=self._settings.draft_minutes)
            draft = Draft(name, tuple(about["sheets"]), dict(about["choices"]), expires)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return draft if expires > datetime.now(UTC) else None


def drafts_of(settings: Settings) -> Drafts:
    """Return the drafts of the store that the settings name."""
    return Drafts(Path(settings.store), settings)


def _sheet_file(number: int) -> str:
    return f"ark-{number + 1}.parquet"


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
