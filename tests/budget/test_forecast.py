"""Outturn, deviation and supplementary grant by hand arithmetic."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sim.answer.budget.forecast import Outturn, check_budget, forecast, shares_gone, straight_line_oere
from sim.answer.budget.learning import learn
from sim.answer.budget.words import sentence
from sim.answer.codec import record_json
from sim.answer.compare import compare
from sim.answer.records import budget as records
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.replicated.figures import Spread
from sim.study.replicated.measures import Measure
from sim.study.replicated.samples import Samples
from sim.words.figure import Figure
from tariffs.errors import InputError

MILLION = 100_000_000
TODAY, DEARER = "I dag: kommunetakst", "Grundtakst:"


def scenario(*options: str, **values: object) -> Scenario:
    given = {"municipality": "0340", "options": [parse_option(o) for o in options or (TODAY,)], "draws": 0, **values}
    return build_scenario(given, "test")


def of(low: float, high: float) -> Spread:
    """Nine replications evenly from low to high: of nine random samples the outermost are the ends of the interval."""
    return Spread(np.linspace(low, high, 9), np.zeros(0), np.zeros(0, dtype=np.int64))


def test_the_straight_line_is_spent_over_days_gone_times_days_of_the_year() -> None:
    """1.2 M kr by 30 June 2020: 31 + 29 + 31 + 30 + 31 + 30 = 182 days; 1.2 x 366 / 182 = 2.413186... M kr."""
    assert straight_line_oere(120_000_000, date(2020, 6, 30)) == pytest.approx(241_318_681.3, abs=0.1)


def test_a_day_of_a_year_that_is_no_leap_year_counts_of_365() -> None:
    assert straight_line_oere(1_000, date(2021, 1, 1)) == 365_000
    assert straight_line_oere(1_000, date(2021, 12, 31)) == 1_000


def test_spending_over_the_budget_needs_a_grant_of_the_same_size() -> None:
    told = Outturn.of(of(2.2 * MILLION, 2.4 * MILLION), 2 * MILLION)
    assert told.deviation is not None
    assert told.deviation.mean == pytest.approx(0.3 * MILLION)
    assert told.grant == told.deviation
    assert told.verdict == "merforbrug"


def test_spending_under_the_budget_needs_none() -> None:
    told = Outturn.of(of(1.6 * MILLION, 1.8 * MILLION), 2 * MILLION)
    assert told.deviation is not None
    assert told.grant is not None
    assert told.deviation.mean == pytest.approx(-0.3 * MILLION)
    assert (told.grant.mean, told.grant.p10, told.grant.p90) == (0, 0, 0)
    assert told.verdict == "mindreforbrug"


def test_an_outturn_on_both_sides_of_the_budget_is_uncertain() -> None:
    told = Outturn.of(of(1.5 * MILLION, 2.3 * MILLION), 2 * MILLION)
    assert told.verdict == "usikker"
    assert told.grant is not None
    assert told.grant.p10 == 0 < told.grant.p90


def test_without_a_budget_there_is_an_outturn_but_no_deviation() -> None:
    told = record_json(Outturn.of(of(5.0, 7.0), None).shown)
    assert told["outturn_oere"] == pytest.approx({"mean": 6.0, "p10": 5.0, "p90": 7.0})
    assert told["deviation_oere"] is told["tillaegsbevilling_oere"] is told["verdict"] is None


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"spent_kr": 5.0}, "--spent er angivet uden --spent-to"),
        ({"spent_to": date(2020, 6, 30)}, "--spent-to er angivet uden --spent"),
        ({"spent_kr": 5.0, "spent_to": date(2019, 6, 30)}, "ikke ligger i 2020"),
        ({"spent_kr": 5.0, "spent_to": date(2020, 6, 30), "start": date(2020, 6, 30)}, "før forbruget er talt"),
        ({"spent_kr": 5.0, "spent_to": date(2020, 12, 31), "two": True}, "ingen dage tilbage"),
        ({"budget_kr": 5.0, "municipalities": ["0316", "0340"]}, "flere kommuner"),
    ],
)
def test_a_budget_that_does_not_fit_together_is_refused(values: dict, words: str) -> None:
    options = (TODAY, DEARER) if values.pop("two", False) else (TODAY,)
    given = {"options": [parse_option(o) for o in options], "municipalities": ["0340"]} | values
    with pytest.raises(InputError, match=words):
        check_budget(build_scenario(given, "test"))


def test_a_change_beside_spending_needs_no_start_date_and_begins_the_day_after() -> None:
    asked = scenario(TODAY, DEARER, spent_kr=5.0, spent_to=date(2020, 6, 30))
    assert asked.start == date(2020, 7, 1)
    check_budget(asked)
    assert scenario(TODAY, spent_kr=5.0, spent_to=date(2020, 6, 30)).start is None
    assert scenario(TODAY, DEARER, budget_kr=5.0).start is None, "with a budget alone every option holds the whole year"


@pytest.fixture(scope="module")
def half_year() -> tuple[Samples, dict]:
    asked = scenario(TODAY, DEARER, passengers=1200.0, start=date(2020, 9, 1), spent_kr=60_000.0, budget_kr=100_000.0,
                     spent_to=date(2020, 6, 30), min_replications=2, max_replications=2)  # fmt: skip
    study = prepare(asked, "0340")
    samples = compare(study, workers=1).samples
    block = forecast(study, samples)
    assert block is not None
    return samples, record_json(block)


def test_the_simulated_outturn_is_spent_and_the_remaining_months_and_the_change_from_its_start(half_year) -> None:
    samples, block = half_year
    july_on = [int(r.months[0, 6:, Measure.NET_COST].sum()) for r in samples.central]
    change = [int(r.part_year[1, Measure.NET_COST] - r.part_year[0, Measure.NET_COST]) for r in samples.central]
    today, dearer = (option["simulated"]["outturn_oere"]["mean"] for option in block["options"])
    # 60,000 kr were spent where the model has so much: the days that are left and the change follow.
    level = 6_000_000 / np.mean([int(r.months[0, :6, Measure.NET_COST].sum()) for r in samples.central])
    assert block["spending_weight"] == 1.0
    assert today == pytest.approx(6_000_000 + level * np.mean(july_on))
    assert dearer == pytest.approx(6_000_000 + level * (np.mean(july_on) + np.mean(change)), rel=0.005)
    assert dearer < today


def test_the_straight_line_of_another_option_adds_its_part_of_the_year(half_year) -> None:
    samples, block = half_year
    change = np.mean([r.part_year[1, Measure.NET_COST] - r.part_year[0, Measure.NET_COST] for r in samples.central])
    today, dearer = (option["straight_line"]["outturn_oere"] for option in block["options"])
    assert today["mean"] == today["p10"] == today["p90"] == pytest.approx(60_000_00 * 366 / 182)
    level = 6_000_000 / np.mean([r.months[0, :6, Measure.NET_COST].sum() for r in samples.central])
    assert dearer["mean"] == pytest.approx(today["mean"] + level * change, rel=0.005)


def test_what_was_spent_stands_beside_what_is_simulated_for_the_same_days(half_year) -> None:
    samples, block = half_year
    simulated = np.mean([r.months[0, :6, Measure.NET_COST].sum() for r in samples.central])
    told = block["to_date"]
    assert (block["days_gone"], block["days_in_year"]) == (182, 366)
    assert told["simulated_oere"]["mean"] == pytest.approx(simulated)
    assert told["deviation_oere"]["mean"] == pytest.approx(6_000_000 - simulated)
    assert told["deviation_percent"]["mean"] == pytest.approx(100 * (6_000_000 - simulated) / simulated)


def test_a_day_inside_a_month_takes_the_months_days_by_their_weight() -> None:
    """All days alike: 10 June 2020 leaves 20 of 30 days; the months before are gone, those after are not."""
    alike = {"weekday_profile": (1.0,) * 7, "holiday_factor": 1.0}
    study = prepare(scenario(passengers=1200.0, assumptions=alike), "0340")
    gone = shares_gone(study, date(2020, 6, 10))
    assert gone == pytest.approx([1, 1, 1, 1, 1, 1 / 3, 0, 0, 0, 0, 0, 0])


def test_a_coming_years_budget_is_set_against_the_whole_year(half_year) -> None:
    samples, _ = half_year
    study = prepare(scenario(TODAY, DEARER, passengers=1200.0, budget_kr=150_000.0), "0340")
    runs = Samples([replace(r, part_year=None) for r in samples.central], [])
    found = forecast(study, runs)
    assert found is not None
    block = record_json(found)
    means = [np.mean([r.year[place, Measure.NET_COST] for r in runs.central]) for place in (0, 1)]
    assert [o["simulated"]["outturn_oere"]["mean"] for o in block["options"]] == pytest.approx(means)
    assert block["to_date"] is None
    assert block["options"][0]["straight_line"] is None


def test_without_budget_and_spending_there_is_no_block(half_year) -> None:
    assert forecast(prepare(scenario(passengers=1200.0), "0340"), half_year[0]) is None


def outturn(mean: float, low: float, high: float, budget: float) -> records.Outturn:
    over = Outturn.of(of(low, high), round(budget)).shown
    told = Figure(mean, low, high)
    return replace(over, outturn_oere=told, deviation_oere=told.moved(-budget))


def test_the_sentence_is_an_officers() -> None:
    over = sentence("I dag", outturn(2.4 * MILLION, 2.2 * MILLION, 2.6 * MILLION, 2 * MILLION), 2 * MILLION)
    assert over == (
        "I dag: forventet regnskab ca. 2,4 mio. kr. (2,2-2,6) mod et budget på 2,0 mio. kr.: et merforbrug på ca. 0,4 mio."
        " kr. (0,2-0,6), som kræver en tillægsbevilling."
    )
    under = sentence("I dag", outturn(1.5 * MILLION, 1.2 * MILLION, 1.8 * MILLION, 2 * MILLION), 2 * MILLION)
    assert under.endswith("et mindreforbrug på ca. 0,5 mio. kr. (0,2-0,8); ingen tillægsbevilling.")
    unsure = sentence("I dag", outturn(2.1 * MILLION, 1.8 * MILLION, 2.4 * MILLION, 2 * MILLION), 2 * MILLION)
    assert "kan blive mer- eller mindreforbrug (-0,2 til 0,4 mio. kr.)" in unsure
    assert unsure.endswith("tillægsbevilling på op til 0,4 mio. kr.")


def test_the_sentence_leaves_out_no_end_of_its_intervals() -> None:
    """1,183,796 kr. (1,104,057-1,312,272) against 1.2 M is 95,943 under to 112,272 over, as the table's -100 til +120."""
    said = sentence("I dag", outturn(118_379_648, 110_405_708, 131_227_220, 120_000_000), 120_000_000)
    assert said == (
        "I dag: forventet regnskab ca. 1,2 mio. kr. (1,1-1,4) mod et budget på 1,2 mio. kr.; usikker: kan blive mer- eller"
        " mindreforbrug (-0,10 til 0,12 mio. kr.), og der kan blive brug for en tillægsbevilling på op til 0,12 mio. kr."
    )


def test_where_the_methods_are_apart_both_are_told_and_no_grant_is_asserted() -> None:
    """Næstved: 4.6 M by the straight line is 0.1 over the budget, 5.1 M simulated is 0.6 over it."""
    simulated = outturn(5.1 * MILLION, 4.9 * MILLION, 5.3 * MILLION, 4.5 * MILLION)
    line = outturn(4.6 * MILLION, 4.6 * MILLION, 4.6 * MILLION, 4.5 * MILLION)
    nothing = Figure.known(0.0)
    to_date = records.ToDate(0, nothing, nothing, Figure(-16.2, -19.0, -13.0))
    assert sentence("I dag", simulated, 450 * MILLION // 100, line, to_date) == (
        "I dag: forventet regnskab ca. 4,6 mio. kr. ved lige fremskrivning og ca. 5,1 mio. kr. (4,9-5,3) simuleret, mod et"
        " budget på 4,5 mio. kr.: et merforbrug på mellem 0,1 og 0,6 mio. kr. efter metode; forbruget indtil nu ligger 16 %"
        " under modellens for de samme dage."
    )
    lower = outturn(4.3 * MILLION, 4.3 * MILLION, 4.3 * MILLION, 4.5 * MILLION)
    told = sentence("I dag", simulated, 450 * MILLION // 100, lower, to_date)
    assert "mellem et mindreforbrug på 0,2 og et merforbrug på 0,6 mio. kr. efter metode" in told
    assert "tillægsbevilling" not in told


def test_a_straight_line_inside_the_interval_stands_after_the_simulated_sentence() -> None:
    simulated = outturn(2.4 * MILLION, 2.2 * MILLION, 2.6 * MILLION, 2 * MILLION)
    line = outturn(2.3 * MILLION, 2.3 * MILLION, 2.3 * MILLION, 2 * MILLION)
    told = sentence("I dag", simulated, 2 * MILLION, line)
    assert told == sentence("I dag", simulated, 2 * MILLION) + " Lige fremskrivning giver ca. 2,3 mio. kr."


def test_a_difference_too_small_to_tell_matters_only_across_the_budget() -> None:
    """4.63 M is over the 4.60 M (4.40-4.62) simulated, but both are told as 4.6; 4.51 and 4.53 lie round a budget of 4.52."""
    simulated = outturn(4.60 * MILLION, 4.40 * MILLION, 4.62 * MILLION, 4 * MILLION)
    line = outturn(4.63 * MILLION, 4.63 * MILLION, 4.63 * MILLION, 4 * MILLION)
    assert sentence("I dag", simulated, 4 * MILLION, line).startswith(sentence("I dag", simulated, 4 * MILLION))
    simulated = outturn(4.53 * MILLION, 4.526 * MILLION, 4.54 * MILLION, 4.52 * MILLION)
    line = outturn(4.51 * MILLION, 4.51 * MILLION, 4.51 * MILLION, 4.52 * MILLION)
    told = sentence("I dag", simulated, 452 * MILLION // 100, line)
    assert "mellem et mindreforbrug på 10.000 og et merforbrug på 10.000 kr. efter metode" in told


def learned(central: list[list[float]], drawn: list[list[float]], spent: int, months_gone: int = 6, **values: object):
    register = load_assumptions().overriding({"month_profile": (1.0,) * 12} | values)
    gone = np.array([1.0] * months_gone + [0.0] * (12 - months_gone))
    paired = np.arange(len(drawn)) % len(central)
    return learn(spent, np.array(central), np.array(drawn).reshape(-1, 12), paired, gone, register)


def test_a_volume_five_times_too_large_does_not_stay_in_the_forecast() -> None:
    """A year of 12 x 100 without chance; draws of a fifth to five times it. 300 in half a year leave 300 for the rest, in all."""
    year = [100.0] * 12
    found = learned([year, year], [[100.0 * t] * 12 for t in (0.2, 0.5, 1.0, 2.0, 5.0)], 300)
    assert found.weight == pytest.approx(1.0)
    assert found.remaining.central == pytest.approx(300)
    assert found.remaining.drawn == pytest.approx(300)


def test_what_a_draw_costs_more_later_stays() -> None:
    """A change that costs 60 in the centre and 90 in a draw of the same level: half the spending, half the change."""
    year = [100.0] * 12
    found = learned([year, year], [year], 300)
    change = found.applied_to(Spread(np.array([60.0, 60.0]), np.array([90.0]), np.array([0])))
    assert change.mean == pytest.approx(60)  # the level is known: nothing in the draws says that it could be another
    found = learned([year, year], [[500.0] * 12, [20.0] * 12], 300)
    change = found.applied_to(Spread(np.array([60.0, 60.0]), np.array([5 * 90.0, 90.0 / 5]), np.array([0, 1])))
    assert change.mean == pytest.approx(30)
    assert change.drawn == pytest.approx(45)


def test_spending_is_believed_for_the_doubt_that_is_about_the_level() -> None:
    """Draws 10 % off either way have a variance of (ln 1.1)² = 0.00908. Months of 100 with a variance of 100 each: a month gone
    is off by 10 % by chance, variance about 0.01 x (1 + 1/2) of two runs; so about 0.00908 / 0.0239 is believed."""
    one, other = [100 + 50**0.5] * 12, [100 - 50**0.5] * 12
    draws = [[each * times for each in year] for times in (1.1, 1 / 1.1) for year in (one, other)]
    found = learned([one, other], draws, 100, months_gone=1)
    assert found.weight == pytest.approx(0.00908 / (0.00908 + 0.0149), rel=0.25)
    assert learned([one, other], draws, 600).weight > 2 * found.weight * 0.9


def test_nothing_spent_teaches_nothing() -> None:
    year = [100.0] * 12
    found = learned([year, year], [[200.0] * 12], 0)
    assert found.weight == 0.0
    assert found.remaining.central == pytest.approx(600)
    assert found.remaining.drawn == pytest.approx(1200)


@pytest.mark.parametrize("values", [{}, {"passengers": 1200.0}])
def test_a_budget_and_spending_change_no_trips(values: dict) -> None:
    told = {"budget_kr": 100_000.0, "spent_kr": 60_000.0, "spent_to": date(2020, 6, 30)}
    without, with_both = (
        compare(prepare(scenario(TODAY, start=date(2020, 9, 1), min_replications=2, max_replications=2, **values, **more), "0340"),
                workers=1).json
        for more in ({}, told)
    )  # fmt: skip
    assert with_both["options"] == without["options"]
    assert with_both["volume"] == without["volume"]
    assert with_both["price_level"] == without["price_level"]
