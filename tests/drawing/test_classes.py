"""Classes of a map: about equally many in each, on round numbers, none of them empty at the ends."""

import numpy as np

from sim.telling.drawing.classes import even_classes


def test_one_large_town_does_not_put_all_others_into_one_class() -> None:
    villages, town = [8.0, 11, 14, 19, 23, 31, 40, 52, 66], 2_000.0
    ends = even_classes([*villages, town], 5)
    counts = np.bincount(np.searchsorted(ends, [*villages, town], side="left"), minlength=5)
    assert counts.min() >= 1
    assert counts.max() <= 3


def test_few_or_equal_values_have_as_many_classes_as_tell_them_apart() -> None:
    assert even_classes([], 5) == ()
    assert even_classes([9.0, 9.0], 5) == ()
    assert even_classes([9.0, 40.0], 5) == (15.0, 20.0, 30.0)
