"""A per cent is what a pocket calculator gives of the printed change and the printed figure before it."""

from small_comparison import figure, small_comparison

from sim.telling.figures import shown_rows
from sim.telling.paper.appendix import ACCOUNT
from sim.telling.paper.citizens import citizens
from sim.telling.paper.kroner import account_rows, kroner
from sim.telling.report.headline import headline
from sim.telling.report.printed import accounts, affected_counts, money, percents
from sim.telling.report.table import change_table
from sim.telling.section import Rows
from sim.words.figure import Figure
from tests.answer.building import answer_of


def test_small_amounts_carry_a_whole_per_cent_that_the_calculator_confirms() -> None:
    """14 of 38 is 36.84 %: the true 37.7 % of unrounded amounts would look like an error; half a step moves it by 1.8 points."""
    (found,), shown = percents([Figure(37.7, 20.0, 60.0)], [(14, 38)])
    assert found is not None
    assert shown(found.mean) == "37"


def test_larger_amounts_carry_a_decimal() -> None:
    """-18 of 277 is -6.498 %, of the unrounded amounts -6.6 %; 65 of 277 is 23.466 %."""
    found, shown = percents([Figure(-6.6, -10.8, -4.0), Figure(23.5, 11.0, 39.0)], [(-18, 277), (65, 277)])
    assert [shown(one.mean) for one in found if one] == ["-6,5", "23,5"]


def test_a_column_has_equal_decimals() -> None:
    found, shown = percents([Figure(37.7, 20.0, 60.0), Figure(1.0, 0.5, 2.0)], [(14, 38), (10, 1000)])
    assert [shown(one.mean) for one in found if one] == ["37", "1"]


def test_a_per_cent_of_nothing_and_one_outside_its_interval_stay() -> None:
    found, _ = percents([Figure(5.0, 4.0, 6.0), None, Figure.known(37.7)], [(3, 0), (1, 2), (14, 38)])
    assert found == [Figure(5.0, 4.0, 6.0), None, Figure.known(37.7)]


def _dragoer() -> dict[str, object]:
    """38,270 kr. today and 14,430 kr. more: 37.7 %, printed as 38 and 14."""
    comparison = small_comparison(part=False)
    before, after = comparison["options"][:2]
    before["net_cost_oere"] = figure(3_827_000, 3_000_000, 4_500_000)
    after["net_cost_oere"] = figure(5_270_000, 4_000_000, 6_500_000)
    for one in (before, after):
        one |= {"operator_payment_oere": one["net_cost_oere"], "fares_oere": figure(0.0), "movia_fee_oere": figure(0.0)}
    after["change"]["net_cost_oere"] = figure(1_443_000, 800_000, 2_200_000)
    after["change"]["percent"]["net_cost_oere"] = figure(37.7, 20.0, 60.0)
    return comparison


def test_headline_table_and_paper_say_the_same_per_cent() -> None:
    """In Dragør 14 thousand of 38: 37 % in the line that leads, in the table and in the paper."""
    comparison = answer_of(_dragoer())
    assert headline(comparison, 1).amount == "merudgift ca. 14.000 kr. (37 %) om året"
    assert change_table(comparison).rows[0][2].text == "+37 %"
    table = next(part for section in kroner(comparison, None) for part in section.parts if isinstance(part, Rows))
    cells = shown_rows(table, "da")
    assert [cells[0][1].text, cells[1][2].text, cells[1][3].text.replace("\u00a0", " ")] == ["38", "+14", "+37 %"]


def test_the_paper_prints_the_accounts_and_trips_of_the_page() -> None:
    comparison = answer_of(small_comparison())
    least = money(comparison).least
    printed = [[round(one.mean / least) for one in row] for row in account_rows(comparison)]
    assert len(printed[0]) == len(ACCOUNT)
    assert printed == [[a.operator_payment, a.fares, a.movia_fee, a.net_cost] for a in accounts(comparison)]
    (section,) = citizens(comparison)
    table = next(part for part in section.parts if isinstance(part, Rows))
    told = [(row[1].mean, row[3].mean) for row in table.rows]  # type: ignore[union-attr]
    assert told == [affected_counts(option) for option in comparison.options[1:]]
