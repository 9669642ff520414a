"""What is known of the municipalities' choices."""

import unicodedata
from datetime import date

import pytest

from tariffs import InputError, Source, load_municipal_choices, parse_package

CHOICES = load_municipal_choices()


def test_denmark_has_98_municipalities_and_movia_serves_45() -> None:
    assert len(CHOICES.municipalities) == 98
    assert sum(m.movia for m in CHOICES.municipalities) == 45
    assert not CHOICES.is_municipality("0411")
    assert CHOICES.is_municipality("0400")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0316", "0316"),
        ("Holbæk", "0316"),
        ("holbæk", "0316"),
        ("Holbaek", "0316"),
        ("Holbæk Kommune", "0316"),
        ("Tårnby", "0185"),
        (unicodedata.normalize("NFD", "Tårnby"), "0185"),
        ("Sorø", "0340"),
        (" Køge ", "0259"),
    ],
)
def test_a_municipality_is_found_by_code_or_name(text: str, code: str) -> None:
    assert CHOICES.find(text).code == code


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("316", "mente du 0316"),
        ("9999", "ikke en dansk kommunekode"),
        ("Holbek", "mente du Holbæk"),
        ("Atlantis", "ukendt kommune"),
        ("", "ukendt kommune"),
    ],
)
def test_an_unknown_municipality_is_said_with_the_nearest(text: str, word: str) -> None:
    with pytest.raises(InputError, match=word):
        CHOICES.find(text)


def test_offers_are_known_assumed_or_no_on_a_day() -> None:
    day = date(2020, 1, 1)
    known = [m.name for m in CHOICES.municipalities if CHOICES.offers("flextur", m.code, day) == "known"]
    assert len(known) == 20  # 19 confirmed by sources of 2016-18, and Hillerød from August 2019
    assert {m.name for m in CHOICES.municipalities if m.movia and CHOICES.offers("flextur", m.code, day) == "no"} == {
        "København",
        "Tårnby",
        "Greve",
    }
    assert CHOICES.offers("flextur", "0336", day) == "assumed"
    assert CHOICES.offers("flextur", "0183", date(2018, 6, 30)) == "no"
    assert CHOICES.offers("plustur", "0190", date(2019, 9, 30)) == "no"
    assert CHOICES.offers("plustur", "0190", date(2019, 10, 1)) == "known"
    plustur = {m.name for m in CHOICES.municipalities if CHOICES.offers("plustur", m.code, date(2021, 1, 1)) != "no"}
    assert len(plustur) == 9 + 1 + 2 + 1 + 7


def test_a_municipalitys_choices_follow_the_day() -> None:
    holbaek = CHOICES.choices("0316", date(2020, 7, 1))
    assert holbaek.package.elements()[:2] == ("kommunetakst", "bytakst=low")
    assert holbaek.zones == ("Holbæk",)
    assert holbaek.certainty == "assumed"
    assert CHOICES.choices("0316", date(2018, 7, 1)).certainty == "known"
    assert CHOICES.choices("0316", date(2017, 2, 28)).package == parse_package("kommunetakst")
    kalundborg = CHOICES.choices("0326", date(2020, 1, 1))
    assert kalundborg.package == parse_package("bytakst=high, plustur")
    assert kalundborg.zones == ("Gørlev", "Høng", "Kalundborg", "Svebølle", "Ubby-Jerslev")
    assert CHOICES.choices("0326", date(2019, 12, 31)).package.kommunetakst
    assert CHOICES.choices("0217", date(2020, 1, 1)).package == parse_package("bytakst=low")
    assert CHOICES.choices("0159", date(2018, 1, 1)).package.free_destinations == ("Telefonfabrikken",)
    assert CHOICES.choices("0360", date(2018, 1, 1)).package.dobbelt_grundtakst
    assert CHOICES.choices("0329", date(2016, 6, 1)).package.lukket_by
    assert CHOICES.choices("0370", date(2016, 6, 1)).package.stoppested
    unknown = CHOICES.choices("0147", date(2020, 1, 1))
    assert (unknown.package, unknown.certainty) == (parse_package(""), "assumed")


def test_the_user_may_say_that_a_municipality_has_flextur() -> None:
    told = CHOICES.with_offer("flextur", "0101", "known", Source("Brugeren", "J", note="oplyst"))
    assert told.offers("flextur", "0101", date(2020, 1, 1)) == "known"
    assert CHOICES.offers("flextur", "0101", date(2020, 1, 1)) == "no"
