"""The parts of the change, the affected riders, the trials and the municipality's own lines as tables, by hand."""

from typing import Any

import pytest
from small_comparison import figure, small_comparison

from api.web.results import own_sentences
from sim.telling.report.experiments_section import experiments_table, experiments_words
from sim.telling.report.flexhandicap_section import flexhandicap_table, flexhandicap_words
from sim.telling.report.html import render_html
from sim.telling.report.own_lines_section import own_lines_table
from sim.telling.report.residents_table import residents_table
from sim.telling.report.riders_tables import riders_by_age_table, riders_by_place_table, riders_tables
from sim.telling.report.text import text_report
from sim.telling.report.waterfall_table import waterfall_table
from sim.words.table import Table
from tests.answer.building import answer_of


def band(name: str, before: float, after: float) -> dict[str, Any]:
    moved = figure(after - before, after - before - 5, after - before + 5)
    return {"id": name, "trips": figure(before), "trips_after": figure(after), "trips_change": moved}


@pytest.fixture
def comparison() -> dict[str, Any]:
    whole = small_comparison()
    option = whole["options"][1]
    parts = (
        ("fewer_trips", 4e6),
        ("higher_fares", -1e6),
        ("operator_payment", -22e6),
        ("movia_fee", -8e6),
        ("plustur", 1e6),
    )
    option["waterfall"] = [{"id": name, "oere": figure(oere, oere - 5e6, oere + 5e6)} for name, oere in parts]
    option["affected_riders"] |= {
        "by_age": [band("70-79", 1_000, 600), band("80+", 700, 300)],
        "by_place": [band("Sorø", 1_700, 900), band("country", 0, 0)],
        "by_distance": [band("0-5", 1_700, 900)],
    }
    for place, one in enumerate(whole["options"]):
        one["net_cost_per_older_resident_oere"] = figure(8_000 - 100 * place, 7_000, 9_000)
    whole |= {"population": 29_834, "population_older": 5_000}
    trial = {
        "where": "24 → 48 kr. i fire kommuner", "reversed": False, "trips_percent": {"low": -55.0, "high": -40.0},
        "cost_percent": {"low": -65.0, "high": -55.0},
    }  # fmt: skip
    entry = {"option": "Gratis", "change": "takst 24 → 48 kr.", "resemblance": "same", "text": "Prøvet.", "published": [trial],
             "bounds_trips_percent": None, "predicted": {"trips_percent": figure(-46, -50, -41), "cost_percent": None}}  # fmt: skip
    never = entry | {"resemblance": "never", "published": [], "bounds_trips_percent": {"low": -84.0, "high": -54.0}}
    whole["experiments"] = [entry, never]
    moved = {
        "net_cost_with_own_oere": figure(44_500_025, 28_400_020, 73_650_033),
        "change_with_own_oere": figure(-66e6, -81e6, -54e6),
    }
    part = {
        "oere": -20_109_290,
        "net_cost_with_own_oere": figure(35e6),
        "change_with_own_oere": figure(-33e6, -40e6, 5e6),
    }
    bare = {"net_cost_with_own_oere": figure(110_500_025), "change_with_own_oere": None}
    whole["own_lines"] = {
        "lines": [{"option": "Gratis", "name": "Sparet buslinje", "oere": -40_000_000, "part_year_oere": -20_109_290}],
        "options": [
            {"option": "I dag", "oere": 0, **bare, "part_year": {"oere": 0, **bare}},
            {"option": "Gratis", "oere": -40_000_000, **moved, "part_year": part},
        ],
        "part_year_days": 184, "days_in_year": 366, "notes": ["Kommunens egne tal."],
    }  # fmt: skip
    return whole


def texts(table: Table | None) -> list[list[str]]:
    assert table is not None
    return [[str(cell) for cell in row] for row in table.rows]


def test_the_parts_stand_with_their_means_so_that_they_add_up(comparison: dict[str, Any]) -> None:
    """40 - 10 - 220 - 80 + 10 = -260 thousand kroner."""
    (row,) = texts(waterfall_table(answer_of(comparison)))
    assert [cell.partition(" ")[0] for cell in row] == ["Gratis", "+40", "-10", "-220", "-80", "+10", "-260"]
    assert row[1] == "+40 (-10 til +90)"


def test_riders_are_told_by_band_before_and_after_and_empty_rows_left_out(comparison: dict[str, Any]) -> None:
    assert [row[:2] for row in texts(riders_by_age_table(answer_of(comparison)))] == [
        ["Gratis", "70-79 år"],
        ["Gratis", "80 år eller ældre"],
    ]
    (place,) = texts(riders_by_place_table(answer_of(comparison)))
    assert place == ["Gratis", "Sorø", "1.700 (1.700-1.700)", "900 (900-900)", "-800 (-805 til -795)"]
    assert len(riders_tables(answer_of(comparison))) == 3


def test_what_was_published_stands_beside_what_is_calculated(comparison: dict[str, Any]) -> None:
    same, never = texts(experiments_table(answer_of(comparison)))
    assert same[1:] == [
        "prøvet 24 → 48 kr. i fire kommuner", "-40 til -55 %", "-46,0 % (-50 til -41)", "-55 til -65 %", "–",
    ]  # fmt: skip
    assert never[1:3] == ["aldrig prøvet", "– forsøgene alene: -54 til -84 %"]
    assert experiments_words(answer_of(comparison)) == ["Gratis: Prøvet.", "Gratis: Prøvet."]


def test_own_lines_stand_between_the_net_cost_and_the_sum_with_them(comparison: dict[str, Any]) -> None:
    """845 - 400 = 445 thousand kroner; the change -260 - 400 = -660."""
    rows = texts(own_lines_table(answer_of(comparison)))
    assert [row[1] for row in rows] == [
        "nettoudgift (beregnet)", "Sparet buslinje", "nettoudgift med kommunens egne linjer",
        "ændring i forhold til uændret 2020, med egne linjer",
    ]  # fmt: skip
    assert [row[2].partition(" ")[0] for row in rows] == ["845", "-400", "445", "-660"]
    assert rows[1][3] == "-201"
    assert rows[3][3] == "usikker ca. -331 (-400 til +50)"


def test_the_sentence_on_own_lines_is_in_kroner_as_the_headline(comparison: dict[str, Any]) -> None:
    """-260 - 400 thousand is 660,000 kr. less."""
    answer = answer_of(comparison)
    said = f"{answer.options[1].name} med jeres egne linjer: mindreudgift ca. 660.000 kr. om året ("
    (told,) = own_sentences(answer, "da")
    assert told.startswith(said)
    assert told.endswith(" kr.).")
    (told,) = own_sentences(answer, "en")
    assert "with your own lines: about DKK 660,000 less a year (DKK " in told


def test_net_cost_by_resident_and_by_older_resident(comparison: dict[str, Any]) -> None:
    table = residents_table(answer_of(comparison))
    assert texts(table)[0] == ["I dag", "15 (12-21)", "80 (70-90)"]
    assert table is not None
    assert "(29.834)" in table.caption
    assert "(5.000)" in table.caption


def with_flexhandicap(comparison: dict[str, Any]) -> dict[str, Any]:
    """100 trips turned away, a tenth of them back at 200 kr: 2,000 kr."""
    said = "Gratis: dertil kan komme en afledt udgift til flexhandicap på ca. 2.000 kr. om året (500-4.000)."
    comparison["options"][0]["flexhandicap"] = None
    comparison["options"][1]["flexhandicap"] = {
        "turned_away_trips": figure(100, 80, 120), "trips": figure(10, 3, 18),
        "cost_oere": figure(200_000, 50_000, 400_000), "sentence": said,
    }  # fmt: skip
    comparison["flexhandicap"] = {
        "moved_share": [0.1, 0.0, 0.2], "trip_km": 13.0, "operator_oere": 19_850.0, "administration_oere": 4_650.0,
        "fare_oere": 4_500.0, "cost_per_trip_oere": 20_000.0, "notes": ["Ikke en del af nettoudgiften."],
    }  # fmt: skip
    return comparison


def test_flexhandicap_stands_outside_the_net_cost_with_what_it_rests_on(comparison: dict[str, Any]) -> None:
    before = text_report(answer_of(comparison), "x")
    told = with_flexhandicap(comparison)
    assert texts(flexhandicap_table(answer_of(told))) == [["Gratis", "100 (80-120)", "10 (3-18)", "2,0 (0,5-4,0)"]]
    words = flexhandicap_words(answer_of(told))
    assert words[0].startswith("Regnet med, at 10 % (0-20 %) af turene")
    assert "på 13 km koster kommunen 200 kr.: vognmand 199 kr. og administration 47 kr., mindre 45 kr." in words[1]
    shown = " ".join(text_report(answer_of(told), "x").split())
    html = render_html(answer_of(told), attribution="Kort", manifest={"command": "x", "seed": 1})
    for said in ("dertil kan komme en afledt udgift til flexhandicap", "Ikke en del af nettoudgiften."):
        assert said in shown
        assert said in html
    # Beside what was there before, line for line.
    assert [line for line in before.splitlines() if line not in text_report(answer_of(told), "x").splitlines()] == []


def test_all_of_them_are_in_the_report_and_own_lines_in_the_terminals_text_too(comparison: dict[str, Any]) -> None:
    html = render_html(answer_of(comparison), attribution="Kort", manifest={"command": "x", "seed": 1})
    for said in (
        "Hvad ændringen består af",
        "Kommunens egne linjer",
        "Forsøgene ved siden af",
        "turen begynder i",
        "pr. ældre",
    ):
        assert said in html
    assert "Sparet buslinje" in text_report(answer_of(comparison), "x")


def test_a_comparison_without_them_has_none_of_their_tables() -> None:
    """One kept from before they were published."""
    old = answer_of(small_comparison())
    made = (
        waterfall_table,
        experiments_table,
        own_lines_table,
        flexhandicap_table,
        residents_table,
        riders_by_age_table,
    )
    assert [make(old) for make in made] == [None] * len(made)
    html = render_html(old, attribution="Kort", manifest={"command": "x", "seed": 1})
    assert "Kommunens egne linjer" not in html
    assert "Forsøgene" not in html
    assert "flexhandicap" not in html
