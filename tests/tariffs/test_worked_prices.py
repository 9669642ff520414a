"""Worked prices: every case in cases/*.toml has its source and its arithmetic."""

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tariffs import Offer, Refusal, Switches, Trip, load_price_book, parse_package, quote

FOLDER = Path(__file__).parent / "cases"
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted(FOLDER.glob("*.toml"))
    for case in tomllib.loads(file.read_text(encoding="utf-8"))["cases"]
]
SWITCHES = ("kilometre_counting", "town_scope", "companion_price", "online_discount_before_2019", "own_fare_across")
KNOWN = {
    "name",
    "source",
    "arithmetic",
    "fare_kr",
    "fare_oere",
    "refused",
    "frm",
    "to",
    "km",
    "distance_m",
    "booked",
    "travel",
    "product",
    "channel",
    "adults",
    "children",
    "standing",
    "from_town",
    "to_town",
    "free_destination",
    "places",
    "elements",
    "variant",
    *SWITCHES,
}


def when(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def trip_of(case: dict[str, Any]) -> Trip:
    metres = case["distance_m"] if "distance_m" in case else int(case["km"]) * 1000
    return Trip(
        case.get("frm", "0316"),
        case.get("to", "0316"),
        metres,
        when(case.get("booked", case["travel"])),
        when(case["travel"]),
        product=case.get("product", "flextur"),
        channel=case.get("channel", "phone"),
        adults=case.get("adults", 1),
        children=case.get("children", 0),
        standing=case.get("standing", False),
        from_town=case.get("from_town", ""),
        to_town=case.get("to_town", ""),
        free_destination=case.get("free_destination", False),
        places=(case["places"],) if "places" in case else (),
    )


@pytest.mark.parametrize("case", CASES)
def test_a_worked_price_is_hit(case: dict[str, Any]) -> None:
    assert set(case) <= KNOWN
    assert case["source"]
    switches = Switches(**{name: case[name] for name in SWITCHES if name in case})
    book = load_price_book(variant=case.get("variant", ""))
    answer = quote(trip_of(case), parse_package(case.get("elements", "")), book, switches)
    if "refused" in case:
        assert isinstance(answer, Refusal), answer
        assert answer.reason == case["refused"]
        assert answer.text_da
        assert answer.text_en
    else:
        assert isinstance(answer, Offer), answer
        assert answer.fare_oere == case.get("fare_oere", case.get("fare_kr", 0) * 100)
        assert sum(line.amount_oere for line in answer.lines) == answer.fare_oere
        assert all(line.source.title and line.source.mark and line.edition for line in answer.lines)
