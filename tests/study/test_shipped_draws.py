"""Tables of draws that are not as calibration ships them."""

import pytest

from sim.study.shipped_draws import ShippedDraws
from tariffs.errors import DataError

TWO = ShippedDraws("two.csv", 2, "De to trækninger", "kør det igen")


@pytest.mark.parametrize(
    "lines",
    [
        ["draw,x", "0,1", "2,3"],
        ["draw,x", "0,1"],
        ["draw,x", "0,1", "1,2", "2,3"],
        ["draw,x", "0,1", "1"],
        ["draw,x", "0,1", "1,mange"],
        ["draw,y", "0,1", "1,2"],
        ["x", "1", "2"],
        [],
    ],
)
def test_what_is_not_whole_is_refused_with_what_makes_it_again(
    lines: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ShippedDraws, "lines", property(lambda _: lines))
    with pytest.raises(DataError, match=r"De to trækninger kan ikke læses: .*data/calibration/two\.csv.*kør det igen"):
        TWO.read(lambda rows: [float(row["x"]) for row in rows])


def test_draws_in_order_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ShippedDraws, "lines", property(lambda _: ["draw,x", "0,1.5", "1,2"]))
    assert TWO.read(lambda rows: [float(row["x"]) for row in rows]) == [1.5, 2.0]
