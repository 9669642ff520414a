"""The price of a driving hour, fitted so that the 2017 mix costs 103.60 kr net per passenger.

Every municipality that had, or may have had, flextur in 2017 is simulated for that year under its package then. The start
fee, the waiting hour relative to the driving hour, and the weekend factor are assumptions and stay; one number, the
driving hour, is solved for. The fit is provisional: flextur rides alone here, without the referred traffic it shares
vehicles with.

Run ``python -m sim.calibration.operator`` and put the result into ``data/assumptions.toml``.
"""

import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from multiprocessing import get_context

from sim.accounts.operator import rates_from_register
from sim.assumptions import load_assumptions
from sim.demand.tours import draw_requests
from sim.demand.volume import ALLOCATION_DAY
from sim.geography.municipalities import movia_municipalities
from sim.scenario.scenario import build_scenario
from sim.study.run import pool_of, run_option
from sim.study.study import curves, demand_model, prepare
from tariffs import FareTable, load_municipal_choices
from tariffs.operator_payment import PARTS_PER_OERE

YEAR = 2017
SEED = 2017
NET_COST_OERE_PER_PASSENGER = 10360
"""40.3 M kr / 389,000 passengers (Movia's memo to KKR Hovedstaden, annex 2): 103.60 kr."""
PLAUSIBLE_KR_PER_HOUR = (220, 400)
SETTLED_KR = 0.5
MAX_ROUNDS = 6


@dataclass(frozen=True)
class MunicipalYear:
    """One municipality's simulated 2017.

    ``start_parts`` is the part of the operator payment that does not depend on the driving hour, ``rest_parts`` what is in
    proportion to it (driving, service, waiting at its share), both in parts of an oere at ``rate_kr`` per hour.
    """

    code: str
    weight: float
    passengers: int
    fares_oere: int
    start_parts: int
    rest_parts: int
    rate_kr: float
    fee_oere: Fraction


def simulate_2017(code: str, weight: float, rate_kr: float) -> MunicipalYear:
    """Simulate one municipality's 2017 at a driving rate, one replication, central parameters."""
    package = load_municipal_choices().choices(code, ALLOCATION_DAY).package
    scenario = build_scenario(
        {
            "municipality": code,
            "year": YEAR,
            "seed": SEED,
            "options": [{"name": str(YEAR), "elements": package.elements()}],
            "assumptions": {"operator_driving_kr_per_hour": rate_kr},
        },
        "calibration",
    )
    study = prepare(scenario, code, on=ALLOCATION_DAY)
    model = demand_model(study, None)
    requests = draw_requests(model, SEED, 0)
    table = FareTable.build(study.book, study.switches)
    run = run_option(study, requests, package, curves(study, None), pool_of(study, model, 0), table)
    payments, starts = int(run.operator_parts.sum()), run.start_parts
    return MunicipalYear(
        code,
        weight,
        int(run.carried.sum()),
        int(run.fare_oere.sum()),
        starts,
        payments - starts,
        rate_kr,
        study.fee_oere,
    )


def net_cost_per_passenger(years: Sequence[MunicipalYear], rate_kr: float) -> float:
    """Return the mix's net cost per passenger in oere, the driving rate moved to ``rate_kr`` with the driving as it is."""
    passengers = sum(y.weight * y.passengers for y in years)
    operator = sum(y.weight * (y.start_parts + y.rest_parts * rate_kr / y.rate_kr) / PARTS_PER_OERE for y in years)
    fares = sum(y.weight * y.fares_oere for y in years)
    fee = sum(y.weight * y.passengers * float(y.fee_oere) for y in years)
    return (operator - fares + fee) / passengers


def solve_rate(years: Sequence[MunicipalYear], target_oere: float = NET_COST_OERE_PER_PASSENGER) -> float:
    """Return the driving rate, kr per hour, at which the mix costs ``target_oere`` net per passenger (linear)."""
    at_zero, at_one = net_cost_per_passenger(years, 0.0), net_cost_per_passenger(years, 1.0)
    return (target_oere - at_zero) / (at_one - at_zero)


def municipalities_2017() -> list[tuple[str, float]]:
    """Return the municipalities that had flextur in 2017, with the probability that they had."""
    assumed = load_assumptions().number("volume_assumed_share")
    chances = {"known": 1.0, "assumed": assumed, "no": 0.0}
    choices = load_municipal_choices()
    offered = {m.code: chances[choices.offers("flextur", m.code, ALLOCATION_DAY)] for m in movia_municipalities()}
    return [(code, chance) for code, chance in offered.items() if chance]


def calibrate(workers: int = 2) -> tuple[float, list[MunicipalYear]]:
    """Return the fitted driving rate in kr per hour and the years it rests on.

    The planner weighs driving against starts and waiting, so the year is simulated again at each new rate until
    the rate settles.
    """
    rate = rates_from_register(load_assumptions()).driving_weekday_oere_h / 100
    years: list[MunicipalYear] = []
    mix = municipalities_2017()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for _ in range(MAX_ROUNDS):
            futures = [pool.submit(simulate_2017, code, weight, rate) for code, weight in mix]
            years = [future.result() for future in futures]
            fitted = solve_rate(years)
            print(f"{date(YEAR, 12, 31).year}: {rate:.1f} -> {fitted:.1f} kr/h", file=sys.stderr)
            if abs(fitted - rate) < SETTLED_KR:
                break
            rate = fitted
    return fitted, years


def main() -> None:
    """Print the fit: the rate, whether it is plausible, and what it rests on."""
    rate, years = calibrate()
    low, high = PLAUSIBLE_KR_PER_HOUR
    verdict = "inside" if low <= rate <= high else "MISS: outside"
    passengers = sum(y.weight * y.passengers for y in years)
    fares = sum(y.weight * y.fares_oere for y in years) / passengers / 100
    print(f"driving hour {rate:.1f} kr, {verdict} {low}-{high} kr/h")
    print(
        f"{len(years)} municipalities, {passengers:,.0f} passengers (weighted), mean fare {fares:.2f} kr (24-40 expected)"
    )
    for y in years:
        net = net_cost_per_passenger([y], rate) / 100
        fare = y.fares_oere / max(1, y.passengers) / 100
        print(f"{y.code} weight {y.weight:.1f} passengers {y.passengers:6d} net {net:6.1f} fare {fare:5.1f}")


if __name__ == "__main__":
    main()
