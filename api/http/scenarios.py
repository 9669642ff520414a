"""A comparison as the service takes it: a scenario without files, and what it would cost to calculate."""

from datetime import date
from typing import Annotated, Any

from pydantic import Field

from api.clock import year_meant
from api.http.bodies import Wire, as_json, body_of
from api.http.models import MOST_ELEMENTS, Element, KnownOnly, TariffFiles, Text
from api.http.problems import TooMuchWorkError
from api.http.words import both
from api.months_over import check_months_are_over
from api.settings import Settings
from api.store.uploads import uploads_of
from sim.geography.municipalities import find_municipality
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import MAX_OPTIONS, Option
from sim.riders.demand.volume import allocated_volume
from sim.study.replicated.parallel import default_workers
from tariffs.errors import InputError

PASSENGERS_PER_CORE_SECOND = 20_000
"""Passengers of one option and replication that one core drives in a second, measured low."""
AT_LEAST_S = 10.0

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


AreasName = Annotated[
    str,
    Field(
        pattern=r"^areas:[0-9a-f]{64}$",
        description=both("Indlæste byområder, areas:<id>.", "Town areas that were sent, areas:<id>."),
    ),
]
UploadName = Annotated[
    str,
    Field(
        pattern=r"^upload:[0-9a-f]{64}$",
        description=both("En indlæst turliste, upload:<id>.", "A list of trips that was uploaded, upload:<id>."),
    ),
]
Elements = Annotated[list[Element], Field(max_length=MOST_ELEMENTS)]
OptionBody = body_of(
    Option, {"elements": (Elements, Field(default_factory=list)), "town_areas": (AreasName | None, None)}
)
Options = Annotated[
    list[OptionBody | OptionText],  # type: ignore[valid-type]
    Field(
        min_length=1,
        max_length=MAX_OPTIONS,
        description=both("Den første er nuværende ordning.", "The first is the option in force."),
    ),
]
_SENT: dict[str, Wire] = {
    "municipality": (Text | None, None),
    "municipalities": (Annotated[list[Text], Field(min_length=1, max_length=45)] | None, None),
    "options": (Options, ...),
    "year": (
        as_json(Scenario.model_fields["year"].annotation, tuple(Scenario.model_fields["year"].metadata)) | None,
        None,
    ),
    "reference": (Elements | None, None),
    "town_areas": (AreasName | None, None),
    "tariff_files": (TariffFiles, ...),
    "known_prices_only": (KnownOnly, False),
    "trips": (UploadName | None, None),
    "gtfs": (TimetableName | None, None),
}
"""What is said otherwise to the service: one municipality by name, today's year where none is, what was sent by its id."""
_WHAT = {
    "municipality": both("Kode eller navn.", "Code or name."),
    "name": both("Hører ikke til identiteten.", "Not part of the identity."),
    "year": USUAL,
    "start": both("Ændringens dag: virkningen i budgetåret.", "The day the change takes effect."),
    "passengers": both("Kommunens eget tal.", "The municipality's own number."),
    "counted_year": both(
        "Det år, passagererne er talt i; de føres til year.",
        "The year the passengers were counted in; carried to year.",
    ),
    "observed_months": both("Kommunens egne måneder af ét år.", "The municipality's own months of one year."),
}


class ScenarioBody(body_of(Scenario, _SENT, _WHAT, without={"observed"})):  # type: ignore[misc]
    """A comparison: the keys of docs/scenarios.md; ``trips``, ``town_areas``, ``gtfs`` and ``tariff_files`` name what was sent."""

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
            f"Simuleringen vil tage omkring {seconds / 3600:.1f} kernetimer".replace(".", ","),
            why=f"tjenesten giver en simulering {allowed / 3600:.1f} kernetimer".replace(".", ","),
            next_step="vælg færre valgmuligheder, sæt forudsætninger (draws), gentagelser, overslagsår eller naboer",
        )
