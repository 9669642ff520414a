"""A municipality's elements, as officers write them."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tariffs import InputError, Refusal, ServicePackage, load_price_book, parse_package, price_level
from tariffs.level_choice import choose_level, in_same_zone
from tariffs.price_book import Level
from tariffs.switches import Switches


def test_the_elements_are_read_and_written_back() -> None:
    package = parse_package("kommunetakst, bytakst=low, gratis=Biblioteket, gratis=Hallen, plustur")
    assert package == ServicePackage(True, "low", ("Biblioteket", "Hallen"), True)
    assert package.elements() == ("kommunetakst", "bytakst=low", "gratis=Biblioteket", "gratis=Hallen", "plustur")
    assert str(ServicePackage()) == "grundtakst"


@given(
    st.builds(
        ServicePackage,
        kommunetakst=st.booleans() | st.sampled_from([21, 30]),
        bytakst=st.sampled_from([None, "low", "high", 21, 52, 140]),
        plustur=st.booleans(),
        free_destinations=st.lists(st.sampled_from(["A", "Æ Ø", "C"]), unique=True).map(tuple),
    )
)
def test_any_package_survives_being_written_and_read(package: ServicePackage) -> None:
    assert parse_package(str(package)) == package


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("bytakst=low, bytakst=high", ["to gange"]),
        ("bytakst=low, dobbelt_grundtakst", ["modsiger", "bytakst", "dobbelt_grundtakst"]),
        ("lukket_by, bytakst=high", ["modsiger", "lukket"]),
        ("lukket_by, stoppested", ["modsiger"]),
        ("stoppested, dobbelt_grundtakst", ["modsiger"]),
        ("grundtakst, kommunetakst", ["modsiger"]),
        ("komunetakst", ["ukendt serviceelement", "mente du kommunetakst?"]),
        ("bytakts=low", ["mente du bytakst?"]),
        ("bytakst=12", ["mellem 0 og 21", "12"]),
        ("kommunetakst=18,5", ["mellem 0 og 21"]),  # the comma separates elements, so this is two of them
        ("kommunetakst=18", ["mellem 0 og 21"]),
        ("bytakst=54.50", ["ikke i hele kroner", "bytakst=54"]),
        ("bytakst=141", ["højst 140 kr.", "lukket_by"]),
        ("bytakst=54, bytakst=60", ["to gange"]),
        ("plustur=28", ["tager ingen værdi"]),
        ("bytakst", ["mangler sit niveau"]),
        ("bytakst=mellem", ["ukendt niveau 'mellem'"]),
        ("gratis", ["mangler et sted"]),
        ("plustur=måske", ["tager ingen værdi"]),
        ("xyz", ["kendte elementer"]),
    ],
)
def test_an_element_that_cannot_be_so_is_refused_with_help(text: str, words: list[str]) -> None:
    with pytest.raises(InputError) as refused:
        parse_package(text)
    for word in words:
        assert word in str(refused.value)


def test_the_price_level_is_what_riders_respond_to() -> None:
    book, day = load_price_book(), date(2020, 7, 1)
    chosen = parse_package("kommunetakst, bytakst=high, gratis=Biblioteket")
    assert price_level(chosen, "in_town", book, day) == 6000
    assert price_level(chosen, "inside", book, day) == 2400
    assert price_level(chosen, "across", book, day) == 3600
    assert price_level(chosen, "free", book, day) == 0
    assert price_level(ServicePackage(), "in_town", book, day) == 3600
    assert price_level(ServicePackage(kommunetakst=True), "free", book, day) == 2400
    assert price_level(ServicePackage(schemes=("dobbelt_grundtakst",)), "in_town", book, day) == 7200
    for package, place, on, reason in (
        (ServicePackage(schemes=("lukket_by",)), "in_town", day, "closed_town"),
        (ServicePackage(schemes=("stoppested",)), "in_town", day, "stop_based_town"),
        (chosen, "in_town", date(2019, 6, 30), "level_not_in_edition"),
        (chosen, "inside", date(2029, 1, 1), "edition_unknown"),
    ):
        refused = price_level(package, place, book, on)  # type: ignore[arg-type]
        assert isinstance(refused, Refusal)
        assert refused.reason == reason


@pytest.mark.parametrize("scope", ["same_town", "any_town"])
def test_a_trip_with_one_end_in_the_country_is_never_a_trip_in_town(scope: Any) -> None:
    switches = Switches(town_scope=scope)
    assert in_same_zone("Holbæk", "Holbæk", switches)
    assert in_same_zone("Holbæk", "Jyderup", switches) == (scope == "any_town")
    for ends in (("Holbæk", None), (None, "Holbæk"), ("", "Holbæk"), (None, None)):
        assert not in_same_zone(*ends, switches)  # type: ignore[arg-type]


def test_a_scheme_of_the_town_goes_before_one_of_the_whole_municipality() -> None:
    """In whatever order they are declared."""
    whole = SimpleNamespace(trips="inside", level="kommunetakst", covers=lambda place: True)
    town = SimpleNamespace(trips="in_town", level="dobbelt_grundtakst", covers=lambda place: place == "in_town")
    for declared in ((whole, town), (town, whole)):
        package: Any = SimpleNamespace(bytakst=None, kommunetakst=False, declared=declared)
        assert choose_level(package, "in_town") == Level.DOBBELT_GRUNDTAKST
        assert choose_level(package, "inside") == Level.KOMMUNETAKST
