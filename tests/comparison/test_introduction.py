"""Flextur or plustur introduced from a date: the first months are not the settled volume."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from sim.answer.introduction import introduction
from sim.estimate.estimate import estimate
from sim.inputs.assumptions import load_assumptions
from sim.road.kernel import Kind
from sim.study.draws import ParameterDraw, parameter_draws
from sim.study.introduction import introduced, settled_shares
from sim.study.replicated.introduced_volume import not_yet
from sim.study.replicated.measures import Measure
from sim.study.replicated.replication import run_replication
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from tests.study.conftest import study_of

TODAY, PLUS, DEARER = "I dag: kommunetakst", "Plus: kommunetakst, plustur", "Grundtakst:"
TAARNBY = "0185"
START = date(2020, 7, 1)
FIRST_OF_JULY = 182


def study(*options: str, **values: Any) -> Study:
    told: dict[str, Any] = {"municipality": "0155", "passengers": 1500.0, "start": START}
    many = {"plustur_trips_per_month": 200.0}
    return study_of(*options, draws=0, **(told | {"assumptions": many | values.pop("assumptions", {})} | values))


def year_of(*options: str, **values: Any) -> Replication:
    return run_replication(study(*options, **values), 0)


def test_movias_first_three_years_are_about_what_the_growth_gives() -> None:
    """Passengers per municipality were 3,545, 5,962 and 9,645 in 2012-14, of 12,091 in 2015: 29, 49 and 80 %.

    Even growth from 15 % in 36 months: 15 + 85 x 6/36, 18/36 and 30/36 per cent in the middle of the years: 29, 57 and 86 %.
    """
    register = load_assumptions()
    first, months = (register.number(f"introduction_{key}") for key in ("first_share", "growth_months"))
    passengers = register.profile("movia_passengers_per_municipality")
    for year, middle in enumerate((6, 18, 30)):
        grown = first + (1 - first) * middle / months
        assert grown == pytest.approx(passengers[year] / passengers[3], abs=0.09)


def test_the_volume_grows_evenly_from_the_start_date_and_is_then_settled() -> None:
    """From 20 % to all in three months of 30.5 days: half-way, on 15 August, 60 %; from October on all of it."""
    values = {"introduction_first_share": 0.2, "introduction_growth_months": 3.0}
    shares = settled_shares(study(TODAY, PLUS, assumptions=values))
    assert shares[:FIRST_OF_JULY].tolist() == [0.0] * FIRST_OF_JULY
    assert shares[FIRST_OF_JULY] == pytest.approx(0.2 + 0.8 * 0.5 / 91.5)
    assert shares[FIRST_OF_JULY + 45] == pytest.approx(0.2 + 0.8 * 45.5 / 91.5)
    assert (np.diff(shares[FIRST_OF_JULY:]) >= 0).all()
    assert set(shares[FIRST_OF_JULY + 92 :]) == {1.0}


def test_all_of_it_from_the_first_day_is_no_growth() -> None:
    shares = settled_shares(study(TODAY, PLUS, assumptions={"introduction_growth_months": 0.0}))
    assert set(shares[FIRST_OF_JULY:]) == {1.0}


def test_plustur_is_introduced_where_the_first_option_has_none_and_a_price_introduces_nothing() -> None:
    assert [introduced(study(TODAY, DEARER, PLUS), place) for place in range(3)] == [None, None, "plustur"]
    assert introduced(study(PLUS, "Grund og plus: plustur"), 1) is None
    assert introduced(study(TODAY, PLUS, start=None), 1) is None
    assert introduced(study(TODAY, PLUS, reference=["kommunetakst", "plustur"]), 1) is None
    assert introduction(study(TODAY, DEARER)) is None


def test_flextur_is_introduced_where_the_municipality_is_known_to_have_none() -> None:
    taarnby = study(TODAY, DEARER, municipality=TAARNBY, offers_flextur=True)
    assert [introduced(taarnby, place) for place in (0, 1)] == ["flextur", "flextur"]
    assert introduced(study(TODAY, DEARER, offers_flextur=True), 0) is None


def test_plustur_trips_count_by_their_days_share_and_the_flextur_they_replace_by_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half is there in July, three quarters in August: two plustur trips of 10 and 20 lack 5 + 5, a replaced one of 8 in July is
    still made to a half, 4. The flextur trip of the option lacks nothing."""
    from sim.study.replicated import introduced_volume as module

    def run(days: list[int], plustur: list[bool], operator: list[int]) -> Any:
        zeros = np.zeros(len(days), dtype=np.int64)
        amounts = SimpleNamespace(fares=zeros, operator_payment=np.array(operator), movia_fee=zeros, net_cost=zeros)
        requests = SimpleNamespace(service_day=np.array(days), plustur=np.array(plustur))
        return SimpleNamespace(
            requests=requests, outcome=np.full(len(days), Kind.DROPPED_OFF), carried=zeros + 1, account=amounts
        )

    month = np.repeat(np.arange(12), [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    of: Any = SimpleNamespace(year=SimpleNamespace(month=month))
    monkeypatch.setattr(module, "introduced", lambda *_: "plustur")
    monkeypatch.setattr(module, "settled_shares", lambda _: np.where(month == 6, 0.5, 0.75))
    monkeypatch.setattr(module, "_replaced", lambda *_: np.array([True, False]))
    base = run([190, 191], [False, False], [8, 8])
    option = run([190, 220, 191], [True, True, False], [10, 20, 8])
    lacking = not_yet(of, 1, base, [(option, np.ones(3, dtype=bool))])
    assert lacking[6, Measure.OPERATOR_PAYMENT] == lacking[6, Measure.NET_COST] == 5 - 4
    assert lacking[7, Measure.NET_COST] == 5
    assert lacking[6, Measure.TRIPS] == 0
    assert not np.delete(lacking, [6, 7], axis=0).any()


def test_a_part_year_with_plustur_lacks_its_share_and_the_full_year_none() -> None:
    """At 50 % throughout, the part year lies half-way between that of the first option and the settled one."""
    half = {"introduction_first_share": 0.5, "introduction_growth_months": 1e9}
    grown, settled = (
        year_of(TODAY, PLUS, DEARER, assumptions=values) for values in (half, {"introduction_growth_months": 0.0})
    )
    assert grown.part_year is not None
    assert settled.part_year is not None
    assert grown.year.tolist() == settled.year.tolist()
    assert grown.part_year[[0, 2]].tolist() == settled.part_year[[0, 2]].tolist()
    assert not settled.not_yet.any()
    for measure in (Measure.TRIPS, Measure.PASSENGERS, Measure.FARES):
        added = [
            int(r.part_year[1, measure] - r.part_year[0, measure]) for r in (grown, settled) if r.part_year is not None
        ]
        assert added[1] > 0
        # Whole trips once a month; replaced trips of the fortnight that were booked before ride under both.
        assert added[0] == pytest.approx(added[1] / 2, abs=max(4, 0.02 * added[1]))
    parts = grown.part_year[1]
    assert parts[Measure.NET_COST] == parts[Measure.OPERATOR_PAYMENT] - parts[Measure.FARES] + parts[Measure.MOVIA_FEE]
    assert (grown.part_year[1] == settled.part_year[1] - grown.not_yet[1].sum(axis=0)).all()
    assert not grown.not_yet[1, :6].any()


def test_an_introduced_flextur_costs_nothing_before_the_start_and_its_share_after() -> None:
    half = {"introduction_first_share": 0.5, "introduction_growth_months": 1e9}
    run = year_of(TODAY, municipality=TAARNBY, offers_flextur=True, passengers=600.0, assumptions=half)
    of_year = run.months[0] - run.not_yet[0]
    assert not of_year[:6].any()
    assert of_year[6:, Measure.TRIPS] == pytest.approx(run.months[0, 6:, Measure.TRIPS] / 2, abs=0.5)
    assert run.part_year is not None
    # The accounts of the year and of its rest each have whole oere a trip: at most one oere a trip lies between them.
    trips = int(run.part_year[0, Measure.BOOKINGS])
    assert run.part_year[0].tolist() == pytest.approx(of_year.sum(axis=0).tolist(), abs=trips)


def test_the_draws_have_growths_of_their_own_that_do_not_follow_each_other() -> None:
    of = study(TODAY, PLUS)
    drawn = parameter_draws(16, of.assumptions, of.volume)
    first, months = ([d.values[f"introduction_{key}"] for d in drawn] for key in ("first_share", "growth_months"))
    assert len(set(first)) == len(set(months)) == 16
    assert abs(np.corrcoef(first, months)[0, 1]) < 0.1
    early, late = (
        settled_shares(of.under(ParameterDraw(0, {"introduction_first_share": share})))[-1] for share in (0.05, 0.5)
    )
    assert early < late


def test_the_estimates_rest_of_the_year_is_the_growing_volumes_too() -> None:
    of = study(TODAY, PLUS, DEARER, assumptions={"introduction_first_share": 0.5, "introduction_growth_months": 1e9})
    settled = of.resting_on(of.assumptions.at({"introduction_growth_months": 0.0}))
    half, whole = estimate(of).options, estimate(settled).options
    for place, share in ((1, 0.5), (2, 1.0)):
        ours, theirs = half[place].part_year_change, whole[place].part_year_change
        assert ours is not None
        assert theirs is not None
        assert ours.trips == pytest.approx(share * theirs.trips)
        assert ours.fares_oere == pytest.approx(share * theirs.fares_oere)
        assert half[place].year == whole[place].year


def test_the_sentence_names_service_date_shares_and_what_is_settled() -> None:
    found = introduction(study(TODAY, PLUS))
    assert found is not None
    for words in (
        "De første måneder",
        "plustur i »Plus«",
        "1. juli 2020",
        "15 % (5-50)",
        "36 måneder (12-48)",
        "22 %",
        "Helårsvirkningen",
    ):
        assert words in found.sentence
    stated = introduction(study(TODAY, PLUS, assumptions={"introduction_first_share": 0.3}))
    assert stated is not None
    assert "med 30 % af den" in stated.sentence
