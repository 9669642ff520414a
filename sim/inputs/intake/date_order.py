"""In which order the dates of a column are written; a column that shows more than one order is refused, not guessed at."""

import numpy as np

from sim.inputs.intake.cells import SLASHED, YEAR_FIRST, YEAR_LAST, Bools, Texts, matches, parts_of
from sim.inputs.intake.workbook import rows_named
from tariffs.errors import InputError

MOST_ROWS = 6


def date_order(texts: Texts, column: str, where: str, first_row: int, told: str | None) -> str:
    """Return 'mdy' when the column's dates with slashes have the month first, by its own cells or as told, else 'dmy'.

    Raises InputError when they leave it open, and when the column also has dates that were written, or turned by a sheet
    on the way, in another order: a sheet turns only those that can be read in its own order, and into other days.
    """
    iso, last = matches(texts.values, YEAR_FIRST), parts_of(texts.values, YEAR_LAST)
    slashes = (last["year"] >= 0) & matches(texts.values, SLASHED)
    others = (last["year"] >= 0) & ~slashes
    first, second = last["first"], last["second"]
    shown = slashes & (second > 12) & (first <= 12)
    order = told or ("dmy" if not shown.any() or (slashes & (first > 12)).any() else "mdy")
    if iso.any() and slashes.any():
        raise _mixed(texts, column, where, first_row, iso, slashes)
    if others.any() and slashes.any() and order == "mdy":
        raise _mixed(texts, column, where, first_row, others, slashes)
    turned = iso & (parts_of(texts.values, YEAR_FIRST)["second"] <= 12)
    if turned.any() and others.any() and (first[others] > 12).all():
        raise _mixed(texts, column, where, first_row, iso, others)
    open_ = slashes & (first <= 12) & (second <= 12) & (first != second)
    if told is None and open_.any() and not shown.any() and not (slashes & (first > 12)).any():
        raise InputError(
            f"datoen '{texts.values[int(np.argmax(open_))].as_py()}' kan læses på to måder",
            where=f"{where}, kolonnen '{column}'",
            why="dag før måned som på dansk eller måned før dag som på amerikansk, og ingen anden dato afgør det",
            next_step="angiv --dates dmy eller --dates mdy",
        )
    return order


def _mixed(texts: Texts, column: str, where: str, first_row: int, some: Bools, more: Bools) -> InputError:
    def told(values: Bools) -> str:
        rows = tuple((np.flatnonzero(texts.rows(values)) + first_row).tolist())
        return f"{rows_named(rows, MOST_ROWS)} (som '{texts.values[int(np.argmax(values))].as_py()[:10]}')"

    return InputError(
        f"kolonnen '{column}' har datoer i to skrivemåder",
        where=where,
        why=f"{told(some)} og {told(more)} står i hver sin; et regneark, der har læst datoer i en anden rækkefølge end deres"
        " egen, bytter om på dag og måned i dem, det kan, og lader resten stå",
        next_step="hent listen igen med datoer som 2019-08-31; ret kun en række i hånden, hvis turens rigtige dag kendes",
    )
