"""The municipality's own lines beside the net cost, with a sum of their own."""

from collections.abc import Sequence

from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.answer.records.own_lines import OwnLines, WithOwn
from sim.answer.records.totals import Totals
from sim.telling.report.printed import UNIT, accounts, accounts_of, money
from sim.words.cells import NONE, UNSURE, Cell, change_cell, figure_cell
from sim.words.figure import Figure
from sim.words.numbers import nearest, unchanged
from sim.words.rounding import Printed, adding_up
from sim.words.table import Table

HEADING = "Kommunens egne linjer"
NET, WITH = "nettoudgift (beregnet)", "nettoudgift med kommunens egne linjer"


def own_lines_table(comparison: Answer) -> Table | None:
    """Return each option's net cost, its lines, and the two together; None without lines.

    Options that no line moves are left out.
    """
    own = comparison.own_lines
    if own is None:
        return None
    with_part, shown = own.part_year_days is not None, money(comparison)
    options = comparison.options
    named = {line.option for line in own.lines}
    year = [account.net_cost for account in accounts(comparison)]
    of_year = _lines(own, options, [line.oere for line in own.lines], shown)
    periods: list[tuple[Sequence[Totals], Sequence[WithOwn], list[list[int]], list[int]]] = [
        (options, own.options, of_year, year)
    ]
    if with_part:
        blocks = [option.part_year for option in options if option.part_year]
        net = [
            account.net_cost for account in accounts_of(blocks, [b.change.net_cost_oere.mean for b in blocks], shown)
        ]
        of_part = _lines(own, options, [line.part_year_oere or 0 for line in own.lines], shown)
        periods.append((blocks, [sums.part_year for sums in own.options if sums.part_year], of_part, net))
    rows: list[tuple[Cell, ...]] = []
    for place, option in enumerate(options):
        if option.name not in named and options[0].name not in named:
            continue
        lines = [line for line in own.lines if line.option == option.name]
        columns = [_column(place, *period, shown) for period in periods]
        told = [NET, *(line.name for line in lines), WITH]
        if place:
            told.append(f"ændring i forhold til {unchanged(comparison.year)}, med egne linjer")
        rows += [(Cell(option.name), Cell(name), *cells) for name, *cells in zip(told, *columns, strict=True)]
    header = ("valgmulighed", "linje", "hele året", *(("i budgetåret",) if with_part else ()))
    return Table(f"Kommunens egne linjer, {UNIT} (minus er sparet)", header, tuple(rows))


def _lines(own: OwnLines, options: Sequence[OptionAnswer], amounts: list[int], shown: Printed) -> list[list[int]]:
    """Return the steps of each option's lines, which add up to the nearest of their sum."""
    of_lines = [(line.option, oere / shown.least) for line, oere in zip(own.lines, amounts, strict=True)]
    of_options = [[amount for name, amount in of_lines if name == option.name] for option in options]
    return [adding_up(steps, nearest(sum(steps))) for steps in of_options]


def _column(
    place: int,
    blocks: Sequence[Totals],
    sums: Sequence[WithOwn],
    lines: list[list[int]],
    net: list[int],
    shown: Printed,
) -> list[Cell]:
    """Return net cost, the lines, the two together and the change of that, as they add up."""
    together = [amount + sum(own) for amount, own in zip(net, lines, strict=True)]
    cells = [figure_cell(blocks[place].net_cost_oere, shown, net[place])]
    cells += [Cell(shown.with_plus().text(steps)) for steps in lines[place]]
    cells.append(figure_cell(sums[place].net_cost_with_own_oere, shown, together[place]))
    if place:
        cells.append(_change(sums[place].change_with_own_oere, shown, together[place] - together[0]))
    return cells


def _change(figure: Figure | None, shown: Printed, steps: int) -> Cell:
    """Return a change with its middle also where it is uncertain, since the lines above it add up to that."""
    if figure is None:
        return Cell(NONE)
    cell = change_cell(figure, shown, steps)
    return Cell(UNSURE, f"ca. {figure_cell(figure, shown.with_plus(), steps)}") if cell.text == UNSURE else cell


def own_lines_words(comparison: Answer) -> list[str]:
    """Return what must be known of the lines; nothing without any."""
    own = comparison.own_lines
    return [] if own is None else list(own.notes)
