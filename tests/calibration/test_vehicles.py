"""Detour, chaining and the driving hour: the search, the mix and the draws, by hand and on a small scale."""

import numpy as np
import pytest

from sim.evidence.calibration.knobs import solve
from sim.evidence.calibration.mix import Member, Mix, Setting, Totals, largest, members, simulate, together
from sim.evidence.calibration.rates import across_km
from sim.evidence.calibration.vehicles import DRAWS_FILE, FITTED_VALUES, VALUES_FILE, version
from sim.inputs.assumptions import load_assumptions
from sim.inputs.facts import load_facts
from sim.study.draws import column, fitted_column, fitted_columns
from tariffs.operator_payment import PARTS_PER_OERE

KR = 100 * PARTS_PER_OERE


def totals(side: str, passengers: int, fares_kr: int, starts_kr: int, hours_kr: int, weight: float = 1.0) -> Totals:
    """A hundred trips, 30 of them shared and 80 coordinated, an hour costing 300 kr."""
    member = Member("0000", weight, (), side)  # type: ignore[arg-type]
    return Totals(member, 100, passengers, 100 * fares_kr, KR * starts_kr, KR * hours_kr, 300.0, 3450.0, 30, 80)


def test_the_rate_is_what_makes_the_mix_cost_what_it_did() -> None:
    """100 passengers, fares 3,000 kr, starts 2,000 kr, the rest 6,000 kr at 300 kr/h.

    Net per passenger is (2000 + 20 r - 3000) / 100 + 34.50 = 103.60, so 20 r = 7,910 and r = 395.50.
    """
    mix = together([totals("", 100, 3000, 2000, 6000)], 0.5)
    assert mix.rate_for(103.60) == pytest.approx(395.5)
    assert mix.net_kr_per_passenger(300.0) == pytest.approx(84.50)
    assert mix.mean_fare_kr == pytest.approx(30.0)
    assert (mix.shared_percent, mix.coordinated_percent) == (30.0, 80.0)


def test_a_municipality_counts_by_the_chance_that_it_had_flextur_and_an_unknown_fare_by_its_chance() -> None:
    known = totals("", 100, 3000, 2000, 6000)
    assumed = totals("", 200, 6000, 4000, 12000, weight=0.5)
    assert together([known, assumed], 0.5).rate_for(103.60) == pytest.approx(395.5)  # twice over, half as likely
    sides = [totals("grundtakst", 100, 3600, 0, 6000), totals("kommunetakst", 100, 2400, 0, 6000)]
    assert together(sides, 0.25).mean_fare_kr == pytest.approx(0.75 * 36 + 0.25 * 24)


def test_both_lengths_are_one_doubt_and_stay_in_their_ranges() -> None:
    register = load_assumptions()
    near, far = register["distance_decay_km"], register["distance_decay_across_km"]
    assert across_km(2.2) == 4.0
    assert across_km(1.65) == 3.0  # three quarters of both
    assert near.low is not None
    assert near.high is not None
    assert far.low <= across_km(near.low) < across_km(near.high) <= far.high


def test_the_search_finds_the_detour_and_chaining_of_a_made_up_pool() -> None:
    def shares(detour: float, chaining: float) -> np.ndarray:
        # Sharing saturates with the detour, chaining with the fee; each leans a little on the other.
        return np.array(
            [50 * (1 - np.exp(-detour / 15)) + 0.01 * chaining, 95 - 35 * np.exp(-chaining / 60) + 0.1 * detour]
        )

    wanted = shares(18.0, 70.0)
    found = solve(shares, np.array([15.0, 90.0]), wanted)
    assert found.place[0] == pytest.approx(18.0, abs=0.5)
    assert found.place[1] == pytest.approx(70.0, abs=3.0)
    assert np.abs(shares(*found.place) - wanted).max() <= 0.4


def test_the_search_stops_at_the_ranges_and_not_beyond() -> None:
    register = load_assumptions()
    found = solve(
        lambda detour, chaining: np.array([detour / 10, chaining / 10]), np.array([15.0, 90.0]), np.array([90.0, 90.0])
    )
    assert found.place.tolist() == [register["detour_min"].high, register["pool_chaining_kr"].high]


def test_the_mix_is_the_known_and_the_assumed_and_nobody_else() -> None:
    mix = members()
    chances = {member.code: member.weight for member in mix}
    assert chances["0316"] == 1.0
    assert chances["0336"] == 0.5
    assert not {"0101", "0185", "0219", "0253"} & set(chances)  # København, Tårnby, Hillerød, Greve
    assert [m.elements for m in mix if m.code == "0316"] == [("kommunetakst", "bytakst=low")]
    assert [m.side for m in mix if m.code == "0336"] == ["grundtakst", "kommunetakst"]
    most = largest(mix, 0.75)
    assert {m.code for m in most} < set(chances)
    assert {m.side for m in most if m.code == "0330"} == {"grundtakst", "kommunetakst"}


def test_a_sample_of_days_holds_what_those_days_hold() -> None:
    member = Member("0159", 1.0, ("kommunetakst",))
    all_days, some = simulate(member, Setting(1)), simulate(member, Setting(5))
    assert 0 < some.passengers < all_days.passengers
    assert some.passengers == pytest.approx(all_days.passengers / 5, rel=0.25)
    dearer = simulate(member, Setting(5, {"operator_driving_kr_per_hour": 380.0, "operator_start_kr": 0.0}))
    assert dearer.start_parts == 0
    assert dearer.rate_kr == 380.0


def test_the_shipped_fit_is_of_the_present_register_and_facts() -> None:
    import tomllib
    from importlib.resources import files

    shipped = tomllib.loads((files("data") / VALUES_FILE).read_text(encoding="utf-8"))
    assert shipped["version"] == version(), "the register or the facts have changed: run takstlab calibrate --write"
    assert set(shipped["values"]) == set(FITTED_VALUES)
    facts = load_facts()
    for block, fact in (("shared_percent", "shared_2016"), ("coordinated_percent", "coordinated_2016")):
        assert shipped[block]["counted"] == facts[fact].low
        assert shipped[block]["simulated"] == pytest.approx(facts[fact].low, abs=0.5)
    assert shipped["net_kr_per_passenger"]["simulated"] == pytest.approx(103.60, abs=0.2)
    assert facts["mean_fare_2017"].low <= shipped["mean_fare_kr"]["lowest"]
    assert shipped["mean_fare_kr"]["highest"] <= facts["mean_fare_2017"].high
    plausible = facts["hourly_rate"]
    assert plausible.low <= shipped["values"]["operator_driving_kr_per_hour"] <= plausible.high


def test_every_draw_has_its_hour_and_its_trip_lengths() -> None:
    columns, register = fitted_columns(), load_assumptions()
    assert DRAWS_FILE == "calibration/draws.csv"
    lengths = ("distance_decay_km", "distance_decay_across_km")
    assert set(columns) == {"operator_driving_kr_per_hour", "town_trip_factor", *lengths}
    hours = np.array(columns["operator_driving_kr_per_hour"])
    assert hours.min() < register.number("operator_driving_kr_per_hour") < hours.max()
    assert len(set(hours.tolist())) > 60
    across = np.array(columns["distance_decay_across_km"]) / np.array(columns["distance_decay_km"])
    assert across == pytest.approx(4.0 / 2.2, rel=1e-3)  # in one proportion
    # As drawn, or shorter where 2017 would have been too dear; never shorter than the range.
    asked = np.array(column(register["distance_decay_km"]))
    settled = np.array(columns["distance_decay_km"])
    shorter = settled < asked - 1e-3
    assert (settled <= asked + 1e-9).all()
    assert 0 < np.count_nonzero(shorter) < 10
    assert np.array(fitted_column("mean_fare_kr"))[shorter].min() > 39


def test_a_mix_without_riders_on_the_other_side_still_adds_up() -> None:
    mix = together([totals("grundtakst", 100, 3600, 0, 6000)], 0.0)
    assert isinstance(mix, Mix)
    assert mix.passengers == 100


@pytest.mark.slow
def test_the_fit_gives_the_shipped_values_again() -> None:
    """A few minutes. On another processor the search may take another last step: within what the sample can tell."""
    import csv
    import tomllib

    from sim.evidence.calibration.parts import shipped
    from sim.evidence.calibration.vehicles import run

    files = run(2, lambda done, expected: None).files
    mine = tomllib.loads(files[VALUES_FILE])["values"]
    theirs = tomllib.loads(shipped(VALUES_FILE).read_text(encoding="utf-8"))["values"]
    assert mine["operator_driving_kr_per_hour"] == pytest.approx(theirs["operator_driving_kr_per_hour"], abs=2.0)
    assert mine["detour_min"] == pytest.approx(theirs["detour_min"], abs=0.4)
    assert mine["pool_chaining_kr"] == pytest.approx(theirs["pool_chaining_kr"], abs=4.0)
    rows, ours = (list(csv.DictReader(t.splitlines())) for t in (files[DRAWS_FILE], shipped(DRAWS_FILE).read_text()))
    for a, b in zip(rows, ours, strict=True):
        assert float(a["operator_driving_kr_per_hour"]) == pytest.approx(
            float(b["operator_driving_kr_per_hour"]), rel=0.02
        )
