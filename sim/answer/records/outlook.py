"""The budget year and the years ahead (overslagsår)."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from pydantic import Field

from sim.words.figure import Figure
from tariffs import Certainty


@dataclass(frozen=True)
class EditionInForce:
    """A fare edition in force in a year, its first and last day (None: until further notice), and its weakest certainty."""

    id: str
    name: str
    first: Annotated[date, Field(alias="from")]
    last: Annotated[date | None, Field(alias="to")]
    certainty: Certainty


@dataclass(frozen=True)
class YearChange:
    """An option's change in one year against the first option's same year, oere and trips."""

    net_cost_oere: Figure
    trips: Figure


@dataclass(frozen=True)
class OptionYear:
    """An option in one year: oere and trips."""

    name: str
    net_cost_oere: Figure
    trips: Figure
    change: YearChange
    sign_is_sure: bool


@dataclass(frozen=True)
class OutlookYear:
    """One year in its own prices: the demand against the first year's (1 is the same), passengers, editions and options.

    ``settled_share`` is how much of its settled volume an introduced service has on average, 0 to 1; in the first year from the
    start date on.
    """

    year: int
    price_level: int
    demand_index: Figure
    passengers: float
    editions: tuple[EditionInForce, ...]
    drafted: bool
    options: tuple[OptionYear, ...]
    settled_share: Figure | None = None


@dataclass(frozen=True)
class Outlook:
    """The years with what they rest on; ``drafted_from`` is the edition that projected prices start from.

    ``budget_year_from`` is the start date from which the first year is the options', the first option's before it; null where all
    of it is.
    """

    years: tuple[OutlookYear, ...]
    fixed_prices: bool
    drafted_from: str | None
    assumptions: dict[str, float]
    replications: int
    draws: int
    budget_year_from: date | None = None
