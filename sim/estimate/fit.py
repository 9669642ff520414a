"""Fits the operator's time per booking on simulations, and measures the whole estimate where it was not fitted.

Run ``python -m sim.estimate.fit`` after anything that moves the simulation: demand, dispatch, the pool, the driving hour. It
writes ``data/calibration/estimate.toml`` and the table of docs/uncertainty.md.
"""

import hashlib
import math
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from sim.assumptions import load_assumptions
from sim.estimate.error import Missed, error_percent, missed, table
from sim.estimate.mix import rate_at_ends
from sim.estimate.operator_time import PARTS, Metamodel, Setting
from sim.estimate.samples import Sample, simulate
from sim.geography.municipalities import movia_municipalities

ROOT = Path(__file__).parent.parent.parent
FILE = ROOT / "data" / "calibration" / "estimate.toml"
DOCUMENT = ROOT / "docs" / "uncertainty.md"
BEGIN, END = "<!-- estimate error: begin -->", "<!-- estimate error: end -->"

HELD_OUT = ("0159", "0190", "0217", "0219", "0250", "0260", "0306", "0316", "0329", "0340", "0376", "0390")
"""Municipalities that the fit never sees: dense and thin, large and small."""
NEVER = ("0101", "0185")
"""København and Tårnby have no flextur and are like no other municipality."""
FACTORS = (1.0, 1 / 3, 2.0)
"""The volumes of the fitted municipalities, dealt out in turn, so that the model knows thin and dense traffic everywhere."""
REPLICATIONS = {"fit": 1, "measure": 2}


@dataclass(frozen=True)
class Fit:
    """The fitted model, and how far the estimate was off in the municipalities that it never saw."""

    metamodel: Metamodel
    misses: tuple[Missed, ...]


def least_squares(samples: Sequence[Sample]) -> dict[str, tuple[float, ...]]:
    """Return the coefficients of each part, every sample weighing by the root of its bookings."""
    terms = np.array([Setting(s.direct_s, s.bookings_a_day, s.area_km2).terms for s in samples])
    weight = np.array([s.bookings_a_day for s in samples]) ** 0.25
    found = {}
    for part in PARTS:
        values: NDArray[np.float64] = np.array([getattr(s, part) for s in samples])
        solved = np.linalg.lstsq(terms * weight[:, None], values * weight, rcond=None)[0]
        found[part] = tuple(round(float(c), 6) for c in solved)
    return found


def simulate_all(workers: int = 2) -> tuple[list[Sample], list[list[Sample]]]:
    """Simulate: the samples to fit on, and those to measure by, one list for each municipality."""
    codes = [m.code for m in movia_municipalities() if m.code not in NEVER and m.code not in HELD_OUT][::2]
    jobs = [(code, FACTORS[n % len(FACTORS)], REPLICATIONS["fit"]) for n, code in enumerate(codes)]
    jobs += [(code, 1.0, REPLICATIONS["measure"]) for code in HELD_OUT]
    done: list[list[Sample]] = []
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures = [pool.submit(simulate, *job) for job in jobs]
        for number, future in enumerate(futures, start=1):
            done.append(future.result())
            print(f"simuleret {number} af {len(jobs)}", file=sys.stderr)
    return [s for rows in done[: len(codes)] for s in rows], done[len(codes) :]


def fit(fitted: Sequence[Sample], measured: Sequence[Sequence[Sample]]) -> Fit:
    """Fit on the one part and measure on the other."""
    coefficients = least_squares(fitted)
    metamodel = Metamodel(coefficients, "", len(fitted), sum(map(len, measured)), math.nan, math.nan)
    misses = tuple(m for rows in measured for m in missed(rows, metamodel))
    net, change = error_percent(misses)
    metamodel = replace(
        metamodel,
        version=_version(coefficients),
        net_cost_error_percent=net,
        change_error_percent=change,
        worst_net_cost_percent=max(abs(100 * (m.estimated_oere / m.simulated_oere - 1)) for m in misses),
        rate_at_ends=rate_at_ends(metamodel),
    )
    return Fit(metamodel, misses)


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
        "[error]",
        "# Kvadratisk middel af afvigelsen fra simuleringen i kommuner uden for tilpasningen, tilfældighed med.",
        f"net_cost_percent = {model.net_cost_error_percent:.1f}",
        f"change_percent = {model.change_error_percent:.1f}",
        f"worst_net_cost_percent = {model.worst_net_cost_percent:.1f}",
        "",
        "[operator]",
        "# Pr. booking: konstant, pr. sekund direkte kørsel, pr. rod af km2 pr. daglig booking, pr. log af daglige bookinger.",
        *(f"{part} = {list(model.coefficients[part])}" for part in PARTS),
        "",
        "[rate_at_ends]",
        "# Så mange gange køretimens pris, når forudsætningen ligger lavt eller højt og 2017 stadig skal koste 103,60 kr.",
        *(f"{key} = [{low:.4f}, {high:.4f}]" for key, (low, high) in sorted(model.rate_at_ends.items())),
    ]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    text = DOCUMENT.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    DOCUMENT.write_text(f"{before}{BEGIN}\n{table(found.misses, model)}\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Fit, write, and say how good it is."""
    found = fit(*simulate_all())
    write(found)
    model = found.metamodel
    print(
        f"{model.version}: {model.fitted_on} simuleringer, målt på {model.measured_on}; fejl på nettoudgift"
        f" {model.net_cost_error_percent:.1f} %, på ændring {model.change_error_percent:.1f} %"
    )


if __name__ == "__main__":
    main()
