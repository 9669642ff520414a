"""A study with a price of the option's own: calculated by it and nothing else, and said to be one."""

from dataclasses import replace

import numpy as np
import pytest

from sim.answer.citizen_prices import citizen_prices
from sim.answer.outlook.outlook import prepare_outlook
from sim.answer.records.prices import Fare
from sim.estimate.estimate import estimate
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.fare_certainty import fare_certainty
from sim.study.prepare import prepare
from sim.study.replicated.replication import run_replication
from sim.study.study import Study
from tariffs import ServicePackage
from tariffs.errors import InputError


def _study(*options: str, **values: object) -> Study:
    told = {"municipality": "0316", "options": [parse_option(o) for o in options], "passengers": 1500.0, **values}
    return prepare(build_scenario(told, "test"), str(told["municipality"]))


def test_kroner_of_the_price_list_are_its_level_and_known() -> None:
    by_kroner, by_name = (
        _study("I dag: kommunetakst", f"B: kommunetakst, bytakst={level}") for level in ("60", "high")
    )
    assert by_kroner.packages == by_name.packages
    assert estimate(by_kroner).options == estimate(by_name).options
    assert fare_certainty(by_kroner)["certainty"] == "known"


def test_an_own_price_is_simulated_and_estimated_to_the_oere_as_a_level_of_the_same_amount_is() -> None:
    known = _study("I dag: kommunetakst", "B: kommunetakst, bytakst=high")
    package = ServicePackage(kommunetakst=True, bytakst=60)
    own = replace(known, packages=(known.packages[0], package), book=known.book.with_own_levels(package.own_levels))
    assert estimate(own).options == estimate(known).options
    one, other = run_replication(own, 0), run_replication(known, 0)
    assert np.array_equal(one.year, other.year)
    assert np.array_equal(one.town_fare, other.town_fare)


def test_trips_and_fares_lie_between_those_of_the_levels_around_an_own_price() -> None:
    options = ("bytakst=low", "bytakst=52", "bytakst=high")
    years = [
        o.year
        for o in estimate(
            _study("I dag: kommunetakst", *(f"{o}: kommunetakst, {o}".replace("=", " ", 1) for o in options))
        ).options
    ]
    assert years[1].trips > years[2].trips > years[3].trips


def test_what_is_free_is_no_projected_price() -> None:
    study = _study("I dag: kommunetakst", "Gratis: kommunetakst, gratis=Holbæk Sygehus", year=2027)
    fares = fare_certainty(study)
    assert fares["certainty"] == "projected"
    assert "kommunetakst 32 kr." in fares["text_da"]
    assert " 0 kr." not in fares["text_da"]
    (at_destination,) = [trip for trip in citizen_prices(study) if trip.destination]
    assert [fare and fare.adult_phone for fare in at_destination.oere] == [3_200, 0]
    assert at_destination.certainty == ("projected", "known")


def test_an_own_price_is_named_where_the_answer_says_what_its_fares_are() -> None:
    study = _study("I dag: kommunetakst, bytakst=low", "B: kommunetakst=30, bytakst=52")
    fares = fare_certainty(study)
    assert fares["certainty"] == "own"
    assert fares["text_da"] == "Egen pris; ikke Movias prisliste: kommunetakst 30 kr.; bytakst 52 kr."
    assert any("Bytakst 52 kr. er en egen pris" in note and "48 eller 60 kr." in note for note in study.notes)
    town = citizen_prices(study)[0]
    assert town.oere[1] == Fare(5200, 4600, 2600, 2300)
    assert town.certainty == ("known", "own")


def test_a_note_that_ends_in_kroner_has_one_full_stop() -> None:
    study = _study("I dag: kommunetakst=60", "B: kommunetakst=60, bytakst=64", year=2027)
    assert "Passagertallet er kommunens eget og gælder under kommunetakst 60 kr." in study.notes
    assert not [note for note in study.notes if ".." in note]


def test_vordingborgs_fare_of_its_own_is_said_to_be_calculated_as_a_kommunetakst_or_not_at_all() -> None:
    """60 kr. from 21 January 2024 as the whole municipality's fare, nothing said of the border."""
    as_it_is, another = (
        [
            note
            for note in _study(f"I dag: {today}", "B: grundtakst", municipality="0390", year=2027).notes
            if "hele kommunens" in note
        ]
        for today in ("kommunetakst=60", "kommunetakst")
    )
    assert [note.partition("som hele kommunens takst. ")[2] for note in as_it_is] == [
        "Den er regnet som kommunetakst med egen pris; om den også gælder over kommunegrænsen, er ikke oplyst, og der er regnet med"
        " grundtakst."
    ]
    assert [note.partition("som hele kommunens takst. ")[2][:45] for note in another] == [
        "Den kan ikke udtrykkes med serviceelementerne"
    ]


def test_an_own_price_worth_less_than_21_kr_of_2017_is_refused_with_what_to_choose() -> None:
    with pytest.raises(InputError, match=r"vælg mindst 27 kr\."):  # 21 x 1.022^10 = 26.1
        _study("I dag: kommunetakst", "B: bytakst=26", year=2027)
    _study("I dag: kommunetakst", "B: bytakst=27", year=2027)


def test_an_own_price_keeps_its_kroner_in_the_years_ahead_and_a_level_follows_its_price_list() -> None:
    study = _study("I dag: kommunetakst", "60: bytakst=60", "52: bytakst=52", year=2024, years_ahead=1)
    outlook = prepare_outlook(study)
    assert outlook is not None
    assert [p.elements() for p in outlook.years[1].study.packages] == [
        ("kommunetakst",),
        ("bytakst=low",),
        ("bytakst=52",),
    ]
    assert any("samme i alle overslagsårene" in note for note in study.notes)


@pytest.mark.parametrize(
    ("name", "bytakst", "year"),
    [
        ("Bytakst 60", "high", 2024),
        ("Bytakst 48", "low", 2027),
        ("60 kr. i byen", "high", 2023),
        ("Bytakst på 54", "52", 2023),
    ],
)
def test_a_name_that_says_other_kroner_than_the_option_has_is_refused_with_both_readings(
    name: str, bytakst: str, year: int
) -> None:
    with pytest.raises(InputError) as refused:
        _study("I dag: kommunetakst", f"{name}: kommunetakst, bytakst={bytakst}", year=year)
    said = "".join(letter for letter in name if letter.isdecimal())
    assert f"siger {said} kr." in str(refused.value)
    assert f"bytakst={said}" in str(refused.value)
    assert "under et andet navn" in str(refused.value)


@pytest.mark.parametrize(
    ("name", "bytakst", "year"),
    [("Bytakst 60", "high", 2020), ("Bytakst 60", "60", 2024), ("Bytakst 60", "60", 2023), ("Bytakst 48 -> 60", "high", 2020),
     ("36 kr. og 60 kr.", "high", 2020), ("Bytakst", "high", 2024), ("Bytakst i 12 byer", "high", 2024)],
)  # fmt: skip
def test_a_name_that_says_the_options_own_kroner_or_none_is_taken(name: str, bytakst: str, year: int) -> None:
    _study("I dag: kommunetakst", f"{name}: kommunetakst, bytakst={bytakst}", year=year)


def test_a_level_named_in_the_budget_year_follows_its_price_list_in_the_years_ahead() -> None:
    assert (
        prepare_outlook(_study("I dag: kommunetakst", "Bytakst 60: bytakst=60", year=2024, years_ahead=1)) is not None
    )
