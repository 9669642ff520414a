"""A comparison's figures as every table, sentence and drawing prints them: the same everywhere, and adding up as printed.

All amounts of a year are in thousands of kroner. The change of an option is rounded itself; its net cost is that of the option in
force and the change, and its parts add up to it. Figures are in whole steps of `sim.words.rounding.Printed`.
A per cent is that of the printed change and the printed figure before it (`percents`).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sim.answer.records import Answer
from sim.answer.records.option import Grouping, OptionAnswer
from sim.answer.records.totals import Totals
from sim.words.cells import PERCENT
from sim.words.figure import Figure
from sim.words.rounding import COUNT, Printed, thousands_for

UNIT = "1.000 kr."
SAME = 1e-6
"""Of a printed step: a month that differs by less is the same month."""
FINE_ENOUGH = 0.5
"""Points of a per cent that the rounding of what it is of may hide, for it to have a decimal."""


@dataclass(frozen=True)
class Account:
    """An option's amounts in steps: operator payment less fares plus fee is net cost, which is today's and the change."""

    operator_payment: int
    fares: int
    movia_fee: int
    net_cost: int
    change: int


def money(comparison: Answer) -> Printed:
    """Return how the amounts of a comparison are printed: so that the smallest change between options says something."""
    return thousands_for([option.change.net_cost_oere for option in comparison.options[1:]])


def accounts(comparison: Answer) -> list[Account]:
    """Return the account of every option over the full year."""
    options, shown = comparison.options, money(comparison)
    return accounts_of(options, [option.change.net_cost_oere.mean for option in options], shown)


def accounts_of(blocks: Sequence[Totals], changes: list[float], shown: Printed) -> list[Account]:
    """Return accounts of blocks with net cost, the first today's, and of their changes from it."""
    base = shown.steps(blocks[0].net_cost_oere.mean)
    return [_account(block, *shown.moved(base, changes[n] if n else 0.0), shown) for n, block in enumerate(blocks)]


def _account(block: Totals, net: int, change: int, shown: Printed) -> Account:
    operator, fares, fee = block.operator_payment_oere.mean, block.fares_oere.mean, block.movia_fee_oere.mean
    own = operator - fares + fee
    if abs(net - own / shown.least) > 1:  # a block whose change is not its own, as in a part of an older answer
        net = shown.steps(own)
    parts = shown.split([operator, -fares, fee], net)
    return Account(parts[0], -parts[1], parts[2], net, change)


def trip_counts(options: Sequence[OptionAnswer]) -> list[tuple[int, int]]:
    """Return every option's trips and their change from today's."""
    return counts_moved(options[0].trips, [option.change.trips for option in options])


def passenger_counts(options: Sequence[OptionAnswer]) -> list[tuple[int, int]]:
    """Return every option's passengers and their change from today's."""
    return counts_moved(options[0].passengers, [option.change.passengers for option in options])


def counts_moved(today: Figure, changes: Sequence[Figure]) -> list[tuple[int, int]]:
    """Return today's count with every option's change, each with the change; the first option is today's."""
    base = COUNT.steps(today.mean)
    return [COUNT.moved(base, change.mean if n else 0.0) for n, change in enumerate(changes)]


def affected_counts(option: OptionAnswer) -> tuple[int, int]:
    """Return the trips that an option can touch, today and under it."""
    before = COUNT.steps(option.riders.trips.mean)
    return before, COUNT.moved(before, option.touches.change.trips.mean)[0]


def band_counts(option: OptionAnswer, group: Grouping) -> list[tuple[int, int]]:
    """Return the trips of each band of a group, today and under the option; each column adds up to all affected trips."""
    bands, (today, under) = option.riders.bands(group), affected_counts(option)
    before = _split([band.trips.mean for band in bands], today, COUNT, SAME)
    return list(zip(before, _split([band.trips_after.mean for band in bands], under, COUNT, SAME), strict=True))


def percents(figures: Sequence[Figure | None], moves: Sequence[tuple[int, int]]) -> tuple[list[Figure | None], Printed]:
    """Return changes in per cent of the printed ``moves`` (a change, and what it changes), and how the column is printed.

    The column has a decimal where the printed figures of every row tell their per cent to within half a point, and is whole
    elsewhere. The intervals are the figures' own; a per cent outside its own, or of nothing, stays what it is.

    >>> found, shown = percents([Figure(37.7, 20.0, 60.0)], [(14, 38)])
    >>> shown.decimals, shown(found[0].mean)
    (0, '37')
    >>> found, shown = percents([Figure(-6.6, -10.8, -4.0)], [(-18, 277)])
    >>> shown.decimals, shown(found[0].mean)
    (1, '-6,5')
    """
    rows = [_of_printed(figure, *move) for figure, move in zip(figures, moves, strict=True)]
    fine = all(spare < FINE_ENOUGH for _, spare in rows)
    return [figure for figure, _ in rows], PERCENT if fine else COUNT


def _of_printed(figure: Figure | None, change: int, before: int) -> tuple[Figure | None, float]:
    """Return a per cent of printed figures, and how many points half a step of each can move it."""
    if figure is None or before <= 0 or not change:
        return figure, 0.0
    share = 100 * change / before
    if not figure.p10 <= share <= figure.p90:
        return figure, 0.0
    return replace(figure, mean=share), abs(share) * (0.5 / abs(change) + 0.5 / before)


def affected_percents(comparison: Answer) -> tuple[list[Figure | None], Printed]:
    """Return every option's change, in per cent, in the trips that it can touch."""
    others = comparison.options[1:]
    moves = [(after - before, before) for before, after in map(affected_counts, others)]
    return percents([option.touches.change.percent.trips for option in others], moves)


def net_cost_percents(comparison: Answer) -> tuple[list[Figure | None], Printed]:
    """Return every option's change in net cost in per cent, beside today's."""
    today, *others = accounts(comparison)
    figures = [option.change.percent.net_cost_oere for option in comparison.options[1:]]
    return percents(figures, [(account.change, today.net_cost) for account in others])


def trip_percents(comparison: Answer) -> tuple[list[Figure | None], Printed]:
    """Return every option's change in trips in per cent, beside today's."""
    today, *others = trip_counts(comparison.options)
    figures = [option.change.percent.trips for option in comparison.options[1:]]
    return percents(figures, [(change, today[0]) for _, change in others])


def waterfall_steps(comparison: Answer, place: int) -> list[int]:
    """Return the parts of an option's change; together they are the change."""
    shown = money(comparison)
    parts = [part.oere.mean for part in comparison.options[place].waterfall or ()]
    return _split(parts, accounts(comparison)[place].change, shown)


def parts_in_play(comparison: Answer) -> list[str]:
    """Return the ids of the parts of a change, plustur's only where some option has plustur."""
    parts = [part for option in comparison.options for part in option.waterfall or ()]
    with_plustur = any(part.id == "plustur" and not part.oere.is_nothing for part in parts)
    return [part for part in dict.fromkeys(part.id for part in parts) if part != "plustur" or with_plustur]


def months_steps(comparison: Answer, means: Sequence[list[float]]) -> list[list[int]]:
    """Return every option's months; together they are its year, or what the budget year comes to with a start date.

    A month that an option leaves as it is, as those before the start date, is printed as today's is.
    """
    shown, year = money(comparison), accounts(comparison)
    found: list[list[int]] = []
    for place, own in enumerate(means):
        total = year[place].net_cost
        change = comparison.options[place].part_year_change_oere
        if change is not None and place:
            total = shown.moved(year[0].net_cost, change.mean)[0]
        steps = _split(own, total, shown)
        found.append(_as_today(steps, own, found[0], means[0], shown) if place else steps)
    return found


def _as_today(
    steps: list[int], own: list[float], today: list[int], todays_means: list[float], shown: Printed
) -> list[int]:
    """Return an option's months with today's in the place of those that are the same, and the same sum over the others."""
    moved = [n for n, mean in enumerate(own) if abs(mean - todays_means[n]) >= shown.least * SAME]
    left = sum(steps) - sum(today[n] for n in range(len(own)) if n not in moved)
    try:
        others = iter(shown.split([own[n] for n in moved], left))
    except ValueError:  # too few months are left to hold what rounding the others has left over
        return steps
    return [next(others) if n in moved else today[n] for n in range(len(own))]


def _split(means: list[float], total: int, shown: Printed, slack: float = 0.0) -> list[int]:
    """Return the steps of figures that add up to a total, or to their own sum where that is another.

    It is another where an older answer lacks the months of the budget year. With ``slack`` a total may be a whole step off, as
    one is whose two parts were halves.
    """
    own = math.fsum(means) / shown.least
    return shown.split(means, total if abs(own - total) < 1 + slack else shown.steps(math.fsum(means)))
