"""The clinic's two accounts in an officer's words."""

from sim.answer.records.clinic import Nurses
from sim.answer.wording import amounts
from sim.words.figure import Figure
from sim.words.numbers import approximately, danish


def clinic_sentence(town: str, name: str, option: str, rides: Figure, both: Figure, nurses: Nurses) -> str:
    """Return what the rides cost, what driving the nurses save, and whether the two together are sure of their sign.

    ``rides`` is what the rides add to the net cost, ``both`` that less what the driving is worth, oere a year.
    """
    worth, low, high, unit = amounts(nurses.value_oere, signed=False)
    return (
        f"Klinikken {name} i {town} med {danish(nurses.visits_moved)} flyttede besøg om året."
        f" Transportregnskabet: {option} {_moved(rides)}."
        f" Sygeplejens regnskab, som ikke er en del af nettoudgiften: der spares ca. {approximately(nurses.hours.mean)} timers"
        f" kørsel, svarende til ca. {worth} {unit} om året ({low}-{high})."
        f" Holdt op mod hinanden: {_together(both)}."
        " Timerne bliver kun til penge, hvis de bruges til andet eller falder bort."
    )


def _moved(rides: Figure) -> str:
    if rides.is_nothing:
        return "ændrer ikke nettoudgiften"
    mean, low, high, unit = amounts(rides, signed=not rides.sign_is_sure)
    if not rides.sign_is_sure:
        return f"kan blive mer- eller mindreudgift ({low} til {high} {unit} om året)"
    return f"giver en {'merudgift' if rides.mean > 0 else 'mindreudgift'} på ca. {mean} {unit} om året ({low}-{high})"


def _together(both: Figure) -> str:
    mean, low, high, unit = amounts(both, signed=not both.sign_is_sure)
    if not both.sign_is_sure:
        return f"usikkert, om den sparede kørsel er mere eller mindre værd end turene koster ({low} til {high} {unit} om året)"
    if both.mean > 0:
        return f"turene koster ca. {mean} {unit} mere om året, end den sparede kørsel er værd ({low}-{high})"
    return f"den sparede kørsel er ca. {mean} {unit} mere værd om året, end turene koster ({low}-{high})"
