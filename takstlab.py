"""Takstlab for analysts: a comparison, an estimate or the price of a trip, from Python; see docs/python.md.

``compare`` simulates and gives an `Answer` (the records of docs/answer.md), ``estimate`` is the closed form at once, ``quote`` prices
one trip. All take what a scenario takes (docs/scenarios.md), and raise `InputError` in Danish for what cannot be used.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sim.answer.records import Answer
from sim.estimate.estimate import Estimate
from sim.inputs.scenario import Scenario
from tariffs import Offer, Refusal
from tariffs.errors import InputError as InputError


def compare(municipality: str, options: Sequence[str], *, year: int, workers: int = 1, **scenario: Any) -> Answer:
    """Simulate the options on the same people and return the answer.

    Parameters
    ----------
    municipality : code or name
    options : as the command line writes them, ``"Bytakst 60: kommunetakst, bytakst=high"``; the first is the one in force
    workers : processes; with more than one the calling script needs ``if __name__ == "__main__"``
    scenario : any other key of docs/scenarios.md, as ``passengers=12_000, start=date(2027, 7, 1)``
    """
    from sim.answer.budget.recalibration import of_scenario
    from sim.answer.compare import compare as compared
    from sim.study.prepare import prepare

    asked, code = _asked(municipality, options, year, scenario)
    own = of_scenario(asked, code, workers=workers)
    study = prepare(asked if own is None else own.scenario, code)
    return compared(study, workers=workers, recalibration=own).answer


def estimate(municipality: str, options: Sequence[str], *, year: int, **scenario: Any) -> Estimate:
    """Return the closed form's estimate of the options: in a second, without intervals. Takes what ``compare`` takes."""
    from sim.answer.budget.recalibration import without_cost
    from sim.estimate.estimate import estimate as estimated
    from sim.study.prepare import prepare

    asked, code = _asked(municipality, options, year, scenario)
    return estimated(prepare(without_cost(asked, code), code))


def quote(
    from_: str,
    to: str,
    km: float,
    travel: date,
    *,
    elements: Sequence[str] = (),
    booked: date | None = None,
    **trip: Any,
) -> Offer | Refusal:
    """Return the price of one trip with its lines, or the refusal with its reason.

    ``from_`` and ``to`` are municipalities, ``booked`` is the day of travel unless it is given; ``trip`` is any other field of
    `tariffs.Trip`, as ``channel="online", adults=2``.
    """
    from tariffs import Trip, load_price_book, parse_package
    from tariffs import quote as quoted

    book = load_price_book()
    starts, ends = (book.choices.find(place).code for place in (from_, to))
    asked = Trip(starts, ends, round(1000 * km), travel if booked is None else booked, travel, **trip)
    if elements and not asked.crosses_border:
        book = book.with_stated_elements(asked.from_municipality)
    return quoted(asked, parse_package(",".join(elements)), book)


def _asked(municipality: str, options: Sequence[str], year: int, more: dict[str, Any]) -> tuple[Scenario, str]:
    from sim.geography.municipalities import find_municipality
    from sim.inputs.scenario.scenario import build_scenario, parse_option

    code = find_municipality(municipality).code
    told = {"municipality": code, "options": [parse_option(option) for option in options], "year": year}
    return build_scenario(told | more, "takstlab"), code
