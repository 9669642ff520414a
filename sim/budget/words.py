"""A forecast in an officer's words."""

from typing import Any

from sim.comparison.wording import KRONER_BELOW_OERE
from sim.wording import OERE_PER_KRONE, approximately, millions, telling_decimals


def sentence(name: str, outturn: dict[str, Any], budget_oere: int | None) -> str:
    """Return one plain sentence: the simulated outturn, and where there is a budget what is over or under it."""
    told = f"{name}: forventet regnskab {_about(outturn['outturn_oere'])}"
    over = outturn["deviation_oere"]
    if budget_oere is None or over is None:
        return told if told.endswith(".") else f"{told}."
    told += f" mod et budget på {_amount(budget_oere, outturn['outturn_oere'])}"
    if outturn["verdict"] == "usikker":
        return (
            f"{told}; usikker: kan blive mer- eller mindreforbrug ({_range(over)} {_unit(over)}), og der kan blive brug for"
            f" en tillægsbevilling på op til {_amount(over['p90'], over)}"
        )
    size = {part: abs(over[part]) for part in ("mean", "p10", "p90")}
    size["p10"], size["p90"] = sorted((size["p10"], size["p90"]))
    if outturn["verdict"] == "merforbrug":
        return f"{told}: et merforbrug på {_about(size)}, som kræver en tillægsbevilling."
    return f"{told}: et mindreforbrug på {_about(size)}; ingen tillægsbevilling."


def _about(figure: dict[str, float]) -> str:
    """Return a mean with its interval, the interval left out where there is none."""
    mean = _amount(figure["mean"], figure)
    return f"ca. {mean}" if figure["p10"] == figure["p90"] else f"ca. {mean} ({_range(figure)})"


def _range(figure: dict[str, float]) -> str:
    low, high = (_number(figure[part], figure) for part in ("p10", "p90"))
    return f"{low} til {high}" if figure["p10"] < 0 else f"{low}-{high}"


def _amount(oere: float, beside: dict[str, float]) -> str:
    return f"{_number(oere, beside)} {_unit(beside)}"


def _unit(figure: dict[str, float]) -> str:
    """Return the unit an amount is told in: millions, or kroner where its mean and interval are small."""
    return "kr." if max(abs(figure[part]) for part in ("mean", "p10", "p90")) < KRONER_BELOW_OERE else "mio. kr."


def _number(oere: float, beside: dict[str, float]) -> str:
    if _unit(beside) == "kr.":
        return approximately(oere / OERE_PER_KRONE)
    return millions(oere, decimals=telling_decimals(beside))
