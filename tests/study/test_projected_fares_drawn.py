"""A projected fare is not known: every draw has its own, and the known ones stay what they are."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from sim.estimate.estimate import estimate
from sim.estimate.reads import in_closed_form
from sim.inputs.assumptions import load_assumptions
from sim.inputs.chance.places import correlations, further_column
from sim.riders.demand.volume import own_volume
from sim.study.columns import response_columns, shipped_columns
from sim.study.draws import ParameterDraw, parameter_draws
from sim.study.prices import FARE_IDS
from sim.study.study import Study
from tariffs import Level, PriceList
from tests.study.conftest import study_of

OPTIONS = ("I dag: kommunetakst", "Lav: kommunetakst, bytakst=low", "Egen: kommunetakst, bytakst=55, plustur")
LISTED = (Level.GRUNDTAKST, Level.KOMMUNETAKST, Level.BYTAKST_LOW, Level.BYTAKST_HIGH)


@pytest.fixture(scope="module")
def study() -> Study:
    return study_of(*OPTIONS, year=2027, passengers=600.0)


@pytest.fixture
def typed_2027(tmp_path: Path) -> str:
    amounts = {
        "grundtakst": 4800, "kommunetakst": 3200, "bytakst_low": 6400, "bytakst_high": 8000, "gratis_destination": 0,
        "kilometertakst_fra_km_11": 800, "kilometertakst_fra_km_21": 1600, "plusturtakst": 2900,
    }  # fmt: skip
    file = tmp_path / "2027.toml"
    file.write_text(PriceList(date(2027, 1, 17), "Movias brev", amounts).toml(), encoding="utf-8")
    return str(file)


def kroner(study: Study, level: int, day: date | None = None) -> int:
    value = study.book.level(level, day or study.price_day)
    assert value is not None
    assert value.amount is not None
    return value.amount // 100


def test_a_draw_grows_each_amount_to_the_nearest_krone_from_the_last_edition_by_the_ceiling(study: Study) -> None:
    at = study.under(ParameterDraw(0, {"fare_index_percent": 5.1}))
    # 2026: 47, 31, 62, 78, 8 and 16. x 1.051: 49.4, 32.6, 65.2, 82.0, 8.4 and 16.8; plustur 28 x 1.051 = 29.4.
    assert [kroner(at, level) for level in (*LISTED, Level.PLUSTUR)] == [49, 33, 65, 82, 29]
    rates = [at.book.amount(f"flextur/kilometertakst_fra_km_{km}", at.price_day) for km in (11, 21)]
    assert rates == [800, 1700]
    assert [kroner(study, level) for level in (*LISTED, Level.PLUSTUR)] == [48, 32, 64, 80, 29]


def test_a_draw_of_the_ceiling_moves_the_two_editions_that_rest_on_it_and_what_follows_them(study: Study) -> None:
    at = study.under(ParameterDraw(0, {"fare_ceiling_times": 0.0}))
    # No rise of 3.6 %: 47 / 1.036 = 45.4, 62 / 1.036 = 59.8, 78 / 1.036 = 75.3; nor of 1 %: 44.9, 59.3, 74.5.
    # 31 / 1.036 = 29.9 and 29.6; 8 and 16 kr. a kilometre: 7.7 and 15.4, 7.6 and 15.3.
    assert [kroner(at, level, date(2025, 7, 1)) for level in LISTED] == [45, 30, 60, 75]
    assert [kroner(at, level, date(2026, 7, 1)) for level in LISTED] == [45, 30, 59, 75]
    assert at.book.amount("flextur/kilometertakst_fra_km_21", date(2025, 7, 1)) == 1500
    assert kroner(at, Level.GRUNDTAKST) == 46  # 45 x 1.028 = 46.26


def test_plusturs_known_prices_and_those_of_price_lists_do_not_vary(study: Study) -> None:
    draws = [study.under(d) for d in parameter_draws(16, study.assumptions, study.volume)]
    for day, known in ((date(2025, 7, 1), 27), (date(2026, 7, 1), 28)):
        assert {kroner(at, Level.PLUSTUR, day) for at in draws} == {known}
    for level in LISTED:
        assert len({kroner(at, level) for at in draws}) > 1, level
        assert {kroner(at, level, date(2024, 7, 1)) for at in draws} == {kroner(study, level, date(2024, 7, 1))}


def test_an_options_own_price_keeps_its_kroner_in_every_draw(study: Study) -> None:
    (own,) = study.packages[2].own_levels
    draws = [study.under(d) for d in parameter_draws(16, study.assumptions, study.volume)]
    assert {kroner(at, own) for at in draws} == {55}


def test_the_fares_of_half_of_the_draws_lie_on_each_side_of_what_is_shown(study: Study) -> None:
    shown = kroner(study, Level.BYTAKST_HIGH)
    drawn = [kroner(study.under(d), Level.BYTAKST_HIGH) for d in parameter_draws(16, study.assumptions, study.volume)]
    assert min(drawn) < shown < max(drawn)
    assert np.median(drawn) == shown


@pytest.mark.parametrize("year", [2020, 2024])
def test_a_year_of_known_price_lists_is_the_same_to_the_oere(year: int) -> None:
    study = study_of(*OPTIONS[:2], year=year, passengers=300.0)
    draw = parameter_draws(4, study.assumptions, study.volume)[3]
    assert set(FARE_IDS) <= set(draw.values)
    before = replace(draw, values={key: value for key, value in draw.values.items() if key not in FARE_IDS})
    assert study.under(draw).book is study.book
    assert estimate(study, draw).options == estimate(study, before).options
    assert not set(FARE_IDS) & in_closed_form(study)


def test_a_typed_list_does_not_vary_and_what_follows_it_grows_from_it(typed_2027: str) -> None:
    study = study_of(*OPTIONS[:2], year=2027, passengers=600.0, tariff_files=[typed_2027])
    draws = [study.under(d) for d in parameter_draws(16, study.assumptions, study.volume)]
    assert [{kroner(at, level) for at in draws} for level in LISTED] == [{48}, {32}, {64}, {80}]
    # The first days of the year are still projected; 2028 rests on the typed list: 80 x 1.051 = 84.1.
    at = study.under(ParameterDraw(0, {"fare_index_percent": 5.1}))
    ahead = study_of(*OPTIONS[:2], year=2028, passengers=600.0, tariff_files=[typed_2027])
    assert kroner(ahead.under(ParameterDraw(0, {"fare_index_percent": 5.1})), Level.BYTAKST_HIGH) == 84
    assert kroner(at, Level.BYTAKST_HIGH) == 80


def test_what_the_user_has_stated_of_fares_is_not_drawn() -> None:
    study = study_of(*OPTIONS[:2], year=2027, passengers=600.0, assumptions=dict.fromkeys(FARE_IDS, 1.0))
    draws = parameter_draws(16, study.assumptions, study.volume)
    assert {study.under(d).book for d in draws} == {study.book}


def test_a_draw_and_the_same_rises_stated_are_the_same_answer(study: Study) -> None:
    rises = {"fare_index_percent": 4.0, "fare_ceiling_times": 0.5}
    drawn, stated = study.at(rises), study_of(*OPTIONS, year=2027, passengers=600.0, assumptions=rises)
    for level in (*LISTED, Level.PLUSTUR):
        assert kroner(drawn, level) == kroner(stated, level)
    assert estimate(drawn).options == estimate(stated).options


def test_the_closed_form_knows_that_a_projected_year_rests_on_them(study: Study) -> None:
    assert set(FARE_IDS) <= in_closed_form(study)


@pytest.mark.parametrize(("count", "most"), [(16, 0.5), (32, 0.35), (64, 0.2)])
def test_the_columns_of_fares_have_little_to_do_with_the_others(count: int, most: float) -> None:
    others = [*response_columns(), *shipped_columns().values()]
    columns = [further_column(others, key) for key in FARE_IDS]
    found = np.abs(correlations([*others, *columns], count))[len(others) :]
    found[:, len(others) :] -= np.eye(len(columns))
    assert found.max() <= most


def test_no_draw_lies_outside_the_stated_range() -> None:
    register = load_assumptions()
    for draw in parameter_draws(64, register, own_volume(1)):
        assert 1.5 <= draw.values["fare_index_percent"] <= 5.1
        assert 0.0 <= draw.values["fare_ceiling_times"] <= 1.5
