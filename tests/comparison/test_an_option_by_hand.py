"""What is published of an option, by hand on totals that are written here and not simulated."""

from typing import Any

import numpy as np
import pytest

from sim.answer.codec import record_json
from sim.answer.option import _plustur, option_answer, residents_of
from sim.study.replicated.measures import Measure
from sim.study.replicated.reader import Reader
from sim.study.replicated.samples import Samples
from sim.study.replicated.totals import TOTALS, Replication, shape
from sim.study.study import Study
from tests.study.conftest import study_of

Totals = dict[Measure, int]


@pytest.fixture(scope="module")
def study() -> Study:
    return study_of("I dag: kommunetakst", "Bytakst 48: kommunetakst, bytakst=low", passengers=100.0, draws=0)


def totals(*options: Totals) -> np.ndarray:
    """Totals of options; what is not given is 0."""
    rows = np.zeros((len(options), len(Measure)), dtype=np.int64)
    for row, given in zip(rows, options, strict=True):
        for measure, value in given.items():
            row[measure] = value
    return rows


def replication(study: Study, number: int, **given: np.ndarray) -> Replication:
    """A replication of two options in which all is 0 that is not given."""
    columns: dict[str, Any] = {key: np.zeros(shape(key, study), dtype=np.int64) for key in TOTALS}
    return Replication(**(columns | given | {"part_year": None}), number=number, editions=())


def published(study: Study, *years: tuple[Totals, Totals]) -> list[dict[str, Any]]:
    samples = Samples([replication(study, n, year=totals(*year)) for n, year in enumerate(years)], [])
    return [record_json(option_answer(study, Reader(samples), [], place)) for place in (0, 1)]


def test_one_trip_lost_in_each_year_is_enough_to_tell_what_a_lost_trip_saves(study: Study) -> None:
    """30 and 50 kr. saved over one trip each: 40 kr. a trip."""
    today = {Measure.TRIPS: 10, Measure.NET_COST: 100_000}
    first, second = ({Measure.TRIPS: 9, Measure.NET_COST: net} for net in (97_000, 95_000))
    before, after = published(study, (today, first), (today, second))
    assert after["net_cost_per_lost_trip_oere"]["mean"] == 4_000
    assert before["net_cost_per_lost_trip_oere"] is None


def test_the_operators_payment_changes_for_every_option_but_the_first(study: Study) -> None:
    """8,000 less 9,500 and 7,000 less 9,500: 2,000 oere less on average."""
    today = {Measure.OPERATOR_PAYMENT: 9_500}
    before, after = published(
        study, (today, {Measure.OPERATOR_PAYMENT: 8_000}), (today, {Measure.OPERATOR_PAYMENT: 7_000})
    )
    assert before["operator_payment_change_oere"] is None
    assert before["affected"] is None
    assert after["operator_payment_change_oere"]["mean"] == -2_000


def test_a_net_cost_may_be_a_gain_and_trips_are_never_fewer_than_none(study: Study) -> None:
    """Two years 20 apart: by chance the next one is further off than either, so that what has a floor is cut at it."""
    years = ({Measure.NET_COST: -30_000, Measure.TRIPS: 0}, {Measure.NET_COST: -10_000, Measure.TRIPS: 20})
    for option in published(study, *((year, year) for year in years)):
        assert option["net_cost_oere"]["mean"] == -20_000
        assert option["net_cost_oere"]["p10"] < -30_000
        assert option["trips"]["p10"] == 0


def test_minutes_in_a_standing_vehicle_are_over_the_trips_made(study: Study) -> None:
    """600 s over 10 trips, and 1,800 s over 10: a minute and three, two in the mean of the years."""
    samples = Samples(
        [
            replication(study, n, year=totals({}, {Measure.TRIPS: 10}), standing_s=np.array([0, seconds]))
            for n, seconds in enumerate((600, 1_800))
        ],
        [],
    )
    none, some = (option_answer(study, Reader(samples), [], place).standing_min_per_trip for place in (0, 1))
    assert none is None  # no trips
    assert some is not None
    assert some.mean == 2


def test_the_months_are_numbered_as_in_the_calendar(study: Study) -> None:
    for option in published(study, ({}, {}), ({}, {})):
        assert [month["month"] for month in option["months"]] == list(range(1, 13))


def test_net_cost_per_resident_is_over_all_and_over_the_older_ones(study: Study) -> None:
    people = residents_of(study)
    net = {Measure.NET_COST: 1_000_000}
    for option in published(study, (net, net), (net, net)):
        assert option["net_cost_per_resident_oere"]["mean"] == pytest.approx(1_000_000 / people.everyone)
        assert option["net_cost_per_older_resident_oere"]["mean"] == pytest.approx(1_000_000 / people.older)


def test_plusturs_trips_are_never_below_none_and_its_net_cost_may_be(study: Study) -> None:
    """None in one year and four in the other: two, give or take more than two."""
    counted = (Measure.TRIPS, Measure.PASSENGERS, Measure.FARES, Measure.OPERATOR_PAYMENT, Measure.NET_COST)
    samples = Samples(
        [replication(study, n, plustur=totals({}, dict.fromkeys(counted, each))) for n, each in enumerate((0, 4))], []
    )
    shown: Any = record_json(_plustur(Reader(samples), 1))
    assert {key: figure["mean"] for key, figure in shown.items()} == dict.fromkeys(shown, 2)
    assert shown["net_cost_oere"]["p10"] < 0
    assert {figure["p10"] for key, figure in shown.items() if key != "net_cost_oere"} == {0}
