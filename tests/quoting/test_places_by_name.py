"""The ends of one trip by name, and how far it is between them."""

import pytest

from sim.desk.quoting.places import find_place, known_places, road_between, town_of
from tariffs.errors import InputError


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("Holbæk", "town", "Holbæk (Holbæk Kommune)"),
        ("  holbaek ", "town", "Holbæk (Holbæk Kommune)"),
        ("Holbæk (Holbæk Kommune)", "town", "Holbæk (Holbæk Kommune)"),
        ("Holbæk Kommune", "municipality", "Holbæk Kommune"),
        ("Holbæk station", "station", "Holbæk station (Holbæk Kommune)"),
        ("Telefonfabrikken", "destination", "Telefonfabrikken (Gladsaxe Kommune)"),
    ],
)
def test_a_name_is_found_however_it_is_written(text: str, kind: str, label: str) -> None:
    found = find_place(text, "fra")
    assert (found.kind, found.label) == (kind, label)


def test_every_label_leads_back_to_its_place() -> None:
    labels = [place.label for place in known_places()]
    assert len(labels) == len(set(labels)) > 2_000
    for place in known_places()[::37]:
        assert find_place(place.label, "fra") == place


def test_a_name_in_several_municipalities_is_asked_back() -> None:
    with pytest.raises(InputError, match=r"Flere steder hedder 'Kastrup'.*Kastrup \(Tårnby Kommune\)"):
        find_place("Kastrup", "fra")


def test_a_shop_of_a_chain_is_not_one_place() -> None:
    counted = [place for place in known_places() if place.name == "Netto" and place.municipality_code == "0101"]
    assert counted == []


def test_an_address_is_refused_with_what_to_write_instead() -> None:
    with pytest.raises(InputError, match=r"vejnavne og husnumre kan ikke slås op.*skriv nærmeste by"):
        find_place("Vandværksvej 33, 2. tv.", "fra")


@pytest.mark.parametrize(
    ("a", "b", "km"),
    # Frommer.s guide to Slagelse, and Jægerspris-Holbæk round the fjord: as in tests/geography/test_known_distances.py.
    [
        ("Slagelse", "Kalundborg", 37),
        ("Slagelse", "Korsør", 19),
        ("Slagelse", "Ringsted", 32),
        ("Jægerspris", "Holbæk", 34),
    ],
)
def test_a_published_road_distance_lies_within_what_is_said(a: str, b: str, km: int) -> None:
    way = road_between(find_place(a, "fra"), find_place(b, "til"), 2020)
    assert way.shortest_m <= 1000 * km <= way.longest_m
    assert way.distance_m == road_between(find_place(b, "fra"), find_place(a, "til"), 2020).distance_m


def test_from_a_whole_municipality_nothing_can_be_measured() -> None:
    with pytest.raises(InputError, match="en hel kommune er ikke et sted"):
        road_between(find_place("Holbæk Kommune", "fra"), find_place("Roskilde", "til"), 2020)


def test_the_town_area_of_a_place() -> None:
    assert town_of(find_place("Holbæk station", "fra"), ("Holbæk",)) == "Holbæk"
    assert town_of(find_place("Undløse", "fra"), ("Holbæk",)) == ""
    assert town_of(find_place("Gørlev", "fra"), ("Gørlev", "Høng")) == "Gørlev"
