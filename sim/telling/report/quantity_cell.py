"""The cell of any published number of an option, printed by its unit."""

from sim.answer.quantities import Quantity
from sim.answer.records.option import OptionAnswer
from sim.words.cells import Cell, Formatter, figure_cell, span
from sim.words.rounding import COUNT, KRONER, THOUSANDS, Printed

SHOWN: dict[str, Formatter] = {
    "count": COUNT,
    "oere": THOUSANDS,
    "oere_per": KRONER,
    "percent": COUNT,
    "minutes": Printed(1, 1),
}


def quantity_cell(quantity: Quantity, option: OptionAnswer) -> Cell:
    """Return a number of an option with its interval; a dash where it is unknown."""
    figure, shown = quantity.of(option), SHOWN[quantity.unit]
    if figure is None or quantity.unit != "percent":
        return figure_cell(figure, shown)
    return Cell(f"{shown(figure.mean)} %", f"({span(figure, shown)})")
