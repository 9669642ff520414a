"""Net cost by those who live in the municipality, and by the older ones, who ride most."""

from sim.answer.quantities import quantities
from sim.answer.records import Answer
from sim.words.cells import Cell, kroner_cell
from sim.words.numbers import danish
from sim.words.table import Table

BASIS = {"known": "", "interpolated": ", mellem tallene for 2014 og 2020", "projected": ", fremskrevet fra 2021"}
"""How a year's residents are known, as the caption adds it; comparisons of before 0.5.0 had those of 2020."""


def residents_table(comparison: Answer) -> Table | None:
    """Return net cost per resident and per resident of 70 or more; None for a comparison without the latter."""
    older = comparison.population_older
    if not older:
        return None
    rows = tuple(
        (
            Cell(option.name),
            kroner_cell(option.net_cost_per_resident_oere),
            kroner_cell(option.net_cost_per_older_resident_oere),
        )
        for option in comparison.options
    )
    each = (quantities()[f"net_cost_per_{who}"].head.da for who in ("resident", "older_resident"))
    header = ("valgmulighed", *each)
    caption = (
        f"Nettoudgift pr. indbygger ({danish(comparison.population)}) og pr. ældre ({danish(older)})"
        f" i {comparison.population_year or 2020}{BASIS[comparison.population_basis or 'known']}"
    )
    return Table(caption, header, rows)
