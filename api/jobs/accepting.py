"""What is looked at before a scenario is taken on: everything that can be refused is refused now."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, TypeVar

from api.settings import Settings
from api.store.areas import areas_of
from api.store.by_name import words_by_name
from api.store.errors import NotFoundError
from api.store.price_lists import NAMED, price_lists_of
from api.store.timetables import timetables_of
from api.store.uploads import uploads_of
from sim.answer.budget.forecast import check_budget
from sim.answer.identity import run_id
from sim.answer.neighbours.side_by_side import check_neighbours
from sim.geography.municipalities import find_municipality
from sim.inputs.scenario.scenario import Option, Scenario, build_scenario, parse_option
from tariffs.errors import DataError, InputError

FILES = ("town_areas", "tariff_files", "trips", "observed", "gtfs")
"""Keys of a scenario that name files; a path from outside is never opened by the service."""
UPLOAD = re.compile(r"upload:([0-9a-f]{64})")
"""How a scenario names a list of trips that was sent to the service."""
AREAS = re.compile(r"areas:([0-9a-f]{64})")
"""How a scenario names town areas that were sent to the service."""
TIMETABLE = re.compile(r"timetable:([0-9a-f]{64})")
"""How a scenario names a timetable that was sent to the service."""
SENT = ("trips", "town_areas", "gtfs", "tariff_files")
"""Keys of a scenario that may name what was sent."""
DATES = ("start", "spent_to")
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Accepted:
    """A scenario that can be run, the municipalities it is for, and the run's identity.

    ``placed`` is the scenario with what was sent named by where it lies, to be calculated; only ``scenario`` is kept and shown.
    """

    run: str
    scenario: Scenario
    municipalities: tuple[str, ...]
    placed: Scenario


def accept(values: dict[str, Any], settings: Settings) -> Accepted:
    """Check a scenario as it came; raises InputError saying which value cannot be used and why."""
    named_here = {"trips": upload_in(values), "town_areas": areas_in(values), "gtfs": timetable_in(values)}
    sent = {key for key, found in named_here.items() if found}
    lists = values.get("tariff_files")
    if isinstance(lists, list | tuple) and all(NAMED.fullmatch(str(name)) for name in lists):
        sent.add("tariff_files")
    named = [key for key in FILES if values.get(key) and key not in sent]
    named += [f"town_areas ({own.name})" for own in own_lines(values) if not areas_in({"town_areas": own.town_areas})]
    if named:
        raise InputError(
            f"Scenariet må ikke nævne filer: {', '.join(named)}",
            why="tjenesten åbner ingen filer, som en forespørgsel peger på",
            next_step="send turlisten til /v1/uploads, byområder til /v1/areas, køreplaner til /v1/timetables og prislister til"
            " /v1/price-lists, eller brug takstlab compare på din egen maskine",
        )
    scenario = read_scenario(values)
    if scenario.max_replications > settings.most_replications:
        raise InputError(
            f"max_replications er {scenario.max_replications}; tjenesten regner højst {settings.most_replications}",
            where="max_replications",
            next_step="vælg et mindre tal",
        )
    codes = tuple(dict.fromkeys(find_municipality(text).code for text in scenario.municipalities))
    if len(codes) > settings.most_municipalities:
        raise InputError(
            f"Scenariet har {len(codes)} kommuner; tjenesten tager højst {settings.most_municipalities} ad gangen",
            where="municipalities",
            next_step="del det i flere simuleringer",
        )
    if len(codes) > 1 and scenario.passengers is not None:
        raise InputError(
            f"Ét passagertal kan ikke gælde {len(codes)} kommuner",
            where="passengers",
            next_step="send én kommune ad gangen, eller udelad det",
        )
    check_budget(scenario, "scenariet")
    for code in codes:
        check_neighbours(scenario, code)
    lies = placed(scenario, settings)
    with naming(scenario, lies):
        return Accepted(identity(scenario, lies, codes), scenario, codes, lies)


def upload_in(values: Mapping[str, Any]) -> str | None:
    """Return the id of the upload that a scenario names, None when it names none."""
    found = UPLOAD.fullmatch(str(values.get("trips")))
    return None if found is None else found[1]


def areas_in(values: Mapping[str, Any]) -> str | None:
    """Return the id of the town areas that a scenario names, None when it names none."""
    found = AREAS.fullmatch(str(values.get("town_areas")))
    return None if found is None else found[1]


def timetable_in(values: Mapping[str, Any]) -> str | None:
    """Return the id of the timetable that a scenario names, None when it names none."""
    found = TIMETABLE.fullmatch(str(values.get("gtfs")))
    return None if found is None else found[1]


@dataclass(frozen=True)
class OwnLine:
    """An option's own file of town areas, as a scenario's values name it."""

    name: str
    town_areas: str


def own_lines(values: Mapping[str, Any]) -> list[OwnLine]:
    """Return the options of a scenario's values that name a file of town areas of their own."""
    options = values.get("options")
    tables = [option for option in options if isinstance(option, Mapping)] if isinstance(options, list | tuple) else []
    return [OwnLine(str(o.get("name")), str(o["town_areas"])) for o in tables if o.get("town_areas")]


def placed(scenario: Scenario, settings: Settings) -> Scenario:
    """Return a scenario with what was sent to the service named by where it lies; raises InputError when that is gone."""

    def line(option: Option) -> Option:
        own = areas_in({"town_areas": option.town_areas})
        if own is None:
            return option
        return option.model_copy(
            update={"town_areas": str(sent_is_kept("byområder", partial(areas_of(settings).place, own)))}
        )

    told = {"trips": scenario.trips, "town_areas": scenario.town_areas, "gtfs": scenario.gtfs}
    upload, areas, timetable = upload_in(told), areas_in(told), timetable_in(told)
    lies: dict[str, Any] = {}
    if scenario.tariff_files:
        lies["tariff_files"] = tuple(map(str, price_lists_of(settings).places(scenario.tariff_files)))
    options = tuple(line(option) for option in scenario.options)
    if options != scenario.options:
        lies["options"] = options
    if upload is not None:
        lies["trips"] = str(sent_is_kept("turliste", partial(uploads_of(settings).place, upload)))
    if areas is not None:
        lies["town_areas"] = str(sent_is_kept("byområder", partial(areas_of(settings).place, areas)))
    if timetable is not None:
        lies["gtfs"] = str(sent_is_kept("køreplan", partial(timetables_of(settings).place, timetable)))
    return scenario.model_copy(update=lies) if lies else scenario


def sent_is_kept(kind: str, found: Callable[[], Kept]) -> Kept:
    """Return what was sent to the service, by its store; raises InputError where it is there no more."""
    try:
        return found()
    except NotFoundError as error:
        raise InputError(
            f"Scenariets {kind} er ikke gemt her",
            where=error.where,
            why=error.why,
            next_step="indlæs filen igen, og send scenariet med dens id",
        ) from None


@contextmanager
def naming(told: Scenario, lies: Scenario) -> Iterator[None]:
    """Let no error that leaves the block say where the server keeps what was sent to it."""
    pairs = [(lies.trips, told.trips), (lies.town_areas, told.town_areas), (lies.gtfs, told.gtfs)]
    pairs += zip(lies.tariff_files, told.tariff_files, strict=True)
    pairs += [(there.town_areas, here.town_areas) for there, here in zip(lies.options, told.options, strict=True)]
    moved = [(place, name) for place, name in pairs if place and name and place != name]
    try:
        yield
    except (InputError, DataError) as error:
        if not moved:
            raise
        what, where, why, next_step = words_by_name(error, moved)
        raise type(error)(what, where=where, why=why, next_step=next_step, about=error.about) from None


def identity(scenario: Scenario, lies: Scenario, codes: tuple[str, ...]) -> str:
    """Return a run's identity: the comparison's own for one municipality, a hash of theirs for several.

    ``lies`` is the scenario with what was sent named by where it lies; the identity holds what is in it, not where.
    """
    each = [run_id(lies, code, told=scenario) for code in codes]
    return each[0] if len(each) == 1 else hashlib.sha256("\n".join(each).encode()).hexdigest()


def read_scenario(values: dict[str, Any]) -> Scenario:
    """Return the scenario of values that came as JSON, where dates are text; raises InputError."""
    read = dict(values)
    for key in DATES:
        if isinstance(read.get(key), str):
            try:
                read[key] = date.fromisoformat(read[key])
            except ValueError:
                raise InputError(
                    f"{read[key][:40]!r} er ikke en dato", where=key, next_step="skriv den som 2020-07-01"
                ) from None
    if isinstance(read.get("options"), list):
        read["options"] = [_option(option) for option in read["options"]]
    return build_scenario(read, "scenariet")


def _option(option: Any) -> Any:
    """Return an option, whose elements are put in the order of their own; what is no option is left to be refused."""
    if isinstance(option, str):
        return parse_option(option)
    if isinstance(option, dict) and {"name", "elements"} <= set(option) <= set(Option.model_fields):
        try:
            made = Option(**option)
        except ValueError:
            return option
        return made.model_copy(update={"elements": made.package.elements()})
    return option
