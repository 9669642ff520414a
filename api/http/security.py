"""Who may come in: keys, scopes, rates, and requests that a browser sends on another site's behalf."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Depends, Request
from fastapi.params import Depends as Dependency

from api.http.keys import SCOPES, KeyBook, Scope
from api.http.problems import KeyMissingError, NotAllowedError
from api.http.rate import RateLimit
from api.settings import Settings

QUERY_KEY, STATE_KEY, COOKIE_KEY = "noegle", "query_key", "takstlab_noegle"
SAFE = ("GET", "HEAD", "OPTIONS")
LOOPBACK_HOSTS = ("localhost", "127.0.0.1", "::1")
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "Nøglen i headeren. / The key in the header."},
    "header": {
        "type": "apiKey", "in": "header", "name": "X-API-Key", "description": "Nøglen i headeren. / The key in the header.",
    },
    "address": {
        "type": "apiKey", "in": "query", "name": QUERY_KEY,
        "description": "Nøglen i adressen, kun GET. / The key in the address, GET only.",
    },
}  # fmt: skip
"""How a key is sent, as the OpenAPI document says it; the first two for every method."""
WORDS: dict[Scope, str] = {
    "read": "læse",
    "run": "sætte simuleringer i gang",
    "upload": "indlæse og slette turlister, byområder og køreplaner",
}


@dataclass(frozen=True)
class Guard:
    """What is asked of every request before anything else is done with it."""

    keys: KeyBook | None
    open_scopes: frozenset[Scope]
    hosts: frozenset[str] | None
    rate: RateLimit

    def check_host(self, host: str) -> None:
        """Refuse a name that is not the server's: a page elsewhere may have pointed its own name at this machine."""
        if self.hosts is not None and _name(host) not in self.hosts:
            raise NotAllowedError(
                "Serveren svarer ikke på det navn",
                where="headeren Host",
                next_step="brug serverens eget navn; det sættes med base_url (docs/service.md)",
            )

    def admit(self, request: Request, scope: Scope) -> None:
        """Let the request through; raises KeyMissingError, NotAllowedError or TooManyRequestsError."""
        self.check_site(request)
        text = _key_text(request)
        address = request.client.host if request.client else "?"
        key = None if text is None or self.keys is None else self.keys.find(text)
        self.rate.take(f"key {key.id}" if key else f"address {address}")
        if text is not None and key is None:
            raise KeyMissingError("Nøglen er ukendt, udløbet eller trukket tilbage", next_step="få en ny nøgle")
        if key is not None and scope not in key.scopes:
            raise NotAllowedError(f"Nøglen må ikke {WORDS[scope]}", next_step=f"brug en nøgle med rettigheden {scope}")
        if key is None and scope not in self.open_scopes:
            raise KeyMissingError(
                f"Der skal en nøgle til at {WORDS[scope]}",
                next_step=f"send den i headeren Authorization: Bearer, eller som {QUERY_KEY}= i adressen fra et regneark",
            )

    def check_site(self, request: Request) -> None:
        """Refuse what a browser sends on another site's behalf; raises NotAllowedError."""
        if request.method in SAFE:
            return
        origin = request.headers.get("origin")
        own = origin is None or urlsplit(origin).netloc == request.headers.get("host", "")
        if not own or request.headers.get("sec-fetch-site") == "cross-site":
            raise NotAllowedError(
                "Forespørgslen kommer fra et andet websted",
                next_step="send den fra et program, ikke fra en fremmed side",
            )


def guard_of(settings: Settings, keys: KeyBook | None) -> Guard:
    """Return the guard that the settings ask for: open on loopback, keys elsewhere."""
    opened: frozenset[Scope] = frozenset()
    if settings.on_loopback and settings.open_reading:
        opened = frozenset({"read", "run", "upload"})
    elif settings.open_to_all:
        opened = frozenset({"read"})
    named = {_name(urlsplit(settings.base_url).netloc)} if settings.base_url else set()
    hosts = frozenset({*LOOPBACK_HOSTS, settings.host.lower(), *named}) if settings.on_loopback or named else None
    return Guard(keys, opened, hosts, RateLimit(None if settings.on_loopback else settings.requests_per_minute))


FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def is_this_machine(request: Request, settings: Settings) -> bool:
    """Say whether a request surely comes from this machine, and is not handed on by a web server in front."""
    return (
        settings.on_loopback
        and settings.open_reading
        and _name(request.headers.get("host", "")) in LOOPBACK_HOSTS
        and not any(header in request.headers for header in FORWARDED)
    )


def needs(scope: Scope) -> Dependency:
    """Return the dependency that lets only those in who may do ``scope``."""
    assert scope in SCOPES
    return Depends(_CHECKS[scope])


def _check(scope: Scope) -> Callable[[Request], Awaitable[None]]:
    async def check(request: Request) -> None:
        request.app.state.guard.admit(request, scope)

    return check


_CHECKS = {scope: _check(scope) for scope in SCOPES}


def _key_text(request: Request) -> str | None:
    """Return what was sent as a key, None when nothing was; in the address only for reading, as a sheet sends no header."""
    header = request.headers.get("authorization")
    if header is not None:
        kind, _, text = header.partition(" ")
        return text.strip() if kind.lower() == "bearer" else ""
    if "x-api-key" in request.headers:
        return request.headers["x-api-key"]
    sent: str | None = request.scope.get("state", {}).get(STATE_KEY)
    if sent is None:
        # A browser that has signed in; requests that other sites make it send do not carry the cookie (SameSite=Strict).
        return request.cookies.get(COOKIE_KEY)
    if request.method not in SAFE:
        raise KeyMissingError(
            "Nøglen må kun stå i adressen, når der læses", next_step="send den i headeren Authorization"
        )
    return sent


def _name(host: str) -> str:
    """Return a host's name without its port.

    >>> _name("[::1]:8600"), _name("LOCALHOST:8600")
    ('::1', 'localhost')
    """
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""
