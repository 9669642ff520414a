"""The scheme in force and one beside it, asked about in an address: what the estimate and the goal seek have in common."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from api.http.models import MOST_ELEMENTS, KnownOnly, Parameters, TariffFiles, Text
from api.http.scenarios import USUAL, TimetableName
from api.http.words import both
from api.jobs.accepting import naming, placed
from api.settings import Settings
from sim.study.study import Study

TODAY_NAME, ASKED_NAME = "Nuværende ordning", "Valgt"


class SchemeParameters(Parameters):
    """What is in force, where and when."""

    today: Annotated[
        Text | None,
        Field(
            examples=["kommunetakst, bytakst=low"],
            description=both(
                "Nuværende ordning; udeladt: kommunens kendte eller antagne valg i året.",
                "The option in force; if left out: the municipality's known or assumed choice in the year.",
            ),
        ),
    ] = None
    year: Annotated[int, Field(ge=1990, le=2100, description=USUAL)] | None = None
    passengers: Annotated[
        float | None,
        Field(ge=1, le=5_000_000, description=both("Kommunens egne om året.", "The municipality's own a year.")),
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
    town_zone: Annotated[list[Text], Field(max_length=MOST_ELEMENTS, default_factory=list)]
    transfer_point: Annotated[
        list[Text],
        Field(
            max_length=MOST_ELEMENTS,
            default_factory=list,
            examples=[[]],
            description=both("Skiftested for plustur.", "A transfer point for plustur."),
        ),
    ]
    gtfs: Annotated[TimetableName | None, Field(examples=[None])] = None
    tariff_file: TariffFiles
    known_prices_only: KnownOnly = False
    variant: Text = ""

    def scenario(self) -> dict[str, Any]:
        """Return what of a scenario is asked for, but for the options, the municipality and the year."""
        asked = {
            "passengers": self.passengers,
            "counted_year": self.counted_year,
            "town_zones": self.town_zone or None,
            "transfer_points": self.transfer_point or None,
            "gtfs": self.gtfs,
            "tariff_files": self.tariff_file or None,
            "known_prices_only": self.known_prices_only,
            "variant": self.variant,
        }
        return {key: value for key, value in asked.items() if value is not None}


def asked_study(
    municipality: str,
    scheme: SchemeParameters,
    asked: str | None,
    year: int,
    settings: Settings,
    lines: Sequence[tuple[str, str]] = (),
    **more: Any,
) -> Study:
    """Return the study of the scheme in force and the one asked about; each is known or assumed, or today's, where it is None.

    With ``lines`` the one asked about is there once for each, by name and town areas that are kept, areas:<id>.

    ``more`` are further values of the scenario. Raises InputError.
    """
    from sim.desk.goal.lines import with_lines
    from sim.geography.municipalities import find_municipality
    from sim.inputs.scenario.scenario import build_scenario
    from sim.study.prepare import prepare
    from tariffs import load_municipal_choices, parse_package

    code = find_municipality(municipality).code
    known = (
        load_municipal_choices().choices(code, date(year, 12, 31)).package
        if scheme.today is None
        else parse_package(scheme.today)
    )
    beside = known if asked is None else parse_package(asked)
    values: dict[str, Any] = {
        "municipality": code,
        "options": [
            {"name": TODAY_NAME, "elements": known.elements()},
            {"name": ASKED_NAME, "elements": beside.elements()},
        ],
        "year": year,
        **scheme.scenario(),
        **more,
    }
    scenario = build_scenario(values, "forespørgslen")
    told = with_lines(scenario, lines) if lines else scenario
    kept = placed(told, settings)
    with naming(told, kept):
        return prepare(kept, code)
