"""What the change in net cost is made of, as a table."""

from sim.words.cells import Cell, Json, change_cell, figure_cell, signed, thousands
from sim.words.table import Table

PARTS = {
    "fewer_trips": "brugerbetaling fra ture, der falder bort eller kommer til",
    "higher_fares": "brugerbetaling fra ture, der køres som før",
    "operator_payment": "vognmandsbetaling",
    "movia_fee": "betaling til Movia",
    "plustur": "plustur i alt",
}
WORDS = (
    "Ændringen i nettoudgift er delt op på de samme ture: ture, der falder bort, tager deres brugerbetaling med sig (merudgift), nye"
    " ture bringer deres (mindreudgift), og de ture, der køres både før og efter, betaler mere eller mindre. Vognmandsbetaling og"
    " betaling til Movia er flexturs; plusturs tre beløb står samlet. Delene giver tilsammen ændringen i hver beregning."
)


def waterfall_table(comparison: Json) -> Table | None:
    """Return the parts of each option's change; None for a comparison without them, or with one option.

    A part's mean stands also where its interval crosses zero, so that the parts add up; the sum says when it is uncertain.
    """
    rows = tuple(
        (
            Cell(option["name"]),
            *(figure_cell(part["oere"], signed(thousands)) for part in option["waterfall"]),
            change_cell(option["change"]["net_cost_oere"], thousands),
        )
        for option in comparison["options"][1:]
        if option.get("waterfall")
    )
    header = ("valgmulighed", *PARTS.values(), "ændring i nettoudgift")
    return Table("Hvad ændringen består af, 1.000 kr. om året (+ er merudgift)", header, rows) if rows else None
