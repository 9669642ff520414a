"""`make mutants`: changes one operator, comparison or number at a time and asks whether a test notices.

python -m tests.mutants                       all groups; ends with 1 when a goal is missed or a survivor has no reason
python -m tests.mutants --only figures        one group
python -m tests.mutants --module sim/study/accounts/shares.py
"""

import argparse
import os
import sys
import time
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.mutations import Mutant
from tests.mutants.running import import_libraries, judged
from tests.mutants.targets import WHOLE, Group, elsewhere, sample

ROOT = Path(__file__).parents[2]
REASONS = Path(__file__).with_name("survivors.toml")


def main() -> int:
    """Judge the mutants and print the score; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--only", action="append", help="fare, accounts, figures, or a room as answer/budget")
    parser.add_argument("--module", action="append", help="a module, all of its mutants")
    parser.add_argument("--seed", type=int, default=12, help="of the sample")
    parser.add_argument("--sample", type=int, default=300, help="mutants in the sample")
    parser.add_argument("--workers", type=int, default=len(os.sched_getaffinity(0)))
    told = parser.parse_args()

    reasons: dict[str, str] = tomllib.loads(REASONS.read_text(encoding="utf-8"))
    import_libraries()
    rest = elsewhere(ROOT)
    asked = [(group, group.mutants(ROOT)) for group in WHOLE]
    drawn = sample(rest, ROOT, told.seed, told.sample)
    asked += [(group, group.mutants(ROOT) if told.module else drawn[group.name]) for group in rest]
    scores: list[Score] = []
    for group, chosen in asked:
        if told.only and group.name.removeprefix("elsewhere: ") not in told.only:
            continue
        if told.module:
            chosen = [mutant for mutant in chosen if mutant.path in told.module]
        if chosen:
            scores.append(_judge(group, chosen, reasons, told.workers))
    sampled = [score for score in scores if score.name.startswith("elsewhere")]
    if len(sampled) > 1:
        scores = [score for score in scores if score not in sampled] + [_together(sampled)]
    for score in scores:
        print(score.text)
    return 0 if all(score.good for score in scores) else 1


@dataclass(frozen=True)
class Score:
    """How many mutants of a group died, and how many of the others have a reason."""

    name: str
    goal: float
    mutants: int
    killed: int
    explained: int
    minutes: float

    @property
    def percent(self) -> float:
        return 100 * self.killed / self.mutants

    @property
    def good(self) -> bool:
        return self.percent >= self.goal and self.killed + self.explained == self.mutants

    @property
    def text(self) -> str:
        left = self.mutants - self.killed - self.explained
        return (
            f"{self.name}: {self.killed} of {self.mutants} die, {self.percent:.1f} % (goal {self.goal:g}); "
            f"{self.explained} survivors explained, {left} not; {self.minutes:.1f} min"
        )


def _together(parts: list[Score]) -> Score:
    total = [sum(getattr(part, key) for part in parts) for key in ("mutants", "killed", "explained", "minutes")]
    return Score("elsewhere", parts[0].goal, *total)


def _judge(group: Group, chosen: list[Mutant], reasons: dict[str, str], workers: int) -> Score:
    """Judge mutants of a group, printing each survivor as it is known."""
    began = time.monotonic()
    killed = explained = 0
    for number, outcome in enumerate(judged(chosen, group.modules, ROOT, workers, group.warm), start=1):
        killed += outcome.killed
        if not outcome.killed:
            reason = reasons.get(outcome.mutant.id)
            explained += reason is not None
            print(f"  survives ({outcome.seconds:.0f} s): {outcome.mutant.id} | {reason or 'no reason'}", flush=True)
        if number % 25 == 0:
            print(
                f"  {group.name}: {number} of {len(chosen)}, {time.monotonic() - began:.0f} s",
                file=sys.stderr,
                flush=True,
            )
    return Score(group.name, group.goal, len(chosen), killed, explained, (time.monotonic() - began) / 60)


if __name__ == "__main__":
    sys.exit(main())
