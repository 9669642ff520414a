"""Tables of draws as calibration ships them: a row for each draw, numbered from 0."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeVar

from tariffs.errors import DataError

T = TypeVar("T")


@dataclass(frozen=True)
class ShippedDraws:
    """A file below ``data/calibration``.

    Attributes
    ----------
    what : what its draws are called in an error, in Danish
    next_step : what makes the file again
    """

    name: str
    draws: int
    what: str
    next_step: str

    @property
    def lines(self) -> list[str]:
        """The file's lines."""
        return (files("data") / "calibration" / self.name).read_text(encoding="utf-8").splitlines()

    def read(self, columns: Callable[[list[dict[str, str]]], T]) -> T:
        """Return what ``columns`` makes of the rows; raises DataError when they are not whole, or it raises KeyError or ValueError."""
        rows = list(csv.DictReader(self.lines))
        try:
            if [int(row["draw"]) for row in rows] != list(range(self.draws)):
                raise ValueError(f"the {len(rows)} draws are not numbered from 0 to {self.draws - 1}")
            return columns(rows)
        except (KeyError, TypeError, ValueError) as error:
            raise DataError(
                f"{self.what} kan ikke læses: {error}",
                where=f"data/calibration/{self.name}",
                next_step=self.next_step,
            ) from None
