"""What is known of the municipalities' choices."""

import unicodedata
from datetime import date, timedelta

import pytest

from tariffs import InputError, Source, load_municipal_choices, parse_package

CHOICES = load_municipal_choices()


def test_denmark_has_98_municipalities_and_movia_serves_45() -> None:
    assert len(CHOICES.municipalities) == 98
    assert sum(m.movia for m in CHOICES.municipalities) == 45
    codes = {municipality.code for municipality in CHOICES.municipalities}
    assert "0411" not in codes
    assert "0400" in codes


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
    # 19 confirmed by sources of 2016-18, Vallensbæk from February 2019, Hillerød from August 2019 and Næstved from 2020
    assert len(known) == 22
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
    assert CHOICES.choices("0360", date(2018, 1, 1)).package.schemes == ("dobbelt_grundtakst",)
    assert CHOICES.choices("0329", date(2016, 6, 1)).package.schemes == ("lukket_by",)
    assert CHOICES.choices("0370", date(2019, 12, 31)).package.schemes == ("stoppested",)
    naestved = CHOICES.choices("0370", date(2020, 1, 1))
    assert (naestved.package, naestved.certainty) == (parse_package("bytakst=high, plustur"), "known")
    assert CHOICES.choices("0250", date(2021, 12, 31)).package.kommunetakst
    assert not CHOICES.choices("0250", date(2022, 1, 1)).package.kommunetakst
    unknown = CHOICES.choices("0147", date(2020, 1, 1))
    assert (unknown.package, unknown.certainty) == (parse_package(""), "assumed")


def test_the_user_may_say_that_a_municipality_has_flextur() -> None:
    told = CHOICES.with_offer("flextur", "0101", "known", Source("Brugeren", "J", note="oplyst"))
    assert told.offers("flextur", "0101", date(2020, 1, 1)) == "known"
    assert CHOICES.offers("flextur", "0101", date(2020, 1, 1)) == "no"


def test_a_closed_day_is_a_day_without_flextur_and_without_losing_the_product() -> None:
    for code, first, last in (
        ("0316", date(2022, 3, 1), date(2022, 3, 7)),
        ("0390", date(2023, 9, 1), date(2023, 11, 30)),
    ):
        for day in (first, last):
            assert CHOICES.offers("flextur", code, day) == "no"
            assert CHOICES.has("flextur", code, day) == "known"
            assert CHOICES.closure("flextur", code, day)
        assert CHOICES.offers("flextur", code, first - timedelta(days=1)) == "known"
        assert CHOICES.offers("flextur", code, last + timedelta(days=1)) == "known"
    assert CHOICES.closure("flextur", "0101", date(2022, 3, 3)) is None  # København never had it
    assert CHOICES.closure("flextur", "0461", date(2022, 3, 3)) is None  # Odense is not Movia's
    assert CHOICES.offers("plustur", "0316", date(2022, 3, 3)) == "known"
    told = CHOICES.with_offer("flextur", "0316", "known", Source("Brugeren", "J", note="oplyst"))
    assert told.offers("flextur", "0316", date(2022, 3, 3)) == "known"


def test_what_vordingborg_has_from_december_2023_is_known_and_cannot_be_taken_for_elements() -> None:
    before, after = (CHOICES.choices("0390", day) for day in (date(2023, 11, 30), date(2023, 12, 1)))
    assert before.package == parse_package("kommunetakst, bytakst=low")
    assert after.expressed is None
    assert after.own_fare is not None
    assert (after.own_fare.fare_kr, after.own_fare.rate_kr, after.own_fare.rate_across_kr) == (54, 7, 14)
    assert after.certainty == "known"
    later = CHOICES.own_fare("0390", date(2024, 1, 21))
    assert later is not None
    assert (later.fare_kr, later.rate_kr, later.rate_across_kr) == (60, 8, 15)
    with pytest.raises(InputError, match=r"Vordingborg har den 01-12-2023.*54 kr\. pr\. tur.*skriv selv de elementer"):
        _ = after.package
    assert CHOICES.with_stated_elements("0390").choices("0390", date(2024, 2, 1)).expressed is not None
    assert (before.nearest, after.nearest) == (before.package, parse_package("kommunetakst=54"))


def test_plustur_begins_when_the_municipalities_say() -> None:
    for code, first in (("0230", date(2022, 1, 4)), ("0217", date(2023, 5, 1))):
        assert CHOICES.offers("plustur", code, first - timedelta(days=1)) == "no"
        assert CHOICES.offers("plustur", code, first) == "known"
