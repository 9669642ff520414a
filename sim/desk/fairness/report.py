"""The town lines of a municipality as one record, and as a dictionary of plain values."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sim.desk.fairness.line import People
from sim.desk.fairness.prices import PASSENGERS, LineTrip
from sim.geography.municipalities import Municipality
from tariffs import ServicePackage, Source, certainty_note, certainty_of


@dataclass(frozen=True)
class TownLine:
    """One town area: the people inside and just outside its line, and the trips priced from both sides."""

    name: str
    inside: People
    near: People
    centre_km: float
    station: str
    trips: tuple[LineTrip, ...]


@dataclass(frozen=True)
class FairnessReport:
    """The town lines of one municipality under one package on one day.

    ``sources`` are those of the prices. ``near`` counts everybody within ``distance_m`` of some line once. ``own_line`` says
    that the line is the user's own, and not derived from the towns' populations. ``notes`` are codes: no_flextur (the
    municipality is not known to have it that day), no_town_element (nothing in the package tells town from country), stops.
    """

    municipality: Municipality
    package: ServicePackage
    on: date
    edition: str
    sources: tuple[Source, ...]
    distance_m: int
    lines: tuple[TownLine, ...]
    near: People
    own_line: bool
    zone_source: str
    notes: tuple[str, ...]


def published(report: FairnessReport) -> dict[str, Any]:
    """Return the report as a dictionary of plain values; amounts in oere, unknown as None."""
    return {
        "municipality": {"code": report.municipality.code, "name": report.municipality.name},
        "population_2020": report.municipality.population_2020,
        "older_70_2020": report.municipality.older_2020,
        "elements": list(report.package.elements()),
        "on": report.on.isoformat(),
        "edition": report.edition,
        "fares": {
            "certainty": certainty_of(report.sources).value,
            "text_da": certainty_note(report.sources),
            "text_en": certainty_note(report.sources, "en"),
        },
        "distance_m": report.distance_m,
        "own_line": report.own_line,
        "zone_source": report.zone_source,
        "notes": list(report.notes),
        "near": asdict(report.near),
        "lines": [
            {
                "name": line.name,
                "inside": asdict(line.inside),
                "near": asdict(line.near),
                "centre_km": line.centre_km,
                "station": line.station or None,
                "trips": [_trip(trip) for trip in line.trips],
            }
            for line in report.lines
        ],
    }


def _trip(trip: LineTrip) -> dict[str, Any]:
    return {
        "id": trip.id,
        "text_da": trip.text_da,
        "text_en": trip.text_en,
        "distance_m": trip.distance_m,
        "inside": asdict(trip.inside),
        "outside": asdict(trip.outside),
        "difference_oere": {key: trip.difference_oere(key) for key in PASSENGERS},
        "difference_percent": {key: trip.difference_percent(key) for key in PASSENGERS},
    }
