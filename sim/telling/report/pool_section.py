"""The pool in a comparison: the municipality's operator payment beside what the vehicles all together cost, and how trips are driven."""

from sim.answer.quantities import columns_of, quantities
from sim.answer.records import Answer
from sim.telling.report.printed import accounts, money
from sim.telling.report.quantity_cell import quantity_cell
from sim.words.cells import NONE, Cell, change_cell
from sim.words.table import Table

HEADING = "Fælles vogne"
WORDS = (
    "Flextur kører i de samme vogne som den visiterede kørsel. Kommunens vognmandsbetaling er dens del af vagterne. Når ture"
    " falder bort, er noget af betalingen ikke væk: garantivognenes timer bliver, og andre ture bærer mere af dem. Hvad alle"
    " vogne koster mindre eller mere, står ved siden af. En tur er samkørt, når en anden bestilling er i vognen undervejs, og"
    " koordineret, når den er samkørt eller kørt i forlængelse af en anden."
)


def pool_table(comparison: Answer) -> Table | None:
    """Return the change in the municipality's payment beside the pool's, and how trips are shared; None for a comparison without."""
    options = comparison.options
    if options[0].coordinated_percent is None:
        return None
    rows, shown, year, driving = [], money(comparison), accounts(comparison), columns_of("driving")
    for own, option in zip(year, options, strict=True):
        bill, pool = option.operator_payment_change_oere, option.avoidable_cost_change_oere
        rows.append(
            (
                Cell(option.name),
                Cell(NONE)
                if bill is None
                else change_cell(bill, shown, own.operator_payment - year[0].operator_payment),
                Cell(NONE) if pool is None else change_cell(pool, shown),
                *(quantity_cell(quantity, option) for quantity in driving),
            )
        )
    known = quantities()
    heads = ("valgmulighed", known["operator_payment_change"].head.da, known["avoidable_cost_change"].head.da)
    header = (*heads, *(quantity.head.da for quantity in driving))
    return Table(
        "Vognmandsbetaling: kommunens andel, og hvad alle vogne koster, 1.000 kr. om året", header, tuple(rows)
    )
