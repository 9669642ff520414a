"""Town lines of real municipalities: prices on both sides, people on both sides, and what is refused."""

import json
from datetime import date
from pathlib import Path

import pytest

from sim.desk.fairness import fairness, published
from sim.desk.fairness.tables import tables
from sim.desk.fairness.words import sentences
from sim.geography import find_municipality
from tariffs import parse_package
from tariffs.errors import InputError

DAY = date(2020, 7, 1)


def prices(code: str, elements: str, trip: str, on: date = DAY) -> tuple[int | None, int | None]:
    """What an adult pays by phone on the way from inside and from outside the first town line, kroner."""
    report = published(fairness(code, parse_package(elements), on=on))
    row = next(t for t in report["lines"][0]["trips"] if t["id"] == trip)
    inside, outside = (row[side]["oere"]["adult_phone"] for side in ("inside", "outside"))
    return (None if inside is None else inside // 100), (None if outside is None else outside // 100)


def test_with_bytakst_48_the_neighbour_outside_pays_half() -> None:
    report = published(fairness("0316", parse_package("kommunetakst, bytakst=low"), on=DAY))
    trip = report["lines"][0]["trips"][0]
    assert trip["id"] == "town_centre"
    assert trip["inside"]["oere"] == {
        "adult_phone": 4800,
        "adult_online": 4300,
        "child_phone": 2400,
        "child_online": 2100,
    }
    assert trip["outside"]["oere"] == {
        "adult_phone": 2400,
        "adult_online": 2100,
        "child_phone": 1200,
        "child_online": 1000,
    }
    assert trip["difference_oere"]["adult_phone"] == 2400
    assert trip["difference_percent"]["adult_phone"] == 100.0
    # 45 % of 48 is 21.6 and of 24 is 10.8, both rounded down: 21 against 10, 110 %.
    assert trip["difference_percent"]["child_online"] == pytest.approx(110.0)


@pytest.mark.parametrize(
    ("elements", "trip", "paid"),
    [
        ("kommunetakst, bytakst=low", "station", (48, 24)),
        ("kommunetakst, bytakst=low", "in_municipality", (24, 24)),
        ("kommunetakst, bytakst=low", "across", (36 + 6 * 10 + 12 * 3, 36 + 6 * 10 + 12 * 3)),
        ("bytakst=high", "town_centre", (60, 36)),
        ("kommunetakst", "town_centre", (24, 24)),
        ("dobbelt_grundtakst", "town_centre", (72, 36)),
        ("lukket_by, kommunetakst", "town_centre", (None, 24)),
        ("bytakst=low, gratis=Biblioteket", "free", (0, 0)),
    ],
)
def test_each_element_on_both_sides_of_the_line(elements: str, trip: str, paid: tuple[int | None, int | None]) -> None:
    assert prices("0316", elements, trip) == paid


def test_prices_are_those_of_the_day() -> None:
    assert prices("0316", "kommunetakst, bytakst=low", "town_centre", date(2023, 6, 1)) == (54, 27)


def test_the_town_holds_its_published_population_and_the_bounds_hold_the_estimate() -> None:
    report = fairness("0316", parse_package("bytakst=low"), on=DAY)
    line = report.lines[0]
    assert line.inside.everyone.estimate == pytest.approx(28_264)
    assert 0 < line.inside.older.estimate < find_municipality("0316").older_2020
    for count in (line.near.everyone, line.near.older):
        assert 0 <= count.lowest < count.estimate < count.highest
    assert line.station == "Holbæk"
    assert 1 < line.centre_km < 8


def test_every_zone_the_municipality_has_chosen_gets_its_line() -> None:
    report = fairness("0326", parse_package("bytakst=high"), on=DAY)
    assert [line.name for line in report.lines] == ["Gørlev", "Høng", "Kalundborg", "Svebølle", "Ubby-Jerslev"]
    each = sum(line.near.everyone.estimate for line in report.lines)
    assert report.near.everyone.estimate == pytest.approx(each)


def test_the_users_own_line_moves_people_from_outside_to_inside(tmp_path: Path) -> None:
    def around(half_lon: float, half_lat: float) -> Path:
        west, east, south, north = 11.7114 - half_lon, 11.7114 + half_lon, 55.714 - half_lat, 55.714 + half_lat
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        feature = {
            "type": "Feature",
            "properties": {"name": "Holbæk"},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }
        path = tmp_path / f"{half_lon}.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
        return path

    package = parse_package("bytakst=low")
    narrow = fairness("0316", package, on=DAY, areas=around(0.02, 0.006))
    wide = fairness("0316", package, on=DAY, areas=around(0.05, 0.02))
    assert narrow.own_line
    assert wide.lines[0].inside.everyone.estimate >= narrow.lines[0].inside.everyone.estimate
    inside = narrow.lines[0].inside.everyone
    assert inside.lowest < inside.estimate  # cells that the line cuts


def test_a_municipality_without_flextur_is_priced_as_if_and_says_so() -> None:
    report = fairness("0101", parse_package("bytakst=low"), on=DAY)
    assert report.notes == ("no_flextur",)
    assert report.lines[0].trips[0].inside.oere["adult_phone"] == 4800


def test_a_package_that_knows_no_town_says_so() -> None:
    assert fairness("0316", parse_package("kommunetakst"), on=DAY).notes == ("no_town_element",)


def test_a_distance_finer_than_the_population_is_refused() -> None:
    with pytest.raises(InputError, match="100-1000 m"):
        fairness("0316", parse_package(""), on=DAY, distance_m=50)


def test_a_day_without_fares_is_refused() -> None:
    with pytest.raises(InputError, match="ingen takstudgave den 01-07-2030"):
        fairness("0316", parse_package(""), on=date(2030, 7, 1))


def test_what_is_published_is_plain_and_the_tables_show_it() -> None:
    report = published(fairness("0326", parse_package("bytakst=high"), on=DAY))
    assert json.loads(json.dumps(report)) == report
    people, priced = tables(report)
    assert people.rows[-2][0].text == "i alt"
    assert people.rows[-1][1].text == "48.436"
    assert [cell.text for cell in priced.rows[0]] == ["Til midten af Gørlev", "60 kr.", "36 kr.", "+24 kr.", "+67 %"]
    # 60 online 54, a child 30 and online 27; 36 online 32, a child 18 and online 16 (16.2 rounded down).
    assert priced.rows[0][1].under == "(online 54; barn 30; barn online 27)"
    assert priced.rows[0][2].under == "(online 32; barn 18; barn online 16)"
    # Five centres, three stations inside the areas, and once the trip into the country and the one across the border.
    assert len(priced.rows) == 5 + 3 + 2
    closed = tables(published(fairness("0316", parse_package("lukket_by"), on=DAY)), "en")[1]
    assert closed.rows[0][1].text == "–"
    assert "closed" in closed.rows[0][1].under


def test_one_sentence_on_the_price_where_all_lines_cost_the_same() -> None:
    said = sentences(published(fairness("0326", parse_package("bytakst=high"), on=DAY)))
    assert len(said) == 5 + 1
    assert said[-1] == (
        "Til byens midte betaler en voksen, der ringer, 60 kr. inden for grænsen og 36 kr. lige uden for:"
        " 24 kr. mere for den, der bor inden for."
    )
    shut = sentences(published(fairness("0316", parse_package("lukket_by"), on=DAY)))
    assert shut[-1].startswith("Den, der bor inden for, kan ikke køre med flextur til midten af Holbæk")
    same = sentences(published(fairness("0316", parse_package("kommunetakst"), on=DAY)), "en")
    assert same[-1].startswith("Both pay 24 kr. to the centre of Holbæk")
