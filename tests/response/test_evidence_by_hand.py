"""What is told about the fit, by hand on a few points."""

from dataclasses import replace

import numpy as np
import pytest

from sim.riders.response.evidence import _left, _means, _rounded, _where, lolland_part
from sim.riders.response.fit import _toml
from sim.riders.response.posterior import FamilyPosterior, Summary

PART = FamilyPosterior(
    "linear", 1.0, a=np.zeros(6), b=np.array([76.0, 76.0, 76.0, 77.0, 77.0, 77.0]), spread=np.full(6, 0.2),
    z=np.array([-1.0, 0.0, 1.0] * 2), weight=np.array([0.1, 0.1, 0.1, 0.2, 0.3, 0.2]),
)  # fmt: skip


def test_the_municipality_in_the_middle_has_the_points_without_z_and_all_of_the_weight() -> None:
    """0.1 and 0.3 of the weight lie there: a quarter and three quarters."""
    middle = _where(PART)
    assert middle.b.tolist() == [76.0, 77.0]
    assert middle.weight == pytest.approx([0.25, 0.75])


def test_a_familys_mean_change_is_that_of_all_its_points() -> None:
    """24 to 48 kr: 28 of 52 and 29 of 53 are left, to the power exp(0.2 z)."""
    left = {76.0: 28 / 52, 77.0: 29 / 53}
    by_hand = sum(
        weight * (left[b] ** np.exp(0.2 * z) - 1) for b, z, weight in zip(PART.b, PART.z, PART.weight, strict=True)
    )
    assert _means(PART)["24_to_48"] == pytest.approx(100 * by_hand)


def test_curves_that_differ_by_their_first_number_alone_are_told_apart() -> None:
    """Weibull's shape 3: from 24 to 48 kr the logarithm falls by (48³ - 24³) / a³."""
    scale = np.array([52.0, 52.0, 52.0, 53.0, 53.0, 53.0])
    part = replace(PART, family="weibull", a=scale, b=np.full(6, 3.0))
    falls = (48.0**3 - 24.0**3) / scale**3 * np.exp(0.2 * PART.z)
    assert _means(part)["24_to_48"] == pytest.approx(100 * float(PART.weight @ (np.exp(-falls) - 1)))


def test_lollands_part_is_the_shift_of_the_mean_and_of_the_width_without_it() -> None:
    effects = {"posterior": (-70.0, -80.0, -60.0), "posterior_without_lolland": (-66.0, -84.0, -50.0)}
    content = {
        name: {"effect_percent": {"24_to_60": dict(zip(("mean", "p10", "p90"), each, strict=True))}}
        for name, each in effects.items()
    }
    assert lolland_part(content, "24_to_60") == {
        "mean_with": -70, "mean_without": -66, "shift": 4, "width_with": 20, "width_without": 34, "ratio": 1.7,
    }  # fmt: skip


def test_what_is_left_is_a_hundred_with_the_change_and_nothing_is_written_as_less_than_nothing() -> None:
    assert _left(Summary(-70.0, -80.0, -60.0)) == {"mean": 30, "p10": 20, "p90": 40}
    assert str(_rounded({"a": [-0.00001, 1.23456, "x"]})) == "{'a': [0.0, 1.2346, 'x']}"


def test_a_table_of_numbers_stands_on_a_line_and_one_of_tables_under_a_heading() -> None:
    content = {"draws": 64, "facts": {"trials": {"mark": "A"}}, "prior": {"spread": {"mean": 0.25, "p10": 0.5}}}
    assert list(_toml(content)) == [
        "draws = 64", "\n[facts.trials]", 'mark = "A"', "\n[prior]", "spread = { mean = 0.25, p10 = 0.5 }",
    ]  # fmt: skip
