"""The plan of a scenario that was run: how a stored answer leads back to the page it was built on."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from api.web.clinic_form import ClinicForm
from api.web.form import LineForm, Plan
from api.web.known import levels_of
from api.web.months import of_scenario
from api.web.option_form import option_of
from api.web.reading import day_text
from sim.geography.municipalities import find_municipality
from tariffs import parse_package
from tariffs.typed import in_field


def plan_of(scenario: Mapping[str, Any], list_files: tuple[Path, ...] = ()) -> Plan:
    """Return the plan of a scenario that was run, as its manifest has it."""

    def text(value: float | None) -> str:
        return "" if value is None else in_field(value)

    levels = levels_of(str(scenario["year"]), day_text(scenario.get("start")), list_files)
    options = tuple(
        replace(
            option_of(parse_package(",".join(o["elements"])), levels, o["name"]),
            zones=tuple(o.get("town_zones") or ()),
            areas=o.get("town_areas") or "",
        )
        for o in scenario["options"]
    )
    places = {option.name: str(number) for number, option in enumerate(options)}
    clinic = scenario.get("clinic") or {}
    plan = Plan(
        municipality=find_municipality(scenario["municipalities"][0]).code,
        options=options,
        year=str(scenario["year"]),
        start=day_text(scenario.get("start")),
        passengers=text(scenario.get("passengers")),
        counted=str(scenario.get("counted_year") or ""),
        months=of_scenario(scenario.get("observed_months")),
        alone=len(options) == 1,
        upload=scenario.get("trips") or "",
        zones=tuple(scenario.get("town_zones") or ()),
        areas=scenario.get("town_areas") or "",
        timetable=scenario.get("gtfs") or "",
        transfer_points=tuple(scenario.get("transfer_points") or ()),
        budget=text(scenario.get("budget_kr")),
        spent=text(scenario.get("spent_kr")),
        spent_to=day_text(scenario.get("spent_to")),
        neighbours=tuple(scenario.get("neighbours") or ()),
        years_ahead=str(scenario.get("years_ahead") or ""),
        lines=tuple(
            LineForm(places.get(own["option"], ""), own["name"], text(own["kr"]))
            for own in scenario.get("own_lines") or ()
        ),
        visits={
            own["name"]: (text(own.get("trips_per_month_before")), text(own.get("added_trips_per_month")))
            for own in scenario.get("free_destinations") or ()
        },
        clinic=ClinicForm(
            clinic.get("destination") or "",
            *(
                text(clinic.get(key))
                for key in ("visits_moved_a_year", "nurse_kr_per_hour", "minutes_driven_per_visit")
            ),
        ),
        assumptions={
            key: ";".join(text(v) for v in (value if isinstance(value, list | tuple) else [value]))
            for key, value in (scenario.get("assumptions") or {}).items()
        },
        as_if_flextur=bool(scenario.get("offers_flextur")),
        lists=tuple(scenario.get("tariff_files") or ()),
        known_only=bool(scenario.get("known_prices_only")),
        list_files=list_files,
    )
    return plan.following()
