"""Sentences on a result in the page's language; the Danish ones are the comparison's own."""

from sim.comparison.wording import amounts
from sim.report.cells import Json, sign_is_sure
from sim.wording import approximately


def sentence_en(name: str, town: str, change: Json) -> str:
    """Return one plain sentence in English, with the same numbers as the Danish one.

    >>> cost = {"mean": -40e6, "p10": -50e6, "p90": -30e6}
    >>> sentence_en("Bytakst 60", "Holbæk", {"net_cost_oere": cost, "trips": {"mean": -2900.0}})
    'Bytakst 60 in Holbæk lowers the net cost by about DKK 0,4 million a year (0,3-0,5), with about 2.900 fewer trips.'
    """
    cost, trips = change["net_cost_oere"], change["trips"]["mean"]
    if cost["p10"] == cost["p90"] == 0 and trips == 0:
        return f"{name} in {town} changes nothing compared with today."
    riders = "with the same number of trips"
    if trips:
        count = approximately(abs(trips))
        riders = f"with about {count} {'fewer' if trips < 0 else 'more'} trip{'' if count == '1' else 's'}"
    sure = sign_is_sure(cost)
    mean, low, high, unit = amounts(cost, signed=not sure)
    million = " million" if unit.startswith("mio") else ""
    if not sure:
        return f"{name} in {town} is uncertain: it may raise or lower the net cost (DKK {low} to {high}{million} a year), {riders}."
    does = "lowers" if cost["mean"] < 0 else "raises"
    return f"{name} in {town} {does} the net cost by about DKK {mean}{million} a year ({low}-{high}), {riders}."
