"""Keys: who may do what, until when. Only a hash of a key is kept, so that the file gives nobody a key."""

import hashlib
import json
import secrets
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal, get_args

from filelock import FileLock

from api.store.files import full_disk_said, write_whole
from tariffs.errors import DataError, InputError

Scope = Literal["read", "run", "upload"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
PREFIX = "tk_"
ID_LENGTH = 8
LONGEST_KEY = 100


@dataclass(frozen=True)
class Key:
    """A key as it is kept: ``hash`` is SHA-256 of the key itself, which has 256 random bits and needs no slow hash."""

    id: str
    name: str
    hash: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None = None
    revoked: datetime | None = None

    def good_at(self, now: datetime) -> bool:
        """Say whether the key is neither revoked nor past its last moment."""
        return self.revoked is None and (self.expires is None or now < self.expires)


class KeyBook:
    """The keys of one server, in one JSON file; what another process changes in it is seen at the next look."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._seen: tuple[int, int] | None = None
        self._by_hash: dict[str, Key] = {}

    def find(self, text: str, now: datetime | None = None) -> Key | None:
        """Return the key that ``text`` is, None when it is none of ours, revoked or expired."""
        if not text or len(text) > LONGEST_KEY:
            return None
        self._refresh()
        # Looked up by its hash: how long that takes says nothing of the key.
        key = self._by_hash.get(_hash(text))
        return key if key is not None and key.good_at(now or datetime.now(UTC)) else None

    def all(self) -> tuple[Key, ...]:
        """Return every key there has been, oldest first."""
        self._refresh()
        return tuple(sorted(self._by_hash.values(), key=lambda key: (key.created, key.id)))

    @property
    def any_good(self) -> bool:
        """Whether there is a key that can be used now."""
        return any(key.good_at(datetime.now(UTC)) for key in self.all())

    def add(self, name: str, scopes: Iterable[str], days: int | None) -> tuple[Key, str]:
        """Make a key and return it with its text, which is told this once; ``days`` None never expires.

        Raises InputError when name, scopes or days cannot be.
        """
        wanted = tuple(scope for scope in SCOPES if scope in set(scopes))
        if not wanted or set(scopes) - set(SCOPES):
            raise InputError("nøglen har ingen eller ukendte rettigheder", next_step=f"vælg blandt {', '.join(SCOPES)}")
        if not name.strip() or len(name) > 80:
            raise InputError("nøglen skal have et navn på højst 80 tegn", next_step="skriv, hvem den er til")
        if days is not None and not 1 <= days <= 3650:
            raise InputError(f"{days} dage kan en nøgle ikke gælde", next_step="vælg 1 til 3650 dage")
        text = PREFIX + secrets.token_urlsafe(32)
        now = datetime.now(UTC).replace(microsecond=0)
        until = None if days is None else now + timedelta(days=days)
        key = Key(secrets.token_hex(ID_LENGTH // 2), name.strip(), _hash(text), wanted, now, until)
        with self._writing():
            self._write((*self.all(), key))
        return key, text

    def revoke(self, key_id: str) -> Key:
        """Make a key worthless from now on; raises InputError when there is none of that id."""
        with self._writing():
            keys = self.all()
            if key_id not in {key.id for key in keys}:
                raise InputError(f"der er ingen nøgle {key_id!r}", next_step="se dem med takstlab keys list")
            now = datetime.now(UTC).replace(microsecond=0)
            changed = [replace(k, revoked=k.revoked or now) if k.id == key_id else k for k in keys]
            self._write(changed)
        return next(key for key in changed if key.id == key_id)

    def _writing(self) -> FileLock:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        return FileLock(f"{self._path}.lock", timeout=10)

    def _refresh(self) -> None:
        try:
            status = self._path.stat()
        except FileNotFoundError:
            self._seen, self._by_hash = None, {}
            return
        if self._seen == (status.st_mtime_ns, status.st_ino):
            return
        with self._lock:
            self._by_hash = {key.hash: key for key in self._read()}
            self._seen = (status.st_mtime_ns, status.st_ino)

    def _read(self) -> list[Key]:
        try:
            return [_key(entry) for entry in json.loads(self._path.read_text(encoding="utf-8"))["keys"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DataError(
                "Filen med nøgler kan ikke læses",
                where=str(self._path),
                why=type(error).__name__,
                next_step="hent den fra en sikkerhedskopi, eller slet den og lav nye nøgler",
            ) from None

    def _write(self, keys: Iterable[Key]) -> None:
        text = json.dumps({"keys": [asdict(key) for key in keys]}, default=str, ensure_ascii=False, indent=1)
        with full_disk_said():
            write_whole(self._path, text.encode())


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def _key(entry: dict[str, Any]) -> Key:
    times = {
        name: None if entry[name] is None else datetime.fromisoformat(entry[name])
        for name in ("created", "expires", "revoked")
    }
    return Key(**{**entry, **times, "scopes": tuple(entry["scopes"])})
