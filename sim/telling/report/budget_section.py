"""Budget, outturn and supplementary grant as a table and sentences, from the ``budget`` and ``observed`` blocks."""

from functools import partial

from sim.telling.report.phrases import date_words
from sim.words.cells import NONE, UNSURE, Cell, Formatter, Json, between, figure_cell, signed
from sim.words.numbers import danish, kroner, millions, telling_decimals
from sim.words.table import Table
from tariffs.typed import MONTHS

HEADING = "Budget og forventet regnskab"
OBSERVED_HEADING = "Tilpasset kommunens egne måneder"
SMALL_OERE = 10_000_000
METHODS = (("straight_line", "lige fremskrivning"), ("simulated", "simuleret"))
"""The two ways to an outturn, the officers' own first."""


def budget_tables(comparison: Json) -> list[Table]:
    """Return the outturn of each option by both methods, and what is spent beside what is simulated; none without a budget."""
    budget = comparison.get("budget")
    if budget is None:
        return []
    shown, unit = _formatter(budget)
    rows = [
        (
            Cell(option["name"], name),
            _amount(option[key]["outturn_oere"], shown),
            Cell(NONE if budget["budget_oere"] is None else shown(budget["budget_oere"])),
            _deviation(option[key], shown),
            _amount(option[key]["tillaegsbevilling_oere"], shown),
        )
        for option in budget["options"]
        for key, name in METHODS
        if option[key] is not None
    ]
    header = ("valgmulighed", "forventet regnskab", "budget", "afvigelse", "tillægsbevilling")
    tables = [Table(f"Forventet regnskab {comparison['year']}, {unit} (+ er merforbrug)", header, tuple(rows))]
    to_date = budget["to_date"]
    if to_date is not None:
        tables.append(
            Table(
                f"Til og med {date_words(budget['spent_to'])} (dag {budget['days_gone']} af {budget['days_in_year']}), {unit}",
                ("nuværende ordning", "forbrug", "simuleret for de samme dage", "afvigelse", "i procent"),
                (
                    (
                        Cell(comparison["options"][0]["name"]),
                        Cell(shown(to_date["actual_oere"])),
                        _amount(to_date["simulated_oere"], shown),
                        figure_cell(to_date["deviation_oere"], signed(shown)),
                        figure_cell(to_date["deviation_percent"], signed(partial(danish, decimals=1))),
                    ),
                ),
            )
        )
    return tables


def budget_words(comparison: Json) -> list[str]:
    """Return a sentence for each option, and how the two methods are meant."""
    budget = comparison.get("budget")
    if budget is None:
        return []
    said = [option["sentence"] for option in budget["options"]]
    several, start = len(budget["options"]) > 1, comparison["start"]
    if budget["spent_to"] is not None:
        line = "Lige fremskrivning er forbruget delt med dagene, der er gået, gange årets dage"
        said.append(
            f"{line}; de andre valgmuligheder er den og deres virkning i budgetåret." if several else f"{line}."
        )
        weight = budget.get("spending_weight")
        level = (
            "uden at de er afpasset efter forbruget"  # as answers of before 0.5.0 were calculated
            if weight is None
            else f"på det niveau, forbruget viser (vægt {danish(100 * weight)} %)"
        )
        said.append(
            f"Simuleret er forbruget og de simulerede dage, der er tilbage, {level}; tabellen nederst viser, hvad modellen selv"
            " regner for de dage, der er gået."
        )
    elif several and start is None:
        said.append("Uden en startdato er hver valgmulighed regnet for hele året.")
    elif several:
        said.append(f"Valgmulighederne gælder fra {date_words(start)}; før den dag gælder nuværende ordning.")
    return said


def observed_tables(comparison: Json) -> list[Table]:
    """Return the months that the model was fitted to; none without them."""
    observed = comparison.get("observed")
    if observed is None:
        return []
    cost = observed["cost_oere"] or [None] * len(observed["months"])
    rows = tuple(
        (
            Cell(f"{MONTHS[month - 1]} {observed['year']}"),
            Cell(danish(count)),
            Cell(NONE if oere is None else kroner(oere)),
        )
        for month, count, oere in zip(observed["months"], observed["passengers"], cost, strict=True)
    )
    return [Table("Observeret", ("måned", "passagerer", "nettoudgift, kr."), rows)]


def observed_words(comparison: Json) -> list[str]:
    """Return what the municipality's own months made of the model, none without them."""
    observed = comparison.get("observed")
    if observed is None:
        return []
    said = list(observed["notes"])
    rate = observed["rate"]
    if rate is not None:
        said.append(
            f"Ved den køretime giver modellen {kroner(rate['simulated_oere'])} kr. mod de observerede"
            f" {kroner(rate['observed_oere'])} kr., og {danish(rate['simulated_passengers'])} passagerer mod"
            f" {danish(sum(observed['passengers']))}."
        )
    return said


def _formatter(budget: Json) -> tuple[Formatter, str]:
    """Return one formatter for all the amounts, so that the table adds up as it stands, and its unit."""
    told = [option[key] for option in budget["options"] for key, _ in METHODS if option[key] is not None]
    figures = [block[name] for block in told for name in ("outturn_oere", "deviation_oere") if block[name] is not None]
    if max(abs(value) for figure in figures for value in figure.values()) < SMALL_OERE:
        return kroner, "kr."
    decimals = min(2, max(telling_decimals(figure) for figure in figures))
    return partial(millions, decimals=decimals), "mio. kr."


def _amount(figure: Json | None, shown: Formatter) -> Cell:
    """Return an amount, without an interval where it has none."""
    if figure is None:
        return Cell(NONE)
    return Cell(shown(figure["mean"])) if figure["p10"] == figure["p90"] else figure_cell(figure, shown)


def _deviation(block: Json, shown: Formatter) -> Cell:
    figure = block["deviation_oere"]
    if figure is None:
        return Cell(NONE)
    cell = _amount(figure, signed(shown))
    if block["verdict"] == UNSURE:
        return Cell(UNSURE, f"({between(figure['p10'], figure['p90'], signed(shown))})")
    return cell
