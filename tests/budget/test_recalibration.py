"""The model fitted to observed months: passengers by hand, the driving hour found again."""

from dataclasses import replace

import numpy as np
import pytest

from sim.answer.budget.observed import Observed
from sim.answer.budget.rate import solve_rate
from sim.answer.budget.recalibration import of_scenario, recalibrated
from sim.answer.budget.season import month_shares, own_month_profile, yearly_passengers
from sim.answer.compare import compare
from sim.answer.neighbours.side_by_side import neighbour_studies
from sim.answer.outlook.outlook import prepare_outlook
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import MAX_PASSENGERS, build_scenario, parse_option
from sim.riders.demand.days import service_year
from sim.riders.demand.volume import growth
from sim.study.prepare import prepare
from sim.study.replicated.measures import Measure
from sim.telling.folder import manifest_of
from sim.words.numbers import danish
from tariffs.errors import InputError

EVERY_DAY_ALIKE = {"weekday_profile": (1.0,) * 7, "holiday_factor": 1.0}
SORØ = "0340"


def scenario(**values: object) -> Scenario:
    given = {"municipality": SORØ, "options": [parse_option("I dag: kommunetakst")], "draws": 0, **values}
    return build_scenario(given, "test")


def test_three_observed_months_make_a_year_by_days_and_profile() -> None:
    """2020 with all weekdays alike: days x profile. The other nine months are worked out the same way.

    Sum of days x profile: 31 x 1.02 + 29 x 1.02 + 31 x 1.02 + 30 + 31 + 30 x 0.98 + 31 x 0.88 + 31 x 0.98 + 30 x 1.02
    + 31 x 1.02 + 30 x 1.04 + 31 x 1.02 = 365.92; January to March 91 x 1.02 = 92.82. So 928.2 passengers in them are
    3,659.2 a year.
    """
    register = load_assumptions().overriding(EVERY_DAY_ALIKE)
    shares = month_shares(service_year(2020), register)
    observed = Observed(2020, (1, 2, 3), (310, 300, 318), None)
    assert shares[:3].sum() == pytest.approx(92.82 / 365.92)
    assert yearly_passengers(observed, shares) == pytest.approx(928 * 365.92 / 92.82)


def test_twelve_months_give_the_municipality_its_own_profile() -> None:
    """Ten passengers a day but fifteen in July: the mean of the profile is (11 x 10 + 15) / 12 = 10.4167."""
    days = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    passengers = tuple((15 if month == 7 else 10) * n for month, n in enumerate(days, 1))
    register = load_assumptions().overriding(EVERY_DAY_ALIKE)
    year = service_year(2020)
    profile = own_month_profile(Observed(2020, tuple(range(1, 13)), passengers, None), year, register)
    assert profile[0] == pytest.approx(10 / 10.4167, abs=1e-4)
    assert profile[6] == pytest.approx(15 / 10.4167, abs=1e-4)
    shares = month_shares(year, register.overriding({"month_profile": profile}))
    assert shares * sum(passengers) == pytest.approx(np.array(passengers), rel=1e-4)


def test_the_rate_is_solved_on_a_straight_line_in_two_steps() -> None:
    """Start fee 40,000 oere, 1,000 oere for each krone of the rate, fares 100,000, fee 50,000: net = 1,000 r - 10,000.

    290,000 oere then take 300 kr. The replications lie 5,000 oere either side, which is 5 kr of the rate; the t quantile for
    one degree of freedom is 12.706, the standard error 7.071 / sqrt(2) = 5.
    """
    asked: list[float] = []

    def costs(rate: float):
        asked.append(rate)
        operator = np.array([35_000.0, 45_000.0]) + 1000 * rate
        return operator - 50_000, operator

    rate, chance, net = solve_rate(costs, 290_000, 387.0)
    assert rate == pytest.approx(300, abs=0.3)
    assert net == pytest.approx(290_000, rel=0.001)
    assert chance == pytest.approx(12.706 * 5, rel=0.001)
    assert len(asked) <= 3


def test_a_cost_that_no_driving_can_explain_is_refused() -> None:
    def costs(rate: float):
        operator = np.array([1000.0, 1000.0]) * rate
        return operator + 500_000, operator

    with pytest.raises(InputError, match="kan ikke tilpasses"):
        solve_rate(costs, 400_000, 387.0)


@pytest.fixture(scope="module")
def truth() -> tuple[Observed, list]:
    """Half a year of a municipality whose driving hour is 300 kr in 2017, as its own books of 2020 would have it."""
    true = scenario(passengers=1000.0, min_replications=5, max_replications=5,
                    assumptions={"operator_driving_kr_per_hour": 300.0, "price_level": 2020.0})  # fmt: skip
    runs = compare(prepare(true, SORØ), workers=1).samples.central
    months = np.mean([r.months[0] for r in runs], axis=0)
    passengers = tuple(round(p) for p in months[:6, Measure.PASSENGERS])
    cost = tuple(round(c) for c in months[:6, Measure.NET_COST])
    return Observed(2020, (1, 2, 3, 4, 5, 6), passengers, cost), runs


def test_recalibration_finds_the_driving_hour_that_made_the_books(truth) -> None:
    observed, _ = truth
    fitted = recalibrated(scenario(), SORØ, observed, workers=1)
    assert fitted.rate is not None
    assert fitted.passengers == pytest.approx(1000, rel=0.08)
    assert fitted.rate.simulated_oere == pytest.approx(sum(observed.cost_oere or ()), rel=0.001)
    assert fitted.rate.simulated_passengers == pytest.approx(sum(observed.passengers), rel=0.05)
    # The people are drawn anew for a slightly other volume, so the hour comes back within what chance does to it.
    assert abs(fitted.rate.rate_kr - 300) <= fitted.rate.chance_kr
    assert fitted.scenario.assumptions == {"operator_driving_kr_per_hour": fitted.rate.rate_kr}
    assert any("Tilpasset kommunens egne tal" in note and "220-400" in note for note in fitted.notes)
    study = prepare(fitted.scenario, SORØ)
    assert study.assumptions["operator_driving_kr_per_hour"].overridden
    assert study.volume.origin == "own"


@pytest.mark.slow
def test_no_draw_has_the_observed_months_dearer_or_cheaper_than_they_were(truth) -> None:
    """Waiting, start fee, boarding and the like vary from draw to draw; each has the hour that what was paid leaves for it."""
    observed, _ = truth
    asked = scenario(draws=16, min_replications=5, max_replications=5)
    fitted = recalibrated(asked, SORØ, observed, workers=1)
    assert len(fitted.rates_by_draw) == 16

    def off(recalibration) -> float:
        samples = compare(prepare(fitted.scenario, SORØ), workers=1, recalibration=recalibration).samples
        drawn, central = (np.array([r.months[0, :6, Measure.NET_COST].sum() for r in runs])
                          for runs in (samples.drawn, samples.central))  # fmt: skip
        return float(np.sqrt(np.mean((drawn / central[samples.paired_with] - 1) ** 2)))

    assert off(fitted) < 0.025
    assert off(replace(fitted, rates_by_draw=())) > 2 * off(fitted)


def test_months_without_cost_leave_the_driving_hour_alone() -> None:
    fitted = recalibrated(scenario(), SORØ, Observed(None, (2, 3), (150, 170), None))
    assert fitted.rate is None
    assert fitted.scenario.assumptions == {}
    assert fitted.year == 2020
    assert "kan derfor ikke også bekræfte" in fitted.notes[-1]


def test_the_months_that_a_scenario_names_are_read_for_one_municipality_and_refused_for_several(tmp_path) -> None:
    path = tmp_path / "maaneder.csv"
    path.write_text("måned;passagerer\n2020-02;150\n2020-03;170\n", encoding="utf-8")
    assert of_scenario(scenario(), SORØ) is None
    fitted = of_scenario(scenario(observed=str(path)), SORØ)
    assert fitted is not None
    assert fitted.observed.passengers == (150, 170)
    two = build_scenario(
        {"municipalities": [SORØ, "0316"], "options": [parse_option("I dag: kommunetakst")], "observed": str(path)},
        "test",
    )
    with pytest.raises(InputError, match="kan ikke gælde flere kommuner"):
        of_scenario(two, SORØ)


def test_months_of_an_earlier_year_say_so() -> None:
    fitted = recalibrated(scenario(), SORØ, Observed(2018, (2, 3), (150, 170), None))
    assert any("Månederne er fra 2018" in note for note in fitted.notes)


def test_months_are_carried_by_the_growth_of_the_age_groups() -> None:
    """Ten years of it: a quarter or so, told with one decimal."""
    fitted = recalibrated(scenario(year=2027), SORØ, Observed(2017, (2, 3), (150, 170), None))
    growth_percent = 100 * growth(SORØ, 2017, 2027, load_assumptions()) - 100
    assert growth_percent > 10
    assert any(f"aldersgrupperne (+{danish(growth_percent, 1)} %)" in note for note in fitted.notes)


@pytest.mark.parametrize(
    ("values", "observed"),
    [
        ({"passengers": 900.0}, Observed(2020, (1,), (80,), None)),
        ({"assumptions": {"operator_driving_kr_per_hour": 300.0}}, Observed(2020, (1,), (80,), (900_000,))),
        ({"assumptions": {"month_profile": (1.0,) * 12}}, Observed(2020, tuple(range(1, 13)), (80,) * 12, None)),
    ],
)
def test_what_the_months_decide_cannot_be_stated_too(values, observed) -> None:
    with pytest.raises(InputError, match="kan ikke bruges sammen med"):
        recalibrated(scenario(**values), SORØ, observed)


def test_a_year_has_one_price_level_whatever_else_is_asked() -> None:
    """2020 is in kroner of 2020, with a budget, with months of its own, and with neither."""
    for asked in ({}, {"budget_kr": 1_000_000.0}, {"observed": "maaneder.csv"}, {"years_ahead": 1}):
        assert prepare(scenario(**asked), SORØ).prices.year == 2020, asked
    assert [prepare(scenario(year=year), SORØ).prices.year for year in (2017, 2018, 2021)] == [2017, 2018, 2021]
    stated = {"price_level": 2018.0}
    assert prepare(scenario(budget_kr=1_000_000.0, assumptions=stated), SORØ).prices.year == 2018


def test_the_year_of_own_months_is_not_indexed_twice_in_the_years_ahead() -> None:
    study = prepare(scenario(observed="maaneder.csv", years_ahead=1), SORØ)
    outlook = prepare_outlook(study)
    assert outlook is not None
    assert outlook.years[0].is_that_of(study)
    assert outlook.years[1].study.rates.driving_weekday_oere_h == pytest.approx(
        1.025 * study.rates.driving_weekday_oere_h, rel=1e-4
    )


def test_neighbours_stand_in_the_same_prices() -> None:
    study = prepare(scenario(budget_kr=1_000_000.0, neighbours=["Ringsted"]), SORØ)
    (ringsted,) = neighbour_studies(study, {})
    assert ringsted is not None
    assert ringsted.prices == study.prices


def test_the_price_level_is_told_as_it_was_calculated() -> None:
    study = prepare(scenario(budget_kr=1_000_000.0, min_replications=2, max_replications=2), SORØ)
    comparison = compare(study, workers=1)
    told = {entry["id"]: entry["value"] for entry in comparison.json["assumptions"]}
    assert told["price_level"] == 2020
    assert manifest_of(study, comparison, "")["price_level"] == 2020


def test_months_with_more_passengers_than_anybody_has_are_refused() -> None:
    with pytest.raises(InputError, match="passagerer om året"):
        recalibrated(scenario(), SORØ, Observed(2020, (1,), (9_999_999,), None))


def test_as_many_passengers_as_are_allowed_are_allowed() -> None:
    most = (MAX_PASSENGERS - 11, *(1,) * 11)
    months = tuple(range(1, 13))
    assert recalibrated(scenario(), SORØ, Observed(2020, months, most, None)).passengers == MAX_PASSENGERS
    with pytest.raises(InputError, match="passagerer om året"):
        recalibrated(scenario(), SORØ, Observed(2020, months, (most[0] + 1, *most[1:]), None))
