"""`takstlab municipalities` lists what is known, for people and for machines."""

import json

import pytest
from click.testing import CliRunner

from api.cli.municipalities import command
from tariffs.errors import InputError


def test_all_45_are_listed_with_the_attribution() -> None:
    result = CliRunner().invoke(command, [])
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert sum(line[:4].isdecimal() for line in lines) == 45
    holbaek = next(line for line in lines if line.startswith("0316"))
    assert "71.541" in holbaek
    assert "kendt" in holbaek
    assert "OpenStreetMap contributors" in result.output


def test_json_has_whole_numbers_and_plain_names() -> None:
    result = CliRunner().invoke(command, ["--json", "--year", "2020", "Holbæk", "0101"])
    content = json.loads(result.output)
    assert content["year"] == 2020
    assert [row["code"] for row in content["municipalities"]] == ["0316", "0101"]
    first, second = content["municipalities"]
    assert first["population_2020"] == 71_541
    assert first["flextur"] == "known"
    assert second["flextur"] == "no"


def test_an_unknown_municipality_is_refused() -> None:
    with pytest.raises(InputError, match="Nowhere"):
        CliRunner().invoke(command, ["Nowhere"], catch_exceptions=False)


def test_a_fare_that_no_element_expresses_is_listed_as_it_is() -> None:
    (row,) = json.loads(CliRunner().invoke(command, ["--json", "--year", "2024", "Vordingborg"]).output)[
        "municipalities"
    ]
    assert "60 kr. pr. tur fra 21-01-2024" in row["own_fare"]
    assert row["kommunetakst"] is None
    assert row["bytakst"] is None
    assert "egen takst: 60 kr. pr. tur" in CliRunner().invoke(command, ["--year", "2024", "Vordingborg"]).output
    (before,) = json.loads(CliRunner().invoke(command, ["--json", "--year", "2022", "0390"]).output)["municipalities"]
    assert (before["own_fare"], before["bytakst"]) == (None, "low")
