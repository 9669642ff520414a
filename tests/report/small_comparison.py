"""A comparison small enough to check by hand: two options, three trips prices, round numbers."""

from typing import Any

Json = dict[str, Any]


def figure(mean: float, low: float | None = None, high: float | None = None) -> Json:
    return {"mean": mean, "p10": mean if low is None else low, "p90": mean if high is None else high}


def change(trips: Json, passengers: Json, net: Json, percent: Json | None) -> Json:
    parts = dict.fromkeys(("trips", "passengers", "net_cost_oere"), percent)
    return {"trips": trips, "passengers": passengers, "net_cost_oere": net, "percent": parts}


def block(scale: float = 1.0, *, today: bool = True) -> Json:
    """Account of today's option: 1,000,000.50 - 240,000.25 + 345,000.00 = 1,105,000.25 kr, for 10,000 passengers.

    That of the others is 260,000 kr less: 800,000.50 - 260,000.25 + 305,000.00 = 845,000.25 kr, with 800 trips fewer.
    """
    amounts = {"operator_payment_oere": 100_000_050, "fares_oere": 24_000_025, "movia_fee_oere": 34_500_000}
    amounts["net_cost_oere"] = 110_500_025
    counts = {"requests": 9_000, "bookings": 8_600, "trips": 8_300, "passengers": 10_000}
    if not today:
        amounts = {"operator_payment_oere": 80_000_050, "fares_oere": 26_000_025, "movia_fee_oere": 30_500_000}
        amounts["net_cost_oere"] = 84_500_025
        counts |= {"trips": 7_500, "passengers": 9_040}
    figures = {
        key: figure(value * scale, 0.8 * value * scale, 1.3 * value * scale)
        for key, value in (counts | amounts).items()
    }
    figures["net_cost_per_passenger_oere"] = figure(11_050.0025, 9_900, 12_340)
    return figures


def option(name: str, *, first: bool, part: bool = True) -> Json:
    zero = figure(0.0)
    moved = (
        change(zero, zero, zero, zero)
        if first
        else change(
            figure(-800, -1_000, -600),
            figure(-960, -1_200, -720),
            figure(-26_000_000, -41_000_000, -14_000_000),
            figure(-23.5, -37.1, -12.7),
        )
    )
    half = change(zero, zero, zero, zero) if first else change(figure(-1), figure(-1), figure(-13e6, -20e6, 5e6), None)
    touched = {"trips": figure(900), "passengers": figure(1_080), "net_cost_oere": figure(9_000_000)}
    apart = {"chance": {"p10": -27_000_000, "p90": -25_000_000}, "parameters": {"p10": -40_000_000, "p90": -15_000_000}}
    return {
        "name": name,
        "elements": ["kommunetakst"] if first else ["kommunetakst", "gratis=Biblioteket"],
        **block(today=first),
        "uncertainty": {"change": {"net_cost_oere": apart}},
        "change": moved,
        "part_year": {**block(0.5, today=first), "change": half} if part else None,
        "affected": None if first else {"rule": "ture til og fra Biblioteket", **touched, "change": moved},
        "affected_riders": None
        if first
        else {"trips": figure(1_700), "older": figure(1_190), "aids": figure(340), "by_phone": figure(1_020)},
        "per_1000_town_passengers_oere": figure(0.0) if first else figure(-3_262_000, -4_042_000, -2_733_000),
        "net_cost_per_lost_trip_oere": None if first else figure(32_500, 28_000, 36_000),
        "net_cost_per_resident_oere": figure(1_545, 1_236, 2_008),
        "shared_percent": figure(34, 30, 38),
        "months": [
            {"month": n + 1, "trips": figure(690), "net_cost_oere": figure(9_200_000, 8e6, 1e7)} for n in range(12)
        ],
        "extrapolation": None,
        "sign_is_sure": True,
        "sentence": None if first else f"{name} i Sorø giver en mindreudgift.",
    }


def small_comparison(*names: str, part: bool = True) -> Json:
    options = [option(name, first=place == 0, part=part) for place, name in enumerate(names or ("I dag", "Gratis"))]
    price = {"adult_phone": 3600, "adult_online": 3200, "child_phone": 1800, "child_online": 1600}
    free = {"adult_phone": 0, "adult_online": 0, "child_phone": 0, "child_online": 0}
    assumption = {
        "id": "town_share", "statement": "Andel i byen", "value": 0.25, "low": 0.15, "high": 0.45, "range": None,
        "unit": "andel", "mark": "J", "source": "Skøn", "overridden": False, "outside_range": False,
    }  # fmt: skip
    changed = {**assumption, "id": "boarding_s", "statement": "Påstigning", "value": 900.0, "overridden": True}
    return {
        "municipality": "0340",
        "municipality_name": "Sorø",
        "year": 2020,
        "start": "2020-07-01" if part else None,
        "seed": 1,
        "tariff_editions": ["2019-07-01"],
        "replications": 10,
        "draws": 8,
        "precision": {"reached": True, "half_width_oere": 284_722.6, "allowed_oere": 1_182_975.6},
        "volume": {
            "passengers": 10_000.0,
            "origin": "own",
            "statement": "Kommunens eget tal: 10.000 passagerer pr. år",
        },
        "options": options,
        "across": block(0.1),
        "citizen_prices": [{"trip": "3 km", "oere": [price, *([free] * (len(options) - 1))]}],
        "prebooked": {k: figure(150, 100, 200) for k in ("trips", "passengers", "standing_trips")} if part else None,
        "notes": ["En bemærkning."],
        "assumptions": [assumption, {**changed, "outside_range": True}],
    }
