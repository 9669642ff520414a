"""Saved columns: how the columns of a list were chosen, for the next list with the same headings, until they are deleted.

saved_columns/<headings>.json    the choices; the name is the hash of the list's headings (`sim.inputs.intake.kept`)
"""

import json
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import structlog

from api.settings import Settings
from api.store.errors import StoreFullError
from api.store.files import full_disk_said, sync_folder, write_whole

FOLDER = "saved_columns"
ID = re.compile(r"[0-9a-f]{64}")
MOST = 100

log = structlog.get_logger("takstlab.saved_columns")


@dataclass(frozen=True)
class SavedColumns:
    """Choices of columns: the fields of the page's form by their names, for lists of some headings."""

    headings: str
    choices: Mapping[str, str]
    saved: datetime


class ColumnStore:
    """The saved columns of one store. Nothing is held in memory: several may look at the same folder."""

    def __init__(self, store: Path) -> None:
        self._folder = store.absolute() / FOLDER

    def all(self) -> list[SavedColumns]:
        """Return what is saved, the newest first."""
        try:
            names = [path.stem for path in self._folder.iterdir() if path.suffix == ".json"]
        except FileNotFoundError:
            return []
        found = [saved for name in names if (saved := self.find(name)) is not None]
        return sorted(found, key=lambda saved: (saved.saved, saved.headings), reverse=True)

    def find(self, headings: str) -> SavedColumns | None:
        """Return what is saved for some headings, None for nothing."""
        if not ID.fullmatch(headings):
            return None
        try:
            read = json.loads((self._folder / f"{headings}.json").read_bytes())
            choices = {str(key): str(column) for key, column in read["choices"].items()}
            return SavedColumns(headings, choices, datetime.fromisoformat(read["saved"]))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def save(self, headings: str, choices: Mapping[str, str]) -> None:
        """Save choices in place of those there are for the same headings; raises StoreFullError."""
        if self.find(headings) is None and len(self.all()) >= MOST:
            raise StoreFullError(f"Tjenesten gemmer højst {MOST} kolonnevalg", next_step="slet et, der ikke bruges")
        content = {"saved": datetime.now(UTC).isoformat(timespec="seconds"), "choices": dict(choices)}
        with full_disk_said():
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_whole(
                self._folder / f"{headings}.json", json.dumps(content, ensure_ascii=False, indent=2).encode() + b"\n"
            )
        log.info("columns saved", headings=headings[:8])

    def delete(self, headings: str) -> None:
        """Remove what is saved for some headings; what is gone already is as good."""
        if ID.fullmatch(headings):
            with suppress(FileNotFoundError):
                (self._folder / f"{headings}.json").unlink()
                sync_folder(self._folder)
            log.info("saved columns deleted", headings=headings[:8])


def columns_of(settings: Settings) -> ColumnStore:
    """Return the saved columns of the store that the settings name."""
    return ColumnStore(Path(settings.store))
