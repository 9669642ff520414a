"""The comparison in an officer's words."""

from sim.study.study import Study
from sim.words.figure import Figure
from sim.words.names import told_apart
from sim.words.numbers import OERE_PER_KRONE, approximately, danish, millions, nearest, telling_decimals, unchanged
from sim.words.rounding import ends_in_millions, outwards
from tariffs import ServicePackage
from tariffs.package import BytakstLevel

UNCERTAIN = "usikker: kan blive mer- eller mindreudgift"
KRONER_BELOW_OERE = 100_000_000
"""Amounts below a million kroner are told in kroner, as in the tables: 0.04 million (0.01-0.11) would be too coarse."""


def sentence(study: Study, name: str, cost: Figure, trips: Figure) -> str:
    """Return one plain sentence on an option's effect in a full year, against today's, with the year and the price level.

    ``cost`` (oere) and ``trips`` are how the net cost and the trips change.
    """
    town, riders = study.region.municipality.name, _riders(trips)
    year, prices = study.scenario.year, f"{study.prices.year}-priser"
    if cost.is_nothing:
        against = unchanged(year)
        same = (
            f"ingen ændring i forhold til {against}" if not trips.mean else f"samme nettoudgift som {against} {riders}"
        )
        return f"{name} i {town} giver {same}."
    kind = "mindreudgift" if cost.mean < 0 else "merudgift"
    mean, low, high, unit = amounts(cost, signed=not cost.sign_is_sure)
    if not cost.sign_is_sure:
        return f"{name} i {town} er i {year} {UNCERTAIN} ({low} til {high} {unit} om året i {prices}), {riders}."
    return f"{name} i {town} giver i {year} en {kind} på ca. {mean} {unit} om året ({low}-{high}) i {prices} {riders}."


def _riders(trips: Figure) -> str:
    """Say how the number of trips moves; one that may go either way is said to be uncertain."""
    if trips.p10 < 0 < trips.p90:
        return f"og enten færre eller flere ture ({approximately(trips.p10)} til +{approximately(trips.p90)})"
    count = approximately(abs(trips.mean))
    if count == "0":
        return "og samme antal ture"
    return f"og ca. {count} {'færre' if trips.mean < 0 else 'flere'} tur{'' if count == '1' else 'e'}"


def amounts(cost: Figure, *, signed: bool) -> tuple[str, str, str, str]:
    """Return mean and interval with their unit: millions of kroner, or kroner where a million says too little.

    Without signs the smaller amount of the interval stands first. Its ends are rounded outwards.
    """
    ends = [cost.p10, cost.p90]
    if not signed:
        ends = sorted(abs(end) for end in ends)
    told = [cost.mean if signed else abs(cost.mean), *ends]
    if max(abs(oere) for oere in told) < KRONER_BELOW_OERE:
        low, high = outwards(ends[0] / OERE_PER_KRONE, ends[1] / OERE_PER_KRONE)
        plus = ["+" if signed and oere > 0 else "" for oere in told]
        return (
            f"{plus[0]}{approximately(told[0] / OERE_PER_KRONE)}",
            f"{plus[1]}{danish(nearest(low))}",
            f"{plus[2]}{danish(nearest(high))}",
            "kr.",
        )
    decimals = telling_decimals(cost)
    mean = millions(told[0], signed=signed, decimals=decimals)
    return mean, *ends_in_millions(ends[0], ends[1], decimals, plus=signed), "mio. kr."


def _towns(study: Study, place: int) -> str:
    """Return the town areas of an option; where its line is another than today's, those of both."""
    own, today = (", ".join(told_apart(study.lines[n].names)) for n in (place, 0))
    both_count = study.packages[0].follows_town_line and study.lines[0].mark != study.lines[place].mark
    options = study.scenario.options
    return f"{options[0].name}: {today}; {options[place].name}: {own}" if both_count else own


def _in_town(package: ServicePackage) -> tuple[BytakstLevel | int | None, tuple[str, ...]]:
    """Return what a package has for trips within one town area."""
    return package.bytakst, package.of("in_town")


def affected_rule(study: Study, place: int) -> str:
    """Say in Danish which trips an option can touch, chosen by where they go."""
    today, option = study.packages[0], study.packages[place]
    towns = _towns(study, place)
    other_line = study.lines[0].mark != study.lines[place].mark
    rules = []
    if _in_town(today) != _in_town(option) or (other_line and any(_in_town(option))):
        rules.append(f"ture med begge ender i samme byområde ({towns})")
    if today.of("in_towns") != option.of("in_towns") or (other_line and option.of("in_towns")):
        rules.append(f"ture med begge ender i byområder ({towns})")
    if (today.kommunetakst, today.of("inside")) != (option.kommunetakst, option.of("inside")):
        both = any(_in_town(today)) and any(_in_town(option))
        rules.append("ture inden for kommunen" + (f", men ikke inden for samme byområde ({towns})" if both else ""))
    if set(today.free_destinations) != set(option.free_destinations):
        names = sorted(set(today.free_destinations) ^ set(option.free_destinations))
        rules.append(f"ture til og fra {', '.join(told_apart(names))}")
    if today.plustur != option.plustur:
        rules.append("plusture og de flexture, som de erstatter")
    return " og ".join(rules) or "ingen: takst og regler er de samme"
