"""Which bytakst or kommunetakst changes the yearly net cost by so much: to the krone, with its interval, or the nearest there is."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from sim.estimate.amounts import Amounts
from sim.estimate.draws import estimates_at_once
from sim.estimate.estimate import estimate
from sim.estimate.intervals import estimated
from sim.estimate.paid import Paid
from sim.inputs.scenario.scenario import Option
from sim.study.own_prices import lowest_kroner
from sim.study.replicated.figures import Figure
from sim.study.study import Study
from tariffs import ServicePackage
from tariffs.errors import InputError
from tariffs.level_choice import in_price_list
from tariffs.own_price import HIGHEST_KR

Element = Literal["bytakst", "kommunetakst"]
STEP_KR = 10


@dataclass(frozen=True)
class Goal:
    """The price that comes nearest to a wanted change, and what it gives.

    ``reached`` is false when no price that can be asked about gives the change; ``change`` is the yearly net cost's against today's,
    with where it lies with 80 %, in oere, as ``trips`` is in trips; ``study`` compares today's scheme with the one at the price.
    """

    element: Element
    target_oere: int
    kroner: int
    lowest_kr: int
    highest_kr: int
    reached: bool
    change: Figure
    trips: float
    error_percent: float
    study: Study


def seek(study: Study, element: Element, target_oere: int, paid: Paid | None = None) -> Goal:
    """Return the price at which the last option of a study changes the net cost by ``target_oere`` a year against the first.

    The option's own price, if it has one, is given up; ``paid`` is the year whose cost the municipality has told.
    Raises InputError where the element means nothing in the municipality.
    """
    lowest = lowest_kroner(study.prices)
    known: dict[int, Amounts] = {}

    def calculate(prices: Iterable[int]) -> None:
        asked = sorted({min(HIGHEST_KR, p) for p in prices if p >= lowest} - known.keys())
        options = estimate(_at(study, element, asked)).options if asked else ()
        known.update(zip(asked, (option.change for option in options[1:]), strict=True))

    def nearest() -> int:
        return min(known, key=lambda kroner: (abs(known[kroner].net_cost_oere - target_oere), kroner))

    calculate([*range(lowest, HIGHEST_KR, STEP_KR), HIGHEST_KR])
    changes = [change.net_cost_oere for change in known.values()]
    if max(changes) - min(changes) < 1:
        raise InputError(
            f"Ingen {element} ændrer nettoudgiften",
            where=f"{study.region.municipality.name}, {study.scenario.year}",
            why="ingen ture betaler den under valgmulighedens andre elementer og byområder",
            next_step="vælg et byområde, hvor der køres ture, eller et andet element",
        )
    around = nearest()
    calculate(range(around - STEP_KR + 1, around + STEP_KR))
    found, changes = nearest(), [change.net_cost_oere for change in known.values()]
    at = _at(study, element, [found])
    central = estimate(at)
    drawn = estimates_at_once(at, paid)
    error = central.metamodel.change_error_percent
    return Goal(
        element,
        target_oere,
        found,
        lowest,
        HIGHEST_KR,
        min(changes) <= target_oere <= max(changes),
        estimated(known[found].net_cost_oere, [d.options[1].change.net_cost_oere for d in drawn], error / 100),
        known[found].trips,
        error,
        at,
    )


def _at(study: Study, element: Element, prices: list[int]) -> Study:
    """Return the study of today's scheme and the last option's at each price; a price that the year's list has is its level."""
    packages = [_priced(study.packages[-1], element, kroner) for kroner in prices]
    known = [in_price_list(package, study.book, study.price_day) for package in packages]
    named = [
        Option(name=f"{element.capitalize()} {kroner}", elements=package.elements())
        for kroner, package in zip(prices, packages, strict=True)
    ]
    first = study.scenario.options[0]
    return replace(
        study,
        scenario=study.scenario.model_copy(update={"options": (first, *named)}),
        packages=(study.packages[0], *known),
        lines=(study.lines[0], *[study.lines[-1]] * len(prices)),
        book=study.book.with_own_levels(
            level for package in (study.packages[0], study.reference, *known) for level in package.own_levels
        ),
    )


def _priced(package: ServicePackage, element: Element, kroner: int) -> ServicePackage:
    return replace(package, bytakst=kroner) if element == "bytakst" else replace(package, kommunetakst=kroner)
