"""What the builder offers where the year's price list lacks a level: the levels it has, an own price, another start date."""

from dataclasses import replace
from typing import Any

from api.web.form import Plan
from api.web.open_levels import is_there, level_of, not_open, open_kroner, opens
from api.web.option_form import OWN
from api.web.reading import day_text
from api.web.values import no_such_level
from sim.telling.report.phrases import date_words
from sim.words.numbers import english_marks

NOT_THERE = "-"
"""In place of a price: the price list has none."""


def ways_out(plan: Plan, place: int) -> dict[str, Any] | None:
    """Return what may be chosen in place of a bytakst that the year does not have, each as the address with it; None without one."""
    option = plan.options[place]
    kroner = option.bytakst
    lacking = level_of(option.town_fare, plan)
    if lacking:
        said = not_open(lacking, f"{option.town_fare} kr.", plan, place)
        return _other_levels(plan, place, said, lacking) if said else None
    if not kroner.isdecimal():
        return None

    levels = [_with_fare(plan, place, str(k), "") for k in open_kroner(plan, place)]
    own = _with_fare(plan, place, OWN, kroner)
    return {"said": no_such_level(kroner, plan), "links": [*levels, own]}


def _other_levels(plan: Plan, place: int, said: str, lacking: str) -> dict[str, Any]:
    """Return what may be chosen where the price list has the bytakst for a part of the year only."""
    links, day = [_with_fare(plan, place, str(k), "") for k in open_kroner(plan, place)], opens(lacking, plan)
    if day is not None and place:
        then = replace(plan, start=day_text(day.isoformat()))
        words = date_words(day)
        links.append(
            {
                "href": f"{then.address}#valg{place}",
                "text": (f"træder i kraft {words}", f"takes effect {english_marks(words)}"),
            }
        )
    return {"said": said, "links": links}


def _with_fare(plan: Plan, place: int, bytakst: str, own: str) -> dict[str, Any]:
    """Return the address with another bytakst in an option, a level or an own price, and what it is called."""
    changed = replace(plan.options[place], bytakst=bytakst, own_bytakst=own)
    options = (*plan.options[:place], changed, *plan.options[place + 1 :])
    text = (f"{own} kr. som egen pris", f"{own} kr. as an own price") if own else (f"{bytakst} kr.",) * 2
    return {"href": f"{replace(plan, options=options).address}#valg{place}", "text": text}


def level_words(plan: Plan, language: str) -> dict[str, str]:
    """Return what the year's price list has of bytakst, and of plustur where it is not there all year."""
    english = language == "en"

    def since(level: str) -> str:
        day = opens(level, plan)
        words = "" if day is None else date_words(day)
        return words and (f" from {english_marks(words)}" if english else f" fra {words}")

    there = [
        f"{kroner}{since(level)}"
        for kroner in plan.levels.bytakst
        if is_there(level := level_of(str(kroner), plan), plan)
    ]
    return {
        "bytakst": (" and " if english else " og ").join(there),
        "plustur": since("plustur") if is_there("plustur", plan) else NOT_THERE,
    }
