"""The clinic's own account: what its rides cost in the transport account, and what driving the nurses save beside it.

The two are told apart and never booked together; their sum is given so that the choice can be judged as a whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sim.answer.clinic.wording import clinic_sentence
from sim.answer.records.clinic import Clinic as ClinicAccount
from sim.answer.records.clinic import ClinicOption, Nurses
from sim.geography.destinations import find_destination
from sim.geography.region import Region
from sim.inputs.assumptions import Assumptions
from sim.inputs.scenario.scenario import Clinic
from sim.riders.clinic_rides import clinic_facts, clinic_name, moved_trips
from sim.study.draws import ParameterDraw
from sim.study.replicated.figures import Spread, figure
from sim.study.replicated.measures import Measure
from sim.study.replicated.samples import Samples
from sim.study.replicated.totals import Replication
from sim.study.study import Study
from sim.words.numbers import OERE_PER_KRONE
from tariffs.errors import InputError

MINUTES_PER_HOUR = 60
CLINIC_IDS = ("clinic_flextur_share", "clinic_visits_per_round", "clinic_nurse_kr_per_hour")


@dataclass(frozen=True)
class NurseTime:
    """The driving that nurses save in a year, and what it is worth."""

    visits: float
    minutes_per_visit: float
    kr_per_hour: float

    @property
    def hours(self) -> float:
        """Hours of driving a year."""
        return self.visits * self.minutes_per_visit / MINUTES_PER_HOUR

    @property
    def value_oere(self) -> float:
        """Those hours in oere."""
        return self.hours * self.kr_per_hour * OERE_PER_KRONE


def check_clinic(study: Study) -> None:
    """Raise InputError when a clinic is asked for that no option brings, or that is there today already."""
    clinic = study.scenario.clinic
    if clinic is None:
        return
    name = clinic_name(clinic, study.free_names)
    find_destination(study.region, name or clinic.destination)
    if name is None:
        raise InputError(
            f"Ingen valgmulighed har gratis kørsel til klinikken {clinic.destination}",
            where="clinic",
            next_step=f"tilføj elementet gratis={clinic.destination} til den valgmulighed, der har klinikken",
        )
    if name in study.packages[0].free_destinations:
        raise InputError(
            f"Nuværende ordning har allerede gratis kørsel til {name}",
            where="clinic",
            why="klinikkens ture er ændringen fra den første valgmulighed",
            next_step="lad den første valgmulighed være uden klinikken",
        )
    clinic_facts(study.scenario, study.assumptions, study.free_names)


def round_trip_minutes(region: Region, place: int) -> float:
    """Return the mean drive from the clinic's place to a home of a resident of 70 or older and back, in minutes."""
    homes = region.older * region.inside
    there_and_back = region.drive_s[place, :].astype(np.float64) + region.drive_s[:, place]
    return float(homes @ there_and_back / homes.sum()) / MINUTES_PER_HOUR


def nurse_time(clinic: Clinic, assumptions: Assumptions, round_trip_min: float) -> NurseTime:
    """Return the driving saved: the user's own numbers, else the register's with the land paths' driving times."""
    minutes = clinic.minutes_driven_per_visit
    if minutes is None:
        minutes = round_trip_min / assumptions.number("clinic_visits_per_round")
    rate = clinic.nurse_kr_per_hour
    if rate is None:
        rate = assumptions.number("clinic_nurse_kr_per_hour")
    return NurseTime(clinic.visits_moved_a_year, minutes, rate)


def clinic_account(study: Study, samples: Samples, draws: Sequence[ParameterDraw]) -> ClinicAccount | None:
    """Draw up the clinic's account; None without a clinic.

    ``draws`` are those of ``samples.drawn``, in their order: a draw supposes the same of rides and of nurses.
    """
    clinic = study.scenario.clinic
    name = clinic_name(clinic, study.free_names)
    if clinic is None or name is None:
        return None
    place = find_destination(study.region, name)[0].place
    assert place is not None
    round_trip = round_trip_minutes(study.region, place)
    central = nurse_time(clinic, study.assumptions, round_trip)
    drawn = [nurse_time(clinic, study.assumptions.at(draw.values), round_trip) for draw in draws]
    value = _spread(samples, central.value_oere, [n.value_oere for n in drawn])
    hours = _spread(samples, central.hours, [n.hours for n in drawn])
    options = [n for n, package in enumerate(study.packages) if name in package.free_destinations]
    nurses = Nurses(
        visits_moved=clinic.visits_moved_a_year,
        minutes_per_visit=central.minutes_per_visit,
        minutes_stated=clinic.minutes_driven_per_visit is not None,
        round_trip_minutes=round_trip,
        kr_per_hour=central.kr_per_hour,
        kr_stated=clinic.nurse_kr_per_hour is not None,
        hours=figure(hours, at_least=0.0).shown,
        value_oere=figure(value, at_least=0.0).shown,
    )
    return ClinicAccount(
        destination=name,
        flextur_share=study.assumptions.number("clinic_flextur_share"),
        trips_added=moved_trips(clinic, study.assumptions),
        nurses=nurses,
        options=tuple(_option(study, samples, place, name, value, nurses) for place in options),
        assumptions={key: study.assumptions.number(key) for key in CLINIC_IDS},
    )


def _option(study: Study, samples: Samples, place: int, name: str, value: Spread, nurses: Nurses) -> ClinicOption:
    """Return the account of one option that has the clinic: its rides, and rides and nurses together."""
    added = _change(samples, place, Measure.NET_COST)
    rides, both = figure(added).shown, figure(added - value).shown
    base, package = study.packages[0], study.packages[place]
    option = study.scenario.options[place].name
    return ClinicOption(
        name=option,
        rides_net_cost_oere=rides,
        rides_trips=figure(_change(samples, place, Measure.TRIPS)).shown,
        both_oere=both,
        both_sign_is_sure=both.sign_is_sure,
        clinic_alone={*package.elements()} - {*base.elements()} == {f"gratis={name}"}
        and {*base.elements()} <= {*package.elements()},
        sentence=clinic_sentence(study.region.municipality.name, name, option, rides, both, nurses),
    )


def _change(samples: Samples, place: int, measure: Measure) -> Spread:
    def values(replications: Sequence[Replication]) -> list[float]:
        return [float(r.year[place, measure] - r.year[0, measure]) for r in replications]

    return _spread_of(samples, values(samples.central), values(samples.drawn))


def _spread(samples: Samples, central: float, drawn: Sequence[float]) -> Spread:
    """Return a quantity that no replication moves, only the draws."""
    return _spread_of(samples, [central] * len(samples.central), drawn)


def _spread_of(samples: Samples, central: Sequence[float], drawn: Sequence[float]) -> Spread:
    paired = np.array(samples.paired_with, dtype=np.int64)
    return Spread(np.array(central, dtype=np.float64), np.array(drawn, dtype=np.float64), paired)
