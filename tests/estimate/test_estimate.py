"""What every estimate must satisfy."""

from datetime import date

import pytest

from sim.estimate.estimate import estimate
from sim.inputs.scenario.scenario import build_scenario, parse_option
from sim.study.draws import parameter_draws
from sim.study.prepare import prepare
from sim.study.replicated.measures import MEASURE_KEYS
from sim.study.study import Study


def study(*options: str, municipality: str = "0316", **values: object) -> Study:
    told = {"municipality": municipality, "options": [parse_option(o) for o in options], "passengers": 6000.0, **values}
    return prepare(build_scenario(told, "test"), municipality)


def test_the_estimate_counts_what_the_comparison_counts() -> None:
    assert set(MEASURE_KEYS) == set(estimate(study("I dag: kommunetakst")).options[0].year.json())


def test_under_the_reference_the_passengers_are_the_volume() -> None:
    year = estimate(study("I dag: kommunetakst, bytakst=low")).options[0].year
    assert year.passengers == pytest.approx(6000)
    assert year.trips == pytest.approx(6000 / 1.20)
    assert year.bookings == pytest.approx(5000 / (1 - 0.0371))


def test_the_fee_is_34_kr_50_of_2017_for_every_passenger_and_grows_two_percent_a_year() -> None:
    then, now = (estimate(study("I dag: kommunetakst", assumptions=told)).options[0].year
                 for told in ({"price_level": 2017.0}, {}))  # fmt: skip
    assert then.movia_fee_oere == pytest.approx(6000 * 3450)
    assert now.movia_fee_oere == pytest.approx(6000 * 3450 * 1.02**3)


def test_dearer_towns_mean_fewer_trips_and_a_closed_town_fewest() -> None:
    found = estimate(
        study("24: kommunetakst", "48: kommunetakst, bytakst=low", "60: kommunetakst, bytakst=high",
              "Lukket: kommunetakst, lukket_by")
    )  # fmt: skip
    trips = [o.year.trips for o in found.options]
    assert trips == sorted(trips, reverse=True)
    assert len(set(trips)) == len(trips)
    net = [o.year.net_cost_oere for o in found.options]
    assert net == sorted(net, reverse=True)


def test_amounts_shown_add_up_to_the_oere() -> None:
    for option in estimate(study("I dag: kommunetakst", "Grundtakst")).json()["options"]:  # type: ignore[attr-defined]
        assert (
            option["net_cost_oere"] == option["operator_payment_oere"] - option["fares_oere"] + option["movia_fee_oere"]
        )


def test_a_free_destination_adds_the_trips_that_are_known() -> None:
    """Gladsaxe: 150 trips a month more; those in vain are made up for in the number of tours."""
    found = estimate(
        study("I dag: kommunetakst", "Gratis: kommunetakst, gratis=Telefonfabrikken", municipality="0159",
              year=2019, passengers=None)
    )  # fmt: skip
    assert found.options[1].change.trips == pytest.approx(150 * 12, rel=0.02)
    assert found.options[1].change.fares_oere <= 0


def test_the_rest_of_the_year_changes_by_less_than_the_year_and_the_first_option_not_at_all() -> None:
    found = estimate(study("I dag: kommunetakst", "Grundtakst", start=date(2020, 7, 1)))
    first, second = found.options
    assert first.part_year_change is not None
    assert first.part_year_change.net_cost_oere == 0
    assert second.part_year_change is not None
    share = second.part_year_change.net_cost_oere / second.change.net_cost_oere
    assert 0.45 < share < 0.5  # half a year, less what was booked before


def test_plustur_is_small_and_its_riders_pay_no_less() -> None:
    found = estimate(study("I dag: kommunetakst", "Plustur: kommunetakst, plustur"))
    assert 0 < found.options[1].change.bookings < 0.05 * found.options[0].year.bookings


def test_the_same_draw_moves_every_option() -> None:
    of = study("I dag: kommunetakst", "Bytakst: kommunetakst, bytakst=high")
    draw = parameter_draws(2, of.assumptions, of.volume)[1]
    drawn, central = estimate(of, draw), estimate(of)
    assert drawn.options[0].year.passengers == pytest.approx(6000)
    assert drawn.options[1].change.net_cost_oere != central.options[1].change.net_cost_oere
