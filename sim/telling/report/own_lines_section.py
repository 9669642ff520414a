"""The municipality's own lines beside the net cost, with a sum of their own."""

from sim.telling.report.printed import UNIT, accounts, accounts_of, money
from sim.words.cells import NONE, UNSURE, Cell, Json, change_cell, figure_cell
from sim.words.numbers import unchanged
from sim.words.rounding import Printed, adding_up, nearest
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
    with_part, shown = own["part_year_days"] is not None, money(comparison)
    options = comparison["options"]
    named = {line["option"] for line in own["lines"]}
    periods = [(options, own["options"], "oere", [account.net_cost for account in accounts(comparison)])]
    if with_part:
        blocks = [option["part_year"] for option in options]
        changes = [block["change"]["net_cost_oere"]["mean"] for block in blocks]
        net = [account.net_cost for account in accounts_of(blocks, changes, shown)]
        periods.append((blocks, [sums["part_year"] for sums in own["options"]], "part_year_oere", net))
    rows: list[tuple[Cell, ...]] = []
    for place, option in enumerate(options):
        if option["name"] not in named and options[0]["name"] not in named:
            continue
        lines = [line for line in own["lines"] if line["option"] == option["name"]]
        columns = [
            _column(place, blocks, sums, _lines(own, options, key, shown), net, shown)
            for blocks, sums, key, net in periods
        ]
        told = [NET, *(line["name"] for line in lines), WITH]
        if place:
            told.append(f"ændring i forhold til {unchanged(comparison['year'])}, med egne linjer")
        rows += [(Cell(option["name"]), Cell(name), *cells) for name, *cells in zip(told, *columns, strict=True)]
    header = ("valgmulighed", "linje", "hele året", *(("i budgetåret",) if with_part else ()))
    return Table(f"Kommunens egne linjer, {UNIT} (minus er sparet)", header, tuple(rows))


def _lines(own: Json, options: list[Json], key: str, shown: Printed) -> list[list[int]]:
    """Return the steps of each option's lines, which add up to the nearest of their sum."""
    of_options = [[line[key] / shown.least for line in own["lines"] if line["option"] == o["name"]] for o in options]
    return [adding_up(amounts, nearest(sum(amounts))) for amounts in of_options]


def _column(
    place: int, blocks: list[Json], sums: list[Json], lines: list[list[int]], net: list[int], shown: Printed
) -> list[Cell]:
    """Return net cost, the lines, the two together and the change of that, as they add up."""
    together = [amount + sum(own) for amount, own in zip(net, lines, strict=True)]
    cells = [figure_cell(blocks[place]["net_cost_oere"], shown, net[place])]
    cells += [Cell(shown.with_plus().text(steps)) for steps in lines[place]]
    cells.append(figure_cell(sums[place]["net_cost_with_own_oere"], shown, together[place]))
    if place:
        cells.append(_change(sums[place]["change_with_own_oere"], shown, together[place] - together[0]))
    return cells


def _change(figure: Json | None, shown: Printed, steps: int) -> Cell:
    """Return a change with its middle also where it is uncertain, since the lines above it add up to that."""
    if figure is None:
        return Cell(NONE)
    cell = change_cell(figure, shown, steps)
    return Cell(UNSURE, f"ca. {figure_cell(figure, shown.with_plus(), steps)}") if cell.text == UNSURE else cell


def own_lines_words(comparison: Json) -> list[str]:
    """Return what must be known of the lines; nothing without any."""
    own = comparison.get("own_lines")
    return [] if own is None else list(own["notes"])
