"""Every price that was printed, asked of the tariff as a citizen would ask."""

import tomllib
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from sim.evidence.validation.group import Found, Group, Unit
from sim.evidence.validation.profile import Profile
from sim.evidence.validation.target import Simulated, Target
from tariffs import Offer, PriceBook, Switches, Trip, load_price_book, parse_package, quote
from tariffs.errors import DataError

TOLD = {"id", "statement_da", "source", "mark", "arithmetic", "fare_kr"}
TRIP = {"frm": "from_municipality", "to": "to_municipality"}


def published_prices() -> tuple[dict[str, Any], ...]:
    """Return the cases of data/published_prices.toml, ``source`` in full."""
    document = tomllib.loads((files("data") / "published_prices.toml").read_text(encoding="utf-8"))
    cases = []
    for case in document["prices"]:
        if missing := TOLD - set(case):
            raise DataError(
                f"Prisen {case.get('id', '?')} mangler {sorted(missing)}", where="data/published_prices.toml"
            )
        cases.append({**case, "source": document["sources"][case["source"]]})
    return tuple(cases)


def price_target(case: Mapping[str, Any], book: PriceBook) -> Target:
    """Return the target of one printed price; a refusal is no price."""
    given = {TRIP.get(key, key): value for key, value in case.items() if key not in TOLD | {"km", "elements"}}
    trip = Trip(**{"from_municipality": "0316", "to_municipality": "0316", "booked": case["travel"], **given,
                   "distance_m": case["km"] * 1000})  # fmt: skip
    answer = quote(trip, parse_package(case.get("elements", "")), book, Switches())
    fare = answer.fare_oere / 100 if isinstance(answer, Offer) else None
    expected = float(case["fare_kr"])
    return Target(
        f"price_{case['id']}", "verification", case["statement_da"], case["source"], expected, expected,
        Simulated(fare), "kr.", f"{case['arithmetic']} = {case['fare_kr']} kr.",
    )  # fmt: skip


def _units(profile: Profile, seed: int) -> Sequence[Unit]:
    return ()


def _found(profile: Profile, results: Sequence[Any]) -> Found:
    book = load_price_book()
    return Found([price_target(case, book) for case in published_prices()])


GROUP = Group("prices", "Takstens trykte priser", _units, _found)
