"""The municipality's own lines beside the net cost: its own amounts, never mixed into what is calculated."""

from fractions import Fraction

from sim.answer.records.own_lines import OptionWithOwn, OwnLine, OwnLines, WithOwn
from sim.study.accounts.account import round_half_up
from sim.study.replicated.figures import figure
from sim.study.replicated.measures import Measure
from sim.study.replicated.reader import Reader
from sim.study.study import Study
from sim.words.numbers import OERE_PER_KRONE, danish


def own_lines(study: Study, read: Reader) -> OwnLines | None:
    """Return the lines as given, and each option's net cost and change with them; None when there are none.

    An amount counts in the part year by the days of the year from the start date, rounded to the oere line by line. It has
    no interval of its own, so a sum's interval is that of the net cost, moved by the amount. A line of the first option
    counts in the other options' changes.
    """
    scenario, names = study.scenario, [option.name for option in study.scenario.options]
    if not scenario.own_lines:
        return None
    days = None if study.start_day is None else study.year.days - study.start_day
    lines: list[OwnLine] = []
    whole, part = [0] * len(names), [0] * len(names)
    for line in scenario.own_lines:
        oere, place = OERE_PER_KRONE * line.kr, names.index(line.option)
        in_part = None if days is None else round_half_up(Fraction(oere * days, study.year.days))
        lines.append(OwnLine(line.option, line.name, oere, in_part))
        whole[place] += oere
        part[place] += in_part or 0
    options = []
    for place, name in enumerate(names):
        year = _with(read, "year", place, whole)
        in_part_year = None if days is None else _with(read, "part_year", place, part)
        options.append(OptionWithOwn(name, **vars(year), part_year=in_part_year))
    first = bool(whole[0]) or names[0] in {line.option for line in scenario.own_lines}
    return OwnLines(tuple(lines), tuple(options), days, study.year.days, tuple(_notes(study, days, first=first)))


def _with(read: Reader, name: str, place: int, oere: list[int]) -> WithOwn:
    """Return an option's net cost with its lines, and its change against the first option with its."""
    net, base = (read(name, n, Measure.NET_COST) for n in (place, 0))
    moved = figure(net - base).moved(oere[place] - oere[0]) if place else None
    return WithOwn(oere[place], figure(net).moved(oere[place]), moved)


def _notes(study: Study, days: int | None, *, first: bool) -> list[str]:
    notes = [
        "Kommunens egne linjer er kommunens egne tal. De er ikke regnet af modellen og ikke en del af nettoudgiften; intervallet"
        " for summen er nettoudgiftens, flyttet med beløbet.",
        f"Nettoudgiften er i {study.prices.year}-priser; summen forudsætter, at de egne linjer er i samme priser.",
    ]
    if days is not None:
        notes.append(f"I budgetåret er linjerne talt med for {danish(days)} af årets {danish(study.year.days)} dage.")
    if first:
        name = study.scenario.options[0].name
        notes.append(f"Linjer ved {name} tæller også i ændringen for de andre valgmuligheder.")
    if study.scenario.years_ahead:
        notes.append("Overslagsårene er uden de egne linjer.")
    return notes
