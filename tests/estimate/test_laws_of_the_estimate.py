"""What must not change, and what must change by just so much, when the question is put another way: the closed form."""

from dataclasses import replace
from datetime import date
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.estimate.amounts import Amounts, OptionEstimate
from sim.estimate.estimate import estimate
from sim.study.study import Study
from tests.study.conftest import study_of

PACKAGES = (
    "kommunetakst", "", "kommunetakst, bytakst=low", "kommunetakst, bytakst=high", "kommunetakst, lukket_by", "dobbelt_grundtakst",
    "kommunetakst, plustur",
)  # fmt: skip
TODAY = PACKAGES[0]
FEW = settings(max_examples=12, deadline=None)


@cache
def study(packages: tuple[str, ...], stated: tuple[tuple[str, float], ...] = ()) -> Study:
    options = [f"Nr. {number}: {package}" for number, package in enumerate(packages)]
    return study_of(
        *options, municipality="0155", passengers=3000.0, reference=["kommunetakst"], assumptions={"price_level": 2017.0, **dict(stated)},
        start=date(2020, 7, 1),
    )  # fmt: skip


@cache
def answers(packages: tuple[str, ...], stated: tuple[tuple[str, float], ...] = ()) -> tuple[OptionEstimate, ...]:
    return estimate(study(packages, stated)).options


@given(st.permutations(PACKAGES).map(lambda p: tuple(p[:4])), st.randoms())
@FEW
def test_the_order_of_the_options_changes_no_year(packages: tuple[str, ...], random) -> None:
    order = list(range(len(packages)))
    random.shuffle(order)
    asked, again = answers(packages), answers(tuple(packages[n] for n in order))
    for place, n in enumerate(order):
        assert again[place].year == asked[n].year


@given(st.permutations(PACKAGES[1:]).map(lambda p: tuple(p[:3])))
@FEW
def test_the_order_of_the_options_after_todays_changes_nothing(others: tuple[str, ...]) -> None:
    asked, turned = answers((TODAY, *others)), answers((TODAY, *reversed(others)))
    for a, b in zip(asked[1:], reversed(turned[1:]), strict=True):
        assert replace(a, name="") == replace(b, name="")


@given(st.sampled_from(PACKAGES), st.sampled_from(PACKAGES))
@FEW
def test_an_option_more_changes_no_other_options_figure(other: str, added: str) -> None:
    """But for the last of sixteen digits: tours are added up in other parts where one option more asks of them something new."""
    for more, asked in zip(answers((TODAY, other, added))[:2], answers((TODAY, other)), strict=True):
        for block in ("year", "change", "part_year", "part_year_change"):
            expected = vars(getattr(asked, block))
            assert vars(getattr(more, block)) == pytest.approx(expected, rel=1e-12, abs=1e-6)


@given(st.integers(20, 60), st.integers(250, 400), st.sampled_from(PACKAGES))
@FEW
def test_twice_the_operators_rates_are_twice_the_payment_and_nothing_else(start: int, hour: int, other: str) -> None:
    once, twice = (
        answers(
            (TODAY, other),
            (("operator_start_kr", k * start), ("operator_driving_kr_per_hour", 20.0 * k * (hour // 20))),
        )
        for k in (1.0, 2.0)
    )
    for a, b in zip(once, twice, strict=True):
        for before, after in ((a.year, b.year), (a.part_year, b.part_year)):
            assert isinstance(before, Amounts)
            assert isinstance(after, Amounts)
            assert after.operator_payment_oere == pytest.approx(2 * before.operator_payment_oere, rel=1e-12)
            assert replace(after, operator_payment_oere=0) == replace(before, operator_payment_oere=0)


@given(st.sampled_from(PACKAGES[:6]))
@FEW
def test_a_krone_more_in_fee_is_a_krone_for_each_passenger_and_nothing_else(package: str) -> None:
    asked = study((TODAY, package))
    before, after = (estimate(replace(asked, fee_oere=asked.fee_oere + more)).options for more in (0, 100))
    for a, b in zip(before, after, strict=True):
        assert b.year.movia_fee_oere - a.year.movia_fee_oere == pytest.approx(100 * a.year.passengers)
        assert b.year.net_cost_oere - a.year.net_cost_oere == pytest.approx(100 * a.year.passengers)
        assert replace(b.year, movia_fee_oere=0) == replace(a.year, movia_fee_oere=0)


def test_a_municipality_under_another_name_has_the_same_figures() -> None:
    asked = study((TODAY, *PACKAGES[2:6]))
    renamed = replace(asked.region, municipality=replace(asked.region.municipality, name="Nykommune"))
    assert estimate(replace(asked, region=renamed)).options == estimate(asked).options
