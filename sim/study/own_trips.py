"""A municipality's own trips as a study's demand: placed on its map, moved to its year, and met by the reference fares."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from sim.geography.projection import to_metres
from sim.geography.region import Region
from sim.inputs.corona import corona_between
from sim.inputs.intake.imported import read_import
from sim.inputs.scenario import Scenario
from sim.riders.demand.days import ServiceYear
from sim.riders.demand.listed import UNKNOWN, Ints, ListedTrips
from sim.riders.demand.model import DemandModel
from sim.riders.demand.observed import observed_requests
from sim.riders.demand.requests import Requests
from sim.riders.demand.trip_pattern import TourKind
from sim.riders.response.response import Curve
from sim.study.choice import CLOSED, effective_days, level_amounts, levels, periods
from sim.study.free_destinations import times_the_wishes
from sim.study.own_list import OwnTrips, forbidden_trips
from sim.study.study import Study
from sim.words.numbers import danish
from tariffs import FareTable
from tariffs.errors import About, InputError

WHOLE_YEAR_DAYS = (351, 380)
"""A list from its first to its last day may lack a fortnight of a year, or have one too many."""
SHOWN_BY_THE_LIST = frozenset({"town_share", "cross_border_share"})
"""Assumptions in whose place the list's own shares stand."""


def read_own_trips(scenario: Scenario, region: Region, year: ServiceYear) -> OwnTrips:
    """Read a scenario's imported list for a municipality and a year.

    Raises InputError when the list is another municipality's, does not cover a whole year, or the scenario states
    something else of what the list shows.
    """
    path = Path(scenario.trips or "")
    twice = ["passengers"] * (scenario.passengers is not None) + sorted(SHOWN_BY_THE_LIST & scenario.assumptions.keys())
    if twice:
        raise InputError(
            f"{' og '.join(twice)} kan ikke angives sammen med en turliste",
            why="listen selv siger, hvor mange der kører, og hvor",
            next_step="udelad det ene",
            about=About("passengers") if scenario.passengers is not None else About("assumptions", tuple(twice)),
        )
    table, told = read_import(path)
    code = region.municipality.code
    if told["municipality"] != code:
        raise InputError(
            f"Turlisten er {told['municipality_name']} Kommunes, ikke {region.municipality.name} Kommunes",
            where=str(path),
            next_step="indlæs listen for den rigtige kommune",
        )
    first, last = (date.fromisoformat(told["period"][end]) for end in ("first", "last"))
    covered = (last - first).days + 1
    if not WHOLE_YEAR_DAYS[0] <= covered <= WHOLE_YEAR_DAYS[1]:
        raise InputError(
            f"Turlisten dækker {covered} dage ({first} - {last}), ikke et helt år",
            where=str(path),
            why="en del af et år regnes ikke op, fordi måneder og ferier ikke ligner hinanden",
            next_step="indlæs et helt år; har listen flere, så vælg ét med --period 2019-01-01/2019-12-31",
        )
    trips, moved = _listed(table, region, year)
    made = ~trips.in_vain & ~trips.plustur
    passengers = float(trips.party[made].sum())
    if not passengers:
        raise InputError("Turlisten har ingen udførte flexture", where=str(path), next_step="indlæs en anden liste")
    statement = f"Kommunens egen turliste: {danish(int(made.sum()))} flexture med {danish(passengers)} passagerer, {first} - {last}"
    notes = [f"{statement}. Listen er efterspørgslen i stedet for den beregnede."]
    if moved:
        notes.append(
            f"Turene er flyttet til {year.year} på samme ugedag, højst en uge fra samme dato; helligdage følger ikke med. Deres antal"
            f" er listens eget, ikke ført til {year.year} med befolkningen; priser og takster er dem for {year.year}."
        )
    if corona_between(first, last):
        notes.append(
            "Corona holdt mange hjemme fra marts 2020 til januar 2022: et grundlag fra den tid giver for få ture i et normalt år."
        )
    closed = int(np.count_nonzero(year.closed[trips.day] & ~trips.plustur))
    if closed:
        notes.append(
            f"{danish(closed)} af turene falder på dage, hvor flextur var lukket; de er talt med, som listen har dem."
        )
    return OwnTrips(
        trips, table["status"].null_count < table.num_rows, passengers, statement, (*notes, *told.get("notes", ()))
    )


def _listed(table: pa.Table, region: Region, year: ServiceYear) -> tuple[ListedTrips, bool]:
    origin, destination = (_places(table, end, region) for end in ("from", "to"))
    town, inside = region.town, region.inside
    stays = (town[origin] == town[destination]) & (town[origin] >= 0)
    kind = np.where(~inside[destination], TourKind.ACROSS_OUT, np.where(stays, TourKind.TOWN, TourKind.INSIDE))
    days = table["date"].to_numpy().astype("datetime64[D]").astype(np.int64)
    day = _in_year(days, year)
    status, channel = table["status"].to_pylist(), table["channel"]
    booked = table["booked_at"].fill_null("")
    booked_on = pc.utf8_slice_codeunits(booked, 0, 10)
    has_booking = pc.not_equal(booked, "").to_numpy()
    booked_days = (
        pc.if_else(pc.equal(booked, ""), "1970-01-01", booked_on).cast(pa.date32()).cast(pa.int32()).to_numpy()
    )
    trips = ListedTrips(
        kind=kind.astype(np.int64),
        origin=origin.astype(np.int32),
        destination=destination.astype(np.int32),
        day=day,
        half_hour=_half_hours(table["time"]),
        booked_day=np.where(has_booking, booked_days + (day - days), UNKNOWN).astype(np.int64),
        booked_half_hour=_half_hours(pc.utf8_slice_codeunits(booked, 11, 16)),
        party=table["passengers"].to_numpy().astype(np.int64),
        children=_or_unknown(table["children"].cast(pa.int64())),
        online=_or_unknown(pc.equal(channel, "online").cast(pa.int64())),
        standing=_or_unknown(pc.equal(table["standing"], "ja").cast(pa.int64())),
        in_vain=np.array([text == "forgæves" for text in status], dtype=np.bool_),
        plustur=np.array([text == "plustur" for text in table["product"].to_pylist()], dtype=np.bool_),
    )
    return trips, bool((day + (year.first - date(1970, 1, 1)).days != days).any())


def _or_unknown(column: pa.ChunkedArray) -> Ints:
    return column.fill_null(UNKNOWN).to_numpy().astype(np.int64)


def _half_hours(column: Any) -> Ints:
    """Return the number of each half hour '10:30', UNKNOWN for an empty text."""
    numbers = {f"{half // 2:02d}:{half % 2 * 30:02d}": half for half in range(48)}
    return np.array([numbers.get(text, UNKNOWN) for text in column.to_pylist()], dtype=np.int64)


def _places(table: pa.Table, end: str, region: Region) -> Ints:
    """Return the region's place nearest to each zone's, in the zone's own municipality where the map has any there."""
    codes = np.array(region.municipality_code)
    points = np.stack(to_metres(region.lat, region.lon), axis=1)
    zones = table[f"{end}_zone"].combine_chunks().dictionary_encode()
    first = np.unique(zones.indices.to_numpy(), return_index=True)[1]
    lat, lon = (table[f"{end}_{axis}"].to_numpy()[first] for axis in ("lat", "lon"))
    at = np.stack(to_metres(lat, lon), axis=1)
    found = np.zeros(len(first), dtype=np.int64)
    for number, name in enumerate(zones.dictionary.to_pylist()):
        here = codes == name[:4]
        among = np.flatnonzero(here if here.any() else ~region.inside)
        found[number] = among[np.argmin(np.hypot(*(points[among] - at[number]).T))]
    return found[zones.indices.to_numpy()]


def _in_year(days: Ints, year: ServiceYear) -> Ints:
    """Return each day (from 1970) as a day of the year: the same weekday nearest to the same date."""
    unique, where = np.unique(days, return_inverse=True)
    moved = []
    for number in unique.tolist():
        day = date(1970, 1, 1) + timedelta(days=number)
        leap_day = (day.month, day.day) == (2, 29)
        target = (date(year.year, 2, 28) if leap_day and year.days == 365 else day.replace(year=year.year)) - year.first
        place = target.days + (day.weekday() - (year.first + target).weekday() + 3) % 7 - 3
        moved.append(place + 7 * (place < 0) - 7 * (place >= year.days))
    return np.array(moved, dtype=np.int64)[where]


def own_requests(
    study: Study, model: DemandModel, by_class: Mapping[int, Curve], table: FareTable, replication: int
) -> Requests:
    """Return one replication's requests made from the study's own trips; raises InputError when the reference forbids some."""
    own = study.own_trips
    assert own is not None
    reference = study.reference

    def share(requests: Requests) -> NDArray[np.float64]:
        period = periods(table, study.year.first, effective_days(requests, study.standing_delay_days))
        level = levels(requests, reference, study.free_names)
        amounts = level_amounts(table, period, level)
        if (amounts == CLOSED).any():
            raise forbidden_trips(int((amounts == CLOSED).sum()))
        shares = np.ones(len(requests))
        for place_class, curve in by_class.items():
            rows = (requests.place_class == place_class) & ~requests.plustur
            shares[rows] = curve.acceptances(amounts[rows])
        return shares

    return observed_requests(
        model,
        own.trips,
        share,
        study.scenario.seed,
        replication,
        free_at_reference=reference.free_destinations,
        free_multiplier=times_the_wishes(study, by_class),
        plustur_at_reference=reference.plustur,
        drawn_in_vain=0.0 if own.has_status else study.assumptions.number("in_vain_share"),
    )
