from types import SimpleNamespace

import pytest

from sim.answer.wording import affected_rule, sentence
from sim.words.figure import Figure
from tests.study.conftest import study_of

HOLBAEK = SimpleNamespace(
    region=SimpleNamespace(municipality=SimpleNamespace(name="Holbæk")),
    scenario=SimpleNamespace(year=2027),
    prices=SimpleNamespace(year=2026),
)


def told(
    mean: float, p10: float, p90: float, trips: float, sure: bool = True, between: tuple[float, float] | None = None
) -> str:
    """The sentence for amounts in kroner; the trips are sure unless their interval is given."""
    cost = Figure(mean * 100, p10 * 100, p90 * 100)
    assert cost.sign_is_sure is sure
    low, high = between or (trips, trips)
    return sentence(HOLBAEK, "Bytakst 60", cost, Figure(trips, low, high))


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((-4e5, -530_000, -310_000, -2874),
         "en mindreudgift på ca. 400.000 kr. om året (310.000-530.000) i 2026-priser og ca. 2.900 færre ture."),
        ((60_000, 55_000, 140_000, 1), "en merudgift på ca. 60.000 kr. om året (55.000-140.000) i 2026-priser og ca. 1 flere tur."),
        ((-2_324, -3_250, -1_136, -12), "en mindreudgift på ca. 2.300 kr. om året (1.100-3.300) i 2026-priser og ca. 12 færre ture."),
        ((43_210, 12_640, 111_480, 12), "en merudgift på ca. 43.200 kr. om året (12.000-112.000) i 2026-priser og ca. 12 flere ture."),
        ((1_240_000, 1_130_000, 1_360_000, 12), "en merudgift på ca. 1,2 mio. kr. om året (1,1-1,4) i 2026-priser og ca. 12 flere ture."),
        ((876_000, 254_000, 2_460_000, 12), "en merudgift på ca. 0,9 mio. kr. om året (0,2-2,5) i 2026-priser og ca. 12 flere ture."),
        ((0, 0, 0, 0), "ingen ændring i forhold til uændret 2027."),
    ],
)  # fmt: skip
def test_a_sure_change_is_told_as_officers_say_it(figures: tuple[float, ...], expected: str) -> None:
    gives = "giver" if not any(figures) else "giver i 2027"
    assert told(*figures) == f"Bytakst 60 i Holbæk {gives} {expected}"


def test_a_change_that_may_go_either_way_is_uncertain_in_words() -> None:
    assert told(-50_000, -400_000, 200_000, -900, sure=False) == (
        "Bytakst 60 i Holbæk er i 2027 usikker: kan blive mer- eller mindreudgift (-400.000 til +200.000 kr. om året i 2026-priser),"
        " og ca. 900 færre ture."
    )
    assert "(-400 til +200 kr. om året i 2026-priser)" in told(-50, -400, 200, -9, sure=False)


def test_trips_that_may_go_either_way_are_uncertain_in_words_though_the_cost_is_not() -> None:
    said = told(60_000, 55_000, 140_000, 12, between=(-31, 44))
    assert said.endswith("(55.000-140.000) i 2026-priser og enten færre eller flere ture (-31 til +44).")


def test_the_same_trips_for_another_cost_and_the_same_cost_for_other_trips_are_said_so() -> None:
    assert told(-2_324, -3_250, -1_136, 0).endswith("om året (1.100-3.300) i 2026-priser og samme antal ture.")
    assert told(0, 0, 0, -12) == "Bytakst 60 i Holbæk giver samme nettoudgift som uændret 2027 og ca. 12 færre ture."


def test_a_cost_that_is_nothing_on_average_is_uncertain_and_never_nothing() -> None:
    assert told(0, -9_000, 9_000, 40, sure=False) == (
        "Bytakst 60 i Holbæk er i 2027 usikker: kan blive mer- eller mindreudgift (-9.000 til +9.000 kr. om året i 2026-priser),"
        " og ca. 40 flere ture."
    )


def test_half_an_oere_more_is_no_saving() -> None:
    assert "giver i 2027 en merudgift på" in told(0.005, 0.004, 0.006, 12)


@pytest.mark.parametrize(
    ("trips", "between", "said"), [(-12, (-24, 0), "ca. 12 færre ture"), (12, (0, 44), "ca. 12 flere ture")]
)
def test_trips_that_go_one_way_or_not_at_all_are_told_by_their_middle(
    trips: float, between: tuple[float, float], said: str
) -> None:
    assert told(60_000, 55_000, 140_000, trips, between=between).endswith(f"(55.000-140.000) i 2026-priser og {said}.")


TOWN, INSIDE, PLUS = (
    "ture med begge ender i samme byområde",
    "ture inden for kommunen",
    "plusture og de flexture, som de erstatter",
)


@pytest.mark.parametrize(
    ("today", "option", "rule"),
    [
        ("kommunetakst", "kommunetakst, bytakst=high", f"{TOWN} (Holbæk)"),
        ("bytakst=high", "bytakst=high, plustur", PLUS),
        ("bytakst=high", "kommunetakst, bytakst=high", f"{INSIDE}, men ikke inden for samme byområde (Holbæk)"),
        ("bytakst=high", "kommunetakst", f"{TOWN} (Holbæk) og {INSIDE}"),
        ("kommunetakst", "kommunetakst, stoppested", "ture med begge ender i byområder (Holbæk)"),
    ],
)
def test_the_trips_that_an_option_can_touch_are_said_by_what_it_changes(today: str, option: str, rule: str) -> None:
    assert affected_rule(study_of(f"I dag: {today}", f"Valg: {option}", passengers=6000.0), 1) == rule


def test_a_larger_line_under_the_same_town_fare_touches_town_trips_and_no_others() -> None:
    high = ["kommunetakst", "bytakst=high"]
    lines = [("I dag", ["Holbæk"]), ("Større", ["Holbæk", "Jyderup"])]
    study = study_of(
        options=[{"name": name, "elements": high, "town_zones": zones} for name, zones in lines], passengers=6000.0
    )
    assert affected_rule(study, 1) == f"{TOWN} (I dag: Holbæk; Større: Holbæk, Jyderup)"
