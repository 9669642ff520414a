"""A municipality's choice of service elements, read from and written as the officers' short list."""

import difflib
import re
from dataclasses import dataclass
from typing import Literal

from tariffs.elements import Element, Trips, elements
from tariffs.errors import About, InputError
from tariffs.own_price import HIGHEST_KR, LOWEST_KR, own_level
from tariffs.typed import read_kroner

BytakstLevel = Literal["low", "high"]
"""A level of the price list; a number is kroner, whichever level that is on the day, or an own price where it is none."""
_AMOUNT = re.compile("[0-9]")

_BYTAKST = {"low": "low", "lav": "low", "high": "high", "høj": "high", "hoej": "high"}


def element_names() -> tuple[str, ...]:
    """Return the names of all elements."""
    return ("kommunetakst", "plustur", *elements(), "bytakst", "gratis")


@dataclass(frozen=True)
class ServicePackage:
    """What one municipality has chosen beside grundtakst; with nothing chosen, grundtakst alone.

    ``schemes`` are those of `tariffs.elements`, in that order. A kommunetakst or bytakst may be in whole kroner:
    `tariffs.level_choice.in_price_list` finds the level that it is on a day.

    Raises InputError when two elements contradict each other.
    """

    kommunetakst: bool | int = False
    bytakst: BytakstLevel | int | None = None
    free_destinations: tuple[str, ...] = ()
    plustur: bool = False
    schemes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name, kroner in self.in_kroner:
            _check_kroner(name, kroner, f"{name}={kroner}")
        for element in self.declared:
            for other, why in element.excludes.items():
                if other in self.schemes or getattr(self, other, False):
                    raise InputError(
                        f"elementerne {other} og {element.id} modsiger hinanden",
                        where="serviceelementer",
                        why=why,
                        next_step="behold det ene",
                        about=About(element.id),
                    )

    @property
    def declared(self) -> tuple[Element, ...]:
        """Its schemes as they are declared."""
        return tuple(elements()[name] for name in self.schemes)

    def of(self, trips: Trips) -> tuple[str, ...]:
        """Return its schemes that concern these trips."""
        return tuple(element.id for element in self.declared if element.trips == trips)

    @property
    def closing(self) -> tuple[Element, ...]:
        """Its schemes that close trips."""
        return tuple(element for element in self.declared if element.closes)

    def closed_by(self, place: str) -> Element | None:
        """Return the scheme that closes every trip of a `PlaceClass`, None where none does."""
        return next((element for element in self.closing if element.covers(place)), None)

    @property
    def follows_town_line(self) -> bool:
        """Whether any of its fares or rules depends on where the town line runs."""
        return bool(self.bytakst or self.of("in_town") or self.of("in_towns"))

    @property
    def in_kroner(self) -> tuple[tuple[str, int], ...]:
        """The elements that are an amount in kroner, by name."""
        named = (("kommunetakst", self.kommunetakst), ("bytakst", self.bytakst))
        return tuple((name, v) for name, v in named if isinstance(v, int) and not isinstance(v, bool))

    @property
    def own_levels(self) -> tuple[int, ...]:
        """The levels of its own prices, of a package as `tariffs.level_choice.in_price_list` returns it."""
        return tuple(own_level(kroner) for _, kroner in self.in_kroner)

    def elements(self) -> tuple[str, ...]:
        """Return the elements in their fixed order, as `parse_package` reads them."""
        listed = ["kommunetakst"] if self.kommunetakst is True else []
        if self.kommunetakst and self.kommunetakst is not True:
            listed.append(f"kommunetakst={self.kommunetakst}")
        if self.bytakst:
            listed.append(f"bytakst={self.bytakst}")
        listed += [f"gratis={name}" for name in self.free_destinations]
        listed += ["plustur"] if self.plustur else []
        return (*listed, *self.schemes)

    def __str__(self) -> str:
        return ", ".join(self.elements()) or "grundtakst"


def parse_package(text: str) -> ServicePackage:
    """Read ``kommunetakst, bytakst=60, gratis=Biblioteket``; empty or ``grundtakst`` means grundtakst alone.

    Raises InputError for an unknown, malformed or contradictory element, with the nearest known word.
    """
    flags: dict[str, bool | int] = {}
    bytakst: str | int | None = None
    free: list[str] = []
    for part in (piece.strip() for piece in text.split(",")):
        if not part:
            continue
        name, _, value = (piece.strip() for piece in part.partition("="))
        name = name.lower()
        if name in ("grundtakst", "kommunetakst", "plustur", *elements()):
            flags[name] = _parse_flag(name, value, part)
        elif name == "bytakst":
            level = _parse_bytakst(value, part)
            if bytakst is not None and level != bytakst:
                raise InputError(
                    "bytakst er valgt to gange",
                    where=f"element '{part}'",
                    why=f"allerede bytakst={bytakst}",
                    next_step="behold det ene niveau",
                    about=About(name),
                )
            bytakst = level
        elif name == "gratis":
            if not value:
                raise InputError(
                    "gratis mangler et sted",
                    where=f"element '{part}'",
                    next_step="skriv gratis=<destination>, fx gratis=Telefonfabrikken",
                    about=About(name),
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
            about=About("kommunetakst"),
        )
    return ServicePackage(
        kommunetakst=flags.get("kommunetakst", False),
        bytakst=bytakst,  # type: ignore[arg-type]
        free_destinations=tuple(free),
        plustur="plustur" in flags,
        schemes=tuple(name for name in elements() if name in flags),
    )


def _parse_flag(name: str, value: str, part: str) -> bool | int:
    if value.lower() in ("", "ja", "1"):
        return True
    if name == "kommunetakst" and _AMOUNT.search(value):
        return _kroner(name, value, part)
    raise InputError(
        f"{name} tager ingen værdi", where=f"element '{part}'", next_step=f"skriv blot {name}", about=About(name)
    )


def _parse_bytakst(value: str, part: str) -> str | int:
    if value.lower() in _BYTAKST:
        return _BYTAKST[value.lower()]
    if _AMOUNT.search(value):
        return _kroner("bytakst", value, part)
    raise InputError(
        "bytakst mangler sit niveau" if not value else f"ukendt niveau '{value}'",
        where=f"element '{part}'",
        next_step="skriv beløbet i kroner, fx bytakst=60; eller bytakst=low eller bytakst=high for årets niveauer",
        about=About("bytakst"),
    )


def _kroner(name: str, value: str, part: str) -> int:
    kroner = read_kroner(value, where=f"element '{part}'", kind="hele kroner", example=f"{name}=60")
    if kroner != int(kroner):
        raise InputError(
            f"{name} på {value} er ikke i hele kroner",
            where=f"element '{part}'",
            why="Movias niveauer er hele kroner",
            next_step=f"skriv fx {name}={int(kroner)}",
            about=About(name),
        )
    return _check_kroner(name, int(kroner), part)


def _check_kroner(name: str, kroner: int, part: str) -> int:
    """Return an amount that an adult may be asked for; raises InputError for one that nothing is known of."""
    if kroner < LOWEST_KR:
        raise InputError(
            f"{name} på {kroner} kr. for en voksen kan ikke beregnes",
            where=f"element '{part}'",
            why=f"intet er kendt om efterspørgslen mellem 0 og {LOWEST_KR} kr.",
            next_step=f"vælg mindst {LOWEST_KR} kr., eller gratis=<destination> for et sted, der skal være gratis",
            about=About(name),
        )
    if kroner > HIGHEST_KR:
        raise InputError(
            f"{name} på {kroner} kr. for en voksen kan ikke beregnes",
            where=f"element '{part}'",
            why="den højeste takst, der er prøvet, er 72 kr. (på Lolland i 2016-17)",
            next_step=f"vælg højst {HIGHEST_KR} kr., eller lukket_by for ingen ture i byen",
            about=About(name),
        )
    return kroner


def _refuse_unknown(name: str, part: str) -> None:
    close = difflib.get_close_matches(name, element_names(), n=1, cutoff=0.6)
    hint = f"mente du {close[0]}? " if close else ""
    raise InputError(
        f"ukendt serviceelement '{name}'",
        where=f"element '{part}'",
        next_step=f"{hint}kendte elementer: {', '.join(element_names())}",
    )
