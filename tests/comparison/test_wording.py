from types import SimpleNamespace

import pytest

from sim.comparison.wording import sentence

HOLBAEK = SimpleNamespace(region=SimpleNamespace(municipality=SimpleNamespace(name="Holbæk")))


def told(mean: float, p10: float, p90: float, trips: float, sure: bool = True) -> str:
    """The sentence for amounts in kroner."""
    cost = {"mean": mean * 100, "p10": p10 * 100, "p90": p90 * 100}
    return sentence(HOLBAEK, "Bytakst 60", {"net_cost_oere": cost, "trips": {"mean": trips}}, sure)


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
