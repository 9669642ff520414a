"""Swings with a known answer, on the estimate of Holbæk."""

import pytest

from sim.estimate.alternatives import with_assumptions
from sim.estimate.estimate import estimate
from sim.estimate.reads import in_closed_form
from sim.estimate.sensitivity.most_important import leading_target, most_important
from sim.estimate.sensitivity.tornado import RESPONSE, VOLUME, Swing, Tornado, tornado, widest
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.prepare import prepare
from sim.study.study import Study

RATE = "operator_driving_kr_per_hour"


def study(*options: str, **values: object) -> Study:
    told = options or (
        "I dag: kommunetakst, bytakst=low",
        "Bytakst 60: kommunetakst, bytakst=high",
        "Uden: kommunetakst",
    )
    scenario = {"municipality": "0316", "options": [parse_option(o) for o in told], "draws": 8, **values}
    return prepare(build_scenario(scenario, "test"), "0316")


@pytest.fixture(scope="module")
def holbaek() -> Study:
    return study(passengers=6000.0)


@pytest.fixture(scope="module")
def found(holbaek: Study) -> Tornado:
    return tornado(holbaek)


def swing_of(found: Tornado, key: str) -> Swing:
    return next(s for s in found.swings if s.id == key)


def test_the_driving_hour_moves_the_operators_pay_in_proportion(holbaek: Study, found: Tornado) -> None:
    """No start fee: then all the operator is paid is in proportion to the hour, and net cost moves by just that."""
    free_starts = with_assumptions(holbaek, {"operator_start_kr": 0.0})
    central = estimate(free_starts).options[0].year
    rate = holbaek.assumptions.number(RATE)
    dearer = estimate(with_assumptions(free_starts, {RATE: 1.25 * rate})).options[0].year
    assert dearer.operator_payment_oere == pytest.approx(1.25 * central.operator_payment_oere, rel=1e-4)
    assert dearer.fares_oere == central.fares_oere
    hour = swing_of(found, RATE)
    assert (hour.low_value, hour.high_value) == (220.0, 400.0)
    a_krone = (hour.high[0] - hour.low[0]) / (400 - 220)
    assert found.central[0] == pytest.approx(hour.low[0] + a_krone * (rate - 220), rel=1e-4)


def test_an_unknown_volume_moves_everything_in_proportion_but_for_thinner_traffic() -> None:
    unknown = study("I dag: kommunetakst")
    volume = swing_of(tornado(unknown), VOLUME)
    passengers = unknown.volume.passengers
    assert volume.low_value == pytest.approx(passengers / 3)
    assert volume.high_value == pytest.approx(passengers * 3)
    assert volume.low[0] < estimate(unknown).options[0].year.net_cost_oere < volume.high[0]


def test_a_municipality_that_knows_its_volume_is_not_told_to_doubt_it(found: Tornado) -> None:
    assert VOLUME not in {s.id for s in found.swings}


def test_what_the_user_has_stated_is_not_varied() -> None:
    told = tornado(study(passengers=6000.0, assumptions={"town_share": 0.3}))
    assert "town_share" in told.stated
    assert "town_share" not in {s.id for s in told.swings}


def test_the_dispatchers_own_assumptions_are_named_as_outside(holbaek: Study, found: Tornado) -> None:
    for key in ("pickup_window_min", "detour_min", "drive_time_spread", "seats"):
        assert key in found.outside
    known = in_closed_form(holbaek)
    for key in (
        "town_share",
        "boarding_s",
        "operator_start_kr",
        "in_vain_share",
        "speed_town_kmh",
        "distance_decay_km",
    ):
        assert key in known


def test_longer_boarding_costs_more_when_the_hour_is_the_users_own() -> None:
    """With its own hour the fit does not follow; without, 2017 pins the level and boarding hardly moves it."""
    own = study(passengers=6000.0, assumptions={RATE: 330.0})
    held, following = (swing_of(tornado(s), "boarding_s") for s in (own, study(passengers=6000.0)))
    assert held.high[0] > held.low[0]
    assert following.width(0) < 0.5 * held.width(0)


def test_the_five_are_the_widest_of_the_largest_change_and_stand_in_order(found: Tornado) -> None:
    five = most_important(found)
    target = leading_target(found)
    assert abs(found.central[target]) == max(abs(c) for c in found.central[1:])
    assert len(five) == 5
    widths = [abs(row["high_oere"] - row["low_oere"]) for row in five]
    assert widths == sorted(widths, reverse=True)
    assert {row["target"] for row in five} == {found.targets[target]}
    assert RATE not in {row["id"] for row in five}  # fitted, not drawn


def test_with_one_option_the_five_are_those_of_net_cost() -> None:
    five = most_important(tornado(study("I dag: kommunetakst")))
    assert {row["target"] for row in five} == {"nettoudgift: I dag"}
    assert five[0]["id"] == VOLUME


def test_the_price_response_is_one_entry_and_moves_nothing_but_changes() -> None:
    """Under the reference package the passengers are given, whatever the response."""
    found = tornado(study(passengers=6000.0))
    response = swing_of(found, RESPONSE)
    assert response.low_value is None
    assert response.width(2) > 0
    assert response.width(0) < 0.02 * abs(found.central[0])


def test_equal_swings_stand_by_name() -> None:
    same = [Swing(key, "", "", 0.0, 1.0, (0.0,), (1.0,)) for key in ("b", "a")]
    assert [s.id for s in widest(same, 0, 2)] == ["a", "b"]


def test_the_volume_moved_by_its_own_assumptions_is_allocated_anew() -> None:
    unknown = study("I dag: kommunetakst")
    other = with_assumptions(unknown, {"volume_density_exponent": 0.9})
    assert other.volume.passengers != pytest.approx(unknown.volume.passengers, rel=0.01)
    assert other.volume.origin == "allocated"


def test_faster_roads_shorten_every_drive(holbaek: Study) -> None:
    """Both speeds doubled: half the time, to the second."""
    fast = with_assumptions(holbaek, {"speed_town_kmh": 60.0, "speed_country_kmh": 120.0})
    assert fast.region.drive_s[0, 40] == pytest.approx(holbaek.region.drive_s[0, 40] / 2, abs=1)
