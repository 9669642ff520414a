"""Budget years and the clinic as officers read them."""

import pytest
from small_comparison import figure, small_comparison

from sim.telling.report.clinic_section import clinic_tables, clinic_words
from sim.telling.report.html import render_html
from sim.telling.report.outlook_section import outlook_tables, outlook_words
from sim.telling.report.text import text_report
from tests.answer.building import answer_of


def a_year(year: int, *certainties: str) -> dict:
    zero = {"net_cost_oere": figure(0.0), "trips": figure(0.0)}
    moved = {"net_cost_oere": figure(-20e6, -30e6, -10e6), "trips": figure(-100)}
    options = [("I dag", zero), ("Gratis", moved)]
    return {
        "year": year,
        "price_level": year,
        "demand_index": figure(1 + (year - 2024) / 50, 1 + (year - 2024) / 60, 1 + (year - 2024) / 40),
        "passengers": 10_000.0,
        "editions": [{"id": f"{year}", "from": f"{year}-01-21", "certainty": c} for c in certainties],
        "drafted": "projected" in certainties,
        "options": [
            {"name": n, "net_cost_oere": figure(3e8, 2e8, 4e8), "trips": figure(1000), "change": c} for n, c in options
        ],
    }


def with_years() -> dict:
    growth = {"growth_80plus_persons": 160_000.0}
    prices = {"operator_index_percent": 2.5, "fee_index_percent": 2.0, "willingness_index_percent": 2.2}
    outlook = {
        "years": [a_year(2024, "known"), a_year(2025, "known", "projected")],
        "fixed_prices": False,
        "drafted_from": "2024-01-21",
        "assumptions": growth | prices | {"fare_index_percent": 2.8},
        "replications": 4,
        "draws": 16,
    }
    return small_comparison() | {"outlook": outlook}


def with_clinic() -> dict:
    option = {
        "name": "Gratis",
        "rides_net_cost_oere": figure(3e7, 2e7, 4e7),
        "rides_trips": figure(1600, 1500, 1700),
        "both_oere": figure(1e7, -1e7, 2e7),
        "both_sign_is_sure": False,
        "clinic_alone": False,
        "sentence": "To regnskaber.",
    }
    nurses = {
        "visits_moved": 2400.0, "minutes_per_visit": 9.0, "minutes_stated": True, "round_trip_minutes": 30.0,
        "kr_per_hour": 350.0, "kr_stated": False, "hours": figure(360), "value_oere": figure(12.6e6, 10e6, 15e6),
    }  # fmt: skip
    clinic = {"flextur_share": 0.35, "trips_added": 1680.0, "nurses": nurses, "options": [option]}
    return small_comparison() | {"clinic": clinic | {"assumptions": {"clinic_visits_per_round": 3.0}}}


def test_a_comparison_of_one_year_has_neither_section() -> None:
    for comparison in (small_comparison(), small_comparison() | {"outlook": None, "clinic": None}):
        assert outlook_tables(answer_of(comparison)) == clinic_tables(answer_of(comparison)) == []
        html = render_html(answer_of(comparison), attribution="", manifest={})
        assert "overslagsår" not in html
        assert "ygeplejeklinik" not in html


def test_the_years_stand_side_by_side_in_the_years_own_prices() -> None:
    net, change, trips, assumed = outlook_tables(answer_of(with_years()))
    assert net.header == ("valgmulighed", "budgetår 2024", "overslagsår 2025")
    assert "årets priser" in net.caption
    assert [str(row[0]) for row in net.rows] == ["I dag", "Gratis"]
    assert [str(cell) for cell in change.rows[0]] == ["Gratis", *["-200 (-300 til -100)"] * 2]
    assert trips.rows[0][1].text == "1.000"
    assert [cell.text for cell in assumed.rows[1]] == ["efterspørgsel", "100,0", "102,0"]
    assert assumed.rows[3][2].text == "kendt fra 21. januar 2025; fremskrevet fra 21. januar 2025"


def test_a_start_date_makes_the_budget_year_what_it_is_and_a_new_service_says_how_much_of_it_there_is() -> None:
    comparison = with_years()
    assert "som det forløber" not in " ".join(outlook_words(answer_of(comparison)))
    comparison["outlook"]["budget_year_from"] = "2024-05-01"
    for year, share in zip(comparison["outlook"]["years"], (0.25, 0.58), strict=True):
        year["settled_share"] = figure(share, share - 0.1, share + 0.1)
    said = outlook_words(answer_of(comparison))[0]
    assert "nuværende ordning indtil 1. maj 2024 og derefter valgmuligheden. Overslagsårene er hele år." in said
    *_, shares = outlook_tables(answer_of(comparison))[-1].rows
    assert [str(cell) for cell in shares] == [
        "indkørt trafik i den nye ordning, % i budgetåret fra startdatoen", "25,0 (15,0-35,0)", "58,0 (48,0-68,0)",
    ]  # fmt: skip


def test_a_projected_fare_is_said_not_to_be_movias_price_list() -> None:
    said = " ".join(outlook_words(answer_of(with_years())))
    assert (
        "For 2025 er taksten helt eller delvis fremskrevet; ikke Movias prisliste: udgaven fra 21. januar 2024" in said
    )
    assert "ellers med 2,8 % om året, hver takstdel til nærmeste krone" in said


@pytest.mark.parametrize(
    ("edition", "said"),
    [
        ("2027-01-17-egen", "udgaven fra 17. januar 2027 (egen prisliste) ganget op med 2,8 % om året, hver takstdel"),
        ("min liste", "udgaven fra min liste ganget op med"),
    ],
)
def test_years_after_a_price_list_of_the_users_own_are_carried_on_from_it(edition: str, said: str) -> None:
    comparison = with_years()
    comparison["outlook"]["drafted_from"] = edition
    answer = answer_of(comparison)
    assert said in " ".join(outlook_words(answer))
    assert "Plustur er kendt til og med 2026" not in " ".join(outlook_words(answer))
    assert said in " ".join(render_html(answer, attribution="", manifest={}).replace("\u00a0", " ").split())


def test_a_year_that_an_own_price_list_begins_in_is_carried_forward_only_before_it() -> None:
    # The list of 21 January 2024 is the user's own: 2024 is projected before it, and 2025 is carried on from it.
    comparison = with_years()
    outlook = comparison["outlook"]
    outlook["drafted_from"] = "2024-01-21-egen"
    before = {"id": "2023-01-15", "from": "2023-01-15", "certainty": "projected"}
    own = {"id": "2024-01-21-egen", "from": "2024-01-21", "certainty": "entered"}
    outlook["years"][0] |= {"editions": [before, own], "drafted": True}
    said = " ".join(outlook_words(answer_of(comparison)))
    assert "Før 21. januar 2024 er taksten fremskrevet; ikke Movias prisliste." in said
    assert "For 2025 er taksten helt eller delvis fremskrevet" in said
    assert "2024 og 2025" not in said


def test_other_tables_price_level_is_told_where_it_is_not_the_budget_years() -> None:
    comparison = with_years()
    assert "andre tabeller" not in " ".join(outlook_words(answer_of({**comparison, "price_level": 2024})))
    assert "Beregningens andre tabeller er i 2017-priser." in outlook_words(
        answer_of({**comparison, "price_level": 2017})
    )


def test_the_clinics_accounts_are_tables_of_their_own_and_an_uncertain_sum_says_so() -> None:
    rides, nurses, both = clinic_tables(answer_of(with_clinic()))
    assert "Transportregnskabet" in rides.caption
    assert "ikke en del af nettoudgiften" in nurses.caption
    assert [cell.under for cell in nurses.rows[0]][1::2] == ["kommunens tal", "skøn"]
    assert both.rows[0][1].text == "usikker"
    said = clinic_words(answer_of(with_clinic()))
    assert said[0] == "To regnskaber."
    assert any("ændrer også andet end klinikken" in line for line in said)


def test_both_reports_show_both_sections() -> None:
    whole = with_years() | {"clinic": with_clinic()["clinic"]}
    html, text = render_html(answer_of(whole), attribution="", manifest={}), text_report(answer_of(whole), "ud")
    for words in ("Budgetår og overslagsår", "Sygeplejeklinik: to regnskaber", "To regnskaber."):
        assert words in html
        assert words in text
    assert max(len(line) for line in text.splitlines()) <= 100
