"""Population by age band and the demand that follows it, checked by hand on Holbæk."""

import pytest

from sim.geography.municipalities import all_municipalities, movia_municipalities
from sim.inputs.assumptions import load_assumptions
from sim.riders.demand.population import Residents, demand_index, population, residents
from tariffs.errors import InputError

REGISTER = load_assumptions()
HOLBAEK = "0316"
# data/reference/municipalities.csv: 0-15, 16-39, 40-59, 60-69, 70-79, 80+
IN_2014 = (13353, 17784, 20383, 9375, 5364, 2757)
IN_2020 = (12841, 18290, 20545, 9173, 7468, 3224)


def test_the_years_of_the_data_are_the_datas_own() -> None:
    assert population(HOLBAEK, 2020, REGISTER) == pytest.approx(IN_2020)
    assert population(HOLBAEK, 2014, REGISTER) == pytest.approx(IN_2014)


def test_half_way_between_the_two_years_lies_the_geometric_mean() -> None:
    # Band 70-79: sqrt(5364 x 7468) = sqrt(40,058,352) = 6,329.17
    assert population(HOLBAEK, 2017, REGISTER)[4] == pytest.approx(6329.17, abs=0.01)


def test_a_band_below_80_goes_on_with_its_own_trend_a_little_less_each_year() -> None:
    # 16-39: 18290 / 17784 = 1.0284525 in six years, 0.4687 % a year; two years at 0.8 and 0.64 of it:
    # 18290 x 1.0284525 ** ((0.8 + 0.64) / 6) = 18290 x 1.0284525 ** 0.24 = 18290 x 1.0067559 = 18,413.57
    assert population(HOLBAEK, 2022, REGISTER)[1] == pytest.approx(18_413.57, abs=0.01)


def test_a_trend_beyond_the_limit_is_held_to_it() -> None:
    # 70-79 grew 5.7 % a year; held to 2 %: 7468 x 1.02 ** 0.8 = 7468 x 1.0159684 = 7,587.25
    assert population(HOLBAEK, 2021, REGISTER)[4] == pytest.approx(7587.25, abs=0.01)


def test_those_of_80_grow_by_the_municipalitys_part_of_kls_number() -> None:
    # Holbæk has 7,468 of the country's 566,018 persons of 70-79: 16,000 x 3 x 7468 / 566018 = 358,464,000 / 566,018 = 633.3085
    assert population(HOLBAEK, 2023, REGISTER)[5] == pytest.approx(3224 + 633.3085, abs=0.001)
    half = REGISTER.overriding({"growth_80plus_by_70s_share": 0.5})
    # Half of it by the 3,224 of 272,735 persons of 80 or older: 48,000 x (0.5 x 0.01319393 + 0.5 x 0.01182100) = 600.358
    assert population(HOLBAEK, 2023, half)[5] == pytest.approx(3224 + 600.358, abs=0.001)


def test_all_municipalities_together_get_kls_160_000() -> None:
    national = sum(m.ages_2020[4] for m in all_municipalities())
    movia = movia_municipalities()
    added = sum(population(m.code, 2030, REGISTER)[5] - m.ages_2020[5] for m in movia)
    assert added == pytest.approx(160_000 * sum(m.ages_2020[4] for m in movia) / national)


def test_the_index_is_each_bands_riders_times_its_growth() -> None:
    # 2021 over 2020 by band: exponent 0.8 / 6 of 2020/2014, 70-79 held to 1.02 ** 0.8, 80+ (3224 + 211.103) / 3224
    # 0.02 x 0.9947998 + 0.08 x 1.0037478 + 0.12 x 1.0010556 + 0.13 x 0.9971001 + 0.35 x 1.0159684 + 0.30 x 1.0654784
    # = 0.0198960 + 0.0802998 + 0.1201267 + 0.1296230 + 0.3555889 + 0.3196435 = 1.0251779
    assert demand_index(HOLBAEK, 2021, REGISTER) == pytest.approx(1.0251779, abs=2e-7)


def test_the_index_of_a_year_against_itself_is_one_and_chains() -> None:
    assert demand_index(HOLBAEK, 2022, REGISTER, since=2022) == 1.0
    whole = demand_index(HOLBAEK, 2024, REGISTER, since=2018)
    parts = demand_index(HOLBAEK, 2021, REGISTER, since=2018) * demand_index(HOLBAEK, 2024, REGISTER, since=2021)
    assert whole == pytest.approx(parts)


def test_more_people_of_80_mean_more_trips_everywhere() -> None:
    fewer = REGISTER.overriding({"growth_80plus_persons": 140_000})
    more = REGISTER.overriding({"growth_80plus_persons": 180_000})
    for municipality in movia_municipalities():
        indices = [demand_index(municipality.code, 2023, register) for register in (fewer, REGISTER, more)]
        assert indices == sorted(set(indices)), municipality.name


def test_older_riders_make_the_index_grow_faster_than_the_population() -> None:
    for municipality in movia_municipalities():
        persons = sum(population(municipality.code, 2023, REGISTER)) / municipality.population_2020
        assert demand_index(municipality.code, 2023, REGISTER) > persons


def test_years_before_the_data_are_refused() -> None:
    with pytest.raises(InputError, match="2013"):
        demand_index(HOLBAEK, 2020, REGISTER, since=2013)


def test_residents_are_those_of_the_year_and_say_how_they_are_known() -> None:
    # FOLK1A on 1 January: 69,016 in 2014, 71,541 in 2020, 71,913 in 2021; of 70 or more 5364 + 2757 and 7468 + 3224.
    assert residents(HOLBAEK, 2014, REGISTER) == Residents(2014, 69_016, 8_121, "known")
    assert residents(HOLBAEK, 2020, REGISTER) == Residents(2020, 71_541, 10_692, "known")
    assert (residents(HOLBAEK, 2021, REGISTER).everyone, residents(HOLBAEK, 2021, REGISTER).basis) == (71_913, "known")
    # Before the data begin they are those of 2014, and say so.
    assert residents(HOLBAEK, 2012, REGISTER) == residents(HOLBAEK, 2014, REGISTER)
    # Half way to 2020 each band is its geometric mean: 70-79 6,329.17; 80+ sqrt(2757 x 3224) = 2,981.37.
    between = residents(HOLBAEK, 2017, REGISTER)
    assert (between.older, between.basis) == (9_311, "interpolated")


def test_residents_after_2021_follow_the_projection_from_what_was_counted() -> None:
    ahead = residents(HOLBAEK, 2024, REGISTER)
    grown = sum(population(HOLBAEK, 2024, REGISTER)) / sum(population(HOLBAEK, 2021, REGISTER))
    assert ahead.everyone == round(71_913 * grown)
    assert ahead.basis == "projected"
    assert ahead.older == round(sum(population(HOLBAEK, 2024, REGISTER)[4:]))
