"""Running the model for a check: a study in two lines, and the tables of one replication as columns."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from sim.inputs.scenario.scenario import build_scenario
from sim.riders.response.response import PRICE_YEAR
from sim.study.prepare import prepare
from sim.study.replicated.replication import run_replication
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from tariffs import Parameter, PriceBook

Columns = dict[str, NDArray[Any]]


def study_of(
    code: str, year: int, options: Sequence[Sequence[str]], seed: int, *, on: date | None = None, **more: Any
) -> Study:
    """Return one municipality's study with the options, each a list of elements, named by their numbers.

    It is in prices of 2017, the year that the facts are of.
    """
    named = [{"name": str(number), "elements": list(elements)} for number, elements in enumerate(options)]
    values = {"municipality": code, "year": year, "seed": seed, "options": named, **more}
    values["assumptions"] = {"price_level": float(PRICE_YEAR), **values.get("assumptions", {})}
    return prepare(build_scenario(values, "validering"), code, on=on)


def with_tables(study: Study, number: int, *tables: str) -> tuple[Replication, dict[str, Columns]]:
    """Run one replication under central parameters; return it and the published tables asked for.

    Columns with empty cells are left out.
    """
    import pyarrow.parquet as pq

    with tempfile.TemporaryDirectory() as folder:
        replication = run_replication(study, number, None, Path(folder))
        read = {}
        for table in tables:
            part = pq.read_table(Path(folder) / f"{table}-{number:05d}.parquet", use_threads=False)
            read[table] = {
                name: part[name].to_numpy(zero_copy_only=False)
                for name in part.column_names
                if part[name].null_count == 0
            }
        return replication, read


def repriced(book: PriceBook, start: date, price: Callable[[Parameter], int | None]) -> PriceBook:
    """Return the book with other flextur prices from a day on: what ``price`` says in oere, unchanged where it says None."""
    parameters = dict(book.parameters)
    for key, parameter in book.parameters.items():
        now = parameter.on(start)
        amount = price(parameter) if parameter.is_money and key.startswith("flextur/") else None
        if now is None or amount is None:
            continue
        earlier = tuple(value for value in parameter.values if value.start < start)
        later = tuple(value for value in parameter.values if value.start > start)
        changed = replace(now, start=start, state="value", amount=amount)
        parameters[key] = replace(parameter, values=(*earlier, changed, *later))
    return replace(book, parameters=parameters)
