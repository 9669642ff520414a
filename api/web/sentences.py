"""Sentences on a result in the page's language; the Danish ones are the comparison's own."""

from collections.abc import Sequence

from sim.comparison.flexhandicap import share_words
from sim.comparison.wording import FIGURE, amounts
from sim.report.cells import Json, sign_is_sure
from sim.wording import approximately, english_marks


def sentence_en(name: str, town: str, change: Json) -> str:
    """Return one plain sentence in English, with the same numbers as the Danish one.

    >>> cost = {"mean": -40e6, "p10": -50e6, "p90": -30e6}
    >>> sentence_en("Bytakst 60", "Holbæk", {"net_cost_oere": cost, "trips": {"mean": -2900.0, "p10": -3000.0, "p90": -2800.0}})
    'Bytakst 60 in Holbæk lowers the net cost by about DKK 0.4 million a year (0.3-0.5), with about 2,900 fewer trips.'
    """
    cost, riders = change["net_cost_oere"], _riders(change["trips"])
    if not any(cost[part] for part in FIGURE):
        same = (
            "changes nothing compared with today"
            if change["trips"]["mean"] == 0
            else f"costs the same as today, {riders}"
        )
        return f"{name} in {town} {same}."
    sure = sign_is_sure(cost)
    *told, unit = amounts(cost, signed=not sure)
    mean, low, high = map(english_marks, told)
    million = " million" if unit.startswith("mio") else ""
    if not sure:
        return f"{name} in {town} is uncertain: it may raise or lower the net cost (DKK {low} to {high}{million} a year), {riders}."
    does = "lowers" if cost["mean"] < 0 else "raises"
    return f"{name} in {town} {does} the net cost by about DKK {mean}{million} a year ({low}-{high}), {riders}."


def flexhandicap_en(name: str, shown: Json, share: Sequence[float]) -> str | None:
    """Return the line on an option's follow-on cost in English, with the numbers of the Danish one; None where there is none."""
    cost = shown["cost_oere"]
    if not any(cost[part] for part in FIGURE):
        return None
    *told, unit = amounts(cost, signed=False)
    mean, low, high = map(english_marks, told)
    million = " million" if unit.startswith("mio") else ""
    part = english_marks(share_words(share))
    away = english_marks(approximately(shown["turned_away_trips"]["mean"]))
    return (
        f"{name}: flexhandicap may add about DKK {mean}{million} a year ({low}-{high}) if {part} of the about {away}"
        " trips turned away come back as flexhandicap. It is not part of the net cost."
    )


def _riders(trips: Json) -> str:
    if trips["p10"] < 0 < trips["p90"]:
        return english_marks(
            f"with either fewer or more trips ({approximately(trips['p10'])} to +{approximately(trips['p90'])})"
        )
    count = english_marks(approximately(abs(trips["mean"])))
    if count == "0":
        return "with the same number of trips"
    return f"with about {count} {'fewer' if trips['mean'] < 0 else 'more'} trip{'' if count == '1' else 's'}"
