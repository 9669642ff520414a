"""The municipality's own months in an address: read from a sheet once, and carried with the scenario from then on."""

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sim.answer.budget.observed import Observed
from sim.words.numbers import OERE_PER_KRONE, danish, english_marks, kroner
from tariffs.typed import MONTHS, MONTHS_EN

_MONTHS = re.compile(r"(20\d\d)((?:_\d{1,2}~\d{1,7}(?:~-?\d{1,12})?){1,12})")


@dataclass(frozen=True)
class OwnMonths:
    """Months of one year: passengers, and net cost in oere where it is known."""

    year: int
    months: tuple[int, ...]
    passengers: tuple[int, ...]
    cost_oere: tuple[int, ...] | None

    @property
    def address(self) -> str:
        """The months as an address has them: 2025_1~812~14530050 is January 2025, 812 passengers, 145,300.50 kr."""
        cost = self.cost_oere or (None,) * len(self.months)
        rows = zip(self.months, self.passengers, cost, strict=True)
        return str(self.year) + "".join(
            f"_{month}~{count}" + ("" if oere is None else f"~{oere}") for month, count, oere in rows
        )

    @property
    def scenario(self) -> dict[str, Any]:
        """The months as a scenario has them."""
        told: dict[str, Any] = {"year": self.year, "months": list(self.months), "passengers": list(self.passengers)}
        if self.cost_oere is not None:
            told["cost_kr"] = [oere / OERE_PER_KRONE for oere in self.cost_oere]
        return told

    @property
    def observed(self) -> Observed:
        """The months as the model is fitted to them."""
        return Observed(self.year, self.months, self.passengers, self.cost_oere)

    @property
    def total_oere(self) -> int | None:
        """What the months cost together, None where it is not known."""
        return None if self.cost_oere is None else sum(self.cost_oere)

    @property
    def last_day(self) -> date:
        """The last day of the last month."""
        return date(self.year, self.months[-1], monthrange(self.year, self.months[-1])[1])

    def words(self, language: str) -> str:
        """Say in short which months they are and what they come to."""
        names = MONTHS_EN if language == "en" else MONTHS
        first, last = (names[month - 1] for month in (self.months[0], self.months[-1]))
        count, cost = danish(sum(self.passengers)), self.total_oere
        if language == "en":
            money = "" if cost is None else f", net cost DKK {kroner(cost)}"
            return english_marks(
                f"{len(self.months)} months of {self.year} ({first}-{last}): {count} passengers{money}"
            )
        money = "" if cost is None else f", nettoudgift {kroner(cost)} kr."
        return f"{len(self.months)} måneder af {self.year} ({first}-{last}): {count} passagerer{money}"


def own_months(observed: Observed, year: int) -> OwnMonths:
    """Return observed months as a page carries them; ``year`` is theirs where they say none."""
    return OwnMonths(observed.year or year, observed.months, observed.passengers, observed.cost_oere)


def from_address(text: str) -> OwnMonths | None:
    """Return the months of an address, None for what is none.

    >>> from_address("2025_1~812~14530050_2~790~14102000").address
    '2025_1~812~14530050_2~790~14102000'
    >>> from_address("2025_13~812"), from_address("2025_1~812~5_2~790")
    (None, None)
    """
    found = _MONTHS.fullmatch(text)
    if found is None:
        return None
    rows = [[int(part) for part in row.split("~")] for row in found[2][1:].split("_")]
    months = [row[0] for row in rows]
    if len({len(row) for row in rows}) > 1 or months != sorted(set(months)) or not 1 <= months[0] <= months[-1] <= 12:
        return None
    cost = tuple(row[2] for row in rows) if len(rows[0]) > 2 else None
    return OwnMonths(int(found[1]), tuple(months), tuple(row[1] for row in rows), cost)


def of_scenario(told: Mapping[str, Any] | None) -> str:
    """Return a scenario's months as an address has them, empty for none."""
    if told is None:
        return ""
    cost = None if told.get("cost_kr") is None else tuple(round(kr * OERE_PER_KRONE) for kr in told["cost_kr"])
    return OwnMonths(told["year"], tuple(told["months"]), tuple(told["passengers"]), cost).address
