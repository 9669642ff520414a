"""The price response as the simulator meets it: curves of acceptance over the adult base level.

A request carries one number u, uniform on 0-1: its place among the people who would ride at 21 kr. It accepts the
level p when u < R(p) and declines otherwise, so that everybody who rides at a dearer level also rides at a cheaper one.
"""

import csv
import math
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from sim.riders.response.draws import Draw
from sim.riders.response.families import FAMILIES, Floats, log_survival
from sim.riders.response.texts import extrapolation_text
from tariffs.errors import DataError, InputError

LOWEST_PAID_OERE: Final = 2100
OBSERVED_OERE: Final = (2400, 3600, 4800, 7200)
FREE_MULTIPLIER: Final = 4.0
PRICE_YEAR: Final = 2017


def check_level(level_oere: int) -> int:
    """Return the adult base level in oere, or raise InputError: whole oere, 0 or at least 2100."""
    whole = isinstance(level_oere, int | np.integer) and not isinstance(level_oere, bool)
    if not whole or level_oere < 0 or 0 < level_oere < LOWEST_PAID_OERE:
        raise InputError(
            f"Prisniveauet {level_oere!r} øre kan ikke bruges",
            why="der findes ingen erfaringer med en grundpris over 0 og under 21 kr. for en voksen",
            next_step="vælg 0 (gratis) eller mindst 2100 øre",
        )
    return int(level_oere)


@dataclass(frozen=True)
class Curve:
    """R(p), the share of the people who would ride at 21 kr that still ride at p; 1 at p = 0.

    ``index`` scales the willingness to pay from the 2017 price level: R(p) = (S(p / index) / S(21 / index)) ** exp(spread z).
    Of several ``draws`` it is the curve whose every change from the level ``reference_oere`` is the median of theirs.
    """

    draws: tuple[Draw, ...]
    index: float = 1.0
    reference_oere: int = LOWEST_PAID_OERE
    _known: dict[int, float] = field(default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not (isinstance(self.index, float | int) and math.isfinite(self.index) and self.index > 0):
            raise InputError(f"Indekset for betalingsvilje skal være et positivt tal, ikke {self.index!r}")
        if not self.draws:
            raise ValueError("a curve needs a draw")

    def parts(self, level_oere: int) -> Floats:
        """Return R at the level for each draw, in the order of ``draws``."""
        level = check_level(level_oere)
        shares = np.ones(len(self.draws))
        if level == 0:
            return shares
        price = level / 100.0 / self.index
        for family in FAMILIES:
            rows = [i for i, draw in enumerate(self.draws) if draw.family == family]
            if rows:
                shares[rows] = _shares(family, [self.draws[i] for i in rows], price, self.index)
        return shares

    def acceptance(self, level_oere: int) -> float:
        """Return R at an adult base level in oere.

        Never rises with the level. At 0 it is 1: a free destination's additional trips are another matter. Raises
        InputError for a level strictly between 0 and 21 kr, where nothing is known.
        """
        level = check_level(level_oere)
        if level not in self._known:
            self._known[level] = self._median(level)
        return self._known[level]

    def _median(self, level: int) -> float:
        """Return R in the middle of the draws, all set to meet at the reference level."""
        if len(self.draws) == 1:
            return float(self.parts(level)[0])
        at_reference = self.parts(self.reference_oere)
        return min(1.0, float(np.median(self.parts(level) / at_reference) / np.median(1.0 / at_reference)))

    def acceptances(self, levels_oere: NDArray[np.integer[Any]]) -> Floats:
        """Return R for a column of levels; each level that occurs is computed once."""
        levels, where = np.unique(np.asarray(levels_oere), return_inverse=True)
        values = np.array([self.acceptance(level) for level in levels.tolist()], dtype=np.float64)
        return values[where.reshape(np.shape(levels_oere))]

    def accepts(self, u: float, level_oere: int) -> bool:
        """Say whether the request at place ``u`` (0 <= u < 1) rides at the level."""
        return u < self.acceptance(level_oere)

    def is_extrapolated(self, level_oere: int) -> bool:
        """Say whether the level was never observed: not 24, 36, 48 or 72 kr at the 2017 price level.

        With an index other than 1 a level counts as observed when it is the indexed one to the nearest krone, and so does
        an unchanged 24, 36 or 48 kr while it is worth at least the 21 kr of 2017: it lies among the fares that were tried.
        """
        level = check_level(level_oere)
        if level in OBSERVED_OERE[:-1] and level >= LOWEST_PAID_OERE * self.index:
            return False
        room = 0 if self.index == 1.0 else 50
        return level != 0 and all(abs(level - seen * self.index) > room for seen in OBSERVED_OERE)

    def extrapolation_text(self, level_oere: int, language: str = "da") -> str | None:
        """Return the sentence a report prints beside a level that was never observed, else None."""
        if not self.is_extrapolated(level_oere):
            return None
        return extrapolation_text(level_oere, level_oere / self.index, language)


def acceptance_in_each(curves: Sequence[Curve], levels_oere: Sequence[int]) -> Floats:
    """Return what each curve accepts at its own level, as `Curve.acceptance` does one by one, which then knows it."""
    new = [
        (c, level) for c, level in zip(curves, levels_oere, strict=True) if len(c.draws) == 1 and level not in c._known
    ]
    for family in FAMILIES:
        mine = [(c, check_level(level)) for c, level in new if c.draws[0].family == family]
        if mine:
            index = np.array([c.index for c, _ in mine])
            prices = np.array([level for _, level in mine]) / 100.0 / index
            draws = [c.draws[0] for c, _ in mine]
            shares = _shares(family, draws, prices, index)
            for (curve, level), share in zip(mine, shares.tolist(), strict=True):
                curve._known[level] = share if level else 1.0
    return np.array([curve.acceptance(level) for curve, level in zip(curves, levels_oere, strict=True)])


def _shares(family: str, draws: Sequence[Draw], price: Floats | float, index: Floats | float) -> Floats:
    """Return R at a price of 2017 for draws of one family."""
    a, b, power = np.array([(d.a, d.b, math.exp(d.spread * d.z)) for d in draws]).T
    base = log_survival(family, LOWEST_PAID_OERE / 100.0 / index, a, b)
    if np.any(np.isneginf(base)):
        raise InputError(f"Med indeks {np.min(index)} rejser ingen ved 21 kr., så svaret er ukendt")
    return np.minimum(np.exp(power * (log_survival(family, price, a, b) - base)), 1.0)


@lru_cache(maxsize=512)
def curve_of(draw: Draw, index: float = 1.0) -> Curve:
    """Return the curve of one draw: for each process one, which remembers what it has answered."""
    return Curve((draw,), index)


@dataclass(frozen=True)
class ResponseSet:
    """The shipped draws and what the fit said about them."""

    draws: tuple[Draw, ...]
    version: str
    summary: dict[str, Any] = field(repr=False, compare=False)

    def curve(self, draw: int, index: float = 1.0) -> Curve:
        """Return the curve of one draw (0 <= draw < len(draws))."""
        if not 0 <= draw < len(self.draws):
            raise InputError(f"Parametertrækning {draw} findes ikke", why=f"der er {len(self.draws)}, talt fra 0")
        return curve_of(self.draws[draw], index)

    def central(self, index: float = 1.0, first: int | None = None, reference_oere: int = LOWEST_PAID_OERE) -> Curve:
        """Return the curve in the middle of the draws (of the ``first`` ones only, when given).

        ``reference_oere`` is the level at which the volume was observed: acceptance(p) / acceptance(ref) is exactly the median
        over the draws of R(p) / R(ref), so that half of the draws lose more trips than is printed. It never rises with the
        level, as none of the draws' curves does.
        """
        count = len(self.draws) if first is None else first
        if not 1 <= count <= len(self.draws):
            raise InputError(f"{count} parametertrækninger kan ikke bruges", why=f"der er {len(self.draws)}")
        curve = Curve(self.draws[:count], index, check_level(reference_oere) or LOWEST_PAID_OERE)
        if np.any(curve.parts(reference_oere) <= 0.0):
            raise InputError(f"Ingen rejser ved {reference_oere} øre i mindst én trækning, så intet kan regnes tilbage")
        return curve

    def free_destination_multiplier(self, draw: int | None = None) -> float:
        """Return how many times the trips to a destination grow when it becomes free (None: the central value, 4)."""
        if draw is None:
            return FREE_MULTIPLIER
        return self.curve(draw).draws[0].free_multiplier


def read_draws(lines: Sequence[str]) -> tuple[Draw, ...]:
    """Read draws.csv; raises DataError when a column is missing or a value cannot be."""
    where = "data/response/draws.csv"
    draws = []
    for number, row in enumerate(csv.DictReader(lines)):
        try:
            values = {name: float(row[name]) for name in ("a", "b", "spread", "z", "free_multiplier")}
            sound = (
                int(row["draw"]) == number and row["family"] in FAMILIES and all(map(math.isfinite, values.values()))
            )
        except (KeyError, TypeError, ValueError):
            sound = False
        if not sound:
            raise DataError(
                f"Draw {number} is not a draw: {dict(row)}",
                where=where,
                next_step="run takstlab calibrate --part response --write",
            )
        draws.append(Draw(row["family"], **values))
    if not draws:
        raise DataError("There are no draws", where=where, next_step="run takstlab calibrate --part response --write")
    return tuple(draws)


@lru_cache(maxsize=1)
def load_response() -> ResponseSet:
    """Return the shipped response (read once)."""
    folder = resources.files("data").joinpath("response")
    summary = tomllib.loads(folder.joinpath("response.toml").read_text(encoding="utf-8"))
    draws = read_draws(folder.joinpath("draws.csv").read_text(encoding="utf-8").splitlines())
    return ResponseSet(draws, str(summary["version"]), summary)
