"""Results as figures: each package in each municipality, and totals across municipalities, with intervals of their own."""

import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.batch.compaction import read_manifest
from sim.batch.rows import MEASURED
from sim.study.replicated.figures import Figure, Spread, figure, ratio
from tariffs.errors import DataError

TOGETHER = ("movia_fee_together_oere", "net_cost_together_oere")
QUANTITIES = (*MEASURED, *TOGETHER)
MAY_BE_NEGATIVE = {"net_cost_oere", "town_net_cost_oere", "plustur_net_cost_oere", "net_cost_together_oere"}


@dataclass(frozen=True)
class Package:
    """One option in one municipality and year; ``values`` is None where it is not offered.

    ``fares`` says how surely its fares are known, None where that is not told. ``weight`` is what each draw counts in a
    sum over municipalities, float64 (draws,).
    """

    year: int
    municipality: str
    municipality_name: str
    option: int
    option_name: str
    elements: str
    certainty: str
    fares: str | None
    values: dict[str, Spread] | None
    weight: NDArray[np.float64]


def read_results(folder: Path) -> Any:
    """Return all rows of a finished batch as a table; every file is as the manifest tells, to the bit.

    Raises DataError when there is no finished batch, or one of its files is missing, foreign or damaged.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = []
    for name, expected in read_manifest(folder)["files"].items():
        try:
            content = (folder / name).read_bytes()
        except OSError as error:
            raise _not_whole(folder / name, str(error)) from None
        if hashlib.sha256(content).hexdigest() != expected:
            raise _not_whole(folder / name, "dens SHA-256 er ikke manifestets")
        part = pq.read_table(io.BytesIO(content), page_checksum_verification=True, use_threads=False)
        if (
            "municipality" not in part.column_names
        ):  # schema 1 of the manifest had year=2020/municipality=0316/ in the path
            year, municipality = (level.partition("=")[2] for level in Path(name).parts[-3:-1])
            part = part.add_column(0, "municipality", pa.array([municipality] * part.num_rows, pa.string()))
            part = part.add_column(0, "year", pa.array([int(year)] * part.num_rows, pa.int16()))
        tables.append(part)
    if not tables:
        raise DataError(
            f"Batchen i {folder} har ingen resultater",
            why="ingen af dens kommuner kunne regnes",
            next_step="se fejlene fra takstlab batch",
        )
    return pa.concat_tables(tables, promote_options="default").unify_dictionaries()


def _not_whole(path: Path, why: str) -> DataError:
    return DataError(
        f"Resultatfilen {path.name} er ikke, som den blev skrevet",
        where=str(path),
        why=why,
        next_step="kør takstlab batch igen; enhederne er gemt, og resultaterne skrives om",
    )


def packages_of(table: Any) -> Iterator[Package]:
    """Yield every package of a results table, by year, municipality and option, as `sim.batch.compaction` sorted them."""
    keys = [table[key].to_numpy(zero_copy_only=False) for key in ("year", "municipality", "option")]
    edge = np.zeros(table.num_rows, dtype=bool)
    for key in keys:
        edge[1:] |= key[1:] != key[:-1]
    begins = [0, *np.flatnonzero(edge), table.num_rows]
    for start, end in pairwise(begins):
        part = table.slice(start, end - start)
        first = {name: part[name][0].as_py() for name in part.column_names[:11]}
        draw = part["draw"].fill_null(-1).to_numpy()
        central, drawn = np.flatnonzero(draw < 0), np.flatnonzero(draw >= 0)
        drawn = drawn[np.argsort(draw[drawn], kind="stable")]
        paired = part["replication"].to_numpy()[drawn].astype(np.int64)
        values, weight = None, np.ones(len(drawn))
        if first["status"] == "ok":
            columns = {key: part[key].to_numpy().astype(np.float64) for key in QUANTITIES}
            values = {key: Spread(column[central], column[drawn], paired) for key, column in columns.items()}
            weight = part["weight_in_totals"].to_numpy()[drawn]
        yield Package(
            first["year"], first["municipality"], first["municipality_name"], first["option"], first["option_name"],
            first["elements"], first["certainty"], first.get("fares"), values, weight,
        )  # fmt: skip


def bases_of(packages: Sequence[Package]) -> dict[tuple[int, str], Package]:
    """Return the first option by year and municipality, where it is offered."""
    return {(p.year, p.municipality): p for p in packages if p.option == 1 and p.values is not None}


def package_rows(packages: Sequence[Package]) -> list[dict[str, Any]]:
    """Return one row a package: what it is, every quantity as mean, p10 and p90, and its change against the first option."""
    bases = bases_of(packages)
    rows = []
    for package in packages:
        base = bases.get((package.year, package.municipality))
        row: dict[str, Any] = {
            "year": package.year,
            "municipality": package.municipality,
            "municipality_name": package.municipality_name,
            "option": package.option,
            "option_name": package.option_name,
            "elements": package.elements,
            "status": "not_offered" if package.values is None else "ok",
            "certainty": package.certainty,
            "fares": package.fares,
        }
        rows.append(row | _figures(package.values, None if base is None else base.values))
    return rows


def total_rows(packages: Sequence[Package]) -> list[dict[str, Any]]:
    """Return one row an option and year: the sum over the municipalities that can have both it and the first option.

    Each replication and each draw is summed first, and the interval is that of the sums.
    """
    bases = bases_of(packages)
    groups: dict[tuple[int, int], list[Package]] = {}
    for package in packages:
        if package.values is not None and (package.year, package.municipality) in bases:
            groups.setdefault((package.year, package.option), []).append(package)
    rows = []
    for (year, option), members in sorted(groups.items()):
        before = summed([bases[year, p.municipality] for p in members])
        row: dict[str, Any] = {
            "year": year,
            "option": option,
            "option_name": members[0].option_name,
            "elements": members[0].elements,
            "municipalities": len(members),
        }
        rows.append(row | _figures(summed(members), before))
    return rows


def summed(packages: Sequence[Package]) -> dict[str, Spread]:
    """Return the quantities of offered packages of one option and year, added up within each replication and draw."""

    def weighted(package: Package, key: str) -> Spread:
        assert package.values is not None
        spread = package.values[key]
        return Spread(spread.central, spread.drawn * package.weight, spread.paired)

    def add(one: Spread, other: Spread) -> Spread:
        return Spread(one.central + other.central, one.drawn + other.drawn, one.paired)

    return {key: reduce(add, (weighted(p, key) for p in packages)) for key in QUANTITIES}


def change_key(key: str) -> str:
    """Return the name of a quantity's change.

    >>> change_key("trips"), change_key("net_cost_oere")
    ('trips_change', 'net_cost_change_oere')
    """
    return f"{key.removesuffix('_oere')}_change{'_oere' if key.endswith('_oere') else ''}"


def _figures(values: dict[str, Spread] | None, base: dict[str, Spread] | None) -> dict[str, Any]:
    figures: dict[str, Figure | None] = {}
    some = None if values is None else values["trips"]
    for key in QUANTITIES:
        low = -np.inf if key in MAY_BE_NEGATIVE else 0.0
        figures[key] = None if values is None else figure(values[key], at_least=low)
    for key in QUANTITIES:
        known = values is not None and base is not None
        figures[change_key(key)] = figure(values[key] - base[key]) if known and values and base else None
    for fee in ("", "_together"):
        net = f"net_cost{fee}_oere"
        figures[f"net_cost{fee}_per_passenger_oere"] = (
            None if values is None else ratio(values[net], values["passengers"])
        )
        figures[f"net_cost{fee}_per_lost_trip_oere"] = (
            None if values is None or base is None else per_lost_trip(values, base, net)
        )
    lost = (
        None
        if values is None or base is None
        else ratio(values["passengers"] - base["passengers"], base["passengers"], 100.0)
    )
    figures["passengers_change_percent"] = lost
    row: dict[str, Any] = {
        "replications": None if some is None else len(some.central),
        "draws": None if some is None else len(some.drawn),
    }
    for key, shown in figures.items():
        row |= (
            dict.fromkeys((f"{key}_mean", f"{key}_p10", f"{key}_p90"))
            if shown is None
            else {f"{key}_{part}": value for part, value in shown.json().items()}
        )
    return row


def per_lost_trip(values: dict[str, Spread], base: dict[str, Spread], net: str) -> Figure | None:
    """Return the net cost saved for each trip lost against the base; None where no trips are lost in some replication."""
    lost = base["trips"] - values["trips"]
    return ratio(base[net] - values[net], lost) if lost.mean > 0 else None
