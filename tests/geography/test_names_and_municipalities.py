"""Municipalities are found however their names are written."""

import unicodedata

import pytest

from sim.geography import find_municipality, movia_municipalities
from tariffs.errors import InputError


def test_the_45_sum_to_the_published_population_of_2020() -> None:
    # Danmarks Statistik FOLK1A, 1 January 2020.
    assert len(movia_municipalities()) == 45
    assert sum(m.population_2020 for m in movia_municipalities()) == 2_643_799


def test_age_bands_sum_to_the_population() -> None:
    for m in movia_municipalities():
        assert sum(m.ages_2020) == m.population_2020


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0316", "0316"),
        ("316", "0316"),
        ("Holbæk", "0316"),
        ("HOLBÆK", "0316"),
        ("Holbaek", "0316"),
        ("Holbæk Kommune", "0316"),
        ("Sorø", "0340"),
        ("soroe kommune", "0340"),
        ("Helsingoer", "0217"),
        ("Tårnby", "0185"),
        (unicodedata.normalize("NFD", "Tårnby"), "0185"),
        ("Taarnby", "0185"),
        ("Lyngby-Taarbæk", "0173"),
        ("Lyngby-Tårbæk", "0173"),
        ("Halsnæs", "0260"),
        ("Stevns Kommune", "0336"),
        ("Høje-Taastrup", "0169"),
    ],
)
def test_a_municipality_is_found_by_code_or_name(text: str, code: str) -> None:
    assert find_municipality(text).code == code


def test_a_misspelt_municipality_is_answered_with_a_suggestion() -> None:
    with pytest.raises(InputError, match=r"'Holbek' kendes ikke.*Holbæk"):
        find_municipality("Holbek")


def test_a_municipality_outside_movia_is_refused() -> None:
    with pytest.raises(InputError, match=r"Aarhus Kommune .0751. er ikke en af Movias 45"):
        find_municipality("Århus")
