"""The published trials beside what is calculated here, as a table and sentences."""

from sim.answer.records import Answer
from sim.telling.report.printed import affected_percents
from sim.words.cells import NONE, Cell, between, percent_cell, signed
from sim.words.figure import Figure, Range
from sim.words.numbers import danish
from sim.words.table import Table

HEADING = "Forsøgene ved siden af"
OF = {
    "town_fare": "af ture inden for samme byområde",
    "closed_town": "af ture inden for samme byområde",
    "free_destination": "af ture til og fra destinationen",
}
"""What a trial's per cent is of; an option may touch other trips as well."""
RESEMBLANCE = {
    "same": "prøvet",
    "similar": "noget, der ligner, er prøvet",
    "reverse": "det omvendte er prøvet",
    "never": "aldrig prøvet",
    "no_figures": "prøvet, men uden offentliggjorte tal",
}


def experiments_table(comparison: Answer) -> Table | None:
    """Return each change with what was published and what is calculated; None where no trial could tell of any."""
    rows = []
    for entry in comparison.experiments or ():
        trial, predicted = next(iter(entry.published), None), entry.predicted
        bounds = entry.bounds_trips_percent
        published = [_range(trial.trips_percent), _range(trial.cost_percent)] if trial else [Cell(NONE)] * 2
        if bounds is not None:
            published[0] = Cell(NONE, f"forsøgene alene: {_range(bounds).text}")
        here = [Cell(NONE)] * 2
        if predicted is not None:
            here = [
                trips_cell(comparison, entry.option, predicted.trips_percent),
                percent_cell(predicted.cost_percent),
            ]
        where = "" if trial is None else trial.where + (", regnet baglæns" if trial.reversed else "")
        rows.append((
            Cell(entry.option, f"{entry.change}; {OF[entry.kind]}"), Cell(RESEMBLANCE[entry.resemblance], where),
            published[0], here[0], published[1], here[1],
        ))  # fmt: skip
    header = (
        "valgmulighed", "forsøg", "ture, offentliggjort", "ture, beregnet her", "udgift, offentliggjort",
        "udgift, beregnet her",
    )  # fmt: skip
    return (
        Table("Ændring i de ture, som forsøget handlede om, og i kommunens udgift til dem", header, tuple(rows))
        if rows
        else None
    )


def trips_cell(comparison: Answer, name: str, figure: Figure | None) -> Cell:
    """Return the change in a trial's kind of trips, printed as that of all trips that the option can touch where it is the same."""
    others = comparison.options[1:]
    place = next((n for n, option in enumerate(others) if option.name == name), None)
    if figure is not None and place is not None and others[place].touches.change.percent.trips == figure:
        shares, shown = affected_percents(comparison)
        return percent_cell(shares[place], shown)
    return percent_cell(figure)


def experiments_words(comparison: Answer) -> list[str]:
    """Return a sentence on each change, with its option's name."""
    return [f"{entry.option}: {entry.text}" for entry in comparison.experiments or ()]


def _range(percent: Range) -> Cell:
    """Return a published range, the number nearest to nothing first."""
    low, high = sorted((percent.low, percent.high), key=abs)
    shown = signed(danish)
    return Cell(f"{shown(low) if low == high else between(low, high, shown)} %")
