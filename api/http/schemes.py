"""The scheme in force and one beside it, asked about in an address: what the estimate and the goal seek have in common."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any

from pydantic import Field

from api.http.models import MOST_ELEMENTS, Parameters, Text
from api.http.scenarios import USUAL
from api.http.words import both
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
    town_zone: Annotated[list[Text], Field(max_length=MOST_ELEMENTS, default_factory=list)]
    variant: Text = ""


def asked_study(
    municipality: str,
    today: str | None,
    asked: str | None,
    year: int,
    passengers: float | None,
    town_zones: tuple[str, ...],
    lines: Sequence[tuple[str, str]] = (),
    settings: Settings | None = None,
    **more: Any,
) -> Study:
    """Return the study of the scheme in force and the one asked about; each is known or assumed, or today's, where it is None.

    With ``lines`` the one asked about is there once for each, by name and town areas that are kept, areas:<id>.

    ``more`` are further values of the scenario. Raises InputError.
    """
    from sim.geography.municipalities import find_municipality
    from sim.inputs.scenario.scenario import build_scenario
    from sim.study.prepare import prepare
    from tariffs import load_municipal_choices, parse_package

    code = find_municipality(municipality).code
    known = (
        load_municipal_choices().choices(code, date(year, 12, 31)).package if today is None else parse_package(today)
    )
    beside = known if asked is None else parse_package(asked)
    values: dict[str, Any] = {
        "municipality": code,
        "options": [
            {"name": TODAY_NAME, "elements": known.elements()},
            {"name": ASKED_NAME, "elements": beside.elements()},
        ],
        "year": year,
        **more,
    }
    values |= {} if passengers is None else {"passengers": passengers}
    values |= {"town_zones": list(town_zones)} if town_zones else {}
    scenario = build_scenario(values, "forespørgslen")
    if lines:
        from api.jobs.accepting import naming, placed
        from sim.desk.goal.lines import with_lines

        told = with_lines(scenario, lines)
        lies = placed(told, settings or Settings())
        with naming(told, lies):
            return prepare(lies, code)
    return prepare(scenario, code)
