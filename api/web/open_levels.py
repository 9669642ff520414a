"""Which levels of the price list an option may choose in its year: one that the list lacks is not offered, and said where it is."""

from datetime import date, timedelta

from api.web.form import Plan
from api.web.known import YEAR, priced_from
from api.web.reading import Faults, read_day
from sim.telling.report.phrases import date_words


def open_levels(plan: Plan, place: int) -> frozenset[str]:
    """Return which of low, high and plustur the option at a place may have: today's has it all year, the others from the start date.

    >>> from api.web.form import OptionForm
    >>> plan = Plan("0316", (OptionForm(), OptionForm()), year="2019", start="1.8.2019")
    >>> sorted(open_levels(plan, 0)), sorted(open_levels(plan, 1))
    (['low'], ['high', 'low', 'plustur'])
    """
    starts = _starts(plan) if place else None
    return frozenset(
        level for level, day in _priced(plan).items() if day is None or (starts is not None and starts >= day)
    )


def level_of(kroner: str, plan: Plan) -> str:
    """Return which level of the plan's price list a bytakst in kroner is; empty where it is none.

    >>> level_of("60", Plan("0316", (), year="2024")), level_of("52", Plan("0316", (), year="2024"))
    ('low', '')
    """
    found = {oere: name for name in ("high", "low") if (oere := getattr(plan.levels, name)) is not None}
    return found.get(100 * int(kroner), "") if kroner.isdecimal() else ""


def not_open(level: str, called: str, plan: Plan, place: int) -> str:
    """Return why the option at a place may not have a level, and what can be done; empty where it may.

    >>> from api.web.form import OptionForm
    >>> plan = Plan("0316", (OptionForm(), OptionForm()), year="2019")
    >>> not_open("high", "60 kr.", plan, 1)
    '60 kr. findes først fra 1. juli 2019; vælg 48, eller lad ændringen træde i kraft fra den dag'
    """
    if not YEAR.fullmatch(plan.year) or level in open_levels(plan, place):
        return ""
    day = _priced(plan).get(level)
    lacking = (
        f"{called} findes ikke i prislisten for {plan.year}"
        if day is None
        else f"{called} findes først fra {date_words(day)}"
    )
    levels = " eller ".join(map(str, open_kroner(plan, place)))
    instead = (
        f"vælg {levels}" if level != "plustur" and levels else "fjern den" if level != "plustur" else "fjern krydset"
    )
    later = (
        ", eller lad ændringen træde i kraft fra den dag" if day is not None and place else ", eller vælg et andet år"
    )
    return f"{lacking}; {instead}{later}"


def open_kroner(plan: Plan, place: int) -> tuple[int, ...]:
    """Return the levels of bytakst in kroner that the option at a place may have."""
    allowed = open_levels(plan, place)
    return tuple(kroner for kroner in plan.levels.bytakst if level_of(str(kroner), plan) in allowed)


def opens(level: str, plan: Plan) -> date | None:
    """Return the day from which the year's price list has a level; None where it has it all year, or not at all."""
    return _priced(plan).get(level)


def is_there(level: str, plan: Plan) -> bool:
    """Say whether the year's price list has a level at the end of the year."""
    return level in _priced(plan)


def _priced(plan: Plan) -> dict[str, date | None]:
    return dict(priced_from(int(plan.year), plan.list_files)) if YEAR.fullmatch(plan.year) else {}


def _starts(plan: Plan) -> date | None:
    """Return the day from which the options hold: the start date, else the day after the spending."""
    if plan.start:
        return read_day(plan.start, "", Faults())
    spent_to = read_day(plan.spent_to, "", Faults()) if plan.spent_to else None
    return None if spent_to is None else spent_to + timedelta(days=1)
