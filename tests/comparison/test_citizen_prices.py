"""What the citizen pays on typical trips, and on one to a destination that is free under some option."""

from datetime import date
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from api.http.app import create_app
from api.settings import Settings
from api.web.price_links import citizen_links
from api.web.translation import english
from sim.answer.citizen_prices import TYPICAL_TRIPS, citizen_prices
from sim.answer.codec import record_json
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.fare_certainty import fare_certainty
from sim.study.prepare import prepare
from sim.study.study import Study
from tariffs.price_list import AMOUNTS, PriceList
from tests.answer.building import answer_of

FREE = ("I dag: kommunetakst", "Gratis: kommunetakst, gratis=Mega Bowl", "Grundtakst: ")
ORDINARY = {"adult_phone": 2400, "adult_online": 2100, "child_phone": 1200, "child_online": 1000}
"""Kommunetakst 24: online 21.6 and a child's online 10.8 rounded down to whole kroner."""


def prices(*options: str) -> list[dict[str, Any]]:
    values = {"municipality": "0316", "passengers": 10_000.0, "start": date(2020, 7, 1)}
    scenario = build_scenario({**values, "options": [parse_option(option) for option in options]}, "test")
    return [*map(record_json, citizen_prices(prepare(scenario, "0316")))]


def test_without_free_destinations_only_the_typical_trips_are_priced() -> None:
    rows = prices("I dag: kommunetakst", "Bytakst 48: kommunetakst, bytakst=low")
    assert [row["trip"] for row in rows] == [trip.text_da for trip in TYPICAL_TRIPS]
    assert not any("destination" in row for row in rows)


def study_in(year: int, *options: str) -> Study:
    values = {"municipality": "0316", "passengers": 10_000.0, "year": year}
    return prepare(build_scenario({**values, "options": [parse_option(option) for option in options]}, "test"), "0316")


def test_a_price_that_is_not_known_says_so_beside_every_trip_and_in_one_sentence() -> None:
    options = ("I dag: kommunetakst", "By: kommunetakst, bytakst=low")
    # 2024: the 54 kr level became 60 by Movia's word; kommunetakst 30 and grundtakst 45 are our arithmetic.
    rows = citizen_prices(study_in(2024, *options))
    assert [row.certainty for row in rows] == [("calculated", "known"), *[("calculated", "calculated")] * 4]
    assert fare_certainty(study_in(2024, *options)) == {
        "certainty": "calculated",
        "text_da": "Udregnet; ikke Movias prisliste: grundtakst 45 kr.; kommunetakst 30 kr.",
        "text_en": "Calculated; not Movia's price list: basic fare (grundtakst) DKK 45; municipal fare (kommunetakst) DKK 30.",
    }
    assert {mark for row in citizen_prices(study_in(2027, *options)) for mark in row.certainty or ()} == {"projected"}
    assert fare_certainty(study_in(2027, options[0]))["text_da"] == (
        "Fremskrevet; ikke Movias prisliste: grundtakst 48 kr.; kommunetakst 32 kr.; 8 kr. pr. km fra km 11;"
        " 16 kr. pr. km fra km 21 over kommunegrænsen."
    )
    assert fare_certainty(study_in(2020, *options)) == {"certainty": "known", "text_da": "", "text_en": ""}


def test_a_trip_to_a_free_destination_costs_nothing_where_it_is_free_and_as_ever_elsewhere() -> None:
    *typical, row = prices(*FREE)
    assert len(typical) == len(TYPICAL_TRIPS)
    assert (row["trip"], row["destination"]) == ("8 km til eller fra Mega Bowl", "Mega Bowl")
    today, free, grundtakst = row["oere"]
    assert today == ORDINARY
    assert free == dict.fromkeys(ORDINARY, 0)
    assert grundtakst["adult_phone"] == 3600
    assert english(row["trip"]) == "8 km to or from Mega Bowl"


def test_a_closed_town_has_no_price_for_the_trip_in_town_and_the_ordinary_one_for_every_other() -> None:
    """Kommunetakst 24 + 13 km a 6 = 102 kr. for 23 km; across the border 36 + 10 km a 6 and 3 a 12 = 132 kr."""
    rows = prices("I dag: kommunetakst", "Lukket: kommunetakst, lukket_by", "Stop: kommunetakst, stoppested")
    adult = [[price and price["adult_phone"] for price in row["oere"]] for row in rows]
    assert adult == [[2400, None, None], [2400] * 3, [4200] * 3, [10200] * 3, [13200] * 3]


def test_the_explanation_of_a_free_trip_gives_the_price_of_the_table(tmp_path: Path) -> None:
    app = create_app(Settings(store=str(tmp_path)), None, None)  # type: ignore[arg-type] # neither jobs nor results are asked
    client = TestClient(app, base_url="http://127.0.0.1:8600")
    packages = [["kommunetakst"], ["kommunetakst", "gratis=Mega Bowl"]]
    comparison = {
        "municipality": "0316", "start": "2020-07-01", "year": 2020, "options": [{"elements": e} for e in packages],
        "citizen_prices": prices(*FREE[:2]),
    }  # fmt: skip
    links = citizen_links(answer_of(comparison))
    last = len(TYPICAL_TRIPS)
    for column, price in ((1, 24), (2, 0)):
        page = client.get(links[last, column], headers={"Accept": "text/html"})
        assert f"Turen koster {price} kr." in " ".join(page.text.split()), links[last, column]


def test_a_list_that_the_years_prices_are_projected_from_is_named(tmp_path: Path) -> None:
    amounts = dict(zip(AMOUNTS, (4800, 3200, 6300, 8000, 0, 800, 1700, 2800), strict=True))
    (tmp_path / "liste.toml").write_text(PriceList(date(2026, 1, 18), "Movias brev", amounts).toml())
    values = {
        "municipality": "0316",
        "passengers": 10_000.0,
        "year": 2027,
        "tariff_files": [str(tmp_path / "liste.toml")],
    }
    study = prepare(build_scenario({**values, "options": [parse_option("I dag: kommunetakst")]}, "test"), "0316")
    fares = fare_certainty(study)
    assert fares["text_da"].startswith("Fremskrevet; ikke Movias prisliste: grundtakst 49 kr.; kommunetakst 33 kr.;")
    assert fares["text_da"].endswith(
        " Egen prisliste, Movias brev, gælder fra 18-01-2026 til 16-01-2027; priserne derefter er fremskrevet fra den."
    )
    assert fares["text_en"].endswith(
        " Own price list, Movias brev, in force from 18-01-2026 to 16-01-2027; the prices after it are projected from it."
    )
