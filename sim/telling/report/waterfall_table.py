"""What the change in net cost is made of, as a table."""

from sim.answer.quantities import quantities
from sim.answer.records import Answer
from sim.study.replicated.waterfall_parts import WATERFALL_KEYS
from sim.telling.report.printed import UNIT, accounts, money, parts_in_play, waterfall_steps
from sim.words.cells import Cell, change_cell, figure_cell, signed
from sim.words.table import Table

PARTS = {part: quantities()[part].head.da for part in WATERFALL_KEYS}
WORDS = (
    "Ændringen i nettoudgift er delt op på de samme ture: ture, der falder bort, tager deres brugerbetaling med sig (merudgift), nye"
    " ture bringer deres (mindreudgift), og de ture, der køres både før og efter, betaler mere eller mindre. Vognmandsbetaling og"
    " betaling til Movia er flexturs; plusturs tre beløb står samlet. Delene giver tilsammen ændringen i hver beregning."
)


def waterfall_table(comparison: Answer) -> Table | None:
    """Return the parts of each option's change; None for a comparison without them, or with one option.

    Plustur has no column where no option has it. A part's mean stands also where its interval crosses zero, so that the parts
    add up; the sum says when it is uncertain.
    """
    shown, kept = money(comparison), parts_in_play(comparison)
    rows = tuple(
        (
            Cell(option.name),
            *(
                figure_cell(part.oere, signed(shown), steps)
                for part, steps in zip(option.waterfall, waterfall_steps(comparison, place), strict=True)
                if part.id in kept
            ),
            change_cell(option.change.net_cost_oere, shown, accounts(comparison)[place].change),
        )
        for place, option in enumerate(comparison.options)
        if place and option.waterfall
    )
    header = ("valgmulighed", *(PARTS[part] for part in kept), "ændring i nettoudgift")
    return Table(f"Hvad ændringen består af, {UNIT} om året (+ er merudgift)", header, rows) if rows else None
