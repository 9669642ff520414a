"""The builder's estimate says that an introduced service has not its settled volume at first."""

from datetime import date
from typing import Any

from api.web.builder import estimate_view
from api.web.instant import instant


def view_of(*elements: str) -> dict[str, Any]:
    options = [{"name": "I dag", "elements": []}, {"name": "Ny", "elements": list(elements)}]
    asked = {"municipality": "0155", "year": 2020, "start": date(2020, 7, 1), "passengers": 1500.0, "options": options}
    return estimate_view(instant(asked), "da")


def test_plustur_from_a_date_is_told_and_a_price_alone_is_not() -> None:
    assert "plustur i »Ny« begynder 1. juli 2020" in view_of("plustur")["introduction"].sentence
    assert view_of("kommunetakst")["introduction"] is None
