"""Town areas typed as points: read in the ways people write them, written back as they were, and wrong rows named."""

import pytest

from api.web.point_list import read_points, write_points
from tariffs.errors import InputError

SQUARE = "55.70, 11.70\n55.70, 11.75\n55.72, 11.75\n55.72, 11.70"


def rings(text: str) -> list[list[list[float]]]:
    (feature,) = read_points(text)
    found: list[list[list[float]]] = feature["geometry"]["coordinates"]
    return found


@pytest.mark.parametrize(
    "row",
    [
        "55.7174, 11.7130",
        "11.7130, 55.7174",
        "55,7174 11,7130",
        "55.7174;11.7130",
        " 55.7174\t11.7130 ",
        "11,7130, 55,7174",
        "55.7174 N, 11.7130 E",
        "N 55.7174° Ø 11.7130°",
        "55,7174n 11,7130e",
    ],
)
def test_a_point_is_read_in_either_order_and_with_either_decimal_mark(row: str) -> None:
    assert rings(f"By\n{row}\n{SQUARE}")[0][0] == [11.713, 55.7174]


def test_a_point_may_be_utm_as_gis_programs_show_it() -> None:
    lon, lat = rings(f"By\n670485.2, 6177955.1\n{SQUARE}")[0][0]
    assert (lon, lat) == (pytest.approx(11.7137, abs=1e-3), pytest.approx(55.7181, abs=1e-3))


def test_a_ring_is_closed_whether_or_not_its_last_point_is_the_first() -> None:
    assert rings(SQUARE) == rings(f"{SQUARE}\n55.70, 11.70")
    assert rings(SQUARE)[0][0] == rings(SQUARE)[0][-1]


def test_areas_parts_and_holes_come_back_as_they_were_written() -> None:
    text = (
        "Holbæk\n55.7, 11.7\n55.7, 11.8\n55.75, 11.8\nhul\n55.71, 11.75\n55.71, 11.77\n55.72, 11.77\n"
        "Tølløse\n55.6, 11.7\n55.6, 11.8\n55.65, 11.8\nHolbæk\n55.5, 11.7\n55.5, 11.8\n55.55, 11.8"
    )
    features = read_points(text)
    assert [feature["properties"]["name"] for feature in features] == ["Holbæk", "Tølløse", "Holbæk"]
    assert [len(feature["geometry"]["coordinates"]) for feature in features] == [2, 1, 1]
    assert write_points(features) == text


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("4300", "Byområde 4300"),
        ("N1 E2", "Byområde N1 E2"),
        ("55.7174 11.7130", "Byområde"),
        ("Nord 2, øst 3", "Nord 2, øst 3"),
        ("55.7 11.7", "Byområde 55.7 11.7"),
        ("Hul:", "Byområde Hul:"),
        ("A\nB", "A B"),
    ],
)
def test_an_area_of_a_file_whose_name_is_no_name_in_a_list_can_be_read_back(name: str, written: str) -> None:
    (feature,) = read_points(f"By\n{SQUARE}")
    (again,) = read_points(write_points([feature | {"properties": {"name": name}}]))
    assert again == feature | {"properties": {"name": written}}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("By\n55.7, 11.7\n55.7", r"Række 3 kan ikke bruges: '55.7'"),
        ("By\n55.7, 11.7\n48.1, 11.7", r"Række 3 .* et punkt i Danmark"),
        ("By\n55.7, 11.7\n55.8, 11.8", r"'By' har kun 2 punkter"),
        ("By\n55.7, 11.7\n55.8, 11.8\n55.7, 11.7", r"'By' har kun 2 punkter"),
        ("By\n55.7174 S, 11.7130 E", r"Række 2 .* et punkt i Danmark"),
        ("By\n55°43'02.6\"N 11°42'47.1\"E", r"Række 2 .* et punkt i Danmark"),
        ("By\n55.7174, 11.7130 (kirken)", r"Række 2 .* et punkt i Danmark"),
        ("hul\n55.7, 11.7", r"Række 1 .* et hul skal ligge i et område"),
        ("\n \n", r"ingen punkter"),
        ("Holbæk", r"ingen punkter"),
    ],
)
def test_what_cannot_be_read_is_named_by_its_row(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_points(text)
