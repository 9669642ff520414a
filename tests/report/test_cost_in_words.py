"""What the option in force costs, as sentences, checked by hand on round figures."""

from small_comparison import figure, small_comparison

from sim.telling.paper.councils import councils
from sim.telling.paper.head import title
from sim.telling.report.cost_words import cost_words, cost_words_en, years_ahead_words, years_ahead_words_en
from tests.answer.building import answer_of


def alone(*years: int) -> dict:
    """One option and its years: 2, 4 and 6 million kr., each 1 to 5."""
    ahead = [
        {"year": year, "options": [{"net_cost_oere": figure(2e8 * (1 + place), 1e8, 5e8)}]}
        for place, year in enumerate(years)
    ]
    return small_comparison("Nuværende ordning") | {"outlook": {"years": ahead, "fixed_prices": False}}


def test_the_cost_of_the_year_is_in_kroner_as_the_table_has_it() -> None:
    """1,105,000.25 kr. is 1,105 thousand."""
    assert cost_words(answer_of(small_comparison())) == (
        "Nettoudgiften er i 2020 under nuværende ordning ca. 1.105.000 kr. om året (880.000-1.440.000)."
    )
    assert cost_words_en(answer_of(small_comparison())) == (
        "The net cost in 2020 under the present scheme is about DKK 1,105,000 a year (880,000-1,440,000)."
    )


def test_the_years_ahead_are_said_after_it_and_the_budget_year_is_not_repeated() -> None:
    assert years_ahead_words(answer_of(alone(2020, 2021, 2022))) == (
        "I overslagsårene er den ca. 4.000.000 kr. (1.000.000-5.000.000) i 2021 og ca. 6.000.000 kr. (1.000.000-5.000.000) i 2022,"
        " i årets priser."
    )
    assert years_ahead_words_en(answer_of(alone(2020, 2021, 2022))) == (
        "In the years ahead it is about DKK 4,000,000 (1,000,000-5,000,000) in 2021; about DKK 6,000,000 (1,000,000-5,000,000)"
        " in 2022, in prices of each year."
    )
    for without in (small_comparison(), small_comparison() | {"outlook": None}):
        assert years_ahead_words(answer_of(without)) is years_ahead_words_en(answer_of(without)) is None


def test_the_paper_of_one_option_is_of_its_cost_and_asks_of_no_change() -> None:
    one, two = small_comparison("Nuværende ordning"), small_comparison()
    assert title(answer_of(one)).da == "Flextur i Sorø Kommune: nettoudgift 2020"
    assert title(answer_of(two)).da == "Flextur i Sorø Kommune: valg af serviceelementer"
    assert ["Hvad betyder ændringen" in str(councils(answer_of(comparison))) for comparison in (one, two)] == [
        False,
        True,
    ]
