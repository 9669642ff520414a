"""The clinic on the command line."""

from pathlib import Path

import pytest

from api.cli.clinic_options import take_clinic, with_clinic
from tariffs.errors import InputError


def given(**stated: object) -> dict[str, object]:
    return dict.fromkeys(("clinic", "clinic_visits", "nurse_kr_per_hour", "nurse_minutes")) | stated | {"year": 2020}


def test_what_is_stated_gets_the_scenarios_names() -> None:
    options = given(clinic="Bakken", clinic_visits=4000.0, nurse_minutes=7.5, nurse_kr_per_hour=1350.5)
    assert take_clinic(options) == {
        "destination": "Bakken",
        "visits_moved_a_year": 4000,
        "minutes_driven_per_visit": 7.5,
        "nurse_kr_per_hour": 1350.5,
    }
    assert options == {"year": 2020}


def test_the_command_line_goes_before_the_file() -> None:
    values = {"year": 2020, "clinic": {"destination": "Bakken", "visits_moved_a_year": 100}}
    assert with_clinic(values, {"visits_moved_a_year": 4000.0})["clinic"] == {
        "destination": "Bakken",
        "visits_moved_a_year": 4000,
    }
    assert with_clinic(values, {}) is values


@pytest.mark.parametrize("stated", [{"destination": "Bakken"}, {"nurse_kr_per_hour": 400.0}])
def test_a_clinic_without_its_place_or_its_visits_is_refused(stated: dict[str, object]) -> None:
    with pytest.raises(InputError, match="mangler sted eller antal"):
        with_clinic({}, stated)


@pytest.mark.parametrize(("text", "said"), [("mange", "er ikke et tal"), ("4.000", "kan være 4 eller 4000")])
def test_what_is_no_number_is_said_with_the_options_name(takstlab, text: str, said: str) -> None:
    status, _, error = takstlab("compare", "--clinic-visits", text, "--out", "x")
    assert (status, f"'{text}' {said}. Hvor: --clinic-visits." in error) == (2, True)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("nurse_kr_per_hour = 0", "nurse_kr_per_hour: skal være over 0"),
        ("minutes_driven_per_visit = -1", "minutes_driven_per_visit: skal være mindst 0."),
        ("nurse_kr_per_hour = inf", "nurse_kr_per_hour: skal være et tal"),
    ],
)
def test_an_impossible_number_of_the_clinic_is_refused_in_danish(
    takstlab, tmp_path: Path, wrong: str, words: str
) -> None:
    scenario = tmp_path / "klinik.toml"
    scenario.write_text(
        'municipality = "0340"\noptions = ["I dag:", "Klinik: gratis=Sorø Station"]\n'
        f'[clinic]\ndestination = "Sorø Station"\nvisits_moved_a_year = 4000\n{wrong}\n',
        encoding="utf-8",
    )
    status, _, told = takstlab("estimate", scenario)
    assert status == 2
    assert words in told
