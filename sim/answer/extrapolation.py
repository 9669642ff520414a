"""Which answers rest on a price that was never tried, by the levels on both sides of a change."""

from sim.riders.demand.requests import PlaceClass
from sim.study.choice import PLACE_CLASS_NAMES
from sim.study.demand import curves, package_levels, reference_levels
from sim.study.study import Study
from tariffs import PlaceClass as PlaceClassName
from tariffs import ServicePackage, choose_level

PREDICTION_ONLY = {
    "da": "Om lukkede byer og stoppesteder er der ingen offentliggjorte tal; svaret er alene en forudsigelse. Alle byture falder"
    " bort, og ingen kører i stedet til et stoppested.",
    "en": "On closed and stop-based towns there are no published figures; the answer is a prediction alone. All town trips fall"
    " away, and nobody travels to a stop instead.",
}


def extrapolation(study: Study, place: int, language: str = "da") -> str | None:
    """Return the sentences about prices that were never observed and that an option's answer rests on, None without any.

    By place class an answer goes from the level under the reference, where the volume was observed, and from today's, to
    the option's own: where it changes, all of these levels are asked of. Today's option goes from the reference alone.
    """
    package, today = study.packages[place], study.packages[0]
    asked: set[int] = set()
    own, before = package_levels(study, package), package_levels(study, today)
    observed_at = reference_levels(study)
    for place_class, name in PLACE_CLASS_NAMES.items():
        if _changes(today, package, name):
            asked |= {own[place_class] or 0, before[place_class] or 0, observed_at[place_class] or 0}
        if _changes(study.reference, package, name):
            asked |= {own[place_class] or 0, observed_at[place_class] or 0}
    if study.lines[place].mark != study.lines[0].mark and (package.follows_town_line or today.follows_town_line):
        # Trips that only one of the two lines holds go from the level inside to the level in town, or back.
        asked |= {levels[c] or 0 for levels in (own, before) for c in (PlaceClass.IN_TOWN, PlaceClass.INSIDE)}
    curve = next(iter(curves(study, None).values()))
    texts = [text for level in sorted(asked - {0}) if (text := curve.extrapolation_text(level, language))]
    if package.closing != today.closing:
        texts.append(PREDICTION_ONLY[language])
    return " ".join(texts) or None


def _changes(first: ServicePackage, second: ServicePackage, name: PlaceClassName) -> bool:
    """Say whether two packages price a place class by other levels; a level that only follows the fare year does not change."""
    closed = [package.closed_by(name) is not None for package in (first, second)]
    return closed[0] != closed[1] or (not closed[0] and choose_level(first, name) != choose_level(second, name))
