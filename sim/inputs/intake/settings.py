"""What the user says of a file of trips."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Settings:
    """What the user says of a file; None is found out from the file itself.

    ``places`` gives a place for texts at a trip's ends that name none: a town, parish or station, a point (55,7130 11,7160), or
    ``udelad``. With ``leave_out_unplaced`` trips with other such texts are left out. Trips after ``today`` are refused, where the door
    says which day it is.
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    ignored: Sequence[str] = ()
    sheet: str | None = None
    numbers: str | None = None
    dates: str | None = None
    encoding: str | None = None
    period: tuple[date, date] | None = None
    only_own: bool = False
    places: Mapping[str, str] = field(default_factory=dict)
    leave_out_unplaced: bool = False
    today: date | None = None
