"""A comparison as the service takes it: a scenario without files, and what it would cost to calculate."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from api.clock import year_meant
from api.http.models import MOST_ELEMENTS, Body, Day, Element, KnownOnly, TariffFiles, Text
from api.http.problems import TooMuchWorkError
from api.http.words import both
from api.months_over import check_months_are_over
from api.settings import Settings
from api.store.uploads import uploads_of
from sim.geography.municipalities import find_municipality
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import MAX_OWN_KR, MAX_OWN_LINES
from sim.riders.demand.volume import allocated_volume
from sim.study.replicated.parallel import default_workers
from tariffs.errors import InputError

PASSENGERS_PER_CORE_SECOND = 20_000
"""Passengers of one option and replication that one core drives in a second, measured low."""
AT_LEAST_S = 10.0
MOST_OPTIONS = 12
Amount = Annotated[float, Field(ge=0, le=1e12)]
Names = Annotated[list[Text], Field(min_length=1, max_length=MOST_ELEMENTS)]

USUAL = both(
    "Udeladt: det år, der budgetteres (fra august det næste).",
    "If left out: the year being budgeted (from August the next).",
)

TimetableName = Annotated[
    str,
    Field(
        pattern=r"^timetable:[0-9a-f]{64}$",
        description=both("En indlæst køreplan, timetable:<id>.", "A timetable that was sent, timetable:<id>."),
    ),
]
OptionText = Annotated[str, Field(min_length=1, max_length=500, examples=["Bytakst 60: kommunetakst, bytakst=high"])]


class OptionBody(Body):
    """A package of service elements under a name; no elements is grundtakst alone."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    elements: Annotated[list[Element], Field(max_length=MOST_ELEMENTS, default_factory=list)]
    town_zones: Annotated[
        list[Text] | None,
        Field(max_length=MOST_ELEMENTS, description=both("Valgmulighedens egne byområder.", "Town areas of its own.")),
    ] = None
    town_areas: Annotated[
        str | None,
        Field(
            pattern=r"^areas:[0-9a-f]{64}$",
            description=both("Valgmulighedens egen bylinje, areas:<id>.", "A town line of its own, areas:<id>."),
        ),
    ] = None


class FreeDestinationBody(Body):
    """What is known of a free destination's flextur trips a month."""

    name: Text
    trips_per_month_before: Amount | None = None
    added_trips_per_month: Amount | None = None


class ClinicBody(Body):
    """Home visits by nurses that become rides to a clinic."""

    destination: Text
    visits_moved_a_year: Amount
    nurse_kr_per_hour: Annotated[float, Field(gt=0, le=1e6)] | None = None
    minutes_driven_per_visit: Amount | None = None


class OwnLineBody(Body):
    """An amount of the municipality's own beside an option's net cost, whole kroner a year, below zero when saved."""

    option: Annotated[str, Field(min_length=1, max_length=120)]
    name: Annotated[str, Field(min_length=1, max_length=120)]
    kr: Annotated[int, Field(ge=-MAX_OWN_KR, le=MAX_OWN_KR)]


class ObservedBody(Body):
    """The municipality's own months of one year, a number for each; the model is fitted to them."""

    year: Annotated[int, Field(ge=2014, le=2100)]
    months: Annotated[list[Annotated[int, Field(ge=1, le=12)]], Field(min_length=1, max_length=12)]
    passengers: Annotated[list[Annotated[int, Field(ge=0, le=5_000_000)]], Field(min_length=1, max_length=12)]
    cost_kr: Annotated[
        list[Annotated[float, Field(ge=-MAX_OWN_KR, le=MAX_OWN_KR)]] | None,
        Field(max_length=12, description=both("Nettoudgift i kr.", "Net cost in kroner.")),
    ] = None
    notes: Annotated[
        list[Annotated[str, Field(max_length=600)]] | None,
        Field(
            max_length=40,
            description=both(
                "Hvad der er sagt om filen; svaret siger det igen.", "Said of the file; the answer repeats it."
            ),
        ),
    ] = None


class ScenarioBody(Body):
    """A comparison: the keys of docs/scenarios.md; ``trips``, ``town_areas``, ``gtfs`` and ``tariff_files`` name what was sent."""

    name: Annotated[Text, Field(description=both("Hører ikke til identiteten.", "Not part of the identity."))] = ""
    municipality: Annotated[Text | None, Field(description=both("Kode eller navn.", "Code or name."))] = None
    municipalities: Annotated[list[Text], Field(min_length=1, max_length=45)] | None = None
    options: Annotated[
        list[OptionBody | OptionText],
        Field(
            min_length=1,
            max_length=MOST_OPTIONS,
            description=both("Den første er nuværende ordning.", "The first is the option in force."),
        ),
    ]
    year: Annotated[int, Field(ge=1990, le=2100, description=USUAL)] | None = None
    start: Annotated[
        Day | None,
        Field(description=both("Ændringens dag: virkningen i budgetåret.", "The day the change takes effect.")),
    ] = None
    seed: Annotated[int, Field(ge=0, le=2**31 - 1)] = 1
    passengers: Annotated[
        float | None,
        Field(ge=1, le=5_000_000, description=both("Kommunens eget tal.", "The municipality's own number.")),
    ] = None
    counted_year: Annotated[
        int | None,
        Field(
            ge=2014,
            le=2100,
            description=both(
                "Det år, passagererne er talt i; de føres til year.",
                "The year the passengers were counted in; carried to year.",
            ),
        ),
    ] = None
    observed_months: ObservedBody | None = None
    reference: Annotated[list[Element], Field(max_length=MOST_ELEMENTS)] | None = None
    town_zones: Names | None = None
    town_areas: Annotated[
        str | None,
        Field(
            pattern=r"^areas:[0-9a-f]{64}$",
            description=both("Indlæste byområder, areas:<id>.", "Town areas that were sent, areas:<id>."),
        ),
    ] = None
    free_destinations: Annotated[list[FreeDestinationBody], Field(max_length=MOST_ELEMENTS, default_factory=list)]
    tariff_files: TariffFiles
    variant: Text = ""
    known_prices_only: KnownOnly = False
    switches: Annotated[dict[Text, Text], Field(max_length=MOST_ELEMENTS, default_factory=dict)]
    fee_pooling: Literal["movia", "municipality"] = "movia"
    offers_flextur: bool = False
    trips: Annotated[
        str | None,
        Field(
            pattern=r"^upload:[0-9a-f]{64}$",
            description=both("En indlæst turliste, upload:<id>.", "A list of trips that was uploaded, upload:<id>."),
        ),
    ] = None
    assumptions: Annotated[
        dict[Text, float | Annotated[list[float], Field(min_length=1, max_length=100)]],
        Field(max_length=200, default_factory=dict),
    ]
    budget_kr: Amount | None = None
    spent_kr: Amount | None = None
    spent_to: Day | None = None
    neighbours: Annotated[list[Text], Field(max_length=10, default_factory=list)]
    own_lines: Annotated[list[OwnLineBody], Field(max_length=MAX_OWN_LINES, default_factory=list)]
    years_ahead: Annotated[int, Field(ge=0, le=5)] = 0
    clinic: ClinicBody | None = None
    transfer_points: Names | None = None
    gtfs: TimetableName | None = None
    draws: Annotated[int, Field(ge=0, le=64)] = 32
    min_replications: Annotated[int, Field(ge=2, le=40)] = 5
    max_replications: Annotated[int, Field(ge=2, le=1000)] = 40

    def values(self, today: date) -> dict[str, Any]:
        """Return what was told, as a scenario file has it, with the year where none is; raises InputError for a day that is none."""
        told = {key: value for key, value in self.model_dump(exclude_unset=True).items() if value is not None}
        told["options"] = [
            {key: value for key, value in option.items() if value is not None} if isinstance(option, dict) else option
            for option in told["options"]
        ]
        for key in ("start", "spent_to"):
            if key in told:
                read_day(told[key], key)
        check_months_are_over(told, today)
        told.setdefault("year", year_meant(told, today))
        if ("municipality" in told) == ("municipalities" in told):
            raise InputError(
                "scenariet skal have én slags kommune", next_step="skriv enten municipality eller municipalities"
            )
        return told


def read_day(text: str, where: str) -> date:
    """Return a day; raises InputError when there is no such day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError("dagen findes ikke", where=where, next_step="skriv den som 2020-07-01") from None


def check_ready(values: dict[str, Any], settings: Settings) -> None:
    """Make the scenario ready as the run will, so that what cannot be run is refused before it is taken on.

    Where the municipality's roads have not been measured yet, which takes seconds, the run measures them, unless something is asked
    for that can only be checked on them. Raises InputError for an unknown place or assumption, a municipality without
    flextur, a year without fares, and the like.
    """
    from api.jobs.accepting import accept, naming
    from sim.answer.budget.recalibration import without_cost
    from sim.answer.clinic.account import check_clinic
    from sim.answer.outlook.outlook import prepare_outlook
    from sim.study.prepare import prepare
    from sim.study.terms import is_measured, terms_of

    accepted = accept(values, settings)
    for code in accepted.municipalities:
        with naming(accepted.scenario, accepted.placed):
            fitted = without_cost(accepted.placed, code)
            terms = terms_of(fitted, code)
            if not _rests_on_roads(fitted) and not is_measured(terms.land):
                continue
            study = prepare(fitted, code)
            check_clinic(study)
            prepare_outlook(study)


def _rests_on_roads(scenario: Scenario) -> bool:
    """Whether a scenario has parts that are refused when they do not fit the municipality's map or a year to come."""
    return bool(
        scenario.trips or scenario.gtfs or scenario.transfer_points or scenario.clinic or scenario.neighbours or scenario.years_ahead
        or any(option.package.free_destinations for option in scenario.options)
    )  # fmt: skip


def core_seconds(body: ScenarioBody, settings: Settings) -> float:
    """Return about what a run costs at most: passengers driven in every option, replication, draw and year asked for."""
    from api.jobs.accepting import upload_in

    codes = [find_municipality(text).code for text in body.municipalities or [body.municipality or ""]]
    register = load_assumptions()
    uploads, upload = uploads_of(settings), upload_in({"trips": body.trips})
    listed = uploads.get(upload).account["passengers"] if upload is not None and uploads.has(upload) else None
    counted = None if body.observed_months is None else sum(body.observed_months.passengers)
    passengers = sum(
        listed or counted or body.passengers or allocated_volume(code, register).passengers for code in codes
    )
    runs = (
        len(body.options) * (body.max_replications + body.draws) * (1 + body.years_ahead) * (1 + len(body.neighbours))
    )
    return AT_LEAST_S + runs * passengers / PASSENGERS_PER_CORE_SECOND


def check_cost(seconds: float, settings: Settings) -> None:
    """Refuse what cannot be calculated in the time a run is given; raises TooMuchWorkError."""
    allowed = settings.run_seconds * (settings.workers or default_workers())
    if seconds > allowed:
        raise TooMuchWorkError(
            f"Kørslen vil tage omkring {seconds / 3600:.1f} kernetimer".replace(".", ","),
            why=f"tjenesten giver en kørsel {allowed / 3600:.1f} kernetimer".replace(".", ","),
            next_step="vælg færre valgmuligheder, sæt forudsætninger (draws), gentagelser, overslagsår eller naboer",
        )
