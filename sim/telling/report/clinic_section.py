"""The nurse clinic as tables and sentences, from the ``clinic`` block of the comparison: two accounts, kept apart."""

from collections.abc import Callable

from sim.answer.records import Answer
from sim.answer.records.clinic import Nurses
from sim.telling.report.printed import UNIT, money
from sim.words.cells import Cell, change_cell, figure_cell
from sim.words.numbers import OERE_PER_KRONE, danish, unchanged
from sim.words.rounding import COUNT, Printed
from sim.words.table import Table

HEADING = "Sygeplejeklinik: to regnskaber"
MINUTES_PER_HOUR = 60
MOST_DECIMALS = 4


def clinic_tables(comparison: Answer) -> list[Table]:
    """Return the rides, the nurses' driving, and the two held against each other; none without a clinic."""
    clinic = comparison.clinic
    if clinic is None:
        return []
    nurses, options, shown = clinic.nurses, clinic.options, money(comparison)
    value = shown.steps(nurses.value_oere.mean)
    hours, minutes = _enough(nurses, shown)
    moved = [shown.steps(o.rides_net_cost_oere.mean) for o in options]
    rides = tuple(
        (Cell(o.name), change_cell(o.rides_trips, COUNT), change_cell(o.rides_net_cost_oere, shown, steps))
        for o, steps in zip(options, moved, strict=True)
    )
    saved = (
        (
            Cell(danish(nurses.visits_moved)), Cell(minutes, _whose(nurses.minutes_stated)),
            figure_cell(nurses.hours, hours), Cell(danish(nurses.kr_per_hour), _whose(nurses.kr_stated)),
            figure_cell(nurses.value_oere, shown, value),
        ),
    )  # fmt: skip
    both = tuple(
        (Cell(o.name), change_cell(o.both_oere, shown, steps - value)) for o, steps in zip(options, moved, strict=True)
    )
    return [
        Table(
            f"Transportregnskabet: valgmuligheden i forhold til {unchanged(comparison.year)}, et helt år",
            ("valgmulighed", "ændring i ture", f"mer-/mindreudgift, {UNIT}"),
            rides,
        ),
        Table(
            "Sygeplejens regnskab: sparet kørsel på et helt år, ikke en del af nettoudgiften",
            ("flyttede besøg", "minutters kørsel pr. besøg", "timer", "kr. pr. time", f"værdi, {UNIT}"),
            saved,
        ),
        Table(
            f"De to holdt op mod hinanden: turenes udgift minus værdien af den sparede kørsel, {UNIT}",
            ("valgmulighed", "forskel (minus: kørslen er mere værd)"),
            both,
        ),
    ]


def clinic_words(comparison: Answer) -> list[str]:
    """Return the sentence of each option with the clinic, and what the account rests on."""
    clinic = comparison.clinic
    if clinic is None:
        return []
    nurses = clinic.nurses
    said = [option.sentence for option in clinic.options]
    said += [
        f"{option.name} ændrer også andet end klinikken, så ændringen i transportregnskabet er ikke klinikkens alene."
        for option in clinic.options
        if not option.clinic_alone
    ]
    said.append(
        f"{danish(100 * clinic.flextur_share)} % af besøgene antages at komme med flextur: {danish(clinic.trips_added)}"
        " ture om året, ud og hjem."
    )
    if not nurses.minutes_stated:
        said.append(
            f"Kørslen pr. besøg er regnet af vejene: {danish(nurses.round_trip_minutes, 1)} minutter fra klinikken til en"
            f" ældre borger og tilbage, delt mellem {danish(clinic.assumptions['clinic_visits_per_round'], 1)} besøg på"
            " samme runde."
        )
    return said


def _enough(nurses: Nurses, shown: Printed) -> tuple[Printed, str]:
    """Return how hours are printed, and minutes as text: with the decimals that their products as printed need."""

    def first(confirmed: Callable[[int], bool]) -> int:
        return next((n for n in range(MOST_DECIMALS) if confirmed(n)), MOST_DECIMALS)

    def worth(decimals: int) -> float:
        return round(nurses.hours.mean, decimals) * nurses.kr_per_hour * OERE_PER_KRONE

    decimals = first(lambda n: shown.steps(worth(n)) == shown.steps(nurses.value_oere.mean))
    hours = Printed(1, decimals)

    def driven(decimals: int) -> float:
        return nurses.visits_moved * round(nurses.minutes_per_visit, decimals) / MINUTES_PER_HOUR

    minutes = max(1, first(lambda n: hours.steps(driven(n)) == hours.steps(nurses.hours.mean)))
    return hours, danish(nurses.minutes_per_visit, minutes)


def _whose(stated: bool) -> str:
    return "kommunens tal" if stated else "skøn"
