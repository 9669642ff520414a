"""How many live in a municipality by age band in other years than 2020, and what that does to the demand.

Bands below 80 follow the municipality's own trend of 2014-2020, limited and damped. People of 80 or older grow by the
number that KL names for the whole country, shared out by where those who will turn 80 live. The formulas and a worked
example stand in docs/years.md.
"""

import math
from dataclasses import dataclass
from typing import Literal

from sim.geography.municipalities import Municipality, all_municipalities, find_municipality
from sim.inputs.assumptions import Assumptions
from sim.riders.demand.requests import AGE_BANDS
from tariffs.errors import InputError

FIRST_YEAR, BASE_YEAR = 2014, 2020
"""The two years whose age bands are in ``data/reference/municipalities.csv``."""
LAST_COUNTED = 2021
"""The last year whose residents, of all ages together, are in it."""
SEVENTIES, EIGHTY_PLUS = 4, 5
GROWTH_IDS = (
    "growth_limit_percent",
    "growth_damping",
    "growth_80plus_persons",
    "growth_80plus_by_70s_share",
)


def population(code: str, year: int, assumptions: Assumptions) -> tuple[float, ...]:
    """Return the persons of a municipality in ``year`` by age band (`AGE_BANDS`).

    2014 and 2020 are the data's own; years between lie on an even yearly growth; years after are the projection.

    Raises InputError for a year before 2014.
    """
    if year < FIRST_YEAR:
        raise InputError(
            f"Befolkningen i {year} efter alder er ikke i data",
            why=f"aldersgrupperne er kendt for {FIRST_YEAR} og {BASE_YEAR}",
            next_step=f"vælg et år fra {FIRST_YEAR} og frem, eller regn uden --years-ahead",
        )
    municipality = find_municipality(code)
    if year <= BASE_YEAR:
        part = (year - FIRST_YEAR) / (BASE_YEAR - FIRST_YEAR)
        pairs = zip(municipality.ages_2014, municipality.ages_2020, strict=True)
        return tuple(before * (after / before) ** part for before, after in pairs)
    years = year - BASE_YEAR
    younger = [_below_80(municipality, band, years, assumptions) for band in range(EIGHTY_PLUS)]
    return (*younger, _eighty_plus(municipality, years, assumptions))


@dataclass(frozen=True)
class Residents:
    """Those who live in a municipality on 1 January of a year, and those of 70 or more among them.

    ``basis`` is known, interpolated or projected; the older ones are an estimate in any year. ``year`` is the year they are
    of: the earliest in the data where that of the run lies before it.
    """

    year: int
    everyone: int
    older: int
    basis: Literal["known", "interpolated", "projected"]


def residents(code: str, year: int, assumptions: Assumptions) -> Residents:
    """Return a municipality's residents in ``year``.

    Totals are known for 2014, 2020 and 2021. Between the first two they lie on an even growth; after 2021 they follow the
    projection (`population`) from what is known of 2021. Before 2014 nobody's age is in the data: those of 2014 are returned.
    """
    year = max(year, FIRST_YEAR)
    bands = population(code, year, assumptions)
    everyone, older = sum(bands), sum(bands[SEVENTIES:])
    if year >= LAST_COUNTED:
        counted = find_municipality(code).population_2021
        everyone *= counted / sum(population(code, LAST_COUNTED, assumptions))
    basis: Literal["known", "interpolated", "projected"] = (
        "known"
        if year in (FIRST_YEAR, BASE_YEAR, LAST_COUNTED)
        else "projected"
        if year > BASE_YEAR
        else "interpolated"
    )
    return Residents(year, round(everyone), round(older), basis)


def demand_index(code: str, year: int, assumptions: Assumptions, *, since: int = BASE_YEAR) -> float:
    """Return the demand of ``year`` relative to that of ``since``: each age group's riders follow its size.

    Riders of 2020 are spread over the bands as ``age_shares`` says.
    """
    if year == since:
        return 1.0
    return _from_2020(code, year, assumptions) / _from_2020(code, since, assumptions)


def _from_2020(code: str, year: int, assumptions: Assumptions) -> float:
    shares = assumptions.profile("age_shares")
    base = find_municipality(code).ages_2020
    then = population(code, year, assumptions)
    return sum(shares[b] * then[b] / base[b] for b in range(len(AGE_BANDS))) / sum(shares)


def _below_80(municipality: Municipality, band: int, years: int, assumptions: Assumptions) -> float:
    """Return a band's persons: yearly growth of 2014-2020, at most the limit, and less each year."""
    limit = math.log(1 + assumptions.number("growth_limit_percent") / 100)
    kept = assumptions.number("growth_damping")
    before, after = municipality.ages_2014[band], municipality.ages_2020[band]
    trend = math.log(after / before) / (BASE_YEAR - FIRST_YEAR)
    trend = min(max(trend, -limit), limit)
    return after * math.exp(trend * sum(kept**n for n in range(1, years + 1)))


def _eighty_plus(municipality: Municipality, years: int, assumptions: Assumptions) -> float:
    """Return those of 80 or older: those of 2020, and the municipality's share of the country's growth."""
    by_70s = assumptions.number("growth_80plus_by_70s_share")
    share = by_70s * _share(municipality, SEVENTIES) + (1 - by_70s) * _share(municipality, EIGHTY_PLUS)
    added = assumptions.number("growth_80plus_persons") * years / 10
    return municipality.ages_2020[EIGHTY_PLUS] + added * share


def _share(municipality: Municipality, band: int) -> float:
    """Return the municipality's share of the country's persons in a band in 2020."""
    return municipality.ages_2020[band] / sum(m.ages_2020[band] for m in all_municipalities())
