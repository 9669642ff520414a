"""What each vehicle did with its day: its duties, and how long it drove empty, with one booking and with several."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sim.telling.simulated_day.day import Duty, SimulatedDay

MOST_LEVEL = 2


@dataclass(frozen=True)
class Vehicle:
    """A vehicle's duties of the day, in their order."""

    number: int
    contract: str
    duties: tuple[Duty, ...]

    @property
    def stops(self) -> int:
        """How many stops it made."""
        return sum(len(duty.stops) for duty in self.duties)

    @property
    def on_duty_s(self) -> int:
        """The seconds of its duties, which are what is paid for."""
        return sum(duty.end_s - duty.start_s for duty in self.duties)

    @property
    def driven_s(self) -> int:
        """The seconds of driving."""
        return sum(stop.drive_s for duty in self.duties for stop in duty.stops)

    @property
    def empty_s(self) -> int:
        """The seconds of driving with nobody on board."""
        return sum(stop.drive_s for duty in self.duties for stop in duty.stops if stop.load_before == 0)


@dataclass(frozen=True)
class Spell:
    """A stretch of a duty: ``level`` is 0 driving empty, 1 with one booking, 2 with more."""

    from_s: int
    until_s: int
    level: int


def vehicles(day: SimulatedDay) -> list[Vehicle]:
    """Return the day's vehicles by number."""
    return [
        Vehicle(number, duties[0].contract, duties)
        for number, group in groupby(day.duties, key=lambda duty: duty.vehicle)
        if (duties := tuple(group))
    ]


def spells(duty: Duty) -> list[Spell]:
    """Return a duty's driving and riding, stretches of the same level joined; empty waiting and stops are left out."""
    found: list[Spell] = []
    for spell in _pieces(duty):
        if found and found[-1].level == spell.level and found[-1].until_s == spell.from_s:
            found[-1] = Spell(found[-1].from_s, spell.until_s, spell.level)
        elif spell.until_s > spell.from_s:
            found.append(spell)
    return found


def _pieces(duty: Duty) -> Iterator[Spell]:
    left, bookings = duty.start_s, 0
    for stop in duty.stops:
        level = min(bookings, MOST_LEVEL)
        yield Spell(left if bookings else stop.leave_s, stop.arrive_s, level)
        inside = min(max(bookings, stop.bookings), MOST_LEVEL)
        if inside:
            yield Spell(stop.arrive_s, stop.done_s, inside)
        left, bookings = stop.done_s, stop.bookings
