"""Who pays more, who pays less and who stops riding under an option, request by request from the run's own table of trips."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.answer.records import Answer
from sim.inputs.chance.quantiles import interval
from sim.riders.demand.requests import AGE_BANDS
from sim.telling.report.printed import affected_counts
from sim.telling.sheet import band_name
from sim.words.cells import NONE, Cell, count_cell, figure_cell
from sim.words.figure import Figure
from sim.words.numbers import OERE_PER_KRONE
from sim.words.rounding import COUNT, Printed
from sim.words.table import Table

TRIPS_FILE, MADE = "trips.parquet", "trip"
COLUMNS = ("option", "replication", "request_id", "status", "age_band", "place_class", "distance_m", "fare_oere")
GROUPS = (("by_age", "Efter alder"), ("by_place_class", "Efter hvor turen går"), ("by_distance", "Efter afstand"))
PLACES = {"in_town": "inden for samme byområde", "inside": "i øvrigt i kommunen", "across": "over kommunegrænsen"}
KM_ENDS = (5_000, 10_000, 20_000)
DISTANCES = ("0-5", "5-10", "10-20", "20+")
KINDS = ("more", "less", "stopped", "new")
HEADER = (
    "opdeling",
    "gruppe",
    "betaler mere",
    "betaler mindre",
    "kører ikke længere",
    "kommer til",
    "ændring i brugerbetaling, kr.",
)
SAME = 0.01
"""Trips a year by which two counts of the same trips may differ."""
KRONER = Printed(OERE_PER_KRONE, plus=True)
NOTE = "Ture om året; en tur er den samme i begge ordninger. Intervallerne viser alene tilfældighed."
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Group:
    """The trips of one group of riders, int64 (replications,): by what the option does to them, and what riders pay in all."""

    of: str
    name: str
    counts: dict[str, Ints]
    paid_oere: Ints

    @property
    def touched(self) -> bool:
        """Say whether the option does anything to the group."""
        return any(bool(counts.any()) for counts in self.counts.values())


def gains(comparison: Answer, place: int, folder: Path) -> list[Group] | None:
    """Return the groups that an option touches; None where the folder has no table of trips."""
    path = folder / TRIPS_FILE
    if not path.is_file():
        return None
    about = path.stat()
    names = tuple(option.name for option in comparison.options)
    return [group for group in _read(path, names, about.st_mtime_ns, about.st_size)[place - 1] if group.touched]


def gains_table(comparison: Answer, place: int, groups: list[Group]) -> Table | None:
    """Return the groups as a table whose parts add up over each way of grouping; None where the option touches nobody."""
    if not groups:
        return None
    headings, totals = dict(GROUPS), _totals(comparison, place, groups)
    rows = []
    for of in headings:
        own = [group for group in groups if group.of == of]
        kroner = _split(KRONER, (group.paid_oere for group in own))
        shown = {kind: _split(COUNT, (group.counts[kind] for group in own), totals[kind]) for kind in KINDS}
        for n, group in enumerate(own):
            counts = (count_cell(_figure(group.counts[kind]), shown[kind][n]) for kind in KINDS)
            paid = figure_cell(_figure(group.paid_oere, -np.inf), KRONER, kroner[n])
            rows.append((Cell(headings[of]), Cell(group.name), *(_none(cell) for cell in counts), paid))
    name = comparison.options[place].name
    return Table(f"{name}: hvem der vinder og taber, ture og kroner om året", HEADER, tuple(rows))


def _none(cell: Cell) -> Cell:
    return Cell(NONE) if cell.text == "0" and cell.under == "(0-0)" else cell


def _figure(samples: Ints, at_least: float = 0.0) -> Figure:
    mean = float(samples.mean())
    low, high = interval(samples, "random") if len(samples) > 1 else (mean, mean)
    return Figure(mean, max(at_least, min(low, mean)), max(high, mean))


def _totals(comparison: Answer, place: int, groups: list[Group]) -> dict[str, int]:
    """Return the trips of each kind in all, so that they are the affected trips as printed, before and after.

    Those that pay otherwise and those that stop are all that there were before, those that pay otherwise and the new all that
    there are after. Where some affected trips pay as before each kind is rounded by itself.
    """
    option = comparison.options[place]
    means = {kind: sum(float(group.counts[kind].mean()) for group in groups if group.of == "by_age") for kind in KINDS}
    totals = {kind: COUNT.steps(mean) for kind, mean in means.items()}
    before, after = affected_counts(option)
    if abs(sum(means[kind] for kind in KINDS[:3]) - option.riders.trips.mean) < SAME:
        stopped = before - after + totals["new"]
        if abs(stopped - means["stopped"]) < 1 + SAME:
            otherwise = COUNT.split([means["more"], means["less"]], before - stopped)
            totals |= {"stopped": stopped, "more": otherwise[0], "less": otherwise[1]}
    return totals


def _split(shown: Printed, columns: Iterable[Ints], total: int | None = None) -> list[int]:
    """Return the means of a way of grouping as they are printed, adding up to a total or to their sum."""
    means = [float(column.mean()) for column in columns]
    nearest = shown.steps(sum(means))
    return shown.split(means, nearest if total is None or abs(total - sum(means) / shown.least) >= 1 else total)


@lru_cache(maxsize=16)
def _read(path: Path, options: tuple[str, ...], changed: int, size: int) -> tuple[list[Group], ...]:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    table = pq.read_table(path, columns=list(COLUMNS), use_threads=False).unify_dictionaries()

    def number_in(name: str, order: tuple[str, ...]) -> Ints:
        """Return the place of each text in an order; what is not in it comes last."""
        found = pc.cast(table[name], pa.dictionary(pa.int32(), pa.string())).combine_chunks()
        places = [order.index(text) if text in order else len(order) for text in found.dictionary.to_pylist()]
        return np.array(places, dtype=np.int64)[found.indices.to_numpy()]

    option = number_in("option", options)
    replication = table["replication"].to_numpy().astype(np.int64)
    key = replication * (1 << 40) + table["request_id"].to_numpy()
    made = pc.equal(table["status"], MADE).to_numpy(zero_copy_only=False)
    fare = np.where(made, pc.fill_null(table["fare_oere"], 0).to_numpy().astype(np.int64), 0)
    km = np.searchsorted(KM_ENDS, table["distance_m"].to_numpy(), side="left")
    bands = (
        ("by_age", number_in("age_band", AGE_BANDS), [band_name("by_age", name) for name in AGE_BANDS]),
        ("by_place_class", number_in("place_class", tuple(PLACES)), list(PLACES.values())),
        ("by_distance", km, [band_name("by_distance", name) for name in DISTANCES]),
    )
    replications = int(replication.max(initial=-1)) + 1
    asked = [np.flatnonzero(option == n) for n in range(len(options))]
    before, *others = (_by_request(rows, key, made, fare) for rows in asked)
    return tuple(
        _groups(
            before,
            after,
            key,
            replication,
            [(of, _as_in(rows, asked[0], key, band), names) for of, band, names in bands],
            replications,
        )
        for after, rows in zip(others, asked[1:], strict=True)
    )


def _as_in(rows: Ints, before: Ints, key: Ints, band: Ints) -> Ints:
    """Return the bands with a request before the change where the option has it: town lines of its own move what is in town."""
    placed = band.copy()
    _, first, second = np.intersect1d(key[before], key[rows], assume_unique=True, return_indices=True)
    placed[before[first]] = band[rows[second]]
    return placed


def _by_request(rows: Ints, key: Ints, made: NDArray[np.bool_], fare: Ints) -> dict[str, Any]:
    """Return an option's trips that were made, in the order of their requests."""
    own = rows[made[rows]]
    own = own[np.argsort(key[own])]
    return {"rows": own, "keys": key[own], "fare": fare[own]}


def _groups(
    before: dict[str, Any],
    after: dict[str, Any],
    key: Ints,
    replication: Ints,
    bands: list[tuple[str, Ints, list[str]]],
    replications: int,
) -> list[Group]:
    both, first, second = np.intersect1d(before["keys"], after["keys"], assume_unique=True, return_indices=True)
    moved = after["fare"][second] - before["fare"][first]
    rows = {
        "more": after["rows"][second[moved > 0]],
        "less": after["rows"][second[moved < 0]],
        "stopped": before["rows"][~np.isin(before["keys"], both, assume_unique=True)],
        "new": after["rows"][~np.isin(after["keys"], both, assume_unique=True)],
    }
    groups = []
    for of, band, names in bands:
        counts = {
            kind: _counted(band[at] * replications + replication[at], len(names), replications)
            for kind, at in rows.items()
        }
        paid = [
            _counted(band[at["rows"]] * replications + replication[at["rows"]], len(names), replications, at["fare"])
            for at in (before, after)
        ]
        groups += [
            Group(of, name, {kind: counted[n] for kind, counted in counts.items()}, paid[1][n] - paid[0][n])
            for n, name in enumerate(names)
        ]
    return groups


def _counted(cells: Ints, groups: int, replications: int, weights: Ints | None = None) -> Ints:
    """Return counts, or sums of weights, by group and replication; what is in no group is left out."""
    counted = np.bincount(cells, weights, minlength=groups * replications)[: groups * replications]
    return np.rint(counted).astype(np.int64).reshape(groups, replications)
