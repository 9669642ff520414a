"""Budget, own months and neighbours as officers read them."""

from small_comparison import figure, small_comparison

from sim.telling.report.budget_section import budget_tables, budget_words
from sim.telling.report.neighbours_section import neighbours_tables, neighbours_words
from sim.telling.report.text import text_report
from tests.answer.building import answer_of

MILLION = 100_000_000


def outturn(mean: float, low: float, high: float, budget: float, verdict: str) -> dict:
    over = figure(mean - budget, low - budget, high - budget)
    grant = figure(*(max(0.0, over[part]) for part in ("mean", "p10", "p90")))
    return {
        "outturn_oere": figure(mean, low, high),
        "deviation_oere": over,
        "tillaegsbevilling_oere": grant,
        "verdict": verdict,
    }


def with_budget() -> dict:
    budget = 2.0 * MILLION
    line = outturn(2.4 * MILLION, 2.4 * MILLION, 2.4 * MILLION, budget, "merforbrug")
    simulated = outturn(2.1 * MILLION, 1.8 * MILLION, 2.4 * MILLION, budget, "usikker")
    block = {
        "budget_oere": budget, "spent_oere": 1.2 * MILLION, "spent_to": "2020-06-30", "days_gone": 182, "days_in_year": 366,
        "spending_weight": 0.97,
        "to_date": {
            "actual_oere": 1.2 * MILLION, "simulated_oere": figure(1.0 * MILLION, 0.9 * MILLION, 1.1 * MILLION),
            "deviation_oere": figure(0.2 * MILLION, 0.1 * MILLION, 0.3 * MILLION),
            "deviation_percent": figure(20.0, 9.1, 33.3),
        },
        "options": [{"name": "I dag", "straight_line": line, "simulated": simulated, "sentence": "I dag: sagt."}],
    }  # fmt: skip
    return {**small_comparison("I dag"), "budget": block}


def test_the_budget_table_has_both_methods_and_the_grant() -> None:
    table, to_date = budget_tables(answer_of(with_budget()))
    assert table.header == ("valgmulighed", "forventet regnskab", "budget", "afvigelse", "tillægsbevilling")
    line, simulated = table.rows
    assert [str(cell) for cell in line] == ["I dag lige fremskrivning", "2.400", "2.000", "+400", "400"]
    assert [str(cell) for cell in simulated] == [
        "I dag simuleret", "2.100 (1.800-2.400)", "2.000", "usikker (-200 til +400)", "100 (0-400)"
    ]  # fmt: skip
    assert [str(cell) for cell in to_date.rows[0]] == [
        "I dag", "1.200", "1.000 (900-1.100)", "+200 (+100 til +300)", "+20,0 (+9 til +34)"
    ]  # fmt: skip


def test_a_grant_ends_where_the_deviation_ends() -> None:
    """-112 to +91 thousand is printed in steps of ten, and up to 91 of it may need a grant: both end at 100."""
    comparison = with_budget()
    simulated = outturn(1_966_000_00, 1_888_000_00, 2_091_000_00, 2_000_000_00, "usikker")
    comparison["budget"]["options"][0]["simulated"] = simulated
    row = budget_tables(answer_of(comparison))[0].rows[1]
    assert [str(cell) for cell in row[3:]] == ["usikker (-120 til +100)", "0 (0-100)"]


def test_an_options_outturn_is_todays_and_its_change_as_among_the_years_ahead() -> None:
    """1,183,796 and 14,560 more are 1,184 and 15: 1,199 thousand, though 1,198,357 alone is nearer to 1,198."""
    comparison = with_budget() | {"options": small_comparison("I dag", "Gratis")["options"]}
    (today,) = comparison["budget"]["options"]
    cheaper, dearer = (
        outturn(oere, 110e6, 135e6, 120e6, "usikker") | {"tillaegsbevilling_oere": figure(0.0, 0.0, 15e6)}
        for oere in (118_379_648, 119_835_670)
    )
    comparison["budget"] |= {
        "budget_oere": 120_000_000, "spent_oere": None, "spent_to": None, "to_date": None,
        "options": [today | {"straight_line": None, "simulated": cheaper},
                    {"name": "Gratis", "straight_line": None, "simulated": dearer, "sentence": "Gratis: sagt."}],
    }  # fmt: skip
    rows = budget_tables(answer_of(comparison))[0].rows
    assert [row[1].text for row in rows] == ["1.184", "1.199"]


def test_small_budgets_are_told_in_kroner() -> None:
    comparison = with_budget()
    for block in (comparison["budget"]["options"][0][key] for key in ("straight_line", "simulated")):
        for name in ("outturn_oere", "deviation_oere", "tillaegsbevilling_oere"):
            block[name] = {part: value / 1000 for part, value in block[name].items()}
    comparison["budget"]["budget_oere"] /= 1000
    table = budget_tables(answer_of(comparison))[0]
    assert "kr." in table.caption
    assert "mio." not in table.caption
    assert [str(cell) for cell in table.rows[0]][1:] == ["2.400", "2.000", "+400", "400"]


def test_the_section_stands_in_the_text_and_is_gone_without_a_budget() -> None:
    told = text_report(answer_of(with_budget()), "mappe")
    assert "Budget og forventet regnskab" in told
    assert "I dag: sagt." in told
    assert all(len(line) <= 100 for line in told.splitlines())
    assert budget_tables(answer_of(small_comparison())) == budget_words(answer_of(small_comparison())) == []


def with_neighbours() -> dict:
    def row(name: str, **other: object) -> dict:
        return {
            "municipality": "0316", "name": name, "own": False, "offers_flextur": "known", "package": ["kommunetakst"],
            "package_certainty": "assumed", "price_3_km_oere": 2400, "price_8_km_oere": 2400, "volume_origin": "allocated",
            "net_cost_oere": figure(1.2 * MILLION, 0.4 * MILLION, 3.4 * MILLION), "passengers": figure(12_000, 4_000, 36_000),
            "net_cost_per_passenger_oere": figure(10_000), "net_cost_per_resident_oere": figure(1_700),
            "net_cost_per_older_resident_oere": figure(11_300), "trips_per_1000_older": figure(943), **other,
        }  # fmt: skip

    gone = {"trips": figure(182, 120, 223), "passengers": figure(218), "net_cost_oere": figure(2_700_000)}
    fee = [
        {"fixed_part": 0.0, "per_passenger_oere": 0.0, "year_oere": 0.0},
        {"fixed_part": 0.5, "per_passenger_oere": 41.0, "year_oere": 410_000.0},
    ]
    block = {
        "rows": [
            row("Sorø", own=True, volume_origin="own"), row("Holbæk", price_3_km_oere=None),
            {"municipality": "0185", "name": "Tårnby", "own": False, "offers_flextur": "no"},
        ],
        "across": [
            {"name": "Holbæk", "offers_flextur": "known", **gone, "fee": fee},
            {"name": "Tårnby", "offers_flextur": "no", **gone, "fee": None},
        ],
        "replications": 5, "draws": 8, "notes": ["Må ikke lægges sammen."],
    }  # fmt: skip
    return {**small_comparison("I dag"), "neighbours": block}


def test_neighbours_say_what_is_known_of_them() -> None:
    choices, costs, across = neighbours_tables(answer_of(with_neighbours()))
    assert [str(cell) for cell in choices.rows[1]] == ["Holbæk", "kommunetakst (antaget)", "køres ikke", "24"]
    assert [str(cell) for cell in choices.rows[2]] == ["Tårnby", "har ikke flextur", "–", "–"]
    assert [str(row[0]) for row in costs.rows] == ["Sorø passagerer: eget tal", "Holbæk passagerer: fordelt"]
    assert "turene kan ikke køres" in str(across.rows[1][0])


def test_a_leaving_neighbour_and_the_common_fee_in_words() -> None:
    told = neighbours_words(answer_of(with_neighbours()))
    assert "Må ikke lægges sammen." in told
    assert (
        "Forlader Holbæk flextur, ændres betalingen til Movia her ikke; var 50 % af den fast, med ca. 4.100 kr. om året"
        " (0,41 kr. pr. passager)." in told
    )
    assert neighbours_tables(answer_of(small_comparison())) == neighbours_words(answer_of(small_comparison())) == []
