"""What of a scenario each door can be told: the scenario's own fields are the list, and what a door lacks is said here with why."""

from datetime import date
from typing import Annotated, Any

import pytest
from pydantic import BaseModel, Field

from api.cli.clinic_options import NAMES
from api.cli.compare import command
from api.http.bodies import as_json, body_of
from api.http.models import Day
from api.http.scenarios import ScenarioBody
from api.web.clinic_form import ClinicForm
from api.web.form import LineForm, Plan
from api.web.months import from_address, of_scenario
from api.web.option_form import OptionForm
from api.web.reading import Faults
from api.web.values import scenario_values
from sim.inputs.scenario.scenario import (
    Clinic,
    FreeDestinationFacts,
    ObservedMonths,
    Option,
    OwnLine,
    Scenario,
    build_scenario,
)
from tariffs.errors import InputError

ALL = set(Scenario.model_fields)
OFFICE = "a file on the service's machine: it is sent instead, as observed_months"
ANALYST = "an analyst's, in a scenario file, on the command line or over HTTP"
PAGE_LACKS = {
    "name": "an answer is saved under a name", "seed": ANALYST, "draws": ANALYST, "min_replications": ANALYST,
    "max_replications": ANALYST, "reference": ANALYST, "variant": ANALYST, "switches": ANALYST, "fee_pooling": ANALYST,
    "observed": OFFICE,
}  # fmt: skip
HTTP_LACKS = {"observed": OFFICE}
COMMAND_LACKS = {"name": "in a scenario file", "observed_months": "--observed takes them from a file"}
CALLED = {
    "assume": "assumptions",
    "visits": "free_destinations",
    "option_towns": "options",
    **dict.fromkeys(NAMES, "clinic"),
}


def test_the_command_line_takes_every_field_of_a_scenario_but_those_named_here() -> None:
    taken = {CALLED.get(str(parameter.name), str(parameter.name)) for parameter in command.params}
    assert ALL - taken == set(COMMAND_LACKS)


def test_the_api_takes_every_field_of_a_scenario_but_those_named_here() -> None:
    assert ALL - set(ScenarioBody.model_fields) == set(HTTP_LACKS)


def test_the_page_takes_every_field_of_a_scenario_but_those_named_here() -> None:
    months = of_scenario({"year": 2019, "months": [1], "passengers": [900], "cost_kr": None})
    assert from_address(months) is not None
    whole = Plan(
        "0316", (OptionForm(), OptionForm(free=("Huset",))), "2019", start="1.9.2019", passengers="12.000", counted="2018",
        upload="upload:" + "0" * 64, zones=("Holbæk",), areas="areas:" + "0" * 64, timetable="timetable:" + "0" * 64,
        transfer_points=("Holbæk St.",), budget="1",
        spent="1", spent_to="30.6.2019", neighbours=("0306",), years_ahead="3", lines=(LineForm("1", "Bus", "-4"),),
        visits={"Huset": ("30", "")}, clinic=ClinicForm("Huset", "40"), assumptions={"online_share": "0,5"}, as_if_flextur=True,
        lists=("prices:" + "0" * 64,), known_only=True,
    )  # fmt: skip
    faults = Faults()
    told = scenario_values(whole, faults)
    own = scenario_values(Plan("0316", (OptionForm(),), "2019", months=months), faults)
    assert not faults
    assert told["start"] == date(2019, 9, 1)
    taken = {"municipalities" if key == "municipality" else key for key in {*told, *own}}
    assert ALL - taken == set(PAGE_LACKS)


@pytest.mark.parametrize("record", [Option, FreeDestinationFacts, Clinic, OwnLine, ObservedMonths])
def test_the_api_takes_every_field_of_the_records_in_a_scenario(record: type[BaseModel]) -> None:
    assert f"{record.__name__}Body" in ScenarioBody.model_json_schema()["$defs"]
    assert set(record.model_fields) == set(body_of(record).model_fields)


LIMITS = (
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "minItems",
    "maxItems",
    "minLength",
    "maxLength",
    "enum",
)
OF_THE_SERVICE = {
    "municipalities": "minItems",
    "tariff_files": "maxItems",
    "options": "",
    "reference": "maxItems",
    "trips": "maxLength",
}


def limits(schema: dict[str, Any]) -> dict[str, Any]:
    """The limits that stand in a field's schema, those of the one kind beside null too."""
    found = {name: schema[name] for name in LIMITS if name in schema}
    for other in schema.get("anyOf", ()):
        found |= limits(other)
    return found


def test_the_limits_of_the_api_are_the_scenarios_own_and_never_wider() -> None:
    """A number, a text or a list that a scenario file may not have is refused at the door, by the declaration that the file is read by."""
    ours, theirs = (model.model_json_schema()["properties"] for model in (Scenario, ScenarioBody))
    told = {name: limits(about) for name, about in ours.items() if name in theirs and name not in OF_THE_SERVICE}
    assert {name for name, own in told.items() if own} >= {
        "year",
        "seed",
        "passengers",
        "draws",
        "years_ahead",
        "counted_year",
    }
    for name, own in told.items():
        assert limits(theirs[name]).items() >= own.items(), name


def test_what_a_record_has_no_limit_to_has_the_services_in_a_body() -> None:
    class Wide(BaseModel):
        text: str = ""
        names: tuple[str, ...] = ()
        kr: float | None = None
        few: Annotated[tuple[Annotated[int, Field(ge=3)], ...], Field(max_length=2)] = ()

    about = body_of(Wide).model_json_schema()["properties"]
    assert (about["text"]["maxLength"], about["names"]["maxItems"], about["names"]["items"]["maxLength"]) == (
        120,
        20,
        120,
    )
    assert limits(about["kr"]) == {"maximum": 1e12}
    assert (about["few"]["maxItems"], about["few"]["items"]["minimum"]) == (2, 3)
    assert as_json(date | None) == (Day | None)


@pytest.mark.parametrize(
    ("passengers", "said"), [(0.0, "skal være mindst 1"), (5_000_001.0, "må højst være 5.000.000")]
)
def test_a_limit_is_said_with_danish_marks(passengers: float, said: str) -> None:
    with pytest.raises(InputError, match=f"passengers: {said}"):
        build_scenario({"municipality": "0316", "options": [{"name": "I dag"}], "passengers": passengers}, "prøven")


def test_a_field_that_is_left_out_means_the_same_over_http_as_in_a_file() -> None:
    meant = {"municipality": "Holbæk", "options": [{"name": "I dag"}]}
    asked = {
        key: value
        for key, value in ScenarioBody.model_validate(meant).model_dump().items()
        if value is not None and key not in meant
    }
    in_file = build_scenario(meant, "prøven").model_dump()
    assert {key: in_file[key] for key in asked} == {
        key: tuple(value) if isinstance(value, list) else value for key, value in asked.items()
    }


def test_an_options_fields_are_all_on_the_page() -> None:
    option = OptionForm("Ny", True, "48", free=("Huset",), plustur=True, zones=("Holbæk",))
    drawn = OptionForm("Tegnet", areas="areas:" + "0" * 64)
    faults = Faults()
    told = scenario_values(Plan("0316", (OptionForm(), option, drawn), "2020"), faults)["options"]
    assert not faults
    assert {key for one in told for key in one} == set(Option.model_fields)
