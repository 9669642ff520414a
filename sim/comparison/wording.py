"""The comparison in an officer's words."""

from typing import Any

from sim.study.study import Study
from sim.wording import approximately, millions, telling_decimals

UNCERTAIN = "usikker: kan blive mer- eller mindreudgift"


def sentence(study: Study, name: str, change: dict[str, Any], sure: bool) -> str:
    """Return one plain sentence on an option's effect in a full year, against today's."""
    cost, trips = change["net_cost_oere"], change["trips"]
    town = study.region.municipality.name
    if cost["p10"] == cost["p90"] == 0 and trips["mean"] == 0:
        return f"{name} i {town} giver ingen ændring i forhold til i dag."
    if trips["mean"] == 0:
        riders = "og samme antal ture"
    else:
        riders = f"og ca. {approximately(abs(trips['mean']))} {'færre' if trips['mean'] < 0 else 'flere'} ture"
    decimals = telling_decimals(cost)
    if not sure:
        low, high = (millions(cost[end], signed=True, decimals=decimals) for end in ("p10", "p90"))
        return f"{name} i {town} er {UNCERTAIN} ({low} til {high} mio. kr. om året), {riders}."
    kind = "mindreudgift" if cost["mean"] < 0 else "merudgift"
    low, high = sorted((abs(cost["p10"]), abs(cost["p90"])))
    shown = [millions(amount, decimals=decimals) for amount in (abs(cost["mean"]), low, high)]
    return f"{name} i {town} giver en {kind} på ca. {shown[0]} mio. kr. om året ({shown[1]}-{shown[2]}) {riders}."


def affected_rule(study: Study, place: int) -> str:
    """Say in Danish which trips an option can touch, chosen by where they go."""
    today, option = study.packages[0], study.packages[place]
    towns = ", ".join(study.region.zone_names)
    rules = []
    if (today.bytakst, today.dobbelt_grundtakst, today.lukket_by) != (
        option.bytakst,
        option.dobbelt_grundtakst,
        option.lukket_by,
    ):
        rules.append(f"ture med begge ender i samme byområde ({towns})")
    if today.stoppested != option.stoppested:
        rules.append(f"ture med begge ender i byområder ({towns})")
    if today.kommunetakst != option.kommunetakst:
        both = today.bytakst or today.dobbelt_grundtakst or today.lukket_by
        both = both and (option.bytakst or option.dobbelt_grundtakst or option.lukket_by)
        rules.append("ture inden for kommunen" + (f", men ikke inden for samme byområde ({towns})" if both else ""))
    if set(today.free_destinations) != set(option.free_destinations):
        names = sorted(set(today.free_destinations) ^ set(option.free_destinations))
        rules.append(f"ture til og fra {', '.join(names)}")
    if today.plustur != option.plustur:
        rules.append("plusture")
    return " og ".join(rules) or "ingen: takst og regler er de samme"
