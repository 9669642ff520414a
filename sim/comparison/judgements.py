"""What a result rests on that no ``--assume`` changes, because it is fitted: the price response."""

from sim.comparison.figures import Json
from sim.response.response import load_response


def fixed_judgements() -> list[Json]:
    """Return them in the form of the register's entries, marked as not to be changed by the user."""
    response = load_response().summary
    fit = response["posterior"]
    spread = fit["spread"]
    weights = [float(weight) for weight in fit["family_weights"].values()]
    memo = "Movia, notat til KKR Hovedstaden om ny model for flextur (vinter 2018/19), bilag 1"
    return [
        _entry(
            "price_response_families",
            "Prisfølsomhed: vægt af logistisk, normal, Weibull og lineær betalingsvillighed; se docs/response.md",
            weights,
            "vægt",
            "C",
            f"Tilpasset forsøgene med 48 kr. (fire kommuner) og 72 kr. (Lolland): {memo}",
        ),
        _entry(
            "price_response_spread",
            "Forskel mellem kommuner: prisfølsomheden ganges med exp(s·z)",
            spread["mean"],
            "sigma",
            "C",
            f"Samme tilpasning; 80 % af sandsynligheden ligger i {spread['p10']:.2f}-{spread['p90']:.2f}".replace(
                ".", ","
            ),
            spread["p10"],
            spread["p90"],
        ),
    ]


def _entry(
    key: str,
    statement: str,
    value: float | list[float],
    unit: str,
    mark: str,
    source: str,
    low: float | None = None,
    high: float | None = None,
) -> Json:
    return {
        "id": key,
        "statement": statement,
        "value": value,
        "low": low,
        "high": high,
        "range": None if low is not None else "ligger fast",
        "unit": unit,
        "mark": mark,
        "source": source,
        "who": "kalibrering",
        "drawn": False,
        "overridden": False,
        "outside_range": False,
    }
