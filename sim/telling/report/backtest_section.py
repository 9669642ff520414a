"""The backtest as a table and sentences: what the model would have said of the municipality's own months, and what they were."""

from collections.abc import Callable

from sim.answer.budget.backtest import Backtest, Said
from sim.study.replicated.figures import Figure
from sim.words.cells import NONE, Cell
from sim.words.numbers import OERE_PER_KRONE, danish
from sim.words.table import Table
from tariffs.typed import MONTHS


def backtest_table(found: Backtest) -> Table:
    """Return a row for each month: said before it was seen, what it was, and the year by both methods."""
    unit = "1.000 kr." if found.of_cost else "passagerer"
    what = "nettoudgift" if found.of_cost else "passagerer"
    header = (
        "måned", "modellen sagde", "det blev", "modellens afvigelse i procent", "i intervallet", "lige fremskrivning sagde",
        "modellen sagde om året", "lige fremskrivning om året",
    )  # fmt: skip
    shown = _thousands if found.of_cost else danish
    rows = tuple(_row(said, shown) for said in found.months)
    caption = f"{MONTHS[found.months[0].month - 1].capitalize()}-{MONTHS[found.months[-1].month - 1]} {found.year}"
    return Table(f"{caption}, {what}, {unit}: modellens bud, før måneden var set", header, rows)


def backtest_words(found: Backtest) -> list[str]:
    """Return what the table shows, and how it was made."""
    inside, of = found.inside
    model, line = found.errors
    what = "nettoudgift" if found.of_cost else "passagertal"
    said = [
        f"{inside} af {of} måneders {what} blev inden for det interval, som modellen gav, før måneden var set; omkring 8 af 10"
        " ventes. Den første måned er ikke talt med: før den ved modellen intet om kommunen.",
        f"Modellen lå i gennemsnit {danish(model, 1)} % fra måneden, lige fremskrivning {danish(line, 1)} %.",
        "Modellen begynder uden kommunens egne tal (Movias total fordelt, standardens månedsprofil) og lærer niveauet af de"
        " måneder, der er set, som en prognose lærer af forbruget. Den er regnet med skønnet, ikke simuleret.",
    ]
    if len(found.months) == 12:
        total = sum(month.was for month in found.months)
        half = found.months[6]
        unit = "tusinde kr." if found.of_cost else "passagerer"
        shown = _thousands if found.of_cost else danish
        by_line = "" if half.year_line is None else f", lige fremskrivning {shown(half.year_line)}"
        said.insert(
            2,
            f"Efter seks måneder sagde modellen {_interval(half.year_said, shown)} {unit} for året{by_line}; det blev {shown(total)}.",
        )
    return said


def _row(said: Said, shown: Callable[[float], str]) -> tuple[Cell, ...]:
    percent = (
        NONE
        if not said.was
        else f"{100 * (said.said.mean / said.was - 1):+.1f}".replace(".", ",").replace("-", "\u2212")
    )
    return (
        Cell(MONTHS[said.month - 1]),
        Cell(shown(said.said.mean), f"({shown(said.said.p10)}-{shown(said.said.p90)})"),
        Cell(shown(said.was)),
        Cell(percent),
        Cell("ja" if said.is_inside else "nej"),
        Cell(NONE if said.line is None else shown(said.line)),
        Cell(shown(said.year_said.mean), f"({shown(said.year_said.p10)}-{shown(said.year_said.p90)})"),
        Cell(NONE if said.year_line is None else shown(said.year_line)),
    )


def _interval(figure: Figure, shown: Callable[[float], str]) -> str:
    return f"{shown(figure.mean)} ({shown(figure.p10)}-{shown(figure.p90)})"


def _thousands(oere: float) -> str:
    return danish(oere / OERE_PER_KRONE / 1000)
