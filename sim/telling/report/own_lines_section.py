"""The municipality's own lines beside the net cost, with a sum of their own."""

from sim.words.cells import NONE, UNSURE, Cell, Json, change_cell, figure_cell, signed, thousands
from sim.words.numbers import unchanged
from sim.words.table import Table

HEADING = "Kommunens egne linjer"
NET, WITH = "nettoudgift (beregnet)", "nettoudgift med kommunens egne linjer"


def own_lines_table(comparison: Json) -> Table | None:
    """Return each option's net cost, its lines, and the two together; None without lines.

    Options that no line moves are left out.
    """
    own = comparison.get("own_lines")
    if own is None:
        return None
    with_part = own["part_year_days"] is not None
    named = {line["option"] for line in own["lines"]}
    rows: list[tuple[Cell, ...]] = []
    for place, (option, moved) in enumerate(zip(comparison["options"], own["options"], strict=True)):
        if option["name"] not in named and comparison["options"][0]["name"] not in named:
            continue
        periods = [(option, moved), *([(option["part_year"], moved["part_year"])] if with_part else [])]
        told = [(NET, [figure_cell(block["net_cost_oere"], thousands) for block, _ in periods])]
        for line in own["lines"]:
            if line["option"] == option["name"]:
                amounts = [line["oere"], *([line["part_year_oere"]] if with_part else [])]
                told.append((line["name"], [Cell(signed(thousands)(oere)) for oere in amounts]))
        told.append((WITH, [figure_cell(sums["net_cost_with_own_oere"], thousands) for _, sums in periods]))
        if place:
            changes = [sums["change_with_own_oere"] for _, sums in periods]
            told.append(
                (
                    f"ændring i forhold til {unchanged(comparison['year'])}, med egne linjer",
                    [_change(c) for c in changes],
                )
            )
        rows += [(Cell(option["name"]), Cell(name), *cells) for name, cells in told]
    header = ("valgmulighed", "linje", "hele året", *(("i budgetåret",) if with_part else ()))
    return Table("Kommunens egne linjer, 1.000 kr. (minus er sparet)", header, tuple(rows))


def _change(figure: Json | None) -> Cell:
    """Return a change with its middle also where it is uncertain, since the lines above it add up to that."""
    if figure is None:
        return Cell(NONE)
    cell = change_cell(figure, thousands)
    return Cell(UNSURE, f"ca. {figure_cell(figure, signed(thousands))}") if cell.text == UNSURE else cell


def own_lines_words(comparison: Json) -> list[str]:
    """Return what must be known of the lines; nothing without any."""
    own = comparison.get("own_lines")
    return [] if own is None else list(own["notes"])
