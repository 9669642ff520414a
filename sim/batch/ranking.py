"""Packages in order of net cost: what they cost, whom they lose, and how sure the order is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from sim.batch.packages import Package, bases_of, per_lost_trip, summed
from sim.study.replicated.figures import Figure, Spread, figure, ratio

Fee = Literal["alone", "together"]
NET_KEY = {"alone": "net_cost_oere", "together": "net_cost_together_oere"}


@dataclass(frozen=True)
class Ranked:
    """A package at its place in the order.

    Attributes
    ----------
    riders_change_percent : change in passengers against the first option
    cheaper_than_base, cheaper_than_next : share of all replications and draws in which it is; None where there is none to
        compare with
    keeps : share of the first option's passengers that stay, on average; None where that is not known
    """

    option: int
    name: str
    elements: str
    certainty: str
    fares: str | None
    net_cost: Figure
    change: Figure | None
    riders_change_percent: Figure | None
    per_lost_trip: Figure | None
    cheaper_than_base: float | None
    cheaper_than_next: float | None
    keeps: float | None


@dataclass(frozen=True)
class Ranking:
    """One municipality's packages, cheapest first, and the cheapest that keeps enough riders (None where none does).

    ``municipality`` is empty for the sum over ``municipalities``. ``replications`` and ``draws`` are how many calculations each
    figure rests on. ``not_offered`` names the packages it cannot have.
    """

    year: int
    municipality: str
    municipality_name: str
    municipalities: int
    replications: int
    draws: int
    base: str
    packages: tuple[Ranked, ...]
    not_offered: tuple[str, ...]
    cheapest_keeping: Ranked | None


def rankings(packages: Sequence[Package], fee: Fee, keep_riders: float) -> tuple[Ranking, ...]:
    """Rank each municipality's packages in each year, and last, for each year with several, their sum.

    The sum has the options that every one of its municipalities can have: those of a year's municipalities that can have
    the first option.
    """
    bases, found = bases_of(packages), []
    places = list(dict.fromkeys((p.year, p.municipality) for p in packages))
    for place in places:
        local = [p for p in packages if (p.year, p.municipality) == place]
        base = bases.get(place)
        offered = [(p, p.values) for p in local if p.values is not None]
        found.append(_ranking(local, offered, None if base is None else base.values, fee, keep_riders, 1))
    for year in dict.fromkeys(year for year, _ in places):
        among = {code for y, code in bases if y == year}
        if len(among) < 2:
            continue
        total: list[tuple[Package, dict[str, Spread]]] = []
        missing: list[Package] = []
        for option in dict.fromkeys(p.option for p in packages):
            same_option = [p for p in packages if p.year == year and p.option == option and p.municipality in among]
            if all(p.values is not None for p in same_option):
                total.append((same_option[0], summed(same_option)))
            else:
                missing.append(same_option[0])
        options = [*(package for package, _ in total), *missing]
        base_values = total[0][1]
        found.append(_ranking(options, total, base_values, fee, keep_riders, len(among), "Alle tilsammen"))
    return tuple(found)


def _ranking(
    options: Sequence[Package],
    offered: Sequence[tuple[Package, dict[str, Spread]]],
    base: dict[str, Spread] | None,
    fee: Fee,
    keep_riders: float,
    municipalities: int,
    name: str = "",
) -> Ranking:
    key = NET_KEY[fee]
    order = sorted(offered, key=lambda pair: (pair[1][key].mean, pair[0].option))
    ranked = []
    for place, (package, values) in enumerate(order):
        following = order[place + 1][1][key] if place + 1 < len(order) else None
        against = base if base is not None and package.option != 1 else None
        ranked.append(
            Ranked(
                option=package.option,
                name=package.option_name,
                elements=package.elements,
                certainty=package.certainty,
                fares=package.fares,
                net_cost=figure(values[key]),
                change=None if against is None else figure(values[key] - against[key]),
                riders_change_percent=None if against is None else _riders_change(values, against),
                per_lost_trip=None if against is None else per_lost_trip(values, against, key),
                cheaper_than_base=None if against is None else share_below_zero(values[key] - against[key]),
                cheaper_than_next=None if following is None else share_below_zero(values[key] - following),
                keeps=None if base is None else _kept(values, base),
            )
        )
    keeping = (r for r in ranked if r.keeps is not None and r.keeps >= keep_riders)
    have = {package.option for package, _ in offered}
    some = next((values[key] for _, values in offered), None)
    return Ranking(
        year=options[0].year,
        municipality="" if name else options[0].municipality,
        municipality_name=name or options[0].municipality_name,
        municipalities=municipalities,
        replications=0 if some is None else len(some.central),
        draws=0 if some is None else len(some.drawn),
        base=next((p.option_name for p in options if p.option == 1), ""),
        packages=tuple(ranked),
        not_offered=tuple(p.option_name for p in options if p.option not in have),
        cheapest_keeping=next(keeping, None),
    )


def share_below_zero(of: Spread) -> float:
    """Return the share of all replications under all draws in which a quantity is below zero."""
    return float(np.mean(of.central[:, None] + of.shift[None, :] < 0))


def _riders_change(values: dict[str, Spread], base: dict[str, Spread]) -> Figure | None:
    return ratio(values["passengers"] - base["passengers"], base["passengers"], 100.0)


def _kept(values: dict[str, Spread], base: dict[str, Spread]) -> float | None:
    before = base["passengers"].mean
    return values["passengers"].mean / before if before > 0 else None


def ranking_json(ranking: Ranking) -> dict[str, Any]:
    """Return a ranking as a dictionary; a figure is exactly mean, p10 and p90."""

    def shown(value: Any) -> Any:
        return value.json() if isinstance(value, Figure) else value

    def one(ranked: Ranked) -> dict[str, Any]:
        return {
            {
                "net_cost": "net_cost_oere",
                "change": "net_cost_change_oere",
                "per_lost_trip": "net_cost_per_lost_trip_oere",
            }.get(key, key): shown(value)
            for key, value in vars(ranked).items()
        }

    best = ranking.cheapest_keeping
    return {
        **{key: value for key, value in vars(ranking).items() if key not in ("packages", "cheapest_keeping")},
        "not_offered": list(ranking.not_offered),
        "packages": [one(ranked) for ranked in ranking.packages],
        "cheapest_keeping": None if best is None else best.option,
    }
