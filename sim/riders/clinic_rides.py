"""The rides that home visits become when they move to a nurse clinic."""

from collections.abc import Iterable

from sim.geography.names import fold
from sim.inputs.assumptions import Assumptions
from sim.inputs.scenario.scenario import Clinic, FreeDestinationFacts, Scenario
from tariffs.errors import InputError

LEGS = 2
"""A visit by flextur is a ride to the clinic and one home."""
MONTHS = 12


def moved_trips(clinic: Clinic, assumptions: Assumptions) -> float:
    """Return the flextur trips a year that the moved visits add."""
    return clinic.visits_moved_a_year * assumptions.number("clinic_flextur_share") * LEGS


def clinic_facts(
    scenario: Scenario, assumptions: Assumptions, free_names: Iterable[str]
) -> dict[str, FreeDestinationFacts]:
    """Return what a clinic makes known of its destination: the trips that are added when it is free.

    ``free_names`` are the destinations that some option makes free. Empty without a clinic, or when no option frees it.

    Raises InputError when the user has stated the added trips as well.
    """
    clinic = scenario.clinic
    name = clinic_name(clinic, free_names)
    if clinic is None or name is None:
        return {}
    stated = next((fact for fact in scenario.free_destinations if fact.name == name), FreeDestinationFacts(name=name))
    if stated.added_trips_per_month is not None:
        raise InputError(
            f"De ture, som {name} får, er angivet to gange",
            where="free_destinations og clinic",
            why="klinikkens ture regnes af de flyttede besøg",
            next_step="udelad added_trips_per_month for klinikken, eller udelad clinic",
        )
    added = moved_trips(clinic, assumptions) / MONTHS
    return {name: stated.model_copy(update={"added_trips_per_month": added})}


def clinic_name(clinic: Clinic | None, free_names: Iterable[str]) -> str | None:
    """Return the free destination that is the clinic, as the options write it; None when there is none."""
    if clinic is None:
        return None
    return next((name for name in free_names if fold(name) == fold(clinic.destination)), None)
