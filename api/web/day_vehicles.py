"""The vehicles of a simulated day as the page shows them: a drawing of their hours, and a table whose minutes add up."""

from collections.abc import Sequence
from dataclasses import dataclass

from api.web.day_data import clock_ends
from api.web.day_words import MINUTE_S, clock
from sim.telling.simulated_day.day import SimulatedDay
from sim.telling.simulated_day.hours_chart import hours_chart
from sim.telling.simulated_day.vehicles import Vehicle, vehicles
from sim.words.numbers import nearest
from sim.words.rounding import adding_up


@dataclass(frozen=True)
class VehicleRow:
    """A vehicle's day in whole minutes, its duties as clocks; the last row of a table is their sum."""

    name: str
    contract: str
    duties: str
    stops: int
    on_duty_min: int
    driven_min: int
    empty_min: int


def vehicle_name(number: int, language: str) -> str:
    """Return what the page calls a vehicle: the tables count from 0, people from 1."""
    return f"{'Vehicle' if language == 'en' else 'Vogn'} {number + 1}"


def vehicle_rows(day: SimulatedDay, language: str) -> list[VehicleRow]:
    """Return a row for each vehicle and one for all, rounded so that the minutes add up as printed."""
    shown = vehicles(day)
    minutes = [_minutes([getattr(vehicle, name) for vehicle in shown]) for name in ("on_duty_s", "driven_s", "empty_s")]
    rows = [
        VehicleRow(
            vehicle_name(vehicle.number, language), vehicle.contract, _duties(vehicle, language), vehicle.stops, *own
        )
        for vehicle, *own in zip(shown, *minutes, strict=True)
    ]
    total = VehicleRow(
        "In all" if language == "en" else "I alt",
        "",
        "",
        sum(row.stops for row in rows),
        *(sum(one) for one in minutes),
    )
    return [*rows, total]


def drawing(day: SimulatedDay, language: str) -> str:
    """Return the vehicles' hours as SVG in the page's language."""
    title, alt = (
        (
            "The vehicles' hours",
            "A row for each vehicle by the clock: pale where it is on duty, a thin line where it drives empty, a bar where a booking"
            " is on board, a higher one where it is shared by several. The table below has the minutes.",
        )
        if language == "en"
        else (
            "Vognenes vagter",
            "En række for hver vogn efter klokken: lys, hvor den er på vagt, en tynd streg, hvor den kører tom, en bjælke, hvor en"
            " bestilling er om bord, og en højere, hvor flere deler den. Tabellen nedenfor har minutterne.",
        )
    )
    return hours_chart(vehicles(day), clock_ends(day), title, alt, lambda number: vehicle_name(number, language))


def _minutes(seconds: Sequence[int]) -> list[int]:
    return adding_up([one / MINUTE_S for one in seconds], nearest(sum(seconds) / MINUTE_S))


def _duties(vehicle: Vehicle, language: str) -> str:
    return ", ".join(f"{clock(duty.start_s, language)}-{clock(duty.end_s, language)}" for duty in vehicle.duties)
