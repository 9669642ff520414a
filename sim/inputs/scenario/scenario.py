"""A comparison as the user states it, from the command line or a TOML file."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from sim.inputs.scenario.names import any_alike, appearance, check_destinations, one_line, shown
from sim.words.names import told_apart
from sim.words.numbers import danish
from tariffs import ServicePackage, parse_package
from tariffs.errors import About, DataError, InputError
from tariffs.package import element_names

MAX_OPTIONS = 12
LISTS = (
    "municipalities",
    "options",
    "reference",
    "town_zones",
    "free_destinations",
    "tariff_files",
    "neighbours",
    "transfer_points",
    "own_lines",
)
MAX_PASSENGERS = 5_000_000
MAX_OWN_KR = 500_000_000
MAX_OWN_LINES = 60


class WrongFieldError(ValueError):
    """A scenario's fields do not fit together; ``field`` is the one to correct."""

    def __init__(self, field: str, what: str) -> None:
        self.field = field
        super().__init__(what)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)


class Option(_Strict):
    """One package of service elements under a name; no elements means grundtakst alone.

    ``town_zones`` or ``town_areas`` is a town line of the option's own; None is the scenario's.
    """

    name: Annotated[str, Field(min_length=1, max_length=120)]
    elements: tuple[str, ...] = ()
    town_zones: tuple[str, ...] | None = None
    town_areas: str | None = None

    @field_validator("elements", "town_zones", mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _one_line_of_its_own(self) -> "Option":
        if self.town_zones is not None and self.town_areas is not None:
            raise ValueError(f"valgmuligheden '{self.name}' har både town_zones og town_areas; angiv ét byområde")
        return self

    @property
    def has_own_line(self) -> bool:
        """Whether the option's town line is its own and not the scenario's."""
        return self.town_zones is not None or self.town_areas is not None

    @field_validator("name")
    @classmethod
    def _one_line(cls, value: str) -> str:
        name = one_line(value)
        if not appearance(name):
            raise ValueError("navnet er tomt")
        return name

    @property
    def package(self) -> ServicePackage:
        """The elements as a package; raises InputError when they contradict each other."""
        return parse_package(", ".join(self.elements))


class FreeDestinationFacts(_Strict):
    """What the user knows of a free destination: flextur trips a month to it before, and added when free."""

    name: str
    trips_per_month_before: Annotated[float, Field(ge=0, strict=False)] | None = None
    added_trips_per_month: Annotated[float, Field(ge=0, strict=False)] | None = None


class Clinic(_Strict):
    """Home visits by nurses that would become rides to a nurse clinic (sygeplejeklinik): the user's own numbers.

    ``destination`` is the clinic as a free destination is named; ``visits_moved_a_year`` home visits that would happen
    there instead. What is None is taken from the register.
    """

    destination: str
    visits_moved_a_year: Annotated[float, Field(ge=0, strict=False)]
    nurse_kr_per_hour: Annotated[float, Field(gt=0, strict=False)] | None = None
    minutes_driven_per_visit: Annotated[float, Field(ge=0, strict=False)] | None = None


class OwnLine(_Strict):
    """An amount of the municipality's own beside an option's net cost: a bus line saved, an effect on taxi rides.

    ``kr`` is whole kroner a year, below zero for what the municipality saves. It is shown on a line of its own.
    """

    option: str
    name: Annotated[str, Field(min_length=1, max_length=120)]
    kr: Annotated[int, Field(ge=-MAX_OWN_KR, le=MAX_OWN_KR)]

    @field_validator("option", "name")
    @classmethod
    def _one_line(cls, value: str) -> str:
        return one_line(value)


class ObservedMonths(_Strict):
    """The municipality's own months of one year as a scenario writes them: passengers, and what they cost net in kroner.

    ``notes`` is what was said of the file that they were read from, which the answer says again.
    """

    year: Annotated[int, Field(ge=2014, le=2100)]
    months: Annotated[tuple[Annotated[int, Field(ge=1, le=12)], ...], Field(min_length=1, max_length=12)]
    passengers: Annotated[
        tuple[Annotated[int, Field(ge=0, le=MAX_PASSENGERS)], ...], Field(min_length=1, max_length=12)
    ]
    cost_kr: (
        Annotated[
            tuple[Annotated[float, Field(ge=-MAX_OWN_KR, le=MAX_OWN_KR, strict=False)], ...], Field(max_length=12)
        ]
        | None
    ) = None
    notes: Annotated[tuple[Annotated[str, Field(max_length=600)], ...], Field(max_length=40)] | None = None

    @field_validator("months", "passengers", "cost_kr", "notes", mode="before")
    @classmethod
    def _from_list(cls, value: Any) -> Any:
        return tuple(value) if isinstance(value, list) else value

    @model_validator(mode="after")
    def _one_row_a_month(self) -> "ObservedMonths":
        if list(self.months) != sorted(set(self.months)):
            raise ValueError("månederne skal stå i rækkefølge og kun én gang hver")
        columns = (self.passengers, self.passengers if self.cost_kr is None else self.cost_kr)
        if any(len(column) != len(self.months) for column in columns):
            raise ValueError("der skal være ét tal for hver måned")
        if not sum(self.passengers):
            raise ValueError("der er ingen passagerer i nogen måned")
        return self


class Scenario(_Strict):
    """A comparison: municipalities, options (the first is today's), the year, and how surely it is to be answered.

    Attributes
    ----------
    passengers : the municipality's own yearly passengers under ``reference``; None allocates Movia's 2017 total
    reference : elements in force when the volume was observed; None is the first option for an own volume, and
        the choice known for 2017 for an allocated one
    start : the day the options would take effect, for this budget year's part; None for the full year alone
    known_prices_only : refuse fares that are our arithmetic or projected
    fee_pooling : whether a move of the online share counts in Movia's common fee or in the municipality's own
    offers_flextur : simulate the municipality as if it had flextur, also when it is known not to
    trips : file of the municipality's own trips, the demand in place of the synthetic one
    counted_year : the year in which ``passengers`` were counted; None is ``year``. Another year's are carried to it
    observed : file of the municipality's own passengers and cost by month
    observed_months : the same, written in the scenario
    budget_kr, spent_kr, spent_to : the year's budget, and what is spent of it up to and with a day
    neighbours : municipalities whose figures are to stand beside this one's
    own_lines : amounts of the municipality's own beside the options' net cost
    years_ahead : budget years after ``year`` to span as well (3 gives the three overslagsår)
    transfer_points : places where plustur meets bus or train; None takes the municipality's stations and terminals
    gtfs : timetable feed (GTFS) for plustur; None uses the assumption on service level
    draws : most parameter draws that are simulated; ``max_replications`` the cap of the sequential rule
    """

    name: str = ""
    municipalities: Annotated[tuple[str, ...], Field(min_length=1)]
    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=MAX_OPTIONS)]
    year: Annotated[int, Field(ge=1990, le=2100)] = 2020
    start: date | None = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    passengers: Annotated[float, Field(ge=1, le=MAX_PASSENGERS)] | None = None
    reference: tuple[str, ...] | None = None
    town_zones: tuple[str, ...] | None = None
    town_areas: str | None = None
    free_destinations: tuple[FreeDestinationFacts, ...] = ()
    tariff_files: tuple[str, ...] = ()
    variant: str = ""
    known_prices_only: bool = False
    switches: dict[str, str] = {}
    fee_pooling: Literal["movia", "municipality"] = "movia"
    offers_flextur: bool = False
    assumptions: dict[str, float | Annotated[tuple[float, ...], Field(min_length=1, max_length=100)]] = {}
    trips: str | None = None
    counted_year: Annotated[int, Field(ge=2014, le=2100)] | None = None
    observed: str | None = None
    observed_months: ObservedMonths | None = None
    budget_kr: Annotated[float, Field(ge=0, strict=False)] | None = None
    spent_kr: Annotated[float, Field(ge=0, strict=False)] | None = None
    spent_to: date | None = None
    neighbours: tuple[str, ...] = ()
    own_lines: Annotated[tuple[OwnLine, ...], Field(max_length=MAX_OWN_LINES)] = ()
    years_ahead: Annotated[int, Field(ge=0, le=5)] = 0
    clinic: Clinic | None = None
    transfer_points: tuple[str, ...] | None = None
    gtfs: str | None = None
    draws: Annotated[int, Field(ge=0, le=64)] = 32
    min_replications: Annotated[int, Field(ge=2, le=40)] = 5
    max_replications: Annotated[int, Field(ge=2, le=1000)] = 40

    @model_validator(mode="before")
    @classmethod
    def _lists_and_singular(cls, raw: Any) -> Any:
        if not isinstance(raw, dict):
            return raw
        raw = dict(raw)
        if "municipality" in raw:
            if "municipalities" in raw:
                raise ValueError("skriv enten municipality eller municipalities")
            raw["municipalities"] = [raw.pop("municipality")]
        for key in LISTS:
            if isinstance(raw.get(key), list):
                raw[key] = tuple(raw[key])
        if isinstance(raw.get("assumptions"), dict):
            raw["assumptions"] = {
                k: tuple(float(x) for x in v) if isinstance(v, list | tuple) else v
                for k, v in raw["assumptions"].items()
            }
        return raw

    @property
    def has_own_months(self) -> bool:
        """Whether the municipality's own months are given, in a file or in the scenario itself."""
        return self.observed is not None or self.observed_months is not None

    @model_validator(mode="after")
    def _whole(self) -> "Scenario":
        if self.start is not None and self.start.year != self.year:
            raise WrongFieldError("start", f"startdatoen {self.start} ligger ikke i året {self.year}")
        if any_alike(option.name for option in self.options):
            raise ValueError("to valgmuligheder har samme navn")
        self._check_own_lines()
        if self.observed is not None and self.observed_months is not None:
            raise ValueError("kommunens egne måneder er angivet to gange; udelad observed eller observed_months")
        if self.counted_year is not None and self.passengers is None:
            raise ValueError("counted_year er det år, passagertallet er talt i; skriv også passengers")
        if self.max_replications < self.min_replications:
            raise ValueError("max_replications er mindre end min_replications")
        return self

    def _check_own_lines(self) -> None:
        names = [option.name for option in self.options]
        for line in self.own_lines:
            if not line.name:
                raise ValueError("en af kommunens egne linjer (own_lines) har intet navn")
            if line.option not in names:
                raise ValueError(
                    f"own_lines: linjen '{line.name}' hører til '{line.option}', som ikke er en valgmulighed;"
                    f" vælg {', '.join(told_apart(names))}"
                )
        if any(any_alike(line.name for line in self.own_lines if line.option == name) for name in names):
            raise ValueError("own_lines: to linjer ved samme valgmulighed har samme navn")
        if self.own_lines and len(set(self.municipalities)) > 1:
            raise ValueError("own_lines: kommunens egne linjer kan kun gælde én kommune; kør én ad gangen")


def parse_option(text: str) -> Option:
    """Read ``navn: element, element=værdi``; a name alone means grundtakst.

    Raises InputError when the name is missing or an element is unknown or contradicts another.
    """
    name, colon, elements = text.partition(":")
    words = set(re.split(r"[\s,;=]+", text.lower()))
    if not name.strip() or (not colon and ("=" in text or "," in text or words & set(element_names()))):
        raise InputError(
            f"Valgmuligheden {shown(text)} har intet navn",
            why="en valgmulighed skrives 'navn: element, element=værdi'",
            next_step='skriv fx "Nuværende ordning: kommunetakst, bytakst=low"',
        )
    package = parse_package(elements)
    try:
        return Option(name=name, elements=package.elements())
    except ValidationError as error:
        raise InputError(
            f"Valgmuligheden {shown(name)} kan ikke bruges: {faults_in_danish(error)}",
            where="options",
            next_step="giv den et andet navn",
        ) from None


def build_scenario(values: dict[str, Any], where: str) -> Scenario:
    """Return a checked scenario; raises InputError saying which value is wrong and why.

    Where spending is stated, several options and no start date, they take effect the day after the spending's.
    """
    spent_to = values.get("spent_to")
    if isinstance(spent_to, date) and values.get("start") is None and len(values.get("options", ())) > 1:
        following = spent_to + timedelta(days=1)
        values = {**values, "start": following} if following.year == spent_to.year else values
    try:
        scenario = Scenario(**values)
    except ValidationError as error:
        raise InputError(
            f"Scenariet kan ikke bruges: {faults_in_danish(error)}",
            where=where,
            next_step="ret værdien; se docs/scenarios.md",
            about=_about(error),
        ) from None
    # Contradictions are said now, not in the middle of a run.
    check_destinations([o.package for o in scenario.options], [fact.name for fact in scenario.free_destinations])
    return scenario


def _about(error: ValidationError) -> About | None:
    """Return the scenario's field that the first fault is of, None for one of several together."""
    first = error.errors()[0]
    raised = first.get("ctx", {}).get("error")
    if isinstance(raised, WrongFieldError):
        return About(raised.field)
    return About(str(first["loc"][0])) if first["loc"] else None


def read_scenario(path: Path) -> dict[str, Any]:
    """Read a scenario file's values; raises DataError when it cannot be read as TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputError(f"Scenariefilen {path} findes ikke", next_step="kontrollér stien") from None
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DataError(
            "Scenariefilen kan ikke læses",
            where=str(path),
            why=str(error),
            next_step="ret filen; den skal være TOML i UTF-8",
        ) from None


def faults_in_danish(error: ValidationError) -> str:
    """Say in Danish where the faults are and what they are."""
    return "; ".join(
        ": ".join(filter(None, [".".join(str(part) for part in fault["loc"]), _danish(fault)]))
        for fault in error.errors()
    )


def _danish(fault: Any) -> str:
    """Say a validation fault in Danish; the machine's own words only where there is no better."""
    kind, context = fault["type"], fault.get("ctx", {})
    messages = {
        "extra_forbidden": "ukendt nøgle",
        "missing": "mangler",
        "too_short": "der skal være mindst én",
        "too_long": f"højst {context.get('max_length')}",
        "string_too_short": "må ikke være tom",
        "string_too_long": f"højst {context.get('max_length')} tegn",
        "greater_than_equal": f"skal være mindst {_number(context.get('ge', 0))}",
        "greater_than": f"skal være over {_number(context.get('gt', 0))}",
        "less_than_equal": f"må højst være {_number(context.get('le', 0))}",
        "finite_number": "skal være et tal",
        "int_type": "skal være et helt tal",
        "float_type": "skal være et tal",
        "float_parsing": "skal være et tal",
        "string_type": "skal være tekst",
        "string_unicode": "er ikke gyldig UTF-8",
        "literal_error": f"skal være {context.get('expected')}",
        "bool_type": "skal være true eller false",
        "tuple_type": "skal være en liste",
        "dict_type": "skal være en tabel",
        "model_type": "skal være en tabel",
        "date_type": "skal være en dato som 2020-07-01",
    }
    if kind == "value_error":
        return str(context.get("error", fault["msg"]))
    return messages.get(kind, fault["msg"])


def _number(value: float) -> str:
    """Write a limit with the Danish marks.

    >>> _number(5_000_000), _number(0.5)
    ('5.000.000', '0,50')
    """
    return danish(value, 0 if value == int(value) else 2)
