"""What of a scenario each door can be told: the scenario's own fields are the list, and what a door lacks is said here with why."""

from datetime import date

import pytest
from pydantic import BaseModel

from api.cli.clinic_options import NAMES
from api.cli.compare import command
from api.http.scenarios import ClinicBody, FreeDestinationBody, ObservedBody, OptionBody, OwnLineBody, ScenarioBody
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


@pytest.mark.parametrize(
    ("record", "body"),
    [(Option, OptionBody), (FreeDestinationFacts, FreeDestinationBody), (Clinic, ClinicBody), (OwnLine, OwnLineBody),
     (ObservedMonths, ObservedBody)],
)  # fmt: skip
def test_the_api_takes_every_field_of_the_records_in_a_scenario(record: type[BaseModel], body: type[BaseModel]) -> None:
    assert set(record.model_fields) == set(body.model_fields)


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
