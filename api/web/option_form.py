"""One option as the page's form has it: what is ticked, read from a package, and named by what it has that another has not."""

from dataclasses import dataclass, replace

from api.web.known import Levels
from api.web.ticks import town_rule
from tariffs.elements import elements
from tariffs.package import ServicePackage

OWN = "egen"
"""What is chosen of bytakst when its kroner are the option's own."""
NAMELESS = {"low": "lavt niveau", "high": "højt niveau"}
"""What a level is called in a year that has no kroner for it."""


@dataclass(frozen=True)
class OptionForm:
    """One option as it is ticked: today's, or one beside it.

    ``bytakst`` is a level in kroner, or OWN for the kroner in ``own_bytakst``; ``low`` and ``high`` only in a year without them.
    ``own_kommunetakst`` are kroner in place of the price list's, where kommunetakst is ticked.
    """

    name: str = ""
    kommunetakst: bool = False
    bytakst: str = ""
    town: str = ""
    free: tuple[str, ...] = ()
    plustur: bool = False
    zones: tuple[str, ...] = ()
    areas: str = ""
    own_kommunetakst: str = ""
    own_bytakst: str = ""

    @property
    def town_fare(self) -> str:
        """The bytakst in kroner, own or a level; empty for none."""
        return self.own_bytakst if self.bytakst == OWN else self.bytakst

    @property
    def typed_bytakst(self) -> str:
        """The bytakst as its field shows it; a level without kroner in the year by its name."""
        return NAMELESS.get(self.bytakst, self.town_fare)

    @property
    def municipal_fare(self) -> str:
        """The kommunetakst as it is named: by its kroner where they are its own; empty for none."""
        own = f"kommunetakst {self.own_kommunetakst}" if self.own_kommunetakst else "kommunetakst"
        return own if self.kommunetakst else ""

    @property
    def elements(self) -> tuple[str, ...]:
        """The service elements, in the order packages have."""
        own = self.municipal_fare.replace(" ", "=", 1)
        chosen = [f"{own} kr." if own == "kommunetakst=1" else own] if own else []  # as an element, 1 is yes
        chosen += [f"bytakst={self.town_fare}"] if self.bytakst else []
        chosen += [f"gratis={name}" for name in self.free]
        chosen += ["plustur"] if self.plustur else []
        chosen += [self.town] if self.town else []
        return tuple(chosen)

    @property
    def own_areas(self) -> tuple[str, ...]:
        """The town areas that are the option's own; a drawn line goes before names. Empty where it has the common ones."""
        return (self.areas,) if self.areas else self.zones

    def is_as(self, other: "OptionForm") -> bool:
        """Say whether two options are the same scheme, whatever they are called: the same elements in the same town areas."""
        return self.elements == other.elements and set(self.own_areas) == set(other.own_areas)


def typed_anew(before: OptionForm, typed: str, levels: Levels) -> OptionForm:
    """Return an option with the bytakst that was typed: a level where the year has it, else an own price, none where empty.

    What the field showed before stays what it was, so that a level that another year does not have is no own price unasked.

    >>> levels = Levels(3600, 2400, 4800, 6000, 2100)
    >>> [typed_anew(OptionForm(bytakst="68"), typed, levels).elements for typed in ("68", "60", "52", "")]
    [('bytakst=68',), ('bytakst=60',), ('bytakst=52',), ()]
    """
    if typed and typed == before.typed_bytakst:
        return before
    is_level = typed.isdecimal() and int(typed) in levels.bytakst
    own = "" if is_level else typed
    return replace(before, bytakst=OWN if own else typed, own_bytakst=own)


def option_of(package: ServicePackage, levels: Levels, name: str = "") -> OptionForm:
    """Return a package as it is ticked in a year with these levels."""
    bytakst, own = levels.kroner(str(package.bytakst or "")), dict(package.in_kroner)
    is_own = "bytakst" in own and own["bytakst"] not in levels.bytakst
    return OptionForm(
        name,
        bool(package.kommunetakst),
        OWN if is_own else bytakst,
        town_rule(package),
        package.free_destinations,
        package.plustur,
        own_kommunetakst=str(own.get("kommunetakst", "")),
        own_bytakst=bytakst if is_own else "",
    )


def what_differs(today: OptionForm, option: OptionForm, levels: Levels) -> str:
    """Return a short name for an option: what it has that today's has not, and the other way round.

    >>> levels = Levels(3600, 2400, 4800, 6000, 2100)
    >>> what_differs(OptionForm(kommunetakst=True, bytakst="48"), OptionForm(bytakst="60"), levels)
    'Bytakst 60, uden kommunetakst'
    """
    words = []
    if option.town_fare != today.town_fare:
        kroner = levels.kroner(option.town_fare)
        words.append("uden bytakst" if not option.bytakst else f"bytakst {kroner}" if kroner.isdecimal() else "bytakst")
    if option.municipal_fare != today.municipal_fare:
        words.append(option.municipal_fare or "uden kommunetakst")
    if option.plustur != today.plustur:
        words.append("plustur" if option.plustur else "uden plustur")
    if option.town != today.town:
        words.append(elements()[option.town].short_da if option.town else f"uden {elements()[today.town].short_da}")
    if (option.zones, option.areas) != (today.zones, today.areas):
        words.append(
            f"byområde {' og '.join(option.zones)}" if option.zones else "egen bylinje" if option.areas else ""
        )
    words = [word for word in words if word]
    words += [f"gratis til {name}" for name in option.free if name not in today.free]
    words += [f"ikke gratis til {name}" for name in today.free if name not in option.free]
    name = ", ".join(words) or "uændret"
    return (name[0].upper() + name[1:])[:120]
