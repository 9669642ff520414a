"""Sobol's indices where they are known in closed form, through the same wrapper."""

import math

import numpy as np
import pytest

from sim.estimate.sensitivity.sobol import indices


def test_the_ishigami_function_has_its_published_indices() -> None:
    """f = sin x + 7 sin² y + 0.1 z⁴ sin x on (−π, π)³ (Ishigami and Homma 1990).

    V = 1/2 + 7²/8 + 0.1 π⁴/5 + 0.1² π⁸/18; first order (0.3139, 0.4424, 0), total order (0.5576, 0.4424, 0.2437).
    """

    def ishigami(u: np.ndarray) -> np.ndarray:
        x, y, z = math.pi * (2 * u - 1)
        return np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z**4 * np.sin(x)

    first, total = indices(ishigami, 3, 1024)
    assert first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.02)


def test_a_sum_shares_its_variance_by_the_squares_of_its_terms() -> None:
    """3x + 4y: 9/25 and 16/25, alone and in all, as nothing interacts."""
    first, total = indices(lambda u: 3 * u[0] + 4 * u[1], 2, 256)
    assert first == pytest.approx([0.36, 0.64], abs=0.02)
    assert total == pytest.approx([0.36, 0.64], abs=0.02)


def test_the_same_seed_gives_the_same_indices() -> None:
    once, again = (indices(lambda u: u[0] * u[1], 2, 64) for _ in range(2))
    assert np.array_equal(once[0], again[0])
    assert np.array_equal(once[1], again[1])
