"""The whole answer."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from sim.answer.records.basis import (
    AssumptionUsed,
    FlexhandicapTerms,
    Introduction,
    Prebooked,
    Precision,
    Swing,
    Volume,
)
from sim.answer.records.budget import Budget, ObservedMonths
from sim.answer.records.clinic import Clinic
from sim.answer.records.neighbours import Neighbours
from sim.answer.records.option import OptionAnswer
from sim.answer.records.outlook import Outlook
from sim.answer.records.own_lines import OwnLines
from sim.answer.records.prices import FareCertainty, PlusturPrices, TripPrice
from sim.answer.records.totals import Totals
from sim.answer.records.trials import Trial

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A finished comparison of one municipality, as it is published.

    The first option is the one the others are compared with. Amounts are in the kroner of ``price_level``, the year whose
    prices they are in. None is what was not asked for, or what an older answer does not hold.
    """

    schema_version: int
    municipality: str
    municipality_name: str
    year: int
    price_level: int | None = None
    start: date | None
    price_day: date | None = None
    seed: int
    tariff_editions: tuple[str, ...]
    replications: int
    draws: int
    precision: Precision
    volume: Volume
    population: int
    population_older: int | None = None
    population_year: int | None = None
    population_basis: Literal["known", "interpolated", "projected"] | None = None
    options: tuple[OptionAnswer, ...]
    across: Totals
    experiments: tuple[Trial, ...] | None = None
    own_lines: OwnLines | None = None
    flexhandicap: FlexhandicapTerms | None = None
    citizen_prices: tuple[TripPrice, ...]
    fares: FareCertainty | None = None
    plustur_prices: PlusturPrices | None = None
    prebooked: Prebooked | None
    introduction: Introduction | None = None
    notes: tuple[str, ...]
    most_important: tuple[Swing, ...] | None = None
    tornadoes: tuple[tuple[Swing, ...], ...] | None = None
    assumptions: tuple[AssumptionUsed, ...]
    outlook: Outlook | None = None
    clinic: Clinic | None = None
    budget: Budget | None = None
    observed: ObservedMonths | None = None
    neighbours: Neighbours | None = None

    def to_frame(self) -> "pd.DataFrame":
        """Return every figure of every option as a data frame, see `sim.answer.frame`."""
        from sim.answer.frame import frame  # late: pandas is not needed to read an answer

        return frame(self.options)
