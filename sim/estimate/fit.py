"""Fits the operator's time on simulations, and measures the whole estimate in municipalities that a fit leaves out.

Run ``python -m sim.estimate.fit`` after anything that moves the simulation: demand, dispatch, the pool, the driving hour. It
writes ``data/calibration/estimate.toml`` and the table of docs/uncertainty.md. With ``--draws``
it only solves for the driving hour in each draw anew, which is enough when other draws were made and no default moved.
"""

import hashlib
import math
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.estimate.cases import CASES, MAIN, MEASURED, VOLUMES, Case, fitted_municipalities
from sim.estimate.error import Missed, in_all, kind_errors, missed, table
from sim.estimate.mix import rate_at_ends, rate_in_draws
from sim.estimate.operator_time import PARTS, TERMS, KindError, Metamodel, Traffic, load_metamodel
from sim.estimate.samples import Borne, Sample, simulate
from sim.inputs.assumptions import load_assumptions

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "data" / "calibration" / "estimate.toml"
DOCUMENT = ROOT / "docs" / "uncertainty.md"
BEGIN, END = "<!-- estimate error: begin -->", "<!-- estimate error: end -->"

TO_FIT = {2_000: (2, 0), 6_000: (1, 0), 12_000: (1, 0), None: (1, 0)}
"""By volume: replications that are driven, and that are only priced. What is fitted is what a booking bears, so none of these."""
TO_MEASURE = {2_000: (8, 160), 6_000: (4, 60), 12_000: (4, 30), None: (2, 15)}
"""So many that a simulated net cost is good to 1 %."""
SPREAD = 0.08
"""How far an approach is off for reasons of the place, so that many bookings of one place do not count as many places."""


Job = tuple[str, int | None, Case, int, int]
"""Municipality, volume, case, and how many replications are driven and priced."""


@dataclass(frozen=True)
class Fit:
    """The fitted model, and how far the estimate was off where a fit had left the municipality out."""

    metamodel: Metamodel
    misses: tuple[Missed, ...]


def least_squares(studies: Sequence[Sequence[Borne]]) -> dict[str, tuple[float, ...]]:
    """Return the coefficients from studies, each of them the years of its options.

    First the approach, place by place. Then what a second of burden brings: how it depends on how much is booked from the options
    within each study, which have the same fleet; the rest from all studies. The burden is the one that the fitted approach
    gives, so that what the approach misses on average is made up for.
    """
    rows, approach, weight = [], [], []
    for year in (year for study in studies for year in study):
        for group in year.groups:
            rows.append((1.0, group.near_s, group.near_s * _traffic(year).size))
            approach.append(group.approach_s)
            weight.append(1 / np.sqrt(SPREAD**2 + 1 / group.bookings))
    found = {"approach_s": _solved(np.array(rows), np.array(approach), np.array(weight))}
    for part in PARTS:
        borne = [np.array([_brought(y, part, found["approach_s"]) for y in study]) for study in studies]
        filled = [np.array([_traffic(y).filled for y in study]) for study in studies]
        up = sum(float((x - x[0]) @ (y - y[0])) for x, y in zip(filled, borne, strict=True))
        slope = up / sum(float((x - x[0]) @ (x - x[0])) for x in filled)
        terms = np.array([(1.0, _traffic(year).size) for study in studies for year in study])
        level = np.concatenate(borne) - slope * np.concatenate(filled)
        found[part] = (*_solved(terms, level, np.ones(len(level))), float(f"{slope:.6g}"))
    return found


def _brought(year: Borne, part: str, approach: tuple[float, ...]) -> float:
    """Return what a second of a year's burden brought of one part."""
    constant, near, near_size = approach
    burden = year.made_s + constant * year.bookings + year.near_s * (near + near_size * _traffic(year).size)
    return float((year.starts if part == "starts" else getattr(year, f"{part}_s")) / burden)


def _traffic(year: Borne) -> Traffic:
    return Traffic(year.flextur_a_day, year.referred_a_day, year.wanted_a_day)


def _solved(terms: NDArray[np.float64], values: NDArray[np.float64], weight: NDArray[np.float64]) -> tuple[float, ...]:
    """Return the coefficients with the least weighted squares, to six figures that count."""
    solved = np.linalg.lstsq(terms * weight[:, None], values * weight, rcond=None)[0]
    return tuple(float(f"{c:.6g}") for c in solved)


def simulate_all(workers: int = 2) -> list[list[Sample]]:
    """Simulate what is fitted on and what is measured by; one list for each municipality, volume and case."""
    jobs: list[Job] = []
    for code in fitted_municipalities():
        for volume in VOLUMES:
            if code in MEASURED:
                jobs += [(code, volume, case, *TO_MEASURE[volume]) for case in CASES]
            else:
                jobs.append((code, volume, MAIN, *TO_FIT[volume]))
    done: list[list[Sample]] = []
    started = time.monotonic()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(simulate, *job) for job in jobs]
        for number, future in enumerate(futures, start=1):
            done.append(future.result())
            print(f"simuleret {number} af {len(jobs)}, {time.monotonic() - started:.0f} s", file=sys.stderr)
    return done


def fit(simulated: Sequence[Sequence[Sample]], *, follow: bool = True) -> Fit:
    """Fit on all municipalities, and measure each measured one by a fit that left it out.

    ``follow`` solves for how the driving hour follows the assumptions.
    """
    to_fit = [rows for rows in simulated if rows[0].case == MAIN]

    def without(code: str) -> Metamodel:
        studies = [[s.borne for s in rows] for rows in to_fit if rows[0].municipality != code]
        return Metamodel(least_squares(studies), "", sum(map(len, studies)), 0, math.nan, math.nan)

    misses: list[Missed] = []
    for code in MEASURED:
        metamodel = without(code)
        misses += [m for rows in simulated if rows[0].municipality == code for m in missed(rows, metamodel)]
    errors = kind_errors(misses)
    net, change = in_all(errors)
    metamodel = without("")
    metamodel = replace(
        metamodel,
        version=_version(metamodel.coefficients),
        measured_on=len(misses),
        net_cost_error_percent=net,
        change_error_percent=change,
        worst_net_cost_percent=max(abs(100 * m.net) for m in misses),
        rate_at_ends=rate_at_ends(metamodel) if follow else {},
        rate_in_draws=rate_in_draws(metamodel) if follow else (),
        errors=errors,
    )
    return Fit(metamodel, tuple(misses))


def _version(coefficients: dict[str, tuple[float, ...]]) -> str:
    told = repr((sorted(coefficients.items()), load_assumptions().number("operator_driving_kr_per_hour")))
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def write(found: Fit) -> None:
    """Write the parameter file, and the table into its place in the document."""
    model = found.metamodel
    lines = [
        "# Bag skønnet (sim.estimate): skrives af python -m sim.estimate.fit, rettes ikke i hånden.",
        f'version = "{model.version}"',
        f"fitted_on = {model.fitted_on}",
        f"measured_on = {model.measured_on}",
        "",
        "[operator]",
        "# Fremkørsel i sekunder: konstant, gange nærmeste vogn, gange nærmeste vogn og flådens størrelse.",
        "# De andre pr. sekund direkte kørsel og fremkørsel: konstant, gange flådens størrelse, gange hvor fyldt den er.",
        *(f"{name} = {list(model.coefficients[name])}" for name in TERMS),
        "",
        "[error]",
        "# Afvigelse fra simuleringen, hver kommune målt af en tilpasning uden den, kvadratisk middel over alle arter og volumener.",
        f"net_cost_percent = {model.net_cost_error_percent:.1f}",
        f"change_percent = {model.change_error_percent:.1f}",
        f"worst_net_cost_percent = {model.worst_net_cost_percent:.1f}",
        "",
        "# Pr. art og volumen, i procent: middel, kvadratisk middel uden tilfældighed, og simuleringernes egen tilfældighed.",
        "# Uden passengers: kommunens andel af Movias passagerer.",
        *(line for error in model.errors for line in _kind_lines(error)),
        "[rate_at_ends]",
        "# Så mange gange køretimens pris, når forudsætningen ligger lavt eller højt og 2017 stadig skal koste 103,60 kr.",
        *(f"{key} = [{low:.4f}, {high:.4f}]" for key, (low, high) in sorted(model.rate_at_ends.items())),
        "",
        "[rate_in_draws]",
        "# Så mange gange køretimens pris i hver trækning, når 2017 også dér skal koste 103,60 kr. efter skønnet.",
        _ratios(model.rate_in_draws),
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table(found.misses, model)}\n{END}{after}", encoding="utf-8")


def _ratios(ratios: Sequence[float]) -> str:
    return f"ratios = [{', '.join(f'{ratio:.4f}' for ratio in ratios)}]"


def write_draws(model: Metamodel) -> None:
    """Solve for the driving hour in each draw anew and write it in its place: what other draws change when no default has moved."""
    kept, _ = FILE.read_text(encoding="utf-8").split("ratios = ")
    FILE.write_text(f"{kept}{_ratios(rate_in_draws(model))}\n", encoding="utf-8")


def _kind_lines(error: KindError) -> list[str]:
    lines = ["[[error.kinds]]", f'kind = "{error.kind}"']
    if error.passengers is not None:
        lines.append(f"passengers = {error.passengers}")
    numbers = [f.name for f in fields(error) if f.name not in ("kind", "passengers")]
    return [*lines, *(f"{name} = {getattr(error, name):.1f}" for name in numbers), ""]


def main() -> None:
    """Fit, write, and say how good it is; with ``--draws`` only the driving hour in each draw."""
    if sys.argv[1:] == ["--draws"]:
        write_draws(load_metamodel())
        return
    found = fit(simulate_all())
    write(found)
    model = found.metamodel
    print(
        f"{model.version}: {model.fitted_on} simuleringer, målt på {model.measured_on}; fejl på nettoudgift"
        f" {model.net_cost_error_percent:.1f} %, på ændring {model.change_error_percent:.1f} %"
    )


if __name__ == "__main__":
    main()
