"""An answer's figures as a data frame, one figure a row, for analysts."""

from collections.abc import Hashable, Iterator, Sequence
from typing import TYPE_CHECKING

from sim.answer.quantities import quantities
from sim.answer.records.option import OptionAnswer

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("option", "period", "scope", "quantity", "unit", "mean", "p10", "p90")
"""``period`` is year or part_year, ``scope`` total, change or percent, ``quantity`` an id of ``quantities.toml``."""


def frame(options: Sequence[OptionAnswer]) -> "pd.DataFrame":
    """Return every figure of every option: amounts in oere, changes also in percent; what is unknown has no row."""
    import pandas as pd

    return pd.DataFrame(list(_rows(options)), columns=list(COLUMNS))


def _rows(options: Sequence[OptionAnswer]) -> Iterator[tuple[object, ...]]:
    for option in options:
        for period, block in (("year", option), ("part_year", option.part_year)):
            if block is not None:
                scopes = (("total", block), ("change", block.change), ("percent", block.change.percent))
                for scope, figures in scopes:
                    yield from ((option.name, period, scope, *row) for row in _figures(scope, figures))


def _figures(scope: str, block: Hashable) -> Iterator[tuple[object, ...]]:
    for quantity in quantities().values():
        figure = quantity.of(block)
        if figure is not None:
            unit = "percent" if scope == "percent" else quantity.unit
            yield quantity.id, unit, figure.mean, figure.p10, figure.p90
