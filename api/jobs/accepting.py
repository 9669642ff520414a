"""What is looked at before a scenario is taken on: everything that can be refused is refused now."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.settings import Settings
from sim.budget.forecast import check_budget
from sim.comparison.identity import run_id
from sim.geography.municipalities import find_municipality
from sim.neighbours.beside import check_neighbours
from sim.scenario.scenario import Option, Scenario, build_scenario, parse_option
from tariffs.errors import InputError

FILES = ("town_areas", "tariff_files", "trips", "observed", "gtfs")
"""Keys of a scenario that name files; a path from outside is never opened by the service."""
DATES = ("start", "spent_to")


@dataclass(frozen=True)
class Accepted:
    """A scenario that can be run, the municipalities it is for, and the run's identity."""

    run: str
    scenario: Scenario
    municipalities: tuple[str, ...]


def accept(values: dict[str, Any], settings: Settings) -> Accepted:
    """Check a scenario as it came; raises InputError saying which value cannot be used and why."""
    named = [key for key in FILES if values.get(key)]
    if named:
        raise InputError(
            f"Scenariet må ikke nævne filer: {', '.join(named)}",
            why="tjenesten åbner ingen filer, som en forespørgsel peger på",
            next_step="udelad dem, eller brug takstlab compare på din egen maskine",
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
            next_step="del det i flere kørsler",
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
    return Accepted(identity(scenario, codes), scenario, codes)


def identity(scenario: Scenario, codes: tuple[str, ...]) -> str:
    """Return a run's identity: the comparison's own for one municipality, a hash of theirs for several."""
    each = [run_id(scenario, code) for code in codes]
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
    if isinstance(option, dict) and set(option) == {"name", "elements"} and isinstance(option["elements"], list):
        try:
            made = Option(**option)
        except ValueError:
            return option
        return Option(name=made.name, elements=made.package.elements())
    return option
