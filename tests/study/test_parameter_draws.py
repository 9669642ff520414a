import itertools
import math
from dataclasses import replace
from importlib.resources import files
from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from sim.estimate.estimate import estimate
from sim.estimate.operator_time import load_metamodel
from sim.evidence.calibration.knobs import RATE
from sim.evidence.calibration.rates import solved
from sim.inputs.assumptions import load_assumptions
from sim.inputs.chance.places import correlations, further_column, normal_scores, uneven
from sim.riders.demand.volume import Volume, allocated_volume, own_volume
from sim.study import column_search
from sim.study.column_search import CHANGES, WEIGHTY, answers, as_csv, search
from sim.study.columns import places, response_columns, shipped_columns
from sim.study.demand import curves, demand_model, reference_levels
from sim.study.draws import FITTED, ParameterDraw, by_factor, parameter_draws, two_sided
from sim.study.study import Study
from tariffs import parse_package
from tests.study.conftest import study_of

REGISTER = load_assumptions()


def test_an_allocated_volume_spans_a_third_to_three_times_in_eight_of_ten_draws() -> None:
    volume = allocated_volume("0316", REGISTER)
    factors = np.array([d.volume_factor for d in parameter_draws(32, REGISTER, volume)])
    assert np.exp(np.log(factors).mean()) == pytest.approx(1.0)
    # 80 % of the equally likely slices: 3 of 32 lie below the 10 % quantile of exactly a third, 3 above three.
    assert np.count_nonzero(factors < 1 / 3) == 3
    assert np.count_nonzero(factors > 3) == 3


def test_a_municipalitys_own_volume_is_not_varied() -> None:
    assert {d.volume_factor for d in parameter_draws(16, REGISTER, own_volume(9000))} == {1.0}


@pytest.mark.parametrize("count", [16, 32, 64])
def test_half_of_the_draws_lie_below_every_default_and_none_outside_its_range(count: int) -> None:
    draws = parameter_draws(count, REGISTER, own_volume(1))
    for key in (key for key in draws[0].values if key not in FITTED):
        entry, values = REGISTER[key], np.array([d.values[key] for d in draws])
        assert isinstance(entry.value, float)
        assert entry.low is not None
        assert entry.high is not None
        assert values.min() >= entry.low
        assert values.max() <= entry.high
        below, above = np.count_nonzero(values < entry.value), np.count_nonzero(values > entry.value)
        if entry.low < entry.value < entry.high:
            assert below == above == count / 2, key
        else:  # a default at an end of its range: half of the draws are the default itself
            assert below + above == count / 2, key


def test_a_default_away_from_the_middle_has_half_a_triangle_on_each_side() -> None:
    # 0.05 to 0.30 about 0.20: a quarter of the way up in probability lies at 0.05 + 0.15 x sqrt(1/2), three quarters at
    # 0.30 - 0.10 x sqrt(1/2).
    entry = replace(REGISTER["town_share"], value=0.20, low=0.05, high=0.30)
    assert two_sided(0.25, entry) == pytest.approx(0.1561, abs=1e-4)
    assert two_sided(0.50, entry) == pytest.approx(0.20)
    assert two_sided(0.75, entry) == pytest.approx(0.2293, abs=1e-4)


def test_a_range_of_ratios_is_as_far_down_as_up() -> None:
    # Half to twice about 1: a quarter of the way up is 2 to the power -(1 - sqrt(1/2)) = 1 / 1.2251.
    entry = replace(REGISTER["walk_km"], value=1.0, low=0.5, high=2.0)
    assert two_sided(0.25, entry) == pytest.approx(1 / 1.2251, abs=1e-4)
    assert two_sided(0.50, entry) == pytest.approx(1.0)
    assert two_sided(0.75, entry) == pytest.approx(1.2251, abs=1e-4)
    # 0.25 of 0.15 to 0.45 is nearer to the geometric middle 0.26 than to 0.30; 0.10 to 0.20 about 0.15 is a plain triangle.
    assert by_factor(0.15, 0.25, 0.45)
    assert not by_factor(0.10, 0.15, 0.20)
    assert not by_factor(0.0, 0.25, 0.5)


def test_every_range_of_the_register_is_drawn_unless_it_says_why_not() -> None:
    drawn = parameter_draws(1, REGISTER, own_volume(1))[0].values
    for key, entry in REGISTER.items():
        if entry.low is None or entry.low == entry.high:
            assert key not in drawn, key
        elif key in FITTED:
            assert key in drawn, key
        else:
            assert (key in drawn) != bool(entry.not_drawn), key


def test_what_the_user_states_is_taken_as_known() -> None:
    stated = REGISTER.overriding({"cross_border_share": 0.21, "operator_driving_kr_per_hour": 350.0})
    draws = parameter_draws(8, stated, own_volume(1))
    assert not {"cross_border_share", "operator_driving_kr_per_hour"} & set(draws[0].values)
    assert draws[0].values == {
        key: value for key, value in parameter_draws(8, REGISTER, own_volume(1))[0].values.items()
        if key not in ("cross_border_share", "operator_driving_kr_per_hour")
    }  # fmt: skip


def weighty(count: int) -> dict[str, np.ndarray]:
    """Return the weighty parameters in the first draws as a study meets them."""
    draws = parameter_draws(count, REGISTER, Volume(1000, "allocated", math.log(3) / 1.28, ""))
    found = {"volume": np.array([d.volume_factor for d in draws])}
    # What calibration settles in a draw follows from the others in it (the town factor; trip lengths, shortened where the mean fare of
    # 2017 would be too high): what is drawn are the town share and the length before that.
    found |= {
        key: np.array([d.values[key] for d in draws]) for key in WEIGHTY if key not in ("volume", *FITTED, "town_share")
    }
    found |= {key: np.array(places(key)[:count]) for key in ("town_share", "distance_decay_km")}
    found["free destination"] = np.array([d.curve(1.0).draws[0].free_multiplier for d in draws])
    return found


def test_few_draws_have_their_trip_lengths_shortened() -> None:
    drawn = np.array([two_sided(u, REGISTER["distance_decay_km"]) for u in places("distance_decay_km")])
    settled = np.array([d.values["distance_decay_km"] for d in parameter_draws(64, REGISTER, own_volume(1))])
    assert (settled <= drawn + 5e-5).all()
    assert np.count_nonzero(settled < drawn - 5e-5) <= 5


@pytest.mark.parametrize("count", [16, 32, 64])
def test_no_two_weighty_parameters_have_to_do_with_each_other(count: int) -> None:
    columns = weighty(count)
    for (one, a), (other, b) in itertools.combinations(columns.items(), 2):
        assert abs(stats.spearmanr(a, b).statistic) <= 0.1, (one, other)
    draws = parameter_draws(count, REGISTER, own_volume(1))
    for before, after in ((2400, 4800), (2400, 6000), (4800, 6000), (2400, 3600)):
        effects = [d.curve(1.0).acceptance(after) / d.curve(1.0).acceptance(before) for d in draws]
        for key, column in columns.items():
            assert abs(stats.spearmanr(effects, column).statistic) <= 0.1, (before, after, key)


@pytest.mark.parametrize(("count", "off"), [(16, 0.03), (32, 0.025), (64, 0.01)])
def test_a_tenth_half_and_nine_tenths_of_every_change_lie_where_they_should(count: int, off: float) -> None:
    columns = shipped_columns()
    scores = normal_scores([*response_columns(), *columns.values()], count)
    assert np.abs(uneven(answers(list(columns)), scores)).max() <= off


def _changes(study: Study, values: dict[str, float], town_share: float, volume: float) -> np.ndarray:
    """Return the change of every option's net cost under a draw whose price response is the first one's."""
    at = solved(values, town_share)
    at[RATE] = REGISTER.number(RATE) * load_metamodel().rate_ratio(at, REGISTER)
    found = estimate(study, ParameterDraw(0, at, volume))
    return np.array([option.change.net_cost_oere for option in found.options[1:]])


def test_the_search_weighs_a_change_as_the_closed_form_does() -> None:
    # Lejre was not among the municipalities that the weights were found in. One standard deviation either way of each parameter.
    study = study_of(
        *("I dag: kommunetakst", "lav: kommunetakst, bytakst=low", "høj: kommunetakst, bytakst=high"),
        *("væk: ", "plustur: kommunetakst, plustur"),
        municipality="0350",
        passengers=6000.0,
    )
    town_low, town_high, municipal, _, plustur = CHANGES
    low, high = (NormalDist().cdf(x) for x in (-1.0, 1.0))

    def slope(name: str) -> np.ndarray:
        if name == "town_share":
            ends = [({}, two_sided(u, REGISTER[name]), 1.0) for u in (low, high)]
        elif name == "volume":
            ends = [({}, REGISTER.number("town_share"), math.exp(x)) for x in (-1.0, 1.0)]
        else:
            ends = [({name: two_sided(u, REGISTER[name])}, REGISTER.number("town_share"), 1.0) for u in (low, high)]
        below, above = (_changes(study, *end) for end in ends)
        return np.asarray(np.log(above / below) / 2)

    for name in {*town_low[1], *town_high[1], *municipal[1], *plustur[1], "volume"}:
        found = slope(name)
        for place, (_, parameters, follows) in enumerate((town_low, town_high, municipal, plustur)):
            weight = follows if name == "volume" else parameters.get(name, 0.0)
            assert found[place] == pytest.approx(weight, abs=0.1), (name, place)


@pytest.mark.parametrize("count", [16, 32, 64])
def test_every_column_has_one_place_in_each_slice(count: int) -> None:
    for name in (*shipped_columns(), "an_assumption_that_nobody_has_thought_of_yet"):
        slices = [int(place * count) for place in places(name)[:count]]
        assert sorted(slices) == list(range(count)), name


def test_the_other_parameters_are_nearly_free_of_each_other() -> None:
    columns = list(shipped_columns().values())
    # Sixteen draws leave 15 directions for some eighty columns, 32 draws 31: chance alone would bring 0.26 and 0.18.
    for count, most, typical in ((16, 0.55, 0.26), (32, 0.40, 0.17), (64, 0.25, 0.10)):
        found = correlations(columns, count)[np.triu_indices(len(columns), 1)]
        assert np.abs(found).max() <= most
        assert np.sqrt(np.mean(found**2)) <= typical


def test_an_assumption_without_a_shipped_column_has_one_of_its_own_and_moves_no_other() -> None:
    before = {name: places(name) for name in ("town_share", "boarding_s")}
    assert places("new_assumption") != places("another_new_assumption")
    assert {name: places(name) for name in before} == before
    # Out of the way of the price response and the volume as far as 64 draws allow.
    new = further_column([*response_columns(), *shipped_columns().values()], "new_assumption")
    assert places("new_assumption") == tuple((new + 0.5) / 64)
    assert np.abs(correlations([new, *shipped_columns().values()], 64)[0, 1:]).max() < 0.25


@pytest.mark.slow
def test_the_shipped_columns_are_what_the_search_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    # Of the parameters that were drawn when it was made; later ones have columns of their own.
    monkeypatch.setattr(column_search, "other_names", lambda: [n for n in shipped_columns() if n not in WEIGHTY])
    assert as_csv(search()) == (files("data") / "calibration" / "columns.csv").read_text(encoding="utf-8")


def test_a_study_under_a_draw_holds_its_values_and_its_rates() -> None:
    study = study_of("I dag: kommunetakst", passengers=6000.0, assumptions={"price_level": 2017.0})
    draw = parameter_draws(3, study.assumptions, study.volume)[2]
    drawn = study.under(draw)
    assert drawn.assumptions.number("cross_border_share") == draw.values["cross_border_share"]
    assert drawn.rates.start_oere == round(100 * draw.values["operator_start_kr"])
    assert drawn.under(draw) is drawn
    assert not drawn.assumptions["cross_border_share"].overridden


def test_costs_of_2017_meet_fares_of_2024_in_prices_of_2024() -> None:
    study = study_of("I dag: kommunetakst", passengers=6000.0, year=2024)
    # 34.50 kr. grown by 2 % in seven years: 34.50 x 1.148686 = 39.6297 kr.
    assert float(study.fee_oere) == pytest.approx(3962.97, abs=0.01)
    # The driving hour by 2.5 %: x 1.188686, to the nearest oere.
    then = study_of("I dag: kommunetakst", passengers=6000.0, assumptions={"price_level": 2017.0})
    assert study.rates.start_oere == round(then.rates.start_oere * 1.188686)
    assert any("2024-priser" in note for note in study.notes)
    assert any("2017-priser" in note for note in then.notes)


def test_three_years_whose_fares_stood_still_are_three_answers() -> None:
    years = [estimate(study_of("I dag: kommunetakst", year=year)).options[0].year for year in (2020, 2021, 2022)]
    trips = [year.trips for year in years]
    costs = [year.net_cost_oere / year.passengers for year in years]
    assert trips == sorted(set(trips))
    assert costs == sorted(set(costs))


def test_a_fare_that_grows_as_fast_as_the_willingness_to_pay_loses_no_riders() -> None:
    # Counted in 2017 at 24 kr.; by 2024 the limits have grown to 1.1645 times, and so has a level of 27.95 kr.
    draw = ParameterDraw(5, {})
    now, then = (
        study_of("I dag: kommunetakst", year=2024, assumptions={"price_level": level}).under(draw)
        for level in (2024.0, 2017.0)
    )
    indexed = round(2400 * now.prices.willingness)
    assert indexed == 2795
    assert reference_levels(now)[1] == indexed
    assert reference_levels(then)[1] == 2400
    rides_now = demand_model(now, draw).rates.by_kind[1] * curves(now, draw)[1].acceptance(indexed)
    rides_then = demand_model(then, draw).rates.by_kind[1] * curves(then, draw)[1].acceptance(2400)
    # Levels are told to the oere, so the two agree to about one in 10,000.
    assert rides_now == pytest.approx(rides_then, rel=1e-4)


def test_gladsaxe_has_its_published_trips_and_the_others_share_the_rest() -> None:
    from sim.geography.municipalities import movia_municipalities
    from sim.riders.demand.volume import ALLOCATION_DAY
    from tariffs import load_municipal_choices

    register = load_assumptions()
    assert allocated_volume("0159", register).passengers == pytest.approx(30 * 12 * 1.2)
    chance = {"known": 1.0, "assumed": 0.5, "no": 0.0}
    choices = load_municipal_choices()
    total = sum(
        chance[choices.offers("flextur", m.code, ALLOCATION_DAY)] * allocated_volume(m.code, register).passengers
        for m in movia_municipalities()
    )
    assert total == pytest.approx(389_000)


def test_a_municipality_at_36_kr_has_fewer_riders_than_the_same_one_at_24() -> None:
    """Trips across the border pay 36 kr either way; the others' riders fall by R(36) / R(24) of the middle response."""
    from sim.riders.response.response import load_response

    middle = load_response().central(reference_oere=2400)
    left = middle.acceptance(3600) / middle.acceptance(2400)
    across = REGISTER.number("cross_border_share")
    cheap, dear, doubled, closed = (
        allocated_volume("0340", REGISTER, parse_package(text)).passengers
        for text in ("kommunetakst", "", "dobbelt_grundtakst", "lukket_by")
    )
    assert dear / cheap == pytest.approx(left / (across * left + 1 - across))
    assert closed < doubled < dear
    # Where the fare of 2017 is unknown, the one and the other by their probability.
    share = REGISTER.number("unknown_kommunetakst_share")
    one, other = (allocated_volume("0330", REGISTER, parse_package(text)).passengers for text in ("kommunetakst", ""))
    assert allocated_volume("0330", REGISTER).passengers == pytest.approx(share * one + (1 - share) * other)


def test_an_allocated_number_grows_from_2017_as_it_does_after_the_year() -> None:
    from sim.riders.demand.population import demand_index

    years = {year: study_of("I dag: kommunetakst", year=year).volume for year in (2017, 2020, 2024)}
    for year, volume in years.items():
        index = demand_index("0316", year, REGISTER, since=2017)
        assert volume.passengers == pytest.approx(years[2017].passengers * index)
    assert "ført fra 2017 til 2024 efter aldersgrupper (+" in years[2024].statement_da
    # 2015: 399,000 passengers in 33 municipalities; 2017: 389,000 in 32.
    before = study_of("I dag:", year=2015).volume
    assert before.passengers == pytest.approx(years[2017].passengers * (399 / 33) / (389 / 32), rel=1e-4)
    assert study_of("I dag: kommunetakst", year=2024, passengers=6500.0).volume.passengers == 6500


def test_a_draw_has_its_own_growth_since_2017() -> None:
    from sim.riders.demand.population import demand_index

    now = study_of("I dag: kommunetakst", year=2024)
    more = {"growth_80plus_persons": 180_000.0}
    index, grown = (demand_index("0316", 2024, r, since=2017) for r in (REGISTER, REGISTER.at(more)))
    assert now.at(more).volume.passengers == pytest.approx(now.volume.passengers * grown / index)


def test_geographys_own_defaults_are_those_of_the_register() -> None:
    from dataclasses import astuple

    from sim.geography.attraction import VisitWeights
    from sim.geography.network import RoadFactor, Speeds
    from sim.geography.town_areas import TownDensity

    assert astuple(VisitWeights()) == REGISTER.profile("visit_weights")
    assert astuple(RoadFactor()) == REGISTER.profile("road_distance_factor")
    assert astuple(TownDensity()) == REGISTER.profile("town_density")
    assert astuple(Speeds()) == (REGISTER.number("speed_town_kmh"), REGISTER.number("speed_country_kmh"))


def test_the_free_destinations_range_is_the_one_its_draws_are_made_from() -> None:
    from sim.riders.response.facts import read_facts

    entry = REGISTER["free_destination_multiplier"]
    assert (entry.low, entry.value, entry.high) == read_facts().free


def test_a_wider_road_factor_makes_longer_trips() -> None:
    study = study_of("I dag: kommunetakst", passengers=6000.0)
    longer = study_of(
        "I dag: kommunetakst", passengers=6000.0, assumptions={"road_distance_factor": (1.22, 0.18, 12.0)}
    )
    ratio = longer.region.fare_distance_m[0, 5] / study.region.fare_distance_m[0, 5]
    assert 1.0 < ratio < 1.22 / 1.16 + 0.01
