"""The small comparison with everything that a drawing reads, in round numbers."""

from tests.report.small_comparison import Json, figure, small_comparison

PARTS = (
    ("fewer_trips", 4e6),
    ("higher_fares", -6e6),
    ("operator_payment", -20e6),
    ("movia_fee", -4e6),
    ("plustur", 0.0),
)
"""-260,000 kr: 40,000 of fares lost, 60,000 of higher fares, 200,000 of operator payment and 40,000 of fee less."""


def around(mean: float) -> Json:
    """Return a figure whose interval reaches half the mean to both sides."""
    return figure(mean, mean - abs(mean) / 2, mean + abs(mean) / 2)


def band(name: str, before: float, after: float) -> Json:
    return {"id": name, "trips": around(before), "trips_after": around(after), "trips_change": around(after - before)}


def whole_comparison(*names: str) -> Json:
    comparison = small_comparison(*(names or ("I dag", "Bytakst 60")))
    for place, option in enumerate(comparison["options"]):
        for n, month in enumerate(option["months"]):
            month["accumulated_net_cost_oere"] = figure(9_200_000 * (n + 1), 8e6 * (n + 1), 1e7 * (n + 1))
        if place:
            option["waterfall"] = [{"id": key, "oere": around(mean)} for key, mean in PARTS]
            option["affected_riders"] |= {
                "by_age": [band("0-15", 0, 0), band("60-69", 300, 150), band("80+", 1_400, 750)],
                "by_place": [band("Sorø", 1_700, 900), band("country", 0, 0)],
                "by_distance": [band("0-5", 1_500, 800), band("5-10", 200, 100)],
            }
    comparison["most_important"] = [
        {
            "id": "town_share", "statement": "Andel i byen", "unit": "andel", "low": 0.15, "high": 0.45,
            "target": f"mer-/mindreudgift: {comparison['options'][1]['name']}", "central_oere": -26_000_000,
            "low_oere": -10_000_000, "high_oere": -50_000_000, "drawn": True, "note": None,
        }
    ]  # fmt: skip
    comparison["tornadoes"] = [[], comparison["most_important"], *([[]] * (len(comparison["options"]) - 2))]
    trial = {
        "fact": "town_48_trips", "where": "24 → 48 kr. i fire kommuner", "reversed": False, "mark": "A", "source": "Movia",
        "trips_percent": {"low": -55.0, "high": -40.0}, "cost_percent": {"low": -65.0, "high": -55.0},
    }  # fmt: skip
    comparison["experiments"] = [
        {
            "option": comparison["options"][1]["name"], "kind": "town_fare", "change": "takst i byområdet 24 → 48 kr.",
            "from_oere": 2400, "to_oere": 4800, "resemblance": "same", "text": "Prøvet.", "published": [trial],
            "bounds_trips_percent": None,
            "predicted": {"trips_percent": figure(-48, -53, -42), "cost_percent": figure(-58, -64, -52)},
        }
    ]  # fmt: skip
    return comparison
