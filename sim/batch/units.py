"""Units of work: one municipality, year and replication (or parameter draw) under every option, named by content."""

import atexit
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field

from sim.answer.identity import LIBRARIES, versions
from sim.batch.draws import municipal_draw, paired_replication
from sim.batch.offers import OptionOffer, offer_day, option_offers, town_areas_known
from sim.batch.plan import MAX_OPTIONS, BatchPlan
from sim.batch.rows import unit_bytes
from sim.inputs.assumptions import load_assumptions
from sim.inputs.scenario import Option, Scenario
from sim.study.draws import MOST_DRAWS
from sim.study.prepare import prepare
from sim.study.replicated.replication import run_replication
from sim.study.study import Study
from tariffs import load_municipal_choices, parse_package
from tariffs.errors import DataError

DECIDING_VERSIONS = ("model", "tariffs", "data", "assumptions", "response", *LIBRARIES)
"""The versions that decide a unit's figures and bytes; its name and the folder's identity hold them."""


@cache
def deciding_versions() -> dict[str, str]:
    """Return the versions of this process's program that decide a unit's figures."""
    found = versions()
    return {key: found[key] for key in DECIDING_VERSIONS}


class _Scenario(Scenario):
    """A scenario with as many options as a plan may have."""

    options: Annotated[tuple[Option, ...], Field(min_length=1, max_length=MAX_OPTIONS)]


@dataclass(frozen=True)
class Place:
    """One municipality in one year, and what decides its figures; the units of a place share one study.

    ``reference`` are the elements in force when ``passengers`` were counted; None for both without a number of its own.
    ``price_lists`` are the texts of the user's own editions, so that a worker on another machine needs no file.
    """

    municipality: str
    year: int
    seed: int
    options: tuple[tuple[str, ...], ...]
    passengers: float | None = None
    reference: tuple[str, ...] | None = None
    price_lists: tuple[str, ...] = ()

    @property
    def offers(self) -> tuple[OptionOffer, ...]:
        """What the municipality has of the options."""
        return option_offers(self.municipality, self.year, tuple(parse_package(", ".join(o)) for o in self.options))

    @property
    def offered(self) -> tuple[int, ...]:
        """Places in the list of the options that the municipality can have."""
        return tuple(place for place, offer in enumerate(self.offers) if offer.status == "ok")


@dataclass(frozen=True)
class Unit:
    """A replication under central parameters (``draw`` None), or under one draw of them."""

    place: Place
    replication: int
    draw: int | None = None

    @property
    def name(self) -> str:
        """Municipality, year and a hash of everything that decides what the unit gives."""
        content = {**asdict(self), "versions": deciding_versions()}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return f"{self.place.municipality}-{self.place.year}-{hashlib.sha256(text.encode()).hexdigest()[:16]}"


def places_of(plan: BatchPlan) -> Iterator[Place]:
    """Yield the plan's places, by year and municipality."""
    own, stated, choices = plan.own_passengers, plan.references, load_municipal_choices()
    options = tuple(package.elements() for package in plan.packages)
    for year in sorted(plan.years):
        for code in plan.codes:
            if code not in own:
                yield Place(code, year, plan.seed, options, price_lists=plan.price_lists)
                continue
            reference = stated[code] if code in stated else choices.choices(code, offer_day(year)).package
            yield Place(code, year, plan.seed, options, own[code], reference.elements(), plan.price_lists)


def samples_of(plan: BatchPlan) -> tuple[tuple[int, int | None], ...]:
    """Return replication and draw of every sample that the plan has of a place, the central ones first."""
    central = [(number, None) for number in range(plan.replications)]
    drawn = [(paired_replication(draw, plan.replications), draw) for draw in range(plan.draws)]
    return (*central, *drawn)


def units_of(plan: BatchPlan) -> Iterator[Unit]:
    """Yield the plan's units, those of a place together; none where a municipality has none of the options."""
    samples = samples_of(plan)
    for place in places_of(plan):
        if place.offered:
            yield from (Unit(place, replication, draw) for replication, draw in samples)


@cache
def _written(price_lists: tuple[str, ...]) -> tuple[str, ...]:
    """Write editions where this process can read them, for as long as it lives; returns their paths."""
    if not price_lists:
        return ()
    folder = Path(tempfile.mkdtemp(prefix="takstlab-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    paths = [folder / f"takster-{number}.toml" for number, _ in enumerate(price_lists, 1)]
    for path, text in zip(paths, price_lists, strict=True):
        path.write_text(text, encoding="utf-8")
    return tuple(map(str, paths))


@lru_cache(maxsize=2)
def study_of(place: Place) -> Study:
    """Return the study of a place, with the options that the municipality can have; a process keeps its last two.

    All 64 draws stand behind the central price response, however many of them the plan runs.
    """
    options = tuple(Option(name=f"{n + 1}", elements=place.options[n]) for n in place.offered)
    scenario = _Scenario(
        municipalities=(place.municipality,),
        options=options,
        year=place.year,
        seed=place.seed,
        passengers=place.passengers,
        reference=place.reference,
        draws=MOST_DRAWS,
        tariff_files=_written(place.price_lists),
    )
    return prepare(scenario, place.municipality, on=offer_day(place.year))


def run_unit(unit: Unit, expected: Mapping[str, str]) -> bytes:
    """Run a unit and return its Parquet file's bytes, the same wherever it is run.

    Raises DataError when this process's program is not the one with the ``expected`` versions.
    """
    here = deciding_versions()
    if here != expected:
        other = ", ".join(sorted(key for key in expected if here.get(key) != expected[key]))
        raise DataError(
            f"En arbejdsproces har et andet program end det, der styrer batchen: {other} er anderledes",
            next_step="installér samme version af Takstlab og dets biblioteker på alle maskiner",
        )
    place = unit.place
    study = study_of(place)
    draw = (
        None if unit.draw is None else municipal_draw(unit.draw, place.municipality, load_assumptions(), study.volume)
    )
    study = study.under(draw)
    replication = run_replication(study, unit.replication, draw)
    known = town_areas_known(place.municipality, place.year)
    return unit_bytes(study, replication, place.offered, unit.draw, town_areas_known=known)
