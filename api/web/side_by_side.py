"""Two answers side by side: what they rest on, and what they give, with what differs marked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.telling.report.phrases import date_words, option_words
from sim.telling.report.printed import percents, trip_counts
from sim.words.cells import (
    NONE,
    Cell,
    change_cell,
    count_cell,
    figure_cell,
    percent_cell,
    signed,
)
from sim.words.numbers import danish
from sim.words.rounding import Printed, thousands_for
from sim.words.table import Table

DIFFERS = "forskelligt"
CellsOf = Callable[[Sequence[OptionAnswer]], list[Cell]]
"""What makes a column's cells of an answer's options."""


@dataclass(frozen=True)
class Pair:
    """The tables of two answers; ``unlike`` says in what they cannot be held against each other as they are."""

    ground: Table
    results: tuple[Table, ...]
    unlike: tuple[str, ...]


def pair_of(found: Sequence[Answer], titles: Sequence[str]) -> Pair:
    """Return two comparisons side by side; an option that both have under one name stands on one row."""
    ground = [(name, *(read(one) for one in found)) for name, read in _GROUND]
    unlike = tuple(name for name, first, second in ground if name in _WEIGHTY and first != second)
    rows = tuple(
        (Cell(name, DIFFERS if first != second else ""), Cell(first), Cell(second)) for name, first, second in ground
    )
    options = [option for one in found for option in one.options]
    # One unit and equal decimals in both answers and both tables: net cost and its change can be had from each other.
    shown = thousands_for(o.change.net_cost_oere for o in options)
    return Pair(
        Table("Hvad svarene hviler på", ("oplysning", *titles), rows),
        (
            _table("Nettoudgift på et helt år, 1.000 kr.", found, titles, lambda options: _net(options, shown)),
            _table(
                "Mer- eller mindreudgift, 1.000 kr. om året", found, titles, lambda options: _change(options, shown)
            ),
            _table("Ændring i nettoudgift, procent", found, titles, partial(_percent, shown=shown)),
            _table("Ture på et helt år", found, titles, _trips),
        ),
        unlike,
    )


def _table(caption: str, found: Sequence[Answer], titles: Sequence[str], cells_of: CellsOf) -> Table:
    columns = [dict(zip((o.name for o in one.options), cells_of(one.options), strict=True)) for one in found]
    names = list(dict.fromkeys(name for column in columns for name in column))
    elements = [{o.name: option_words(one, place) for place, o in enumerate(one.options)} for one in found]
    rows = []
    for name in names:
        what = list(dict.fromkeys(has[name] for has in elements if name in has))
        rows.append((Cell(name, " / ".join(what)), *(column.get(name, Cell("findes ikke her")) for column in columns)))
    return Table(caption, ("valgmulighed", *titles), tuple(rows))


def _net(options: Sequence[OptionAnswer], shown: Printed) -> list[Cell]:
    today = shown.steps(options[0].net_cost_oere.mean)
    steps = [shown.moved(today, o.change.net_cost_oere.mean if n else 0.0)[0] for n, o in enumerate(options)]
    return [figure_cell(o.net_cost_oere, shown, step) for o, step in zip(options, steps, strict=True)]


def _change(options: Sequence[OptionAnswer], shown: Printed) -> list[Cell]:
    return [Cell(NONE), *(change_cell(o.change.net_cost_oere, signed(shown)) for o in options[1:])]


def _trips(options: Sequence[OptionAnswer]) -> list[Cell]:
    """Return the trips as the answers' own pages have them."""
    return [count_cell(o.trips, trips) for o, (trips, _) in zip(options, trip_counts(options), strict=True)]


def _percent(options: Sequence[OptionAnswer], shown: Printed) -> list[Cell]:
    today, changes = shown.steps(options[0].net_cost_oere.mean), [o.change.net_cost_oere.mean for o in options[1:]]
    moves = [(shown.steps(change), today) for change in changes]
    shares, per_cent = percents([o.change.percent.net_cost_oere for o in options[1:]], moves)
    return [Cell(NONE), *(percent_cell(share, per_cent) for share in shares)]


_GROUND: tuple[tuple[str, Callable[[Answer], str]], ...] = (
    ("kommune", lambda one: str(one.municipality_name)),
    ("år", lambda one: str(one.year)),
    ("ændringen træder i kraft", lambda one: date_words(one.start) if one.start else "hele året"),
    ("passagerer om året", lambda one: danish(one.volume.passengers)),
    ("passagertallet er", lambda one: "kommunens eget" if one.volume.origin == "own" else "fordelt ud fra Movias"),
    ("beløb i priser fra", lambda one: str(one.price_level or one.year)),
    ("nuværende ordning", lambda one: option_words(one, 0)),
)  # fmt: skip
_WEIGHTY = ("kommune", "år", "beløb i priser fra", "passagerer om året", "passagertallet er", "nuværende ordning")
