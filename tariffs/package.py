"""A municipality's choice of service elements, read from and written as the officers' short list."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from tariffs.errors import InputError

BytakstLevel = Literal["low", "high"]
FLAGS = ("kommunetakst", "plustur", "dobbelt_grundtakst", "lukket_by", "stoppested")
ELEMENTS = (*FLAGS, "bytakst", "gratis")
LOWEST_KNOWN_LEVEL_KR = 21
"""Between 0 and this adult level nothing is known of how riders respond, so such an option is refused."""

_BYTAKST = {"low": "low", "lav": "low", "high": "high", "høj": "high", "hoej": "high"}
_CONTRADICTIONS = (
    ("bytakst", "dobbelt_grundtakst", "begge sætter prisen på de samme byture"),
    ("bytakst", "lukket_by", "der er ingen byture at sætte pris på, når byen er lukket"),
    ("bytakst", "stoppested", "der er ingen byture at sætte pris på, når byen kun betjenes fra stoppesteder udefra"),
    ("dobbelt_grundtakst", "lukket_by", "der er ingen byture at sætte pris på, når byen er lukket"),
    (
        "dobbelt_grundtakst",
        "stoppested",
        "der er ingen byture at sætte pris på, når byen kun betjenes fra stoppesteder udefra",
    ),
    ("lukket_by", "stoppested", "byen er enten lukket for byture eller betjent fra stoppesteder"),
)


@dataclass(frozen=True)
class ServicePackage:
    """What one municipality has chosen beside grundtakst; with nothing chosen, grundtakst alone.

    ``lukket_by`` closes trips with both ends in one town zone; ``stoppested`` closes trips within or between
    town zones, and the town end of other trips must be a chosen stop (where it is, is not the tariff's concern).

    Raises InputError when two elements contradict each other.
    """

    kommunetakst: bool = False
    bytakst: BytakstLevel | None = None
    free_destinations: tuple[str, ...] = ()
    plustur: bool = False
    dobbelt_grundtakst: bool = False
    lukket_by: bool = False
    stoppested: bool = False

    def __post_init__(self) -> None:
        for first, second, why in _CONTRADICTIONS:
            if getattr(self, first) and getattr(self, second):
                raise InputError(
                    f"elementerne {first} og {second} modsiger hinanden",
                    where="serviceelementer",
                    why=why,
                    next_step="behold det ene",
                )

    @property
    def follows_town_line(self) -> bool:
        """Whether any of its fares or rules depends on where the town line runs."""
        return bool(self.bytakst or self.dobbelt_grundtakst or self.lukket_by or self.stoppested)

    def elements(self) -> tuple[str, ...]:
        """Return the elements in their fixed order, as `parse_package` reads them."""
        listed = ["kommunetakst"] if self.kommunetakst else []
        if self.bytakst:
            listed.append(f"bytakst={self.bytakst}")
        listed += [f"gratis={name}" for name in self.free_destinations]
        listed += [flag for flag in FLAGS[1:] if getattr(self, flag)]
        return tuple(listed)

    def __str__(self) -> str:
        return ", ".join(self.elements()) or "grundtakst"


def parse_package(text: str) -> ServicePackage:
    """Read ``kommunetakst, bytakst=low, gratis=Biblioteket``; empty or ``grundtakst`` means grundtakst alone.

    Raises InputError for an unknown, malformed or contradictory element, with the nearest known word.
    """
    flags: dict[str, bool] = {}
    bytakst: str | None = None
    free: list[str] = []
    for part in (piece.strip() for piece in text.split(",")):
        if not part:
            continue
        name, equals, value = (piece.strip() for piece in part.partition("="))
        name = name.lower()
        if name in FLAGS or name == "grundtakst":
            if equals and value.lower() not in ("", "ja", "1"):
                _refuse_value(name, value, part)
            flags[name] = True
        elif name == "bytakst":
            level = _parse_bytakst(value, part)
            if bytakst is not None and level != bytakst:
                raise InputError(
                    "bytakst er valgt to gange",
                    where=f"element '{part}'",
                    why=f"allerede bytakst={bytakst}",
                    next_step="behold det ene niveau",
                )
            bytakst = level
        elif name == "gratis":
            if not value:
                raise InputError(
                    "gratis mangler et sted",
                    where=f"element '{part}'",
                    next_step="skriv gratis=<destination>, fx gratis=Telefonfabrikken",
                )
            if value not in free:
                free.append(value)
        else:
            _refuse_unknown(name, part)
    if flags.pop("grundtakst", False) and flags.get("kommunetakst"):
        raise InputError(
            "elementerne grundtakst og kommunetakst modsiger hinanden",
            where=f"'{text}'",
            why="kommunetakst træder i stedet for grundtakst",
            next_step="behold det ene",
        )
    return ServicePackage(bytakst=bytakst, free_destinations=tuple(free), **flags)  # type: ignore[arg-type]


def _parse_bytakst(value: str, part: str) -> str:
    if value.lower() in _BYTAKST:
        return _BYTAKST[value.lower()]
    if re.fullmatch(r"\d+([.,]\d+)?", value):
        _refuse_level("bytakst", value, part)
    raise InputError(
        "bytakst mangler sit niveau" if not value else f"ukendt niveau '{value}'",
        where=f"element '{part}'",
        next_step="skriv bytakst=low (48 kr. i 2019-udgaven) eller bytakst=high (60 kr.)",
    )


def _refuse_value(name: str, value: str, part: str) -> None:
    if re.fullmatch(r"\d+([.,]\d+)?", value):
        _refuse_level(name, value, part)
    raise InputError(f"{name} tager ingen værdi", where=f"element '{part}'", next_step=f"skriv blot {name}")


def _refuse_level(name: str, value: str, part: str) -> None:
    level = float(value.replace(",", "."))
    if 0 < level < LOWEST_KNOWN_LEVEL_KR:
        raise InputError(
            f"en takst for voksne på {value} kr. kan ikke beregnes",
            where=f"element '{part}'",
            why=f"intet er kendt om efterspørgslen mellem 0 og {LOWEST_KNOWN_LEVEL_KR} kr.",
            next_step="vælg et niveau i taksten, eller gratis=<destination>",
        )
    raise InputError(
        f"{name} angives ikke i kroner",
        where=f"element '{part}'",
        why="beløbet følger af takstudgaven på turens dag",
        next_step="skriv bytakst=low eller bytakst=high" if name == "bytakst" else f"skriv blot {name}",
    )


def _refuse_unknown(name: str, part: str) -> None:
    close = difflib.get_close_matches(name, ELEMENTS, n=1, cutoff=0.6)
    hint = f"mente du {close[0]}? " if close else ""
    raise InputError(
        f"ukendt serviceelement '{name}'",
        where=f"element '{part}'",
        next_step=f"{hint}kendte elementer: {', '.join(ELEMENTS)}",
    )
