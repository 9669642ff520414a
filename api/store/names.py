"""Names that people give runs, so that a sheet's formulas need not change when the run does."""

import json
import re
import threading
import unicodedata
from pathlib import Path

from filelock import FileLock

from api.store.errors import NotFoundError
from api.store.files import full_disk_said, write_whole
from tariffs.errors import DataError, InputError

NAME = re.compile(r"(?!-)[a-zæøå0-9_-]{1,60}")


def as_kept(name: str) -> str:
    """Return a name as it is kept: small letters, composed, as a Mac may send å in two parts."""
    return unicodedata.normalize("NFC", name).lower()


class Names:
    """The file of saved names; a name is letters, digits, hyphen and underscore, small and large alike."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_suffix(".lock"))
        self._kept: tuple[int, dict[str, str]] | None = None
        self._reading = threading.Lock()
        self._writing = threading.Lock()

    def all(self) -> dict[str, str]:
        """Return every name and the run it stands for; raises DataError when the file is damaged."""
        with self._reading:
            try:
                changed = self._path.stat().st_mtime_ns
            except FileNotFoundError:
                return {}
            if self._kept is None or self._kept[0] != changed:
                self._kept = changed, self._read()
            return dict(self._kept[1])

    def _read(self) -> dict[str, str]:
        try:
            read = json.loads(self._path.read_bytes())
            return {str(name): str(run) for name, run in read.items()}
        except (OSError, ValueError, AttributeError) as error:
            raise DataError(
                "Filen med gemte navne er beskadiget",
                where=self._path.name,
                why=str(error),
                next_step="hent den fra en sikkerhedskopi, eller slet den og gem navnene igen",
            ) from None

    def run_of(self, name: str) -> str:
        """Return the run a name stands for; raises NotFoundError."""
        run = self.all().get(as_kept(name))
        if run is None:
            raise NotFoundError(f"Der er intet gemt navn {name[:80]!r}", next_step="se listen over gemte navne")
        return run

    def save(self, name: str, run: str) -> None:
        """Let a name stand for a run; raises InputError for what cannot be a name, StoreFullError."""
        name = as_kept(name)
        if not NAME.fullmatch(name) or re.fullmatch("[0-9a-f]{64}", name):
            raise InputError(
                f"{name[:80]!r} kan ikke være et navn",
                why="et navn er 1-60 bogstaver, cifre, bindestreger og understreger",
                next_step="vælg et andet navn, f.eks. budget-2027",
            )
        with self._writing, full_disk_said(), self._lock:
            self._write({**self.all(), name: run})

    def forget(self, name: str) -> None:
        """Remove a name; raises NotFoundError, StoreFullError."""
        with self._writing, full_disk_said(), self._lock:
            self.run_of(name)
            self._write({n: run for n, run in self.all().items() if n != as_kept(name)})

    def _write(self, names: dict[str, str]) -> None:
        write_whole(self._path, json.dumps(names, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n")
        with self._reading:
            self._kept = None
