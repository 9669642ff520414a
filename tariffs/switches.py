"""The rules the sources leave open: one switch each, with its default, its mark and why."""

from dataclasses import dataclass, fields
from typing import Literal

from tariffs.errors import InputError

KilometreCounting = Literal["started", "exact", "nearest"]
TownScope = Literal["same_town", "any_town"]
CompanionPrice = Literal["full", "half"]
BorderPayer = Literal["start", "home"]


@dataclass(frozen=True)
class Switches:
    """How open questions of the tariff are read; the defaults are this project's readings.

    Raises InputError when a value is not one of the switch's choices.
    """

    kilometre_counting: KilometreCounting = "started"
    town_scope: TownScope = "same_town"
    companion_price: CompanionPrice = "full"
    online_discount_before_2019: bool = False
    plustur_fee_effect: bool = True
    border_payer: BorderPayer = "start"
    own_fare_across: bool = True

    def __post_init__(self) -> None:
        for switch in SWITCHES:
            value = getattr(self, switch.name)
            if value not in switch.choices or isinstance(value, bool) is not isinstance(switch.choices[0], bool):
                raise InputError(
                    f"'{value}' er ikke et valg for {switch.name}",
                    where="regelvalg (switch)",
                    next_step=f"vælg {', '.join(map(str, switch.choices))}",
                )


@dataclass(frozen=True)
class SwitchText:
    """A switch explained: choices (the default first), mark, and the reasons in both languages."""

    name: str
    choices: tuple[str | bool, ...]
    mark: str
    text_da: str
    text_en: str


SWITCHES = (
    SwitchText(
        "kilometre_counting",
        ("started", "exact", "nearest"),
        "J",
        "Kilometer tælles som påbegyndte; kilderne siger det ikke.",
        "Kilometres count as started ones; the sources do not say.",
    ),
    SwitchText(
        "town_scope",
        ("same_town", "any_town"),
        "A",
        "Bytakst kræver begge ender i samme byområde (Helsingør, Kalundborg); Næstveds forsøg talte også ture"
        " mellem byerne.",
        "Bytakst needs both ends in the same town zone (Helsingør, Kalundborg); Næstved's trial also counted"
        " trips between towns.",
    ),
    SwitchText(
        "companion_price",
        ("full", "half"),
        "J",
        "Hver passager betaler fuldt; en folder fra 2009 havde medrejsende til halv pris.",
        "Each passenger pays in full; a 2009 leaflet had companions at half price.",
    ),
    SwitchText(
        "online_discount_before_2019",
        (False, True),
        "C",
        "Ingen onlinerabat før 1. juli 2019; kilderne nævner ingen.",
        "No online discount before 1 July 2019; the sources mention none.",
    ),
    SwitchText(
        "plustur_fee_effect",
        (True, False),
        "J",
        "De, der skifter fra flextur til plustur, bestiller nu på nettet og sparer Movia opkald.",
        "Those who move from flextur to plustur now book online and save Movia calls.",
    ),
    SwitchText(
        "border_payer",
        ("start", "home"),
        "J",
        "En tur over kommunegrænsen betales af kommunen, hvor den starter (efter Movias ord om takster); home: af borgerens egen.",
        "A trip across the border is paid by the municipality where it starts (from Movia's wording on fares); home: by the rider's own.",
    ),
    SwitchText(
        "own_fare_across",
        (True, False),
        "J",
        "En kommunes egen takst (Vordingborg fra 1. december 2023) gælder hver tur, der starter i kommunen, også over"
        " grænsen; kilden siger det ikke. Prisen afvises, til den kan udtrykkes; false regner med grundtakst over grænsen.",
        "A municipality's own fare (Vordingborg from 1 December 2023) holds for every trip that starts there, across the"
        " border too; the source does not say. The price is refused until it can be expressed; false prices grundtakst across.",
    ),
)


def parse_switches(pairs: dict[str, str]) -> Switches:
    """Build switches from text pairs such as ``{"kilometre_counting": "exact"}``; raises InputError."""
    values: dict[str, str | bool] = {}
    known = {field.name for field in fields(Switches)}
    for name, text in pairs.items():
        if name not in known:
            raise InputError(f"ukendt regelvalg (switch) '{name}'", next_step=f"brug {', '.join(sorted(known))}")
        values[name] = text == "true" if text in ("true", "false") else text
    return Switches(**values)  # type: ignore[arg-type]
