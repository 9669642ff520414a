"""How much flextur a municipality is taken to have had in 2017, relative to others: the weights by which Movia's total is shared out."""

from datetime import date
from functools import cache

from sim.geography.municipalities import Municipality
from sim.inputs.assumptions import Assumptions, load_assumptions
from sim.riders.response.response import load_response
from tariffs import Refusal, ServicePackage, load_municipal_choices, load_price_book, price_level
from tariffs.errors import DataError

ALLOCATION_DAY = date(2017, 7, 1)
"""The day on which the 2017 total is shared out: who had flextur, under which package."""
BASE_OERE = 2400
"""Riders are told relative to what they would be at 24 kr. on every trip."""

WEIGHED_BY = ("volume_assumed_share", "volume_density_exponent", "unknown_kommunetakst_share")
"""All that the weights take from the register."""


def weight(municipality: Municipality, assumptions: Assumptions) -> float:
    """Return what a municipality weighs in the sum over all: the probability that it had flextur, times its pull."""
    offered = load_municipal_choices().offers("flextur", municipality.code, ALLOCATION_DAY)
    probability = {"known": 1.0, "assumed": assumptions.number("volume_assumed_share"), "no": 0.0}[offered]
    return probability * pull(municipality, assumptions)


def pull(municipality: Municipality, assumptions: Assumptions, under: ServicePackage | None = None) -> float:
    """Return a municipality's riders if it had flextur, up to a factor common to all.

    Residents of 70 or older times density to a negative power are those who would ride at one price for all; fewer ride at a
    higher one. ``under`` is the package that is stated to have been in force in 2017; None takes the known one, and both fares
    by their probability where it is unknown.
    """
    density = municipality.population_2020 / municipality.area_km2
    alike = municipality.older_2020 * density ** -assumptions.number("volume_density_exponent")
    if under is not None:
        return alike * riding(under)
    choice = load_municipal_choices().choices(municipality.code, ALLOCATION_DAY)
    if choice.certainty == "known" or choice.package.elements():
        return alike * riding(choice.package)
    share = assumptions.number("unknown_kommunetakst_share")
    return alike * (share * riding(ServicePackage(kommunetakst=True)) + (1.0 - share) * riding(ServicePackage()))


@cache
def riding(package: ServicePackage) -> float:
    """Return the riders under a package at the fares of 2017, relative to 24 kr. on every trip.

    The mean price response over the trips in towns, across the border and elsewhere, by the shares that the register has for
    all municipalities: what a user states of these shares is about one, and does not move the others.
    """
    register, curve, book = load_assumptions(), load_response().central(reference_oere=BASE_OERE), load_price_book()
    town, across = register.number("town_share"), register.number("cross_border_share")
    riders = 0.0
    for place, share in (("in_town", town), ("across", across), ("inside", 1.0 - town - across)):
        level = price_level(package, place, book, ALLOCATION_DAY)  # type: ignore[arg-type]
        if not isinstance(level, Refusal):
            riders += share * curve.acceptance(int(level)) / curve.acceptance(BASE_OERE)
        elif not package.closed_by(place):
            raise DataError(f"{package} har ingen pris i 2017: {level.text_da}", where="tariffs/municipal")
    return riders
