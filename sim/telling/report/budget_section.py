"""Budget, outturn and supplementary grant as a table and sentences, from the ``budget`` and ``observed`` blocks."""

from sim.answer.records import Answer
from sim.answer.records.budget import Budget, Outturn
from sim.telling.report.phrases import date_words
from sim.telling.report.printed import UNIT, percents
from sim.words.cells import NONE, UNSURE, Cell, between, figure_cell, span
from sim.words.figure import Figure
from sim.words.numbers import danish, kroner
from sim.words.rounding import KRONER, THOUSANDS, Printed, outwards
from sim.words.table import Table
from tariffs.typed import MONTHS

HEADING = "Budget og forventet regnskab"
OBSERVED_HEADING = "Tilpasset kommunens egne måneder"
SMALL_OERE = 10_000_000
PLUSTUR_ON_TOP = " Månedernes passagerer er regnet som flexturs; i modellens tal er plustur med."
METHODS = ("lige fremskrivning", "simuleret")
"""The two ways to an outturn, the officers' own first."""


def budget_tables(comparison: Answer) -> list[Table]:
    """Return the outturn of each option by both methods, and what is spent beside what is simulated; none without a budget."""
    budget = comparison.budget
    if budget is None:
        return []
    shown, unit = _formatter(budget)
    limit = None if budget.budget_oere is None else shown.steps(budget.budget_oere)
    rows = [
        (Cell(option.name, name), *_outturn(outturn, outturn_steps(outturn, today, shown), limit, shown))
        for option in budget.options
        for name, outturn, today in zip(METHODS, option.methods, budget.options[0].methods, strict=True)
        if outturn is not None
    ]
    header = ("valgmulighed", "forventet regnskab", "budget", "afvigelse", "tillægsbevilling")
    tables = [Table(f"Forventet regnskab {comparison.year}, {unit} (+ er merforbrug)", header, tuple(rows))]
    to_date = budget.to_date
    if to_date is not None and budget.spent_to is not None:
        simulated, over = (shown.steps(figure.mean) for figure in (to_date.simulated_oere, to_date.deviation_oere))
        (share,), per_cent = percents([to_date.deviation_percent], [(over, simulated)])
        tables.append(
            Table(
                f"Til og med {date_words(budget.spent_to)} (dag {budget.days_gone} af {budget.days_in_year}), {unit}",
                ("nuværende ordning", "forbrug", "simuleret for de samme dage", "afvigelse", "i procent"),
                (
                    (
                        Cell(comparison.options[0].name),
                        Cell(shown.text(simulated + over)),
                        _amount(to_date.simulated_oere, shown, simulated),
                        figure_cell(to_date.deviation_oere, shown.with_plus(), over),
                        figure_cell(share, per_cent.with_plus()),
                    ),
                ),
            )
        )
    return tables


def budget_words(comparison: Answer) -> list[str]:
    """Return a sentence for each option, and how the two methods are meant."""
    budget = comparison.budget
    if budget is None:
        return []
    said = [option.sentence for option in budget.options]
    several, start = len(budget.options) > 1, comparison.start
    if budget.spent_to is not None:
        line = "Lige fremskrivning er forbruget delt med dagene, der er gået, gange årets dage"
        said.append(
            f"{line}; de andre valgmuligheder er den og deres virkning i budgetåret." if several else f"{line}."
        )
        weight = budget.spending_weight
        level = (
            "uden at de er afpasset efter forbruget"  # as answers of before 0.5.0 were calculated
            if weight is None
            else f"på det niveau, forbruget viser (vægt {danish(100 * weight)} %)"
        )
        said.append(
            f"Simuleret er forbruget og de simulerede dage, der er tilbage, {level}; tabellen nederst viser, hvad modellen selv"
            " regner for de dage, der er gået."
        )
    elif several:
        said.append(
            "Uden en startdato er hver valgmulighed regnet for hele året."
            if start is None
            else f"Valgmulighederne gælder fra {date_words(start)}; før den dag gælder nuværende ordning."
        )
    return said


def observed_tables(comparison: Answer) -> list[Table]:
    """Return the months that the model was fitted to; none without them."""
    observed = comparison.observed
    if observed is None:
        return []
    cost = observed.cost_oere or [None] * len(observed.months)
    rows = tuple(
        (
            Cell(f"{MONTHS[month - 1]} {observed.year}"),
            Cell(danish(count)),
            Cell(NONE if oere is None else kroner(oere)),
        )
        for month, count, oere in zip(observed.months, observed.passengers, cost, strict=True)
    )
    return [Table("Observeret", ("måned", "passagerer", "nettoudgift, kr."), rows)]


def observed_words(comparison: Answer) -> list[str]:
    """Return what the municipality's own months made of the model, none without them."""
    observed = comparison.observed
    if observed is None:
        return []
    said = list(observed.notes)
    rate = observed.rate
    if rate is not None:
        said.append(
            f"Med den pris for en køretime giver modellen {kroner(rate.simulated_oere)} kr. mod de oplyste"
            f" {kroner(rate.observed_oere)} kr., og {danish(rate.simulated_passengers)} passagerer mod"
            f" {danish(sum(observed.passengers))}."
        )
        if "plustur" in comparison.volume.reference:
            said[-1] += PLUSTUR_ON_TOP
    return said


def _formatter(budget: Budget) -> tuple[Printed, str]:
    """Return how all the amounts are printed, so that the table adds up as it stands, and their unit."""
    told = [outturn for option in budget.options for outturn in option.methods if outturn is not None]
    figures = [
        figure for outturn in told for figure in (outturn.outturn_oere, outturn.deviation_oere) if figure is not None
    ]
    small = max(abs(number) for figure in figures for number in figure.numbers) < SMALL_OERE
    return (KRONER, "kr.") if small else (THOUSANDS, UNIT)


def outturn_steps(block: Outturn, today: Outturn | None, shown: Printed) -> int:
    """Return an outturn as printed: today's and the change from it, as the budget year stands among the years ahead."""
    mean = block.outturn_oere.mean
    if today is None:
        return shown.steps(mean)
    first = today.outturn_oere.mean
    return shown.moved(shown.steps(first), mean - first)[0]


def _outturn(block: Outturn, steps: int, limit: int | None, shown: Printed) -> tuple[Cell, ...]:
    """Return outturn, budget, deviation and grant: the first is the two after it together, as printed."""
    outturn = _amount(block.outturn_oere, shown, steps)
    if limit is None or block.deviation_oere is None:
        return outturn, Cell(NONE), Cell(NONE), Cell(NONE)
    over = steps - limit
    return outturn, Cell(shown.text(limit)), _deviation(block, over, shown), _grant(block, over, shown)


def _grant(block: Outturn, over: int, shown: Printed) -> Cell:
    """Return the grant: what the deviation as printed, and its interval, have above the budget."""
    grant, deviation = block.tillaegsbevilling_oere, block.deviation_oere
    if grant is None or deviation is None:
        return _amount(grant, shown)
    text = shown.text(max(0, over)) if grant.mean else shown(grant.mean)
    if grant.p10 == grant.p90:
        return Cell(text)
    low, high = (max(0.0, end) for end in outwards(deviation.p10, deviation.p90, shown.least))
    return Cell(text, f"({between(low, high, shown)})")


def _amount(figure: Figure | None, shown: Printed, steps: int | None = None) -> Cell:
    """Return an amount, without an interval where it has none."""
    if figure is None:
        return Cell(NONE)
    cell = figure_cell(figure, shown, steps)
    return Cell(cell.text) if figure.p10 == figure.p90 else cell


def _deviation(block: Outturn, over: int, shown: Printed) -> Cell:
    figure = block.deviation_oere
    if figure is not None and block.verdict == UNSURE:
        return Cell(UNSURE, f"({span(figure, shown.with_plus())})")
    return _amount(figure, shown.with_plus(), over)
