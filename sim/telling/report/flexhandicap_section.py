"""The follow-on cost of flexhandicap, which stands outside the net cost, as a table and sentences."""

from sim.answer.flexhandicap import share_words
from sim.words.cells import Cell, Json, count_cell, figure_cell, thousands
from sim.words.numbers import danish, kroner
from sim.words.table import Table

HEADING = "Afledt udgift til flexhandicap, uden for nettoudgiften"


def flexhandicap_table(comparison: Json) -> Table | None:
    """Return the trips each option turns away, those that come back, and what they cost; None where none is turned away."""
    if comparison.get("flexhandicap") is None:
        return None
    rows = tuple(
        (
            Cell(option["name"]),
            count_cell(option["flexhandicap"]["turned_away_trips"]),
            count_cell(option["flexhandicap"]["trips"]),
            figure_cell(option["flexhandicap"]["cost_oere"], thousands),
        )
        for option in comparison["options"][1:]
    )
    header = ("valgmulighed", "flexture, der falder bort", "heraf igen som flexhandicap", "afledt udgift, 1.000 kr.")
    return Table("Afledt udgift til flexhandicap på et helt år, ikke en del af nettoudgiften", header, rows)


def flexhandicap_sentence(option: Json) -> str | None:
    """Return the line on an option's follow-on cost, None where there is none."""
    found = option.get("flexhandicap")
    return None if found is None else found["sentence"]


def flexhandicap_words(comparison: Json) -> list[str]:
    """Return what the follow-on cost rests on; nothing where there is none."""
    rests_on = comparison.get("flexhandicap")
    if rests_on is None:
        return []
    parts = {key: kroner(rests_on[f"{key}_oere"]) for key in ("operator", "administration", "fare", "cost_per_trip")}
    return [
        f"Regnet med, at {share_words(rests_on['moved_share'])} af turene, der falder bort, kommer igen som flexhandicap; hvor mange"
        " der gør det, er ikke kendt.",
        f"En flexhandicaptur på {danish(rests_on['trip_km'])} km koster kommunen {parts['cost_per_trip']} kr.: vognmand"
        f" {parts['operator']} kr. og administration {parts['administration']} kr., mindre {parts['fare']} kr., som borgeren betaler.",
        *rests_on["notes"],
    ]
