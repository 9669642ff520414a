"""A target, its verdict, and the facts that may not be targets."""

from pathlib import Path

import pytest

import sim.evidence.validation
from sim.evidence.validation.prices import price_target, published_prices
from sim.evidence.validation.target import (
    Explanation,
    Simulated,
    Target,
    explanations,
    from_fact,
    identity,
    judged,
    spread,
)
from sim.inputs.facts import load_facts
from tariffs import load_price_book
from tariffs.errors import DataError

CODE = "".join(p.read_text(encoding="utf-8") for p in Path(sim.evidence.validation.__file__).parent.glob("*.py"))


def target(mean: float | None, low: float | None = 96.0, high: float | None = 108.0) -> Target:
    return Target("town", "validation", "Udgift", "Movia", low, high, Simulated(mean), "kr.", "Regnet.")


@pytest.mark.parametrize("mean", [96.0, 100.0, 108.0])
def test_both_ends_of_what_is_expected_are_hits(mean: float) -> None:
    assert judged(target(mean), {})["verdict"] == "pass"


@pytest.mark.parametrize(("mean", "way"), [(95.9, "below"), (108.1, "above"), (None, "unknown")])
def test_outside_is_a_miss_and_so_is_nothing(mean: float | None, way: str) -> None:
    assert target(mean).missed == way
    assert judged(target(mean), {})["verdict"] == "miss"


def test_an_open_end_accepts_everything_on_its_side() -> None:
    assert judged(target(1e9, 2.0, None), {})["verdict"] == "pass"
    assert judged(target(1.9, 2.0, None), {})["verdict"] == "miss"


def test_a_miss_is_explained_only_by_a_note_in_its_own_direction() -> None:
    below = {"town": Explanation("below", "Mindre pulje.")}
    assert judged(target(90.0), below)["verdict"] == "explained"
    assert judged(target(90.0), below)["note"] == "Mindre pulje. Regnet."
    assert judged(target(110.0), below)["verdict"] == "miss"
    assert judged(target(None), below)["verdict"] == "miss"


def test_a_note_without_a_miss_says_nothing() -> None:
    assert judged(target(100.0), {"town": Explanation("below", "Mindre pulje.")})["note"] == "Regnet."


def test_a_published_target_has_exactly_these_keys() -> None:
    keys = ["id", "kind", "statement", "source", "target_low", "target_high", "simulated", "verdict", "note"]
    assert list(judged(target(100.0), {})) == keys
    assert judged(target(100.0), {})["simulated"] == {"mean": 100.0, "p10": None, "p90": None}


def test_what_is_fitted_can_never_be_a_target() -> None:
    for fact in load_facts().used_for("calibration"):
        with pytest.raises(DataError, match="kan ikke validere"):
            from_fact(fact.id, Simulated(fact.low))


def test_every_fact_that_is_not_fitted_is_checked_somewhere() -> None:
    facts = load_facts()
    unchecked = [f.id for use in ("validation", "verification") for f in facts.used_for(use) if f'"{f.id}"' not in CODE]
    assert unchecked == []


def test_chance_moves_the_ends_of_a_drawn_input_three_standard_errors_apart() -> None:
    drawn = from_fact("older_riders", Simulated(65.2), chance=0.1)
    assert drawn.low == pytest.approx(64.7)
    assert drawn.high == pytest.approx(65.3)
    assert "± 3 standardfejl (0.3)" in drawn.remark


def test_a_difference_of_one_oere_is_a_miss() -> None:
    assert identity("x", "Sum", 1).missed == "above"
    assert identity("x", "Sum", 0).missed == ""


def test_nothing_simulated_has_no_figure() -> None:
    assert spread([]) == Simulated(None)
    assert spread([1.0, 2.0, 3.0]).mean == 2.0


def test_every_printed_price_is_hit_and_has_its_source_and_arithmetic() -> None:
    book = load_price_book()
    cases = published_prices()
    assert len({case["id"] for case in cases}) == len(cases)
    assert [case["id"] for case in cases if price_target(case, book).missed] == []
    assert all(case["source"] and case["arithmetic"] and case["mark"] in "AC" for case in cases)


def test_a_printed_price_that_the_tariff_does_not_give_is_a_miss() -> None:
    case = dict(published_prices()[0], fare_kr=37)
    assert price_target(case, load_price_book()).missed == "below"


def test_the_notes_written_beforehand_name_a_direction_and_a_reason() -> None:
    assert all(note.direction in ("below", "above") and len(note.reason_da) > 20 for note in explanations().values())
