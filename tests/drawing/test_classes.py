"""Classes of a map: about equally many in each, on round numbers, none of them empty at the ends."""

import numpy as np

from sim.telling.drawing.classes import even_classes


def test_one_large_town_does_not_put_all_others_into_one_class() -> None:
    villages, town = [8.0, 11, 14, 19, 23, 31, 40, 52, 66], 2_000.0
    ends = even_classes([*villages, town], 5)
    counts = np.bincount(np.searchsorted(ends, [*villages, town], side="left"), minlength=5)
    assert counts.min() >= 1
    assert counts.max() <= 3


def test_no_class_between_others_is_empty_so_that_a_legend_has_no_gap() -> None:
    """Parishes of 94 and 730 trips had 5-200 and over 600, and nothing for 200 to 600."""
    for values in ([94.0, 730.0], [5.0, 6.0, 900.0, 1_000.0], [9.0, 10.0, 11.0, 400.0]):
        ends = even_classes(values, 5)
        assert np.bincount(np.searchsorted(ends, values, side="left"), minlength=len(ends) + 1).min() >= 1


def test_few_or_equal_values_have_as_many_classes_as_tell_them_apart() -> None:
    assert even_classes([], 5) == ()
    assert even_classes([9.0, 9.0], 5) == ()
    assert even_classes([9.0, 40.0], 5) == (15.0,)
