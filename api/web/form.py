"""The comparison as the page's form has it: read from an address, written back to one, and turned into a scenario.

The address is the scenario: every field is a parameter, and what has its usual value is left out.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

from api.web.clinic_form import CLINIC, ClinicForm
from api.web.known import YEAR, Levels, levels_of, priced_from
from api.web.option_form import OptionForm, option_of, typed_anew, what_differs
from sim.geography.municipalities import find_municipality
from tariffs import load_municipal_choices
from tariffs.errors import InputError
from tariffs.typed import Door, read_kroner

MOST_OPTIONS = 6
"""Options beside today's."""
TODAY = "Nuværende ordning"
PROPOSED = re.compile(r"(\d{4})-((?:19|20)\d\d)")
ASSUMPTION = "fors_"
MOST_LINES = 6
TYPED = "bytakstkr"
"""The field a bytakst is typed in; the address has the level or own price that it is."""
ELSEWHERE = ("goer", "sprog", "noegle", "maal_kr", "maal_element", "maal_valg")
"""Parameters that are not the scenario's."""


@dataclass(frozen=True)
class LineForm:
    """An amount of the municipality's own, beside what is calculated: a bus line saved, taxis no longer paid."""

    option: str = ""
    name: str = ""
    kroner: str = ""


@dataclass(frozen=True)
class Plan:
    """All of the form; texts as they were written, so that a wrong one can be shown and mended."""

    municipality: str
    options: tuple[OptionForm, ...]
    year: str
    start: str = ""
    passengers: str = ""
    counted: str = ""
    """The year that the passengers were counted in; empty is ``year``."""
    months: str = ""
    alone: bool = False
    """Whether today's scheme is calculated alone, for a budget without a change."""
    upload: str = ""
    zones: tuple[str, ...] = ()
    areas: str = ""
    timetable: str = ""
    """A timetable that was sent, timetable:<id>."""
    transfer_points: tuple[str, ...] = ()
    budget: str = ""
    spent: str = ""
    spent_to: str = ""
    neighbours: tuple[str, ...] = ()
    years_ahead: str = ""
    lines: tuple[LineForm, ...] = ()
    visits: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    clinic: ClinicForm = field(default_factory=ClinicForm)
    assumptions: Mapping[str, str] = field(default_factory=dict)
    as_if_flextur: bool = False
    proposed: str = ""
    """Whose known scheme the first option was filled in from: municipality and year (0316-2027), empty for the user's own."""
    lists: tuple[str, ...] = ()
    """Own price lists, prices:<id>."""
    list_files: tuple[Path, ...] = field(default=(), compare=False)
    """Where they lie, for the kroner in names; no part of the address."""
    known_only: bool = False
    left_out: tuple[str, ...] = ()
    """What the address calls the options that there is no room for."""

    @property
    def names(self) -> tuple[str, ...]:
        """What the options are called: as written, else by what they consist of; no two alike."""
        taken: list[str] = []
        for place, option in enumerate(self.options):
            name = " ".join(option.name.split()) or (TODAY if place == 0 else self._what_differs(option))
            wanted, number = name, 2
            while name in taken:
                name, number = f"{wanted} ({number})", number + 1
            taken.append(name)
        return tuple(taken)

    def _what_differs(self, option: OptionForm) -> str:
        return what_differs(self.options[0], option, self.levels)

    @property
    def levels(self) -> Levels:
        """The prices of the plan's year and start date."""
        return levels_of(self.year, self.start, self.list_files)

    @property
    def free_names(self) -> tuple[str, ...]:
        """Every free destination that some option names."""
        return tuple(dict.fromkeys(name for option in self.options for name in option.free))

    def following(self) -> "Plan":
        """Return the plan with the names that its elements give it left to them, so that they follow when a price is changed.

        For a scenario, which has a name for every option and does not say who wrote it; in an address a written name was typed.
        """
        unnamed = replace(self, options=(self.options[0], *(replace(option, name="") for option in self.options[1:])))
        options = (
            bare if named.name == name else named
            for named, bare, name in zip(self.options, unnamed.options, unnamed.names, strict=True)
        )
        return replace(self, options=tuple(options))

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters of the address, in the form's order."""
        told = [("kommune", self.municipality)]
        told += [("aar", self.year)]
        told += [("forslag", self.proposed)] if self.proposed else []
        for key, value in (
            ("start", self.start), ("passagerer", self.passengers), ("talt_i", self.counted), ("maaneder", self.months),
            ("ture", self.upload),
        ):  # fmt: skip
            told += [(key, value)] if value else []
        told += [("omraade", zone) for zone in self.zones]
        told += [("omraader", self.areas)] if self.areas else []
        for number, option in enumerate(self.options):
            told.append((f"navn{number}", option.name))
            told += [(f"kommunetakst{number}", "1")] if option.kommunetakst else []
            told += [(f"egenkommunetakst{number}", option.own_kommunetakst)] if option.own_kommunetakst else []
            told += [(f"bytakst{number}", option.bytakst)] if option.bytakst else []
            told += [(f"egenbytakst{number}", option.own_bytakst)] if option.own_bytakst else []
            told += [(f"by{number}", option.town)] if option.town else []
            told += [(f"gratis{number}", name) for name in option.free]
            told += [(f"plustur{number}", "1")] if option.plustur else []
            told += [(f"egetby{number}", zone) for zone in option.zones]
            told += [(f"egenlinje{number}", option.areas)] if option.areas else []
        told += [("koereplan", self.timetable)] if self.timetable else []
        told += [("skiftested", name) for name in self.transfer_points]
        for key, value in (("budget", self.budget), ("forbrug", self.spent), ("forbrug_til", self.spent_to)):
            told += [(key, value)] if value else []
        told += [("nabo", code) for code in self.neighbours]
        told += [("overslag", self.years_ahead)] if self.years_ahead not in ("", "0") else []
        for number, line in enumerate(self.lines):
            told += [(f"linje{number}_{key}", value) for key, value in _line_pairs(line)]
        for number, name in enumerate(self.free_names):
            before, added = self.visits.get(name, ("", ""))
            told += [(f"besoeg{number}_foer", before)] if before else []
            told += [(f"besoeg{number}_ekstra", added)] if added else []
        told += self.clinic.pairs()
        told += [(f"{ASSUMPTION}{key}", value) for key, value in self.assumptions.items()]
        told += [("somom", "1")] if self.as_if_flextur else []
        told += [("alene", "1")] if self.alone else []
        told += [("prisliste", name) for name in self.lists]
        told += [("kendte", "1")] if self.known_only else []
        return told

    @property
    def address(self) -> str:
        """The page's address with the whole scenario in it."""
        return f"/sammenlign?{urlencode(self.pairs())}"

    def with_option(self, option: OptionForm) -> "Plan":
        """Return the plan with one more option."""
        return (
            replace(self, options=(*self.options, option), alone=False) if len(self.options) <= MOST_OPTIONS else self
        )

    def without_option(self, place: int) -> "Plan":
        """Return the plan without the option at a place; today's and the last one beside it stay."""
        if place < 1 or place >= len(self.options) or len(self.options) <= 2:
            return self
        return replace(self, options=self.options[:place] + self.options[place + 1 :])


def _line_pairs(line: LineForm) -> list[tuple[str, str]]:
    return [(key, value) for key, value in (("valg", line.option), ("navn", line.name), ("kr", line.kroner)) if value]


def read_plan(pairs: Iterable[tuple[str, str]], usual_year: int, list_files: tuple[Path, ...] = ()) -> Plan:
    """Return the plan that an address holds; today's choices and one suggestion where it names a municipality alone.

    ``usual_year`` is the year of an address that names none. Where the first option was filled in from what is known of
    another municipality or year, and is as it was, it becomes that of the plan's.

    Raises InputError for a municipality there is none of, and for a parameter the form does not have.
    """
    told = [(key, value.strip()) for key, value in pairs if key not in ELSEWHERE]
    one = dict(told)
    many: dict[str, list[str]] = {}
    for key, value in told:
        many.setdefault(key, []).extend([value] if value else [])
    municipality = find_municipality(one.get("kommune", ""))
    _refuse_unknown(one)
    year = one.get("aar", "") or str(usual_year)
    numbers = sorted({int(found[1]) for key in one if (found := OPTION_KEY.fullmatch(key))})
    levels = levels_of(year, one.get("start", ""), list_files)
    options = tuple(_option(one, many, number, levels) for number in numbers)
    proposed = f"{municipality.code}-{year}" if YEAR.fullmatch(year) else ""
    if not options:
        options = suggested(municipality.code, year, list_files)
    elif one.get("forslag", "") != proposed:
        options, proposed = _proposed_anew(options, one.get("forslag", ""), proposed, list_files)
    alone = bool(one.get("alene")) and len(numbers) < 2
    if alone:
        options = options[:1]
    elif len(options) == 1:
        options = (*options, OptionForm())
    free = tuple(dict.fromkeys(name for option in options for name in option.free))
    return Plan(
        municipality=municipality.code,
        proposed=proposed,
        options=options[: MOST_OPTIONS + 1],
        left_out=tuple(option.name or f"nr. {n}" for n, option in enumerate(options, 1) if n > MOST_OPTIONS + 1),
        year=year,
        start=one.get("start", ""),
        passengers=one.get("passagerer", ""),
        counted=one.get("talt_i", ""),
        months=one.get("maaneder", ""),
        alone=alone,
        upload=one.get("ture", ""),
        zones=tuple(many.get("omraade", ())),
        areas=one.get("omraader", ""),
        timetable=one.get("koereplan", ""),
        transfer_points=tuple(many.get("skiftested", ())),
        budget=one.get("budget", ""),
        spent=one.get("forbrug", ""),
        spent_to=one.get("forbrug_til", ""),
        neighbours=tuple(many.get("nabo", ())),
        years_ahead=one.get("overslag", "").removeprefix("0"),
        lines=tuple(
            LineForm(*(one.get(f"linje{n}_{key}", "") for key in ("valg", "navn", "kr")))
            for n in range(MOST_LINES)
            if any(one.get(f"linje{n}_{key}") for key in ("navn", "kr"))
        ),
        visits={
            name: (one.get(f"besoeg{n}_foer", ""), one.get(f"besoeg{n}_ekstra", "")) for n, name in enumerate(free)
        },
        clinic=ClinicForm(*(one.get(key, "") for key in CLINIC)),
        assumptions={key.removeprefix(ASSUMPTION): v for key, v in told if key.startswith(ASSUMPTION) and v},
        as_if_flextur=bool(one.get("somom")),
        lists=tuple(dict.fromkeys(many.get("prisliste", ()))),
        known_only=bool(one.get("kendte")),
    )


OPTION_KEY = re.compile(
    rf"(?:navn|kommunetakst|egenkommunetakst|bytakst|egenbytakst|{TYPED}|by|gratis|plustur|egetby|egenlinje)([0-9]|1[01])"
)
_KNOWN = re.compile(
    r"kommune|aar|forslag|start|passagerer|talt_i|maaneder|alene|ture|omraade|omraader|koereplan|skiftested|budget|forbrug|forbrug_til|nabo"
    r"|overslag|somom|prisliste|kendte|klinik(?:_besoeg|_kr|_minutter)?"
    r"|linje[0-9]_(?:valg|navn|kr)|besoeg[0-9]+_(?:foer|ekstra)|fors_[a-z0-9_]+"
)


def _refuse_unknown(told: Mapping[str, str]) -> None:
    strange = [key for key in told if not _KNOWN.fullmatch(key) and not OPTION_KEY.fullmatch(key)]
    if strange:
        raise InputError(
            f"Adressen har et felt, som siden ikke kender: {strange[0][:40]!r}",
            next_step="begynd forfra fra forsiden, eller ret adressen",
        )


def _option(one: Mapping[str, str], many: Mapping[str, list[str]], number: int, levels: Levels) -> OptionForm:
    option = OptionForm(
        name=one.get(f"navn{number}", ""),
        kommunetakst=bool(one.get(f"kommunetakst{number}")),
        bytakst=levels.kroner(one.get(f"bytakst{number}", "")),
        own_kommunetakst=_price(one.get(f"egenkommunetakst{number}", "")),
        own_bytakst=_price(one.get(f"egenbytakst{number}", "")),
        town=one.get(f"by{number}", ""),
        free=tuple(dict.fromkeys(many.get(f"gratis{number}", ()))),
        plustur=bool(one.get(f"plustur{number}")),
        zones=tuple(dict.fromkeys(many.get(f"egetby{number}", ()))),
        areas=one.get(f"egenlinje{number}", ""),
    )
    typed = one.get(f"{TYPED}{number}")
    return option if typed is None else typed_anew(option, _price(typed), levels)


def _price(text: str) -> str:
    """Return whole kroner as an element has them; another text as it was written, to be shown and mended."""
    try:
        kroner = read_kroner(text, Door.DANISH)
    except InputError:
        return text
    return str(int(kroner)) if kroner == int(kroner) >= 0 else text


def suggested(municipality: str, year: str, list_files: tuple[Path, ...] = ()) -> tuple[OptionForm, OptionForm]:
    """Return today's known or assumed choice, and beside it the next level of the town fare; without what the year has no price for.

    A fare of the municipality's own is a kommunetakst in kroner.
    """
    if not YEAR.fullmatch(year):
        return OptionForm(name=TODAY), OptionForm(bytakst="low")
    on = date(int(year), 12, 31)
    package, levels = load_municipal_choices().choices(municipality, on).nearest, levels_of(year, "", list_files)
    today = option_of(package, levels, TODAY)
    priced = [level for level, day in priced_from(int(year), list_files).items() if day is None]
    if "plustur" not in priced:
        today = replace(today, plustur=False)
    following = "low" if package.bytakst is None else "high" if package.bytakst == "low" else ""
    following = levels.kroner(following) if following in priced else ""
    return today, replace(today, name="", bytakst=following, town="")


def _proposed_anew(
    options: tuple[OptionForm, ...], before: str, now: str, list_files: tuple[Path, ...]
) -> tuple[tuple[OptionForm, ...], str]:
    """Return the options with what was filled in for another municipality or year filled in anew, and what it is then known of.

    An option that the user has changed stays, and so do all where nothing is known to fill in.
    """
    found = PROPOSED.fullmatch(before)
    if found is None or not now:
        return options, ""
    try:
        old, new = (
            suggested(find_municipality(code).code, year, list_files) for code, year in (found.groups(), now.split("-"))
        )
    except InputError:
        return options, ""
    if options[0] != old[0]:
        return options, ""
    following = new[1:] if options[1:] == old[1:] else options[1:]
    return (new[0], *following), now
