"""The follow-on cost of flexhandicap, which stands outside the net cost, as a table and sentences."""

from sim.answer.flexhandicap import share_words
from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.words.cells import Cell, count_cell, figure_cell
from sim.words.numbers import danish, kroner
from sim.words.rounding import thousands_for
from sim.words.table import Table

HEADING = "Afledt udgift til flexhandicap, uden for nettoudgiften"


def flexhandicap_table(comparison: Answer) -> Table | None:
    """Return the trips each option turns away, those that come back, and what they cost; None where none is turned away."""
    if comparison.flexhandicap is None:
        return None
    found = [(option.name, option.flexhandicap) for option in comparison.options[1:] if option.flexhandicap]
    shown = thousands_for(account.cost_oere for _, account in found)
    rows = tuple(
        (
            Cell(name), count_cell(account.turned_away_trips), count_cell(account.trips),
            figure_cell(account.cost_oere, shown),
        )
        for name, account in found
    )  # fmt: skip
    header = ("valgmulighed", "flexture, der falder bort", "heraf igen som flexhandicap", "afledt udgift, 1.000 kr.")
    return Table("Afledt udgift til flexhandicap på et helt år, ikke en del af nettoudgiften", header, rows)


def flexhandicap_sentence(option: OptionAnswer) -> str | None:
    """Return the line on an option's follow-on cost, None where there is none."""
    found = option.flexhandicap
    return None if found is None else found.sentence


def flexhandicap_words(comparison: Answer) -> list[str]:
    """Return what the follow-on cost rests on; nothing where there is none."""
    rests_on = comparison.flexhandicap
    if rests_on is None:
        return []
    return [
        f"Regnet med, at {share_words(rests_on.moved_share)} af turene, der falder bort, kommer igen som flexhandicap; hvor mange"
        " der gør det, er ikke kendt.",
        f"En flexhandicaptur på {danish(rests_on.trip_km)} km koster kommunen {kroner(rests_on.cost_per_trip_oere)} kr.: vognmand"
        f" {kroner(rests_on.operator_oere)} kr. og administration {kroner(rests_on.administration_oere)} kr., mindre"
        f" {kroner(rests_on.fare_oere)} kr., som borgeren betaler.",
        *rests_on.notes,
    ]
