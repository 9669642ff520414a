"""Pool and operator cost as a part of the calibration: detour, chaining and the price of an hour, and the hour in each draw."""

import hashlib
import json
from collections.abc import Sequence
from importlib.resources import files

import numpy as np

from sim.evidence.calibration.found import Compared, DrawnFare, DrawnRate, VehicleFit
from sim.evidence.calibration.knobs import CHAINING, DETOUR_MIN, DETOUR_SHARE, NEAR_PERCENT, RATE, Knobs, fit_knobs
from sim.evidence.calibration.mix import EXPECTED_KNOB_ROUNDS, Member, largest, members, simulator
from sim.evidence.calibration.parts import Part, PartResult, Progress, Section
from sim.evidence.calibration.rates import DECAY, DECAY_ACROSS, SHARE, UNKNOWN, RateDraw, fit_rates
from sim.evidence.calibration.town import TOWN_FACTOR
from sim.evidence.calibration.vehicles_charts import rates_chart
from sim.inputs.assumptions import load_assumptions
from sim.inputs.chance.quantiles import interval
from sim.inputs.facts import Fact, load_facts
from sim.study.draws import FITTED, MOST_DRAWS
from sim.words.cells import Cell
from sim.words.numbers import danish
from sim.words.table import Table

FITS = ("trip pattern", "pool", "operator cost")
FITTED_VALUES = (DETOUR_MIN, DETOUR_SHARE, CHAINING, RATE, TOWN_FACTOR)
VALUES_FILE, DRAWS_FILE = "calibration/vehicles.toml", "calibration/draws.csv"
HEAD = "# Written by `takstlab calibrate --part vehicles --write` from data/facts.toml and the register; do not edit.\n"


def run(workers: int, progress: Progress) -> PartResult:
    """Fit, and return the parameter files, the numbers and the report's sections."""
    mix = members()
    sample = largest(mix, SHARE)
    expected = EXPECTED_KNOB_ROUNDS * len(mix) + (1 + MOST_DRAWS) * len(sample)
    done = 0

    def one_more() -> None:
        nonlocal done
        done += 1
        progress(min(done, expected), expected)

    share = load_assumptions().number(UNKNOWN)
    with simulator(workers, one_more) as simulate:
        knobs = fit_knobs(simulate, mix, share)
        draws = fit_rates(simulate, sample, knobs, share)
    progress(expected, expected)
    found = summary(knobs, draws, mix)
    return PartResult({VALUES_FILE: values_toml(found), DRAWS_FILE: draws_csv(draws)}, found, sections(found, draws))


PART = Part("vehicles", "Fælles vogne og vognmandsbetaling", FITS, run)


def version() -> str:
    """Return a hash of what the fit rests on: the facts, the register but what is fitted here, and the price response."""
    register = {
        key: (entry.value, entry.low, entry.high, entry.not_drawn)
        for key, entry in load_assumptions().items()
        if key not in FITTED_VALUES
    }
    response = (files("data") / "response" / "draws.csv").read_text(encoding="utf-8").replace("\r\n", "\n")
    facts = [(fact.id, fact.low, fact.high) for fact in load_facts().used_for("calibration")]
    return hashlib.sha256(json.dumps([register, facts, response], sort_keys=True).encode()).hexdigest()[:16]


def summary(knobs: Knobs, draws: Sequence[RateDraw], mix: Sequence[Member]) -> VehicleFit:
    """Return what was fitted, to what, and how near it came."""
    facts, register = load_facts(), load_assumptions()
    rates = np.array([draw.rate_kr for draw in draws])
    fares = np.array([draw.mean_fare_kr for draw in draws])
    plausible = facts["hourly_rate"]

    def over_draws(values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[float, float, float, float, float]:
        return float(values.mean()), *interval(values), float(values.min()), float(values.max())

    def inside(values: "np.ndarray[tuple[int], np.dtype[np.float64]]", known: Fact) -> int:
        return int(np.count_nonzero((values >= known.low) & (values <= known.high)))

    net_kr = knobs.mix.net_kr_per_passenger(knobs.values[RATE])
    within = (plausible.low, plausible.high, inside(rates, plausible))
    return VehicleFit(
        version=version(),
        values={key: knobs.values[key] for key in FITTED_VALUES},
        at_bounds=knobs.at_bounds,
        municipalities=len({member.code for member in mix}),
        trips_simulated=round(knobs.mix.trips),
        shared_percent=Compared(facts["shared_2016"].low, knobs.mix.shared_percent),
        coordinated_percent=Compared(facts["coordinated_2016"].low, knobs.mix.coordinated_percent),
        net_kr_per_passenger=Compared(facts["net_per_passenger_2017"].low, net_kr),
        mean_fare_kr=DrawnFare(knobs.mix.mean_fare_kr, *over_draws(fares), inside(fares, facts["mean_fare_2017"])),
        rate_kr_per_hour=DrawnRate(knobs.values[RATE], *over_draws(rates), *within),
        unknown_kommunetakst_share=register.number(UNKNOWN),
    )


def values_toml(found: VehicleFit) -> str:
    """Return the text of vehicles.toml: the fitted assumptions, and what they were fitted to."""
    lines = [HEAD + f'version = "{found.version}"', "", "[values]"]
    lines += [f"{key} = {float(value)!r}" for key, value in found.values.items()]
    for block in ("shared_percent", "coordinated_percent", "net_kr_per_passenger", "mean_fare_kr", "rate_kr_per_hour"):
        lines += [
            "",
            f"[{block}]",
            *(f"{key} = {round(float(value), 4)!r}" for key, value in vars(getattr(found, block)).items()),
        ]
    return "\n".join(lines) + "\n"


def draws_csv(draws: Sequence[RateDraw]) -> str:
    """Return the text of draws.csv: what is solved for in each draw."""
    lines = [",".join(["draw", *FITTED, "mean_fare_kr"])]
    for draw in draws:
        values = {RATE: round(draw.rate_kr, 2), TOWN_FACTOR: draw.town_factor}
        values |= {DECAY: draw.decay_km, DECAY_ACROSS: draw.decay_across_km}
        cells = [values[key] for key in FITTED] + [round(draw.mean_fare_kr, 3)]
        lines.append(",".join([str(draw.number), *(repr(float(cell)) for cell in cells)]))
    return "\n".join(lines) + "\n"


def sections(found: VehicleFit, draws: Sequence[RateDraw]) -> tuple[Section, ...]:
    """Return the report's sections."""
    rate, fare, values = found.rate_kr_per_hour, found.mean_fare_kr, found.values
    low, high = danish(rate.plausible_low), danish(rate.plausible_high)
    verdict = "inden for" if rate.plausible_low <= rate.central <= rate.plausible_high else "UDEN FOR"
    table = Table(
        "Tilpasset på blandingen af 2017",
        ("hvad", "oplyst", "simuleret", "stillet på"),
        tuple(
            (Cell(name), Cell(danish(fitted.counted, 1)), Cell(danish(fitted.simulated, 1)), Cell(knob))
            for name, fitted, knob in (
                ("samkørte ture, pct.", found.shared_percent, f"omvej: {danish(values[DETOUR_MIN], 1)} min. eller"
                 f" {danish(100 * values[DETOUR_SHARE], 1)} % af direkte køretid"),
                ("koordinerede ture, pct.", found.coordinated_percent, f"kædning: {danish(values[CHAINING])} kr."),
                ("nettoudgift pr. passager, kr.", found.net_kr_per_passenger, f"køretime: {danish(values[RATE], 1)} kr."),
            )
        ),
    )  # fmt: skip
    bounds = (
        f"Søgningen standsede ved grænsen af {', '.join(found.at_bounds)}: tallet rammes ikke, og det siges her."
        if found.at_bounds
        else f"Ingen af dem ligger ved grænsen af sit spænd. Andelene er ramt, når de er inden for {danish(NEAR_PERCENT, 1)} point."
    )
    return (
        Section(
            "Fælles vogne: samkørsel og kædning",
            (
                f"{found.municipalities} kommuner, der havde eller kan have haft flextur i 2017, vægtet efter sandsynligheden. En tur "
                "er samkørt, når en anden bestilling er i vognen undervejs, og koordineret, når den er samkørt, eller vognen kom lige "
                "fra eller kørte lige videre til en anden bestilling uden at vende hjem eller slutte vagten.",
                bounds,
            ),
            (table,),
        ),
        Section(
            "Vognmandsbetaling: timens pris",
            (
                f"En køretime koster {danish(rate.central, 1)} kr., {verdict} de {low}-{high} kr., som bud tillader. I trækningerne er "
                f"den {danish(rate.mean)} kr. ({danish(rate.p10)}-{danish(rate.p90)}; fra {danish(rate.lowest)} til "
                f"{danish(rate.highest)}); {rate.draws_inside} af {len(draws)} ligger inden for spændet.",
                f"Middelprisen i 2017 er ikke offentliggjort, kun at den var 24-40 kr. Med modellens ture er den "
                f"{danish(fare.central, 1)} kr.; i trækningerne, hver med sine turlængder og sin andel kommunetakst blandt de "
                f"ukendte, er den {danish(fare.p10, 1)}-{danish(fare.p90, 1)} kr. i otte af ti (fra {danish(fare.lowest, 1)} "
                f"til {danish(fare.highest, 1)}); {fare.draws_inside} af {len(draws)} ligger inden for spændet.",
            ),
            (),
            (rates_chart(draws, rate.plausible_low, rate.plausible_high),),
        ),
    )
