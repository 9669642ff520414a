"""Which of several drawn lines changes the yearly net cost by so much: each line's amount at the price asked, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

from sim.estimate.draws import estimates_at_once
from sim.estimate.estimate import estimate
from sim.estimate.intervals import estimated
from sim.estimate.paid import Paid
from sim.inputs.scenario import Scenario
from sim.inputs.scenario.scenario import Option
from sim.study.replicated.figures import Figure
from sim.study.study import Study
from tariffs.errors import InputError

LONGEST = 100
"""Letters of a name."""


@dataclass(frozen=True)
class LineAmount:
    """What the option changes with one line: its net cost a year against today's, in oere, and its trips."""

    name: str
    areas: tuple[str, ...]
    change: Figure
    trips: float


@dataclass(frozen=True)
class LineGoal:
    """The lines in the order they were given, and the wanted change; ``study`` has one option for each after today's."""

    target_oere: int
    lines: tuple[LineAmount, ...]
    error_percent: float
    study: Study

    def reaches(self, line: LineAmount) -> bool:
        """Whether a line changes the net cost by as much as is wanted, or more."""
        change = line.change.mean
        return change <= self.target_oere if self.target_oere < 0 else change >= self.target_oere

    @property
    def reaching(self) -> tuple[LineAmount, ...]:
        """The lines that reach the amount."""
        return tuple(line for line in self.lines if self.reaches(line))

    @property
    def nearest(self) -> LineAmount:
        """The line whose change lies nearest to what is wanted; the first of several."""
        return min(self.lines, key=lambda line: abs(line.change.mean - self.target_oere))


def titled(lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return lines with names short enough for an option's, each its own.

    >>> titled([("Holbæk", "a"), ("Holbæk", "b"), ("Tølløse", "c")])
    [('Holbæk (1)', 'a'), ('Holbæk (2)', 'b'), ('Tølløse', 'c')]
    """
    names = [name[:LONGEST] for name, _ in lines]
    return [
        (name if names.count(name) == 1 else f"{name} ({number})", areas)
        for number, (name, (_, areas)) in enumerate(zip(names, lines, strict=True), start=1)
    ]


def with_lines(scenario: Scenario, lines: Sequence[tuple[str, str]]) -> Scenario:
    """Return the scenario of today's scheme and its last option once with each line, by name and town areas.

    Without ``lines`` they are those of the options that have one of their own. Raises InputError where none has.
    """
    first, *others = scenario.options
    last = others[-1] if others else first
    chosen: list[Option] = [
        last.model_copy(update={"name": name, "town_areas": file, "town_zones": None}) for name, file in lines
    ] or [option for option in others if option.has_own_line]
    if not chosen:
        raise InputError(
            "Der er ingen byområder at vælge mellem",
            why="ingen valgmulighed har sit eget byområde",
            next_step="angiv et eller flere med --line FIL, eller giv valgmulighederne hver sit byområde",
        )
    without = [option for option in chosen if not option.package.follows_town_line]
    if without:
        raise InputError(
            "Byområdet ændrer intet ved de valgte serviceelementer",
            where=f"valgmuligheden '{without[0].name}'",
            why="ingen af elementerne skelner mellem by og land",
            next_step="giv valgmuligheden en bytakst",
        )
    return scenario.model_copy(update={"options": (first, *chosen), "own_lines": ()})


def weigh(study: Study, target_oere: int, paid: Paid | None = None) -> LineGoal:
    """Return what every option after the first gives, each with its own line, and which come to ``target_oere`` a year.

    ``paid`` is the year whose cost the municipality has told.
    """
    central = estimate(study)
    drawn = estimates_at_once(study, paid)
    error = central.metamodel.change_error_percent
    amounts = tuple(
        LineAmount(
            study.scenario.options[place].name,
            study.lines[place].names,
            estimated(
                option.change.net_cost_oere,
                [one.options[place].change.net_cost_oere for one in drawn],
                error / 100,
            ),
            option.change.trips,
        )
        for place, option in enumerate(central.options)
        if place
    )
    return LineGoal(target_oere, amounts, error, study)
