"""Every drawing of a comparison: its marks where they belong, its words and table with the comparison's numbers."""

import pytest

from sim.telling.drawing import NARROW, WIDE, pdf, png, titled
from sim.telling.drawing.drawings import drawings
from sim.telling.drawing.svg import BLUE, INK, PALE, PAPER, QUIET, VERMILION
from tests.answer.building import answer_of
from tests.drawing.reading_svg import checked, every, opened, text_of
from tests.drawing.whole_comparison import figure, whole_comparison

ALL = ["intervals", "waterfall-2", "riders-2", "trips", "prices", "fan", "months", "tornado-2", "trials"]
NASTY = '</title><script>alert("x")</script> & "Bytakst" \x00 \ud800 ]]> ' + "meget " * 40 + "lang" * 30


def test_a_comparison_has_these_drawings_in_this_order() -> None:
    assert list(drawings(answer_of(whole_comparison()))) == ALL


def test_each_is_there_once_more_for_a_narrow_screen() -> None:
    found = drawings(answer_of(whole_comparison()))
    assert found["months-narrow"].svg == drawings(answer_of(whole_comparison()), width=NARROW)["months"].svg
    assert found["months-narrow"].svg != found["months"].svg
    assert "waterfall-9-narrow" not in found


def test_one_without_the_numbers_has_fewer() -> None:
    comparison = whole_comparison()
    comparison["experiments"], comparison["tornadoes"] = [], []
    del comparison["options"][1]["waterfall"], comparison["options"][0]["months"][0]["accumulated_net_cost_oere"]
    found = drawings(answer_of(comparison))
    assert list(found) == ["intervals", "riders-2", "trips", "prices", "months"]
    assert "waterfall-2" not in found
    assert found.get("no such drawing") is None


def test_one_option_alone_has_only_what_needs_no_other() -> None:
    comparison = whole_comparison()
    comparison["options"] = comparison["options"][:1]
    comparison["experiments"], comparison["tornadoes"] = [], []
    comparison["citizen_prices"][0]["oere"] = comparison["citizen_prices"][0]["oere"][:1]
    assert list(drawings(answer_of(comparison))) == ["trips", "prices", "fan", "months"]


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", ALL)
def test_each_is_one_clean_piece_that_says_an_options_name_and_a_number(name: str, width: int) -> None:
    drawing = drawings(answer_of(whole_comparison()), width=width)[name]
    root = checked(drawing)
    assert root.get("width") == str(width)
    assert any(letter.isdigit() for letter in drawing.alt)
    assert name in ("tornado-2",) or "Bytakst 60" in drawing.alt
    assert drawing.svg == drawings(answer_of(whole_comparison()), width=width)[name].svg


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("name", ALL)
def test_a_name_that_looks_like_markup_stays_a_name_and_is_cut_only_in_the_picture(name: str, width: int) -> None:
    drawing = drawings(answer_of(whole_comparison("I dag", NASTY)), width=width)[name]
    assert "<script" not in drawing.svg
    opened(drawing.svg)
    cells = [cell for row in drawing.table.rows for cell in row]
    told = [*(cell.text for cell in cells), *drawing.table.header, drawing.table.caption]
    assert name == "tornado-2" or any(NASTY in text for text in told)


def test_prices_are_bars_from_zero_and_options_that_charge_the_same_share_one() -> None:
    # Today 36 kr, the option 0 kr; ticks to 40, so a krone is a fortieth of the column of 322 pixels.
    root = checked(drawings(answer_of(whole_comparison("I dag", "Gratis")))["prices"])
    bars = {e.get("fill"): float(e.attrib["width"]) for e in every(root, "rect") if e.get("fill") in (QUIET, BLUE)}
    assert bars[QUIET] == pytest.approx(36 * 322 / 40, abs=0.06)
    assert bars[BLUE] == 1
    comparison = whole_comparison("I dag", "Det samme")
    comparison["citizen_prices"][0]["oere"] = comparison["citizen_prices"][0]["oere"][:1] * 2
    assert "alle valgmuligheder: 36 kr." in text_of(checked(drawings(answer_of(comparison))["prices"]))


def test_a_trip_that_a_rule_closes_has_no_bar() -> None:
    comparison = whole_comparison()
    comparison["citizen_prices"][0]["oere"][1] = None
    drawing = drawings(answer_of(comparison))["prices"]
    assert "Bytakst 60: køres ikke" in text_of(checked(drawing))
    assert "uden ændring 36 kr., Bytakst 60 køres ikke" in drawing.alt


def test_the_riders_of_empty_groups_are_left_to_the_table() -> None:
    drawing = drawings(answer_of(whole_comparison()))["riders-2"]
    said = text_of(checked(drawings(answer_of(whole_comparison()), width=NARROW)["riders-2"]))
    assert "60-69 år: før 300 (150-450), efter 150 (70-230)" in said
    assert not any(text.startswith("0-15") for text in said)
    assert ["Efter alder", "0-15 år", "0 (0-0)"] in [[str(c) for c in row[:3]] for row in drawing.table.rows]
    assert "80 år eller ældre: før 1.400 (700-2.100) ture, efter 750 (370-1.130)" in drawing.alt


def test_the_months_of_a_year_add_up_in_the_fan_with_the_budget_as_a_level() -> None:
    comparison = whole_comparison()
    comparison["budget"] = {"budget_oere": 100_000_000}
    drawing = drawings(answer_of(comparison))["fan"]
    root = checked(drawing)
    # 92 thousand a month: 1,104 at the end; scale 0 to 1,500 over 130 pixels.
    line = every(root, "polyline", stroke=BLUE)[0].attrib["points"].split()
    first, last = (float(point.split(",")[1]) for point in (line[0], line[-1]))
    assert first - last == pytest.approx((1104 - 92) * 130 / 1500, abs=0.15)
    assert len(every(root, "line", stroke=VERMILION)) == 2
    assert [row[0].text for row in drawing.table.rows][-1] == "december"
    assert str(drawing.table.rows[-1][1]) == "1.104 (960-1.200)"
    assert "Bytakst 60 1.104.000 kr. (960.000-1.200.000)" in drawing.alt


def test_with_years_ahead_the_fan_shows_the_years() -> None:
    comparison = whole_comparison()
    names = [option["name"] for option in comparison["options"]]
    years = [
        {
            "year": year,
            "options": [{"name": name, "net_cost_oere": figure(cost, cost - 1e7, cost + 1e7)} for name in names],
        }
        for year, cost in ((2020, 1e8), (2021, 1.1e8))
    ]
    for year in years:
        year |= {
            "price_level": year["year"],
            "demand_index": figure(1.0),
            "passengers": 10_000.0,
            "editions": [],
            "drafted": False,
        }
        for option in year["options"]:
            option |= {"change": {"net_cost_oere": figure(0.0)}, "trips": figure(8_300)}
    comparison["outlook"] = {"years": years, "fixed_prices": True}
    drawing = drawings(answer_of(comparison))["fan"]
    assert {"2020", "2021"} <= set(text_of(checked(drawing)))
    assert "I 2021: I dag 1.100.000 kr. (1.000.000-1.200.000)" in drawing.alt


def test_a_trials_range_is_a_box_over_what_is_calculated() -> None:
    drawing = drawings(answer_of(whole_comparison()))["trials"]
    root = checked(drawing)
    trips, cost = every(root, "rect", fill=PALE, stroke=INK)
    # -65 to 0: ticks 20 apart from -80, so a per cent is an eightieth of 322 pixels.
    assert float(trips.attrib["width"]) == pytest.approx(15 * 322 / 80, abs=0.06)
    assert float(cost.attrib["width"]) == pytest.approx(10 * 322 / 80, abs=0.06)
    assert "ture -48,0 % (-53 til -42) mod -40 til -55 % i forsøgene" in drawing.alt


def test_a_trials_chart_says_its_figures_as_the_table_behind_it() -> None:
    """-53.2 to -41.9 is at most -54 to -41, in the chart as in the table."""
    comparison = whole_comparison()
    comparison["experiments"][0]["predicted"]["trips_percent"] = {"mean": -47.6, "p10": -53.2, "p90": -41.9}
    drawing = drawings(answer_of(comparison))["trials"]
    (row,) = drawing.table.rows
    assert "(-54 til -41)" in str(row[3])
    assert f"ture {row[3]} mod" in drawing.alt


def test_the_tornado_goes_from_the_central_answer_to_both_ends() -> None:
    drawing = drawings(answer_of(whole_comparison()))["tornado-2"]
    root = checked(drawing)
    # -500 to 0 thousand over 322 pixels; from -260: 160 up to the result at the low value, 240 down to that at the high one.
    hollow, filled = every(root, "rect", stroke=BLUE)
    assert (hollow.get("fill"), filled.get("fill")) == (PAPER, BLUE)
    assert float(hollow.attrib["width"]) == pytest.approx(160 * 322 / 500, abs=0.06)
    assert float(filled.attrib["width"]) == pytest.approx(240 * 322 / 500, abs=0.06)
    assert drawing.alt == (
        "Skønnet er en mindreudgift på 260.000 kr. om året. Andel i byen, fra 0,15 til 0,45, giver -100.000 til -500.000 kr."
    )


def test_a_drawing_becomes_a_picture_and_a_page_with_its_title() -> None:
    drawing = drawings(answer_of(whole_comparison()))["intervals"]
    alone = titled(drawing)
    assert text_of(opened(alone))[0] == drawing.title
    assert png(alone).startswith(b"\x89PNG")
    assert png(alone) == png(alone)
    assert pdf(alone).startswith(b"%PDF")
