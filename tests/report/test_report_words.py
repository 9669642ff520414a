"""Tables and words of a comparison checked by hand."""

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest
from small_comparison import figure, small_comparison

from sim.telling.paper.appendix import sources
from sim.telling.report.arithmetic import whole_oere
from sim.telling.report.html import render_html
from sim.telling.report.phrases import lead_words, precision_words, price_level_words
from sim.telling.report.table import citizen_table, officers
from sim.telling.report.text import text_report
from tests.answer.building import answer_of
from tests.report.printed_tables import as_texts


def rendered(comparison: dict) -> str:
    return render_html(
        answer_of(comparison), attribution="Kort: nogen, CC BY 4.0", manifest={"command": "takstlab compare", "seed": 1}
    )


def test_the_officers_table_is_what_a_pocket_calculator_gives() -> None:
    """1,105,000.25 kr / 10,000 passengers = 110.50 kr -> 111; 260,000 kr / 800 lost trips = 325 kr."""
    header, today, free = as_texts(officers(answer_of(small_comparison())))
    assert header == [
        "valgmulighed", "nettoudgift", "mer-/mindreudgift", "virkning i budgetåret", "vognmandsbetaling", "brugerbetaling",
        "betaling til Movia", "ture", "passagerer", "kr. pr. passager", "kr. pr. indbygger", "kr. pr. mistet tur",
    ]  # fmt: skip
    assert today == [
        "I dag", "1.105 (880-1.440)", "–", "–", "1.000 (800-1.310)", "240 (190-320)", "345 (270-450)",
        "8.300 (6.600-10.800)", "10.000 (8.000-13.000)", "111 (99-124)", "15 (12-21)", "–",
    ]  # fmt: skip
    assert free[1:7] == [
        "845 (670-1.100)", "-260 (-410 til -140)", "usikker (-200 til +50)", "800 (640-1.050)", "260 (200-340)", "305 (240-400)",
    ]  # fmt: skip
    assert free[9:] == ["111 (99-124)", "15 (12-21)", "325 (280-360)"]


def test_a_projected_fare_says_so_beside_each_price_and_the_first_figure() -> None:
    comparison = small_comparison() | {"price_level": 2027}
    said = "Fremskrevet; ikke Movias prisliste: grundtakst 48 kr."
    comparison["fares"] = {"certainty": "projected", "text_da": said, "text_en": ""}
    trip = comparison["citizen_prices"][0]
    comparison["citizen_prices"] = [trip | {"certainty": ["projected", *["known"] * (len(trip["oere"]) - 1)]}]
    _, today, other = citizen_table(answer_of(comparison)).rows[0]
    assert today.under.endswith("; fremskrevet")
    assert "fremskrevet" not in other.under
    assert price_level_words(answer_of(comparison)) == f"Beløb i 2027-priser; taksterne er årets egne. {said}"
    assert said in rendered(comparison)


def test_without_a_start_date_there_is_no_column_for_the_budget_year() -> None:
    header, *rows = as_texts(officers(answer_of(small_comparison(part=False))))
    assert "virkning i budgetåret" not in header
    assert all(len(row) == len(header) for row in rows)


def test_a_price_that_changes_is_shown_beside_todays() -> None:
    text = text_report(answer_of(small_comparison()), "x")
    assert "0 (uden ændring 36)" in text
    assert "nettet 32, barn 18" in text


def test_shares_of_riders_are_of_the_trips_they_make_today() -> None:
    """1,190 / 1,700 = 70 %, 340 / 1,700 = 20 %, 1,020 / 1,700 = 60 %."""
    text = text_report(answer_of(small_comparison()), "x")
    line = next(line for line in text.splitlines() if line.startswith("Gratis ") and "70 %" in line)
    assert line.split()[-6:] == ["70", "%", "20", "%", "60", "%"]


def test_numbers_that_are_not_the_municipalitys_own_come_after_the_percentages() -> None:
    comparison = small_comparison()
    comparison["volume"] = {
        "passengers": 25_214.3,
        "origin": "allocated",
        "statement": "Ikke kommunens egne tal: fordelt",
    }
    text = text_report(answer_of(comparison), "x")
    lead = "nettoudgiften -23,5 % (-38 til -12 %)"
    assert (
        text.index("IKKE KOMMUNENS EGNE TAL")
        < text.index(lead)
        < text.index("Kort sagt")
        < text.index("Helårsvirkning")
    )
    assert "mindreudgift ca. 32.600 kr. (27.000-41.000) pr. 1.000 bypassagerer" in " ".join(text.split())
    assert "IKKE KOMMUNENS" not in text_report(answer_of(small_comparison()), "x")


def test_a_percentage_that_has_no_meaning_is_left_out() -> None:
    comparison = small_comparison()
    option = comparison["options"][1]
    option["change"]["percent"] = dict.fromkeys(option["change"]["percent"])
    option["per_1000_town_passengers_oere"] = None
    assert lead_words(answer_of(comparison), 1) == "Gratis: kan ikke regnes i procent."


def test_what_the_user_changed_leads_the_assumptions() -> None:
    text = text_report(answer_of(small_comparison()), "x")
    assert text.index("ÆNDRET I DENNE BEREGNING, UDEN FOR SPÆNDET: Påstigning: 900") < text.index("Andel i byen: 0,25")


def test_precision_that_was_not_reached_is_said() -> None:
    comparison = small_comparison()
    assert "±2.847 kr.; højst ±11.830 kr. var ønsket. Den ønskede nøjagtighed er nået." in precision_words(
        answer_of(comparison)
    )
    comparison["precision"]["reached"] = False
    assert "ikke nået" in precision_words(answer_of(comparison))
    comparison["precision"]["half_width_oere"] = float("inf")
    assert "Én gentagelse" in precision_words(answer_of(comparison))
    assert "kun tilfældighed" in precision_words(answer_of({**comparison, "draws": 0}))


def test_rounding_to_whole_oere_never_moves_a_part_by_a_whole_oere() -> None:
    for tenths in range(1000):
        a, b, c = tenths % 10, tenths // 10 % 10, tenths // 100
        exact = {"operator_payment_oere": 500 + a / 10, "fares_oere": 120 + b / 10, "movia_fee_oere": 345 + c / 10}
        net = exact["operator_payment_oere"] - exact["fares_oere"] + exact["movia_fee_oere"]
        account = {key: figure(value) for key, value in (exact | {"net_cost_oere": net}).items()}
        whole = whole_oere(answer_of({"across": account}).across)
        assert whole.operator_payment - whole.fares + whole.movia_fee == whole.net_cost
        assert abs(whole.net_cost - net) <= 0.5 + 1e-9
        shown = {
            "operator_payment_oere": whole.operator_payment,
            "fares_oere": whole.fares,
            "movia_fee_oere": whole.movia_fee,
        }
        assert all(abs(shown[key] - exact[key]) < 1 for key in exact)


def test_an_account_that_does_not_add_up_is_refused() -> None:
    comparison = small_comparison()
    comparison["options"][1]["net_cost_oere"] = figure(110_500_125)
    with pytest.raises(ValueError, match="the account is wrong"):
        rendered(comparison)


def test_one_option_alone_gives_a_report_without_changes() -> None:
    html = rendered(small_comparison("I dag", part=False))
    assert "Der er kun én ordning" in html
    assert 'id="udgift"' not in html
    assert "budgetåret" not in html


def test_every_chart_has_a_name_a_description_and_ids_of_its_own() -> None:
    html = rendered(small_comparison("I dag", "Gratis", "Gratis overalt"))
    ids = [part.split('"')[0] for part in html.split(' id="')[1:]]
    assert len(ids) == len(set(ids))
    assert html.count("<svg") == html.count('role="img"') == html.count("<desc") == 4
    assert html.count("<table") == html.count("<caption")
    assert html.count("<th>") == 0


def test_long_and_hostile_names_stay_text_and_keep_the_terminal_narrow() -> None:
    name = '<script>alert("x")</script> & ' + "Bytakst 60 i de tre største byområder " * 2
    comparison = small_comparison("I dag", *(f"{name}{n}" for n in range(5)))
    assert "<script" not in rendered(comparison)
    assert max(map(len, text_report(answer_of(comparison), "x").splitlines())) <= 100


def test_another_process_gives_the_same_bytes() -> None:
    here = hashlib.sha256(rendered(small_comparison()).encode()).hexdigest()
    code = (
        "import hashlib, sys; sys.path.insert(0, sys.argv[1]); from test_report_words import rendered, small_comparison;"
        "print(hashlib.sha256(rendered(small_comparison()).encode()).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parent)], check=True, capture_output=True, text=True
    ).stdout.strip()
    assert there == here


def test_the_paper_calls_price_lists_movias_only_where_their_prices_are_known() -> None:
    known = small_comparison()
    said = "Fremskrevet; ikke Movias prisliste: grundtakst 49 kr."
    unknown = known | {"tariff_editions": ["2026-01-18-egen", "2027-01-17"], "fares": {"text_da": said}}
    first = [sources(answer_of(comparison), {}, "")[0].items[0].text.da for comparison in (known, unknown)]
    assert first == [
        "Takster: Movias takster, der gælder fra 1. juli 2019.",
        f"Takster: dem, der gælder fra 18. januar 2026 (egen prisliste) og 17. januar 2027. {said}",
    ]
    assert "gælder fra 18. januar 2026 (egen prisliste) og 17. januar 2027" in rendered(unknown)
