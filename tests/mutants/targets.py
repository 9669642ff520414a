"""Which modules are changed, and which tests judge them: those that know best first, for the first failure ends it."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.mutations import Mutant, mutants

Tests = tuple[str, ...]
FARE: Tests = (
    "tests/tariffs/test_lines_by_hand.py",
    "tests/tariffs/test_worked_prices.py",
    "tests/tariffs/test_service_package.py",
    "tests/tariffs/test_own_price.py",
    "tests/tariffs/test_column_quote.py",
)
ACCOUNTS: Tests = ("tests/accounts", "tests/tariffs/test_tariff_payments.py")
LOW, ENDS = "tests/comparison/test_low_fidelity.py", "tests/comparison/test_ends.py"
FIGURES: Tests = ("tests/comparison/test_spreads_by_hand.py", "tests/comparison/test_figures.py", LOW)

TRIPS = "tests/comparison/test_figures_are_those_of_the_trips.py"
SMALL = tuple(
    f"tests/comparison/test_compare_small.py::test_{name}"
    for name in (
        "the_published_keys_are_there_and_figures_are_exactly_mean_p10_p90",
        "equal_options_differ_by_exactly_nothing_anywhere",
        "dearer_town_fares_lose_town_trips_and_no_others",
        "the_pool_saves_less_than_the_bill_falls_and_nothing_between_equal_options",
        "every_mean_lies_in_its_interval",
    )
)
BY_HAND = "tests/comparison/test_an_option_by_hand.py"
RIDERS = "tests/comparison/test_riders_by_hand.py"
WATERFALL = "tests/comparison/test_waterfall.py"
ANSWER: dict[str, Tests] = {
    "accumulated": ("tests/comparison/test_accumulated.py", TRIPS),
    "affected_riders": (WATERFALL,),
    "citizen_prices": ("tests/comparison/test_citizen_prices.py", "tests/tariffs/test_worked_prices.py"),
    "codec": ("tests/answer/test_codec.py",),
    "compare": (BY_HAND, "tests/comparison/test_own_lines.py", WATERFALL, TRIPS, *SMALL),
    "experiments": ("tests/comparison/test_experiments.py",),
    "extrapolation": ("tests/comparison/test_extrapolation.py",),
    "flexhandicap": ("tests/comparison/test_flexhandicap_by_hand.py", "tests/comparison/test_flexhandicap.py"),
    "frame": ("tests/answer/test_frame.py",),
    "identity": ("tests/comparison/test_identity.py", "tests/cli/test_compare_command.py"),
    "introduction": ("tests/comparison/test_introduction.py",),
    "judgements": (TRIPS, *SMALL),
    "kept_version": ("tests/comparison/test_kept_version.py",),
    "option": (BY_HAND, ENDS, TRIPS, *SMALL),
    "own_lines": ("tests/comparison/test_own_lines.py",),
    "quantities": ("tests/answer/test_quantities.py",),
    "source_code": ("tests/comparison/test_identity.py",),
    "totals": (BY_HAND, TRIPS, *SMALL),
    "waterfall": (WATERFALL,),
    "wording": ("tests/comparison/test_wording.py", *SMALL),
}
REPLICATED: dict[str, Tests] = {
    "ends": (ENDS,),
    "introduced_volume": ("tests/comparison/test_introduction.py",),
    "low_fidelity": (LOW, ENDS),
    "measures": (RIDERS, TRIPS, WATERFALL, *SMALL),
    "neighbours": ("tests/neighbours/test_neighbours.py",),
    "parallel": ("tests/comparison/test_gathering.py", ENDS, *SMALL),
    "processes": ("tests/test_processes.py",),
    "reader": ("tests/comparison/test_reader.py", BY_HAND, TRIPS),
    "replication": (RIDERS, TRIPS, WATERFALL, *SMALL),
    "rider_bands": (RIDERS, BY_HAND, WATERFALL),
    "samples": ("tests/comparison/test_reader.py", LOW),
    "sequential": ("tests/comparison/test_stopping_rule.py",),
    "so_far": ("tests/comparison/test_so_far.py",),
    "trial_trips": (RIDERS, "tests/comparison/test_experiments.py"),
    "totals": ("tests/comparison/test_totals.py", TRIPS),
    "turned_away": ("tests/comparison/test_flexhandicap_by_hand.py", "tests/comparison/test_flexhandicap.py"),
    "waterfall_parts": (BY_HAND, WATERFALL),
}
FILES: dict[str, Tests] = {
    "folder": ("tests/cli/test_compare_command.py",),
    "sheet": ("tests/comparison/test_sheet_by_hand.py", "tests/cli/test_compare_command.py"),
}
"""The two modules that write an answer's folder; how the rest of it is told is read by people."""
CURVE = "tests/response/test_response_curve.py"
LOOPS = "tests/response/test_posterior_by_plain_loops.py"
FIT = "tests/response/test_response_fit.py"
EVIDENCE = "tests/response/test_evidence_by_hand.py"
SHIPPED = "tests/calibration/test_calibrate_command.py::test_the_fit_gives_the_shipped_files_again"
RESPONSE: dict[str, Tests] = {
    "bounds": ("tests/response/test_elasticity_and_bounds.py",),
    "draws": ("tests/response/test_draws_by_hand.py", FIT, SHIPPED),
    "elasticity": ("tests/response/test_elasticity_and_bounds.py",),
    "evidence": (EVIDENCE, SHIPPED),
    "facts": ("tests/response/test_facts_by_hand.py", LOOPS, FIT),
    "families": ("tests/response/test_response_families.py", LOOPS, CURVE),
    "fit": (EVIDENCE, SHIPPED),
    "posterior": ("tests/response/test_summaries_by_hand.py", LOOPS, FIT, SHIPPED),
    "response": (CURVE,),
    "texts": (CURVE,),
}
FORECAST, MONTHS = "tests/budget/test_forecast.py", "tests/budget/test_observed_months.py"
RATE, RECALIBRATION = "tests/budget/test_rate_by_hand.py", "tests/budget/test_recalibration.py"
AS_FINANCE_HAS_THEM = ("tests/budget/test_months_as_finance_has_them.py", MONTHS)
BUDGET: dict[str, Tests] = {
    "across": AS_FINANCE_HAS_THEM,
    "amounts": AS_FINANCE_HAS_THEM,
    "backtest": ("tests/budget/test_backtest.py",),
    "chosen_columns": AS_FINANCE_HAS_THEM,
    "estimated_rate": ("tests/estimate/test_paid_year.py", RECALIBRATION),
    "fit_progress": ("tests/budget/test_fit_progress.py",),
    "forecast": ("tests/budget/test_words_by_hand.py", FORECAST),
    "learning": ("tests/budget/test_learning_by_hand.py", FORECAST),
    "month_cells": AS_FINANCE_HAS_THEM,
    "month_rows": AS_FINANCE_HAS_THEM,
    "observed": AS_FINANCE_HAS_THEM,
    "pasted": ("tests/budget/test_typed_months.py",),
    "rate": (RATE, RECALIBRATION),
    "recalibration": (RATE, RECALIBRATION),
    "season": (RECALIBRATION,),
    "several_years": AS_FINANCE_HAS_THEM,
    "sheet": AS_FINANCE_HAS_THEM,
    "words": ("tests/budget/test_words_by_hand.py", FORECAST),
}


def nothing() -> None:
    """Leave everything to be imported by each child: what is to be changed is what all else rests on."""


def a_study() -> None:
    """Import and compute what comparison and budget rest on: a municipality's study, and one year of it driven."""
    from sim.inputs.scenario.scenario import build_scenario, parse_option
    from sim.study.demand import curves, demand_model
    from sim.study.prepare import prepare
    from sim.study.run import pool_of

    told = {"municipality": "0316", "options": [parse_option("I dag: kommunetakst")], "passengers": 500.0}
    study = prepare(build_scenario(told, "mutants"), "0316")
    curves(study, None)
    pool_of(study, demand_model(study, None), 0)


@dataclass(frozen=True)
class Group:
    """Modules whose mutants are judged together: ``goal`` is the share that must die, in percent."""

    name: str
    goal: float
    modules: dict[str, Tests]
    warm: Callable[[], None] = nothing

    def mutants(self, root: Path) -> list[Mutant]:
        """Return every mutant of the group."""
        return [mutant for path in self.modules for mutant in mutants(root, path)]


WHOLE = (
    Group("fare", 95, dict.fromkeys([f"tariffs/{n}.py" for n in ("fare", "fare_table", "fare_lines", "level_choice")], FARE)),
    Group("accounts", 95, dict.fromkeys([f"sim/study/accounts/{n}.py" for n in ("shares", "account", "operator")], ACCOUNTS)),
    Group("figures", 95, {"sim/study/replicated/figures.py": FIGURES}),
)  # fmt: skip
ELSEWHERE = 85
"""Percent of the sample that must die."""


def elsewhere(root: Path) -> tuple[Group, ...]:
    """Return the rooms of which a sample is judged together; the figures are judged whole."""

    def room(name: str, tests: dict[str, Tests], warm: Callable[[], None], *, whole: bool = True) -> Group:
        modules = {}
        for path in sorted((root / "sim" / name).glob("*.py")):
            key = path.relative_to(root).as_posix()
            judged = path.stem != "__init__" and (whole or path.stem in tests)
            if judged and not any(key in group.modules for group in WHOLE):
                modules[key] = tests[path.stem]
        return Group(f"elsewhere: {name}", ELSEWHERE, modules, warm)

    return (
        room("study/replicated", REPLICATED, a_study),
        room("answer", ANSWER, a_study),
        room("telling", FILES, a_study, whole=False),
        room("riders/response", RESPONSE, nothing),
        room("answer/budget", BUDGET, a_study),
    )


def sample(groups: tuple[Group, ...], root: Path, seed: int, size: int) -> dict[str, list[Mutant]]:
    """Return a sample of all the groups' mutants together, by group: those whose names have the smallest hashes under the seed.

    A mutant's lot depends on its own name alone, so that code written anew elsewhere leaves the sample as it is.
    """

    def lot(mutant: Mutant) -> bytes:
        return hashlib.sha256(f"{seed} {mutant.id}".encode()).digest()

    every = [(group.name, mutant) for group in groups for mutant in group.mutants(root)]
    drawn = set(sorted((lot(mutant) for _, mutant in every))[:size])
    return {group.name: [m for name, m in every if name == group.name and lot(m) in drawn] for group in groups}
