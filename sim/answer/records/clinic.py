"""The clinic's account beside the transport account."""

from dataclasses import dataclass

from sim.words.figure import Figure


@dataclass(frozen=True)
class Nurses:
    """The driving that nurses save in a year; ``minutes_stated`` and ``kr_stated`` are whether the user gave the number."""

    visits_moved: float
    minutes_per_visit: float
    minutes_stated: bool
    round_trip_minutes: float
    kr_per_hour: float
    kr_stated: bool
    hours: Figure
    value_oere: Figure


@dataclass(frozen=True)
class ClinicOption:
    """An option that has the clinic: its rides in the transport account, and rides less the nurses' driving, oere.

    ``clinic_alone`` is whether the clinic is all that the option changes.
    """

    name: str
    rides_net_cost_oere: Figure
    rides_trips: Figure
    both_oere: Figure
    both_sign_is_sure: bool
    clinic_alone: bool
    sentence: str


@dataclass(frozen=True)
class Clinic:
    """The clinic, the share of its visitors who come by flextur, the trips that adds a year, and the assumptions by id."""

    destination: str
    flextur_share: float
    trips_added: float
    nurses: Nurses
    options: tuple[ClinicOption, ...]
    assumptions: dict[str, float]
