"""``--option-town``: an option's own town line on the command line."""

import json

from api.cli.scenario_values import scenario_values
from sim.inputs.scenario.scenario import build_scenario

OPTIONS = ("--municipality", "Holbæk", "--passengers", "6000", "--option", "I dag: kommunetakst, bytakst=low",
           "--option", "Større: kommunetakst, bytakst=low")  # fmt: skip


def test_an_options_own_line_is_estimated_on_the_same_people(takstlab) -> None:
    status, told, _ = takstlab("estimate", *OPTIONS, "--option-town", "Større: Holbæk, Tølløse, Jyderup", "--json")
    assert status == 0
    (told,) = json.loads(told)
    today, larger = told["options"]
    assert round(today["passengers"]) == 6000
    assert larger["change"]["trips"] < 0
    assert any("Større har sit eget byområde: Holbæk, Tølløse, Jyderup" in note for note in told["notes"])


def test_a_line_for_an_option_there_is_none_of_is_refused_with_the_names_there_are(takstlab) -> None:
    status, _, error = takstlab("estimate", *OPTIONS, "--option-town", "Størr: Holbæk")
    assert status == 2
    assert "valgmulighederne er 'I dag', 'Større'" in error


def test_a_scenario_files_option_has_its_line_and_the_command_line_goes_before_it(tmp_path) -> None:
    file = tmp_path / "scenarie.toml"
    file.write_text(
        'municipality = "Holbæk"\n[[options]]\nname = "I dag"\nelements = ["kommunetakst"]\n'
        '[[options]]\nname = "Linje"\nelements = ["kommunetakst", "bytakst=low"]\ntown_zones = ["Jyderup"]\n',
        encoding="utf-8",
    )
    given = {"assume": (), "switches": (), "municipalities": (), "options": (), "reference": None, "passengers": None,
             "start": None}  # fmt: skip
    read = build_scenario(scenario_values(file, dict(given)), "test")
    assert read.options[1].town_zones == ("Jyderup",)
    over = build_scenario(scenario_values(file, {**given, "option_towns": ("Linje: Holbæk",)}), "test")
    assert over.options[1].town_zones == ("Holbæk",)
    assert over.options[0].town_zones is None
