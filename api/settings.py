"""The service's settings: every one has a default, and comes from a TOML file or the environment when given.

``TAKSTLAB_<NAME>`` in the environment goes before the file that ``TAKSTLAB_SETTINGS`` or ``--settings`` names.
"""

import ipaddress
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, get_type_hints

from tariffs.errors import InputError
from tariffs.typed import read_whole

PREFIX = "TAKSTLAB_"
FILE_VARIABLE = PREFIX + "SETTINGS"
OTHERS = {"cache", "peers", "soak_seed"}
"""Names in the environment that are somebody else's: the geography's cache, the benchmarks, the tests."""
TRUE, FALSE = {"1", "true", "ja", "yes"}, {"0", "false", "nej", "no"}


def _setting(default: Any, meaning: str, *, least: float | None = None, choices: tuple[str, ...] = ()) -> Any:
    return field(default=default, metadata={"meaning": meaning, "least": least, "choices": choices})


@dataclass(frozen=True)
class Settings:
    """What the service can be told; `meanings` says in Danish what each is."""

    host: str = _setting("127.0.0.1", "adressen, der lyttes på; andet end loopback kræver en nøgle eller open_to_all")
    port: int = _setting(8600, "porten, der lyttes på; 0 vælger en ledig", least=0)
    store: str = _setting("takstlab-lager", "mappen til simuleringer, resultater, navne og nøgler")
    database: str = _setting("", "job i PostgreSQL (postgresql://...); tomt er SQLite i lageret")
    base_url: str = _setting("", "tjenestens adresse set udefra, til formler i regneark; tomt er host og port")
    open_reading: bool = _setting(True, "læsning og simuleringer uden nøgle, når der kun lyttes på loopback")
    open_to_all: bool = _setting(False, "lyt uden for loopback, selv om ingen nøgle findes; alle kan da læse")
    runs_at_once: int = _setting(1, "simuleringer, der regnes på samme tid", least=1)
    workers: int = _setting(0, "processer pr. simulering; 0 er alle kerner; ændrer ikke resultatet", least=0)
    run_seconds: int = _setting(3600, "højeste regnetid for en simulering i sekunder", least=1)
    most_waiting: int = _setting(200, "simuleringer, der højst står i kø", least=1)
    most_municipalities: int = _setting(5, "kommuner i én simulering", least=1)
    most_replications: int = _setting(100, "højeste max_replications i et scenarie", least=2)
    least_free_mb: int = _setting(200, "ledig plads i lageret, før nye simuleringer tages imod (MB)", least=0)
    disk_wait_s: int = _setting(60, "sekunder mellem forsøg, når disken er fuld", least=1)
    body_kb: int = _setting(1024, "største forespørgsel (kB)", least=1)
    bulk_body_kb: int = _setting(10240, "største forespørgsel med mange ture (kB)", least=1)
    bulk_rows: int = _setting(100_000, "flest ture i én forespørgsel", least=1)
    upload_days: int = _setting(30, "dage, en indlæst turliste gemmes", least=1)
    draft_minutes: int = _setting(120, "minutter, en turliste venter, mens dens kolonner vælges på siden", least=1)
    most_uploads: int = _setting(50, "indlæste turlister, der højst gemmes", least=1)
    uploads_mb: int = _setting(500, "det, de indlæste turlister højst fylder tilsammen (MB)", least=1)
    most_areas: int = _setting(100, "filer med byområder, der højst gemmes", least=1)
    areas_mb: int = _setting(20, "det, filerne med byområder højst fylder tilsammen (MB)", least=1)
    most_timetables: int = _setting(20, "køreplaner, der højst gemmes", least=1)
    timetable_mb: int = _setting(150, "største køreplan, der tages imod (MB)", least=1)
    timetables_mb: int = _setting(600, "det, køreplanerne højst fylder tilsammen (MB)", least=1)
    requests_per_minute: int = _setting(6000, "forespørgsler pr. minut pr. nøgle eller adresse", least=1)
    estimate_wait_ms: int = _setting(
        800, "så længe venter siden på et skøn, før den vises uden (millisekunder); skønnet kommer til", least=0
    )
    measure_ahead: bool = _setting(
        True,
        "mål alle kommuners veje på forhånd, én ad gangen og ved lav prioritet, og gør deres skøn klar; vejene gemmes på disken",
    )
    today: str = _setting("", "dagen i dag, fx 2026-11-28, når siden skal vises som en anden dag; tomt er dagens dato")
    batches: tuple[str, ...] = _setting((), "mapper med batchresultater, der kan læses; navn=mappe")
    log_format: str = _setting("json", "logformat", choices=("json", "text"))
    log_level: str = _setting("info", "mindste alvor i loggen", choices=("debug", "info", "warning", "error"))

    @property
    def on_loopback(self) -> bool:
        """Whether only this machine can reach the service."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def key_file(settings: Settings) -> Path:
    """Return where the keys of a store are kept."""
    return Path(settings.store) / "keys.json"


def meanings() -> dict[str, str]:
    """Return each setting's meaning in Danish."""
    return {f.name: str(f.metadata["meaning"]) for f in fields(Settings)}


def read_settings(environment: Mapping[str, str], file: Path | None = None, **given: Any) -> Settings:
    """Return the settings: defaults, then the file's, then the environment's, then those ``given`` (None is not given).

    Raises InputError for an unknown name or a value that cannot be one.
    """
    path = file or (Path(environment[FILE_VARIABLE]) if environment.get(FILE_VARIABLE) else None)
    values: dict[str, Any] = {}
    if path is not None:
        for name, value in _file(path).items():
            values[name] = _read(name, value, str(path))
    for variable, text in environment.items():
        if variable.startswith(PREFIX) and variable != FILE_VARIABLE:
            name = variable.removeprefix(PREFIX).lower()
            if name not in OTHERS:
                values[name] = _read(name, text, variable)
    for name, value in given.items():
        if value is not None:
            values[name] = _read(name, value, f"--{name}")
    return replace(Settings(), **values)


def _file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(
            "Indstillingerne kan ikke læses", where=str(path), why=str(error), next_step="ret filen; se docs/service.md"
        ) from None


def _read(name: str, value: Any, where: str) -> Any:
    """Return a value of the setting's own type; a text is read, anything else must be of the type already."""
    if name not in meanings():
        raise InputError(
            f"Ukendt indstilling {name!r}", where=where, next_step="se docs/service.md for indstillingerne"
        )
    kind = get_type_hints(Settings)[name]
    about = next(f for f in fields(Settings) if f.name == name).metadata
    read: Any = value
    if kind is bool and isinstance(value, str) and value.lower() in TRUE | FALSE:
        read = value.lower() in TRUE
    elif kind is int and isinstance(value, str):
        try:
            read = read_whole(value)
        except InputError as error:
            raise _refused(name, value, where, f"{error.what}; {error.next_step}") from None
    elif kind == tuple[str, ...]:
        read = tuple(value.split(";")) if isinstance(value, str) else tuple(value) if isinstance(value, list) else value
        if isinstance(read, tuple) and all(isinstance(part, str) and part for part in read):
            return read
    if type(read) is not kind:
        raise _refused(name, value, where, f"skal være {WORDS[kind]}")
    if about["least"] is not None and read < about["least"]:
        raise _refused(name, value, where, f"skal være mindst {about['least']}")
    if about["choices"] and read not in about["choices"]:
        raise _refused(name, value, where, f"skal være {' eller '.join(about['choices'])}")
    return read


WORDS = {bool: "true eller false", int: "et helt tal", str: "tekst", tuple[str, ...]: "en liste af tekster"}


def _refused(name: str, value: Any, where: str, why: str) -> InputError:
    # A setting may hold a password: its value is not said.
    shown = "" if name == "database" else f" = {value!r}"
    return InputError(
        f"Indstillingen {name}{shown} kan ikke bruges", where=where, why=why, next_step="se docs/service.md"
    )
