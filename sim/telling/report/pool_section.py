"""The pool in a comparison: the municipality's operator payment beside what the vehicles all together cost, and how trips are driven."""

from sim.words.cells import NONE, Cell, Json, change_cell, thousands
from sim.words.numbers import danish
from sim.words.table import Table

HEADING = "Fælles vogne"
WORDS = (
    "Flextur kører i de samme vogne som den visiterede kørsel. Kommunens vognmandsbetaling er dens del af vagterne. Når ture"
    " falder bort, er noget af betalingen ikke væk: garantivognenes timer bliver, og andre ture bærer mere af dem. Hvad alle"
    " vogne koster mindre eller mere, står ved siden af. En tur er samkørt, når en anden bestilling er i vognen undervejs, og"
    " koordineret, når den er samkørt eller kørt i forlængelse af en anden."
)


def pool_table(comparison: Json) -> Table | None:
    """Return the change in the municipality's payment beside the pool's, and how trips are shared; None for a comparison without."""
    options = comparison["options"]
    if "coordinated_percent" not in options[0]:
        return None
    rows = []
    for option in options:
        bill, pool = option["operator_payment_change_oere"], option["avoidable_cost_change_oere"]
        rows.append(
            (
                Cell(option["name"]),
                Cell(NONE) if bill is None else change_cell(bill, thousands),
                Cell(NONE) if pool is None else change_cell(pool, thousands),
                _percent(option["shared_percent"]),
                _percent(option["coordinated_percent"]),
            )
        )
    header = (
        "valgmulighed", "ændring i kommunens vognmandsbetaling", "ændring i hvad alle vogne koster", "samkørte ture",
        "koordinerede ture",
    )  # fmt: skip
    return Table(
        "Vognmandsbetaling: kommunens andel, og hvad alle vogne koster, 1.000 kr. om året", header, tuple(rows)
    )


def _percent(figure: Json | None) -> Cell:
    if figure is None:
        return Cell(NONE)
    return Cell(f"{danish(figure['mean'])} %", f"({danish(figure['p10'])}-{danish(figure['p90'])})")
