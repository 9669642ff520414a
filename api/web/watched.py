"""What is shown of a run under way: the estimate at once, and beside it what the replications made so far say."""

from collections.abc import Mapping, Sequence

from fastapi import Request

from api.http.served import jobs_of
from api.store.protocol import RunState
from api.web.builder import estimated
from api.web.reproduce import body, with_dates
from api.web.translation import speak_of
from sim.study.replicated.so_far import OptionSoFar
from sim.words.cells import NONE, Cell, change_cell, figure_cell
from sim.words.figure import Figure
from sim.words.rounding import Printed, thousands_for
from sim.words.table import OPTION, Table
from tariffs.errors import TakstlabError

Told = tuple[str, Figure, Figure]
"""An option's name, its net cost and how much more that is than the first option's, in oere."""
CAPTIONS = {
    True: "Foreløbig mer-/mindreudgift, 1.000 kr. om året",
    False: "Foreløbig nettoudgift, 1.000 kr. om året",
}
"""What is told of several options, and of one alone."""
HEADER = (OPTION, "skøn", "simuleret indtil nu")


def watched(request: Request, state: RunState) -> Table | None:
    """Return the options' change in net cost (of one option alone its net cost) as estimated and as simulated so far.

    None while nothing is known. The interval of what is simulated is the 95 % t interval of the mean, by chance alone.
    """
    simulated = [] if state.so_far is None else [_so_far(option) for option in state.so_far.options]
    guessed = _estimated(request, state)
    if not (simulated or guessed):
        return None
    changes = len(simulated or guessed) > 1
    columns = _of(guessed, changes=changes), _of(simulated, changes=changes)
    shown = thousands_for(figure for column in columns for figure in column.values())
    names = list(columns[1] or columns[0])
    speak_of(name for name, *_ in simulated or guessed)
    rows = [(Cell(name), *(_cell(column.get(name), shown, changes=changes) for column in columns)) for name in names]
    return Table(CAPTIONS[changes], HEADER, tuple(rows))


def _estimated(request: Request, state: RunState) -> list[Told]:
    """Return what the estimate says; nothing while it is worked on, of several municipalities, and where it cannot be made.

    Nor of an own list of trips, whose estimate is not kept: it would be made anew each second.
    """
    if len(state.municipalities) > 1 or state.upload is not None:
        return []
    try:
        found = estimated(request, with_dates(body(jobs_of(request).scenario(state.id))))
    except TakstlabError:
        return []
    return [] if found is None else [(o.name, o.year.net_cost_oere, o.change.net_cost_oere) for o in found.options]


def _so_far(option: OptionSoFar) -> Told:
    width = option.half_width_oere or 0.0
    net, change = (Figure(mean, mean - width, mean + width) for mean in (option.net_cost_oere, option.change_oere))
    return option.name, net, change


def _of(told: Sequence[Told], *, changes: bool) -> Mapping[str, Figure]:
    return {name: change if changes else net for name, net, change in (told[1:] if changes else told)}


def _cell(figure: Figure | None, shown: Printed, *, changes: bool) -> Cell:
    if figure is None:
        return Cell(NONE)
    cell = change_cell(figure, shown) if changes else figure_cell(figure, shown)
    return cell if figure.p10 != figure.p90 else Cell(cell.text)
