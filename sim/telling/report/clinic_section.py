"""The nurse clinic as tables and sentences, from the ``clinic`` block of the comparison: two accounts, kept apart."""

from sim.words.cells import Cell, Json, change_cell, count_cell, millions_cell
from sim.words.numbers import danish, unchanged
from sim.words.table import Table

HEADING = "Sygeplejeklinik: to regnskaber"


def clinic_tables(comparison: Json) -> list[Table]:
    """Return the rides, the nurses' driving, and the two held against each other; none without a clinic."""
    clinic = comparison.get("clinic")
    if clinic is None:
        return []
    nurses, options = clinic["nurses"], clinic["options"]
    rides = tuple(
        (Cell(o["name"]), change_cell(o["rides_trips"], danish), change_cell(o["rides_net_cost_oere"])) for o in options
    )
    saved = (
        (
            Cell(danish(nurses["visits_moved"])), Cell(danish(nurses["minutes_per_visit"], 1), _whose(nurses["minutes_stated"])),
            count_cell(nurses["hours"]), Cell(danish(nurses["kr_per_hour"]), _whose(nurses["kr_stated"])),
            millions_cell(nurses["value_oere"]),
        ),
    )  # fmt: skip
    both = tuple((Cell(o["name"]), change_cell(o["both_oere"])) for o in options)
    return [
        Table(
            f"Transportregnskabet: valgmuligheden i forhold til {unchanged(comparison['year'])}, et helt år",
            ("valgmulighed", "ændring i ture", "mer-/mindreudgift, mio. kr."),
            rides,
        ),
        Table(
            "Sygeplejens regnskab: sparet kørsel på et helt år, ikke en del af nettoudgiften",
            ("flyttede besøg", "minutters kørsel pr. besøg", "timer", "kr. pr. time", "værdi, mio. kr."),
            saved,
        ),
        Table(
            "De to holdt op mod hinanden: turenes udgift minus værdien af den sparede kørsel, mio. kr.",
            ("valgmulighed", "forskel (minus: kørslen er mere værd)"),
            both,
        ),
    ]


def clinic_words(comparison: Json) -> list[str]:
    """Return the sentence of each option with the clinic, and what the account rests on."""
    clinic = comparison.get("clinic")
    if clinic is None:
        return []
    nurses = clinic["nurses"]
    said = [option["sentence"] for option in clinic["options"]]
    said += [
        f"{option['name']} ændrer også andet end klinikken, så ændringen i transportregnskabet er ikke klinikkens alene."
        for option in clinic["options"]
        if not option["clinic_alone"]
    ]
    said.append(
        f"{danish(100 * clinic['flextur_share'])} % af besøgene antages at komme med flextur: {danish(clinic['trips_added'])}"
        " ture om året, ud og hjem."
    )
    if not nurses["minutes_stated"]:
        said.append(
            f"Kørslen pr. besøg er regnet af vejene: {danish(nurses['round_trip_minutes'], 1)} minutter fra klinikken til en"
            f" ældre borger og tilbage, delt mellem {danish(clinic['assumptions']['clinic_visits_per_round'], 1)} besøg på"
            " samme runde."
        )
    return said


def _whose(stated: bool) -> str:
    return "kommunens tal" if stated else "skøn"
