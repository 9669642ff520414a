"""How much work a validation does: quick for every day, full before figures are handed on."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Profile:
    """The size of each check; the checks are the same in every profile.

    Attributes
    ----------
    draws, replications : parameter draws and replications of each trial (24 -> 48, Lolland, Gladsaxe)
    mix : municipalities in the comparison of years, those with most passengers first; None is all
    pairs : replications by which common random numbers are measured
    conserved : random sets of municipality and package whose money is counted
    printed : synthetic truths of each cell of the printed figures
    truths, left_out : synthetic truths of the coverage; ``fineness`` is the grid of the fits, 1 being the shipped one
    arrivals : years whose arrivals are counted
    queue_days : days of each queue with a known answer
    """

    name: str
    draws: int
    replications: int
    mix: int | None
    pairs: int
    conserved: int
    printed: int
    truths: int
    left_out: int
    fineness: float
    arrivals: int
    queue_days: int


PROFILES: Final = {
    profile.name: profile
    for profile in (
        Profile("quick", draws=8, replications=2, mix=12, pairs=12, conserved=3, printed=120, truths=200, left_out=60,
                fineness=0.5, arrivals=100, queue_days=1000),
        Profile("full", draws=64, replications=5, mix=None, pairs=40, conserved=12, printed=4000, truths=1000, left_out=200,
                fineness=0.75, arrivals=400, queue_days=4000),
    )
}  # fmt: skip
