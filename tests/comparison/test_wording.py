from types import SimpleNamespace

import pytest

from sim.comparison.wording import sentence

HOLBAEK = SimpleNamespace(region=SimpleNamespace(municipality=SimpleNamespace(name="Holbæk")))


def told(
    mean: float, p10: float, p90: float, trips: float, sure: bool = True, between: tuple[float, float] | None = None
) -> str:
    """The sentence for amounts in kroner; the trips are sure unless their interval is given."""
    cost = {"mean": mean * 100, "p10": p10 * 100, "p90": p90 * 100}
    low, high = between or (trips, trips)
    moved = {"mean": trips, "p10": low, "p90": high}
    return sentence(HOLBAEK, "Bytakst 60", {"net_cost_oere": cost, "trips": moved}, sure)


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((-412_000, -530_000, -310_000, -2874), "giver en mindreudgift på ca. 0,4 mio. kr. om året (0,3-0,5) og ca. 2.900 færre ture."),
        ((60_000, 55_000, 140_000, 1), "giver en merudgift på ca. 0,06 mio. kr. om året (0,06-0,14) og ca. 1 flere tur."),
        ((-2_324, -3_250, -1_136, -12), "giver en mindreudgift på ca. 2.300 kr. om året (1.100-3.300) og ca. 12 færre ture."),
        ((0, 0, 0, 0), "giver ingen ændring i forhold til i dag."),
    ],
)  # fmt: skip
def test_a_sure_change_is_told_as_officers_say_it(figures: tuple[float, ...], expected: str) -> None:
    assert told(*figures) == f"Bytakst 60 i Holbæk {expected}"


def test_a_change_that_may_go_either_way_is_uncertain_in_words() -> None:
    assert told(-50_000, -400_000, 200_000, -900, sure=False) == (
        "Bytakst 60 i Holbæk er usikker: kan blive mer- eller mindreudgift (-0,4 til +0,2 mio. kr. om året),"
        " og ca. 900 færre ture."
    )
    assert "(-400 til +200 kr. om året)" in told(-50, -400, 200, -9, sure=False)


def test_trips_that_may_go_either_way_are_uncertain_in_words_though_the_cost_is_not() -> None:
    said = told(60_000, 55_000, 140_000, 12, between=(-31, 44))
    assert said.endswith("(0,06-0,14) og enten færre eller flere ture (-31 til +44).")


def test_the_same_trips_for_another_cost_and_the_same_cost_for_other_trips_are_said_so() -> None:
    assert told(-2_324, -3_250, -1_136, 0).endswith("om året (1.100-3.300) og samme antal ture.")
    assert told(0, 0, 0, -12) == "Bytakst 60 i Holbæk giver samme nettoudgift som i dag og ca. 12 færre ture."


def test_a_cost_that_is_nothing_on_average_is_uncertain_and_never_nothing() -> None:
    assert told(0, -9_000, 9_000, 40, sure=False) == (
        "Bytakst 60 i Holbæk er usikker: kan blive mer- eller mindreudgift (-9.000 til +9.000 kr. om året),"
        " og ca. 40 flere ture."
    )
