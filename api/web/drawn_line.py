"""A line that is being drawn: its points as GeoJSON, who lives inside it and just outside, and the trips inside it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import Request

from api.http.replies import json_bytes
from api.web import known
from api.web.builder import estimated
from api.web.form import Plan
from api.web.point_list import read_points
from api.web.reading import Faults
from api.web.values import scenario_values
from sim.desk.fairness import FairnessReport, fairness, published
from sim.desk.fairness.words import sentences
from sim.geography.features import collection
from sim.geography.municipalities import Municipality, find_municipality
from sim.geography.town_line import TownLine, town_line
from sim.words.numbers import approximately, danish
from tariffs import load_municipal_choices, parse_package
from tariffs.errors import InputError, TakstlabError

Json = dict[str, Any]
WRITTEN: dict[str, Callable[[float], str]] = {
    "whole": danish,
    "about": approximately,
    "percent": lambda share: f"{danish(share, 1)} %",
}
"""How the figures are written."""


@dataclass(frozen=True)
class Drawing:
    """What the page is about: the comparison it leads back to, what the line is for, and its points as text."""

    plan: Plan
    back: str
    use: str
    points: str

    @property
    def municipality(self) -> Municipality:
        """Where the line is drawn."""
        return find_municipality(self.plan.municipality)

    @property
    def option(self) -> int | None:
        """Which option the line is for, None for none or all of them."""
        number = self.use.removeprefix("valg")
        return int(number) if number.isdecimal() and int(number) < len(self.plan.options) else None


@dataclass(frozen=True)
class Trips:
    """The trips a year with both ends in each area, as shares of all the municipality's, and how many those are."""

    shares: tuple[float, ...]
    of_all: float
    year: int


def geojson_of(drawing: Drawing) -> bytes:
    """Return the drawn areas as a file has them; raises InputError for a point that cannot be read."""
    return json_bytes(collection(read_points(drawing.points)))


def counts(request: Request, drawing: Drawing, content: bytes, language: str) -> Json:
    """Return who lives inside and just outside, the trips inside, and what is said of the two sides; raises InputError."""
    with TemporaryDirectory(prefix="takstlab-") as folder:
        file = Path(folder) / "byomraader.geojson"
        file.write_bytes(content)
        try:
            report = _fairness(drawing, file, _day(drawing, request.app.state.today()))
            line = town_line(drawing.plan.municipality, town_areas_file=file)
        except TakstlabError as error:
            raise InputError(error.what, where="listen af punkter", why=error.why, next_step=error.next_step) from None
    told = published(report)
    trips, pending = _trips(request, drawing.plan, line)
    areas = [
        {"name": one["name"], "inside": one["inside"], "near": one["near"], "trip_share": trips and trips.shares[n],
         "trips": trips and trips.shares[n] * trips.of_all}
        for n, one in enumerate(told["lines"])
    ]  # fmt: skip
    return {
        "municipality": drawing.plan.municipality,
        "areas": areas,
        "near": told["near"],
        "distance_m": told["distance_m"],
        "trips_year": None if trips is None else trips.year,
        "trips_pending": pending,
        "own_trips": bool(drawing.plan.upload),
        "elements": told["elements"],
        "said": sentences(told, language),
    }


def _day(drawing: Drawing, today: date) -> date:
    """Return the day whose prices are told: the comparison's, else today."""
    values = scenario_values(drawing.plan, Faults())
    if not drawing.back or "year" not in values:
        return today
    return known.price_day(values["year"], values.get("start"), drawing.plan.list_files)


def _fairness(drawing: Drawing, file: Path, on: date) -> FairnessReport:
    """Return the report of the line under the option that it is for, else under what the municipality has."""
    plan, at = drawing.plan, drawing.option
    package = load_municipal_choices().choices(plan.municipality, on).nearest
    if at is not None:
        package = parse_package(", ".join(plan.options[at].elements) or "grundtakst")
    try:
        return fairness(plan.municipality, package, on=on, areas=file, tariff_files=plan.list_files)
    except InputError:
        if at is None:
            raise
        return _fairness(replace(drawing, use=""), file, on)  # the option's prices are wrong, which the builder says


def _trips(request: Request, plan: Plan, line: TownLine) -> tuple[Trips | None, bool]:
    """Return the trips inside the line under today's scheme, None without an estimate of them, and whether that is under way."""
    from sim.study.line_trips import local_trips

    faults = Faults()
    values = scenario_values(plan, faults)
    if faults or plan.upload:
        return None, False
    try:
        found = estimated(request, values)
    except TakstlabError:
        return None, False
    if found is None:
        return None, True
    all_trips = float(found.options[0].year.trips.mean)
    return Trips(local_trips(found.study).inside(line), all_trips, found.study.scenario.year), False
