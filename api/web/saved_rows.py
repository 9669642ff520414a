"""What a list of answers says of each: municipality, year, start, passengers and what every option changes, or how far the run is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api.store.names import Saved
from api.store.protocol import Jobs, Results
from api.web.running import STATES
from sim.answer.records.option import OptionAnswer
from sim.geography.municipalities import find_municipality
from sim.words.cells import Cell, change_cell, figure_cell, signed
from sim.words.numbers import danish
from sim.words.rounding import thousands_for
from tariffs.errors import TakstlabError

ABSENT = ("er ikke gemt her", "not saved here")


@dataclass(frozen=True)
class AnswerRow:
    """One answer as a list shows it; ``results`` are (option, what it changes), empty where there is no result."""

    run: str
    state: str
    municipality: str = ""
    year: str = ""
    start: str = ""
    passengers: str = ""
    results: tuple[tuple[str, Cell], ...] = ()
    submitted: datetime | None = None
    saved: Saved | None = None
    alone: bool = False
    """Whether the answer is of one option, whose result is what it costs."""

    @property
    def words(self) -> tuple[str, str]:
        """The run's state in Danish and English, or that it is not there."""
        return STATES.get(self.state, ABSENT)


def answer_row(jobs: Jobs, results: Results, run: str, saved: Saved | None = None) -> AnswerRow:
    """Return what is said of a run, saved or not; of one that is not in the store that it is not."""
    try:
        state = jobs.get(run)
    except TakstlabError:
        return AnswerRow(run, "", saved=saved)
    place = ", ".join(find_municipality(code).name for code in state.municipalities)
    bare = AnswerRow(run, state.state, place, submitted=state.submitted, saved=saved)
    if state.state != "done":
        return bare
    try:
        found = results.answer(run, state.municipalities[0])
    except TakstlabError:
        return bare
    return AnswerRow(
        run, "done", place, str(found.year), found.start.isoformat() if found.start else "", danish(found.volume.passengers),
        changes(found.options), state.submitted, saved, len(found.options) == 1,
    )  # fmt: skip


def changes(options: Sequence[OptionAnswer]) -> tuple[tuple[str, Cell], ...]:
    """Return each option's name and change in net cost, thousands of kroner; of one alone what it costs."""
    if len(options) == 1:
        net = options[0].net_cost_oere
        return ((options[0].name, figure_cell(net, thousands_for([net]))),)
    moved = [option.change.net_cost_oere for option in options[1:]]
    shown = signed(thousands_for(moved))
    return tuple((option.name, change_cell(change, shown)) for option, change in zip(options[1:], moved, strict=True))
