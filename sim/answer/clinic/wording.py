"""The clinic's two accounts in an officer's words."""

from typing import Any

from sim.answer.wording import amounts
from sim.words.numbers import approximately, danish


def clinic_sentence(town: str, name: str, option: dict[str, Any], nurses: dict[str, Any]) -> str:
    """Return what the rides cost, what driving the nurses save, and whether the two together are sure of their sign."""
    hours, value = nurses["hours"], nurses["value_oere"]
    worth, low, high, unit = amounts(value, signed=False)
    return (
        f"Klinikken {name} i {town} med {danish(nurses['visits_moved'])} flyttede besøg om året."
        f" Transportregnskabet: {option['name']} {_moved(option['rides_net_cost_oere'])}."
        f" Sygeplejens regnskab, som ikke er en del af nettoudgiften: der spares ca. {approximately(hours['mean'])} timers"
        f" kørsel, svarende til ca. {worth} {unit} om året ({low}-{high})."
        f" Holdt op mod hinanden: {_together(option)}."
        " Timerne bliver kun til penge, hvis de bruges til andet eller falder bort."
    )


def _moved(figure: dict[str, float]) -> str:
    sure = figure["p10"] > 0 or figure["p90"] < 0
    mean, low, high, unit = amounts(figure, signed=not sure)
    if not sure:
        return f"kan blive mer- eller mindreudgift ({low} til {high} {unit} om året)"
    return (
        f"giver en {'merudgift' if figure['mean'] > 0 else 'mindreudgift'} på ca. {mean} {unit} om året ({low}-{high})"
    )


def _together(option: dict[str, Any]) -> str:
    both = option["both_oere"]
    mean, low, high, unit = amounts(both, signed=not option["both_sign_is_sure"])
    if not option["both_sign_is_sure"]:
        return f"usikkert, om den sparede kørsel er mere eller mindre værd end turene koster ({low} til {high} {unit} om året)"
    if both["mean"] > 0:
        return f"turene koster ca. {mean} {unit} mere om året, end den sparede kørsel er værd ({low}-{high})"
    return f"den sparede kørsel er ca. {mean} {unit} mere værd om året, end turene koster ({low}-{high})"
