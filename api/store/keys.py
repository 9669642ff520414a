"""Keys to the service: who made them, what they open, until when; the secret itself is never kept."""

import hashlib
import hmac
import json
import re
import secrets
import threading
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, get_args

from filelock import FileLock

from api.store.errors import NotFoundError
from api.store.files import write_whole
from tariffs.errors import DataError, InputError

Scope = Literal["read", "run", "upload"]
SCOPES: tuple[Scope, ...] = get_args(Scope)
PREFIX = "tl_"
"""What a key starts with, so that one that was written by mistake into a file can be found."""


@dataclass(frozen=True)
class Key:
    """A key as it is kept: ``digest`` is the SHA-256 of 256 random bits, which no list of words can find again."""

    id: str
    label: str
    scopes: tuple[Scope, ...]
    created: datetime
    expires: datetime | None
    revoked: datetime | None
    digest: str

    def active(self, now: datetime) -> bool:
        """Whether the key opens anything at an instant; it no longer does at ``expires``."""
        return self.revoked is None and (self.expires is None or now < self.expires)


class Keys:
    """The file of keys, read again when it has changed: a key revoked by the command is so at once in the server."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = FileLock(path.with_suffix(".lock"))
        self._reading, self._writing = threading.Lock(), threading.Lock()
        self._kept: tuple[tuple[int, int], dict[str, Key]] | None = None

    def create(self, label: str, scopes: tuple[str, ...], expires: datetime | None = None) -> tuple[Key, str]:
        """Make a key; returns it and its secret, which is told this once. Raises InputError."""
        label = " ".join(label.split())
        if not label or len(label) > 80:
            raise InputError("En nøgle skal have et navn på 1-80 tegn", next_step="skriv, hvem den er til")
        unknown = [scope for scope in scopes if scope not in SCOPES]
        if unknown or not scopes:
            raise InputError(
                f"Nøglen kan ikke åbne for {', '.join(unknown) or 'ingenting'}",
                next_step=f"vælg mellem {', '.join(SCOPES)}",
            )
        now = datetime.now(UTC).replace(microsecond=0)
        if expires is not None and expires <= now:
            raise InputError(f"Nøglen ville være udløbet: {expires:%Y-%m-%d}", next_step="vælg en dag i fremtiden")
        secret = PREFIX + secrets.token_urlsafe(32)
        granted = tuple(scope for scope in SCOPES if scope in scopes)
        key = Key(secrets.token_hex(4), label, granted, now, expires, None, _digest(secret))
        with self._writing, self._lock:
            self._write({**self._all(), key.digest: key})
        return key, secret

    def find(self, secret: str) -> Key | None:
        """Return the active key of a secret, None when there is none."""
        if not re.fullmatch(PREFIX + r"[A-Za-z0-9_-]{43}", secret):
            return None
        digest = _digest(secret)
        key = self._all().get(digest)
        if key is None or not hmac.compare_digest(key.digest, digest) or not key.active(datetime.now(UTC)):
            return None
        return key

    def all(self) -> list[Key]:
        """Return every key, also those that no longer open anything, oldest first."""
        return sorted(self._all().values(), key=lambda key: (key.created, key.id))

    def any_active(self) -> bool:
        """Whether there is a key that opens anything now."""
        return any(key.active(datetime.now(UTC)) for key in self._all().values())

    def revoke(self, identity: str) -> Key:
        """Let a key open nothing from now on; raises NotFoundError."""
        with self._writing, self._lock:
            key = next((key for key in self._all().values() if key.id == identity), None)
            if key is None:
                raise NotFoundError(f"Der er ingen nøgle {identity[:80]!r}", next_step="se takstlab keys list")
            if key.revoked is None:
                key = replace(key, revoked=datetime.now(UTC).replace(microsecond=0))
                self._write({**self._all(), key.digest: key})
        return key

    def _all(self) -> dict[str, Key]:
        """Return the keys by digest; raises DataError when the file is damaged, so that nobody gets in by that."""
        with self._reading:
            try:
                stat = self._path.stat()
            except FileNotFoundError:
                return {}
            changed = (stat.st_mtime_ns, stat.st_ino)
            if self._kept is None or self._kept[0] != changed:
                try:
                    read = [_key(entry) for entry in json.loads(self._path.read_bytes())]
                except (OSError, ValueError, TypeError, KeyError):
                    raise DataError(
                        "Filen med nøgler er beskadiget",
                        where=self._path.name,
                        next_step="hent den fra en sikkerhedskopi, eller slet den og lav nøglerne igen",
                    ) from None
                self._kept = changed, {key.digest: key for key in read}
            return self._kept[1]

    def _write(self, keys: dict[str, Key]) -> None:
        entries = [{**asdict(key), **{n: _text(getattr(key, n)) for n in TIMES}} for key in keys.values()]
        write_whole(self._path, json.dumps(entries, ensure_ascii=False, indent=2).encode() + b"\n")
        self._path.chmod(0o600)


TIMES = ("created", "expires", "revoked")


def _key(entry: dict[str, Any]) -> Key:
    times = {name: None if entry[name] is None else datetime.fromisoformat(entry[name]) for name in TIMES}
    return Key(**{**entry, **times, "scopes": tuple(entry["scopes"])})


def _text(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
