"""A service introduced in the budget year goes on growing in the overslagsår; numbers that can be added in the head."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.answer.outlook.amounts import amounts, lacking, month_shares
from sim.answer.outlook.outlook import Base, OutlookYear, YearFigures, prepare_outlook
from sim.study.draws import ParameterDraw
from sim.study.introduction import introduced, settled_shares
from sim.study.replicated.introduced_volume import settled_months
from sim.study.replicated.measures import Measure
from sim.study.replicated.samples import Samples
from tests.study.conftest import study_of

TODAY, PLUS = "I dag: kommunetakst", "Plus: kommunetakst, plustur"
TAARNBY = "0185"
NET, TRIPS = Measure.NET_COST, Measure.TRIPS
GROWTH = {"introduction_first_share": 0.2, "introduction_growth_months": 24.0}
"""From 20 % on 1 July 2027 to all of it on 1 July 2029: 40 percentage points a year."""


def ready(**values: Any) -> tuple[OutlookYear, ...]:
    told = {"municipality": "0155", "passengers": 1500.0, "year": 2027, "start": date(2027, 7, 1), "years_ahead": 3}
    outlook = prepare_outlook(study_of(TODAY, PLUS, draws=0, assumptions=GROWTH, **(told | values)))
    assert outlook is not None
    return outlook.years


@pytest.fixture(scope="module")
def years() -> tuple[OutlookYear, ...]:
    return ready()


def test_the_years_after_the_start_go_on_where_the_year_before_left_off(years: tuple[OutlookYear, ...]) -> None:
    """20 % on 1 July 2027, 40 at the year's end, 80 at the next one's, 100 on 1 July 2029 and after.

    The half-year has 184 days, which is 0.3 percentage points more. The mean of 2028 is 60 %; 2029 has 90 % in its first half and
    100 in its second: 95.
    """
    shares = [settled_shares(year.study) for year in years]
    assert shares[0][0] == shares[0][180] == 0
    assert [s[-1] for s in shares[:2]] == pytest.approx([0.4, 0.8], abs=0.004)
    assert [s[0] for s in shares[1:3]] == pytest.approx([0.4, 0.8], abs=0.004)
    assert shares[2][182:].tolist() == [1.0] * 183
    assert set(shares[3]) == {1.0}
    assert month_shares(years[1].study, years[1].study.assumptions)[0] == pytest.approx(0.4 + 0.4 / 24, abs=0.004)
    assert [s.mean() for s in shares[1:]] == pytest.approx([0.6, 0.95, 1.0], abs=0.004)


def test_plustur_and_flextur_of_an_earlier_year_are_still_what_was_introduced(years: tuple[OutlookYear, ...]) -> None:
    assert [[introduced(year.study, place) for place in (0, 1)] for year in years] == [[None, "plustur"]] * 4
    flextur = ready(municipality=TAARNBY, offers_flextur=True)
    assert [[introduced(year.study, place) for place in (0, 1)] for year in flextur] == [["flextur", "flextur"]] * 4
    none = prepare_outlook(study_of(TODAY, PLUS, draws=0, year=2027, years_ahead=1))
    assert none is not None
    assert [introduced(year.study, 1) for year in none.years] == [None, None]


class _Run:
    """Two options in a settled year: 1,200 and 1,800 kr; what is new adds 100 a month and replaces 50, so 50 a month.

    In the part year from 1 July today costs 600 and the option, still growing, 690; in the draw half of it all.
    """

    def __init__(self, times: float = 1.0) -> None:
        self.year, self.part_year = (np.zeros((2, len(Measure)), dtype=np.int64) for _ in range(2))
        self.not_yet, self.begun = (np.zeros((2, 12, len(Measure)), dtype=np.int64) for _ in range(2))
        self.year[:, NET] = [1200 * times, 1800 * times]
        self.part_year[:, NET] = [600 * times, 690 * times]
        self.begun[1, :, NET] = 50 * times


def test_the_budget_year_is_todays_until_the_start_and_the_growing_options_from_there(
    years: tuple[OutlookYear, ...],
) -> None:
    """Today 1,200; the option 600 until July and 690 from there: 1,290, not the 1,800 of a full year."""
    found = [amounts(years[0].study, [_Run()], place, NET).tolist() for place in (0, 1)]  # type: ignore[list-item]
    assert found == [[1200.0], [1290.0]]


def test_nothing_is_there_before_an_introduced_flextur_begins(years: tuple[OutlookYear, ...]) -> None:
    """All of today's option is new: of its 1,200 kr 600 fall before the start and 450 are lacking after it; 150 are left."""
    run = _Run()
    run.not_yet[0, :6, NET], run.not_yet[0, 6:, NET] = 100, 75
    run.part_year[:, NET] = [150, 200]
    assert [amounts(years[0].study, [run], place, NET)[0] for place in (0, 1)] == [150.0, 200.0]  # type: ignore[list-item]


def test_a_later_year_lacks_what_the_months_have_not_yet(years: tuple[OutlookYear, ...]) -> None:
    """At 60 % on average in 2028, 40 % of 12 x 50 is lacking, 240 of 1,800; in 2029 5 %, 30; in 2030 nothing."""
    for year, expected in zip(years[1:], (240.0, 30.0, 0.0), strict=True):
        shares = month_shares(year.study, year.study.assumptions)
        assert lacking([_Run()], 1, NET, shares)[0] == pytest.approx(expected, abs=1.5)  # type: ignore[list-item]
        assert lacking([_Run()], 0, NET, shares)[0] == 0  # type: ignore[list-item]


def test_a_draw_has_its_own_growth_in_the_years_ahead(years: tuple[OutlookYear, ...]) -> None:
    """The draw halves the trips, and all there is has been there from the first day: 900 trips, where the middle lacks 240 of 1,800."""

    def of(times: float) -> Any:
        run = _Run(times)
        run.year[:, TRIPS], run.begun[1, :, TRIPS] = run.year[:, NET], run.begun[1, :, NET]
        return run

    whole = ParameterDraw(0, {"introduction_first_share": 1.0})
    study: Any = SimpleNamespace(study=years[0].study)
    base = Base(study.study, Samples([of(1.0)], [of(0.5)], [0]), (whole,))
    spread = YearFigures(years[1], base, (of(1.0),))(1, TRIPS)
    assert spread.central.tolist() == pytest.approx([1560.0], abs=1.5)
    assert spread.drawn.tolist() == pytest.approx([900.0])


def test_what_is_new_is_its_plustur_less_the_flextur_it_replaces(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plustur trip of 10 in January takes the place of a flextur trip of 8, and another of 20 in July of none."""
    from sim.road.kernel import Kind
    from sim.study.replicated import introduced_volume as module

    def run(days: list[int], plustur: list[bool], operator: list[int]) -> Any:
        zeros = np.zeros(len(days), dtype=np.int64)
        account = SimpleNamespace(fares=zeros, operator_payment=np.array(operator), movia_fee=zeros, net_cost=operator)
        return SimpleNamespace(
            requests=SimpleNamespace(service_day=np.array(days), plustur=np.array(plustur)),
            outcome=np.full(len(days), Kind.DROPPED_OFF),
            carried=zeros + 1,
            account=account,
        )

    of: Any = SimpleNamespace(
        year=SimpleNamespace(month=np.repeat(np.arange(12), [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]))
    )
    monkeypatch.setattr(module, "_replaced", lambda *_: np.array([True, False]))
    base, option = run([5, 6], [False, False], [8, 9]), run([5, 190, 6], [True, True, False], [10, 20, 9])
    monkeypatch.setattr(module, "introduced", lambda *_: "plustur")
    new = settled_months(of, 1, base, option)
    assert [int(new[month, Measure.OPERATOR_PAYMENT]) for month in (0, 6)] == [10 - 8, 20]
    assert [int(new[month, TRIPS]) for month in (0, 6)] == [0, 1]
    monkeypatch.setattr(module, "introduced", lambda *_: "flextur")
    assert int(settled_months(of, 1, base, option)[:, Measure.OPERATOR_PAYMENT].sum()) == 39
    monkeypatch.setattr(module, "introduced", lambda *_: None)
    assert not settled_months(of, 1, base, option).any()
