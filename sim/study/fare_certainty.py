"""How surely a study's fares are known, and the sentence that names those which are not."""

from sim.riders.demand.requests import PlaceClass
from sim.study.price_days import wanted_levels
from sim.study.study import Study
from tariffs import Certainty, Level, ServicePackage, certainty_note, certainty_of, format_kroner
from tariffs.edition import Edition
from tariffs.level_choice import LEVEL_NAMES
from tariffs.own_price import own_kroner
from tariffs.parameter import Value
from tariffs.price_book import RATE_FROM_KM_11, RATE_FROM_KM_21

OWN_LIST = ("Egen prisliste", "Own price list")
WITHOUT_RATE = (Level.GRATIS, Level.PLUSTUR)
RATES = {
    RATE_FROM_KM_11: ("kr. pr. km fra km 11", "per km from km 11"),
    RATE_FROM_KM_21: ("kr. pr. km fra km 21 over kommunegrænsen", "per km from km 21 across the border"),
}


def fare_certainty(study: Study) -> dict[str, str]:
    """Return how surely the fares that the options use are known on the price day: the weakest, and a sentence in both languages.

    The sentences name what is not known with its amount; they are empty where all is known. What is free costs nothing in any year.
    """
    day, book = study.price_day, study.book
    levels = {level: package for package in study.packages for level in wanted_levels(package)}
    named: dict[tuple[str, str], Value] = {}
    for level, package in levels.items():
        value = book.level(level, day)
        if value is not None and value.amount:
            da, en = _names(level, package)
            named[f"{da.lower()} {_kroner(value)} kr.", f"{en.lower()} DKK {_kroner(value, 'en')}"] = value
    for key, (da, en) in RATES.items():
        value = book.value(key, day)
        if value is not None and value.amount is not None:
            named[f"{_kroner(value)} {da}", f"DKK {_kroner(value, 'en')} {en}"] = value
    sentences: list[tuple[str, str]] = []
    for certainty in (Certainty.OWN, Certainty.PROJECTED, Certainty.CALCULATED, Certainty.ASSUMED, Certainty.ENTERED):
        found = [words for words, value in named.items() if certainty_of([value.source]) == certainty]
        if found:
            da, en = (certainty_note([named[words].source for words in found], lang) for lang in ("da", "en"))
            listed = ["; ".join(words) for words in zip(*found, strict=True)]
            sentences.append(
                (f"{da[0].upper()}{da[1:]}: {listed[0].rstrip('.')}.", f"{en[0].upper()}{en[1:]}: {listed[1]}.")
            )
    named_lists = {value.source.title for value in named.values() if value.source.entered}
    for edition in book.editions:
        if edition.source.entered and edition.source.title not in named_lists and _is_used(study, edition):
            sentences.append(_list_words(edition, carried=edition.start < day))
    return {
        "certainty": certainty_of(value.source for value in named.values()).value,
        "text_da": " ".join(da for da, _ in sentences),
        "text_en": " ".join(en for _, en in sentences),
    }


def _is_used(study: Study, edition: Edition) -> bool:
    """Whether a list of the user's own prices some day of the year, or is what the prices of the price day are projected from."""
    day = study.price_day
    if edition.covers_any(study.year.first, study.year.last):
        return True
    before = [other for other in study.book.editions if other.start <= day and not other.source.projected]
    return not edition.covers(day) and bool(before) and before[-1] == edition


def _list_words(edition: Edition, *, carried: bool) -> tuple[str, str]:
    """Name a list of the user's own that no price of the price day is from, with its days."""
    (da, en), end = OWN_LIST, edition.end
    first = f"{edition.start:%d-%m-%Y}"
    days_da = f"gælder fra {first}" + ("" if end is None else f" til {end:%d-%m-%Y}")
    days_en = f"in force from {first}" + ("" if end is None else f" to {end:%d-%m-%Y}")
    rest_da, rest_en = (
        ("; priserne derefter er fremskrevet fra den", "; the prices after it are projected from it")
        if carried
        else ("", "")
    )
    title = edition.source.title
    return f"{da}, {title}, {days_da}{rest_da}.", f"{en}, {title}, {days_en}{rest_en}."


def _names(level: int, package: ServicePackage) -> tuple[str, str]:
    """Return what a package's level is called; an own price by the element that has it."""
    if own_kroner(level) is not None:
        named = Level.BYTAKST_LOW if package.bytakst == own_kroner(level) else Level.KOMMUNETAKST
        return LEVEL_NAMES[named][0].partition(",")[0], LEVEL_NAMES[named][1].partition(",")[0]
    return LEVEL_NAMES[Level.GRUNDTAKST if level == Level.GRUNDTAKST_ACROSS else Level(level)]


def level_certainty(study: Study, level: int) -> str:
    """Return how surely a level is known on the price day."""
    value = study.book.level(level, study.price_day)
    return certainty_of([value.source] if value is not None else []).value


def trip_certainty(study: Study, level: int, km: int, place: PlaceClass) -> str:
    """Return how surely the price of one trip of ``km`` kilometres is known on the price day; a free trip's is."""
    day, book = study.price_day, study.book
    values = [book.level(level, day)] if level != Level.GRATIS else []
    if level not in WITHOUT_RATE and km > book.amount("rules/kilometer_i_takst", day):
        values.append(book.value(RATE_FROM_KM_11, day))
    if place == PlaceClass.ACROSS and km > book.amount("rules/kilometer_foer_trin", day):
        values.append(book.value(RATE_FROM_KM_21, day))
    return certainty_of(value.source for value in values if value is not None).value


def _kroner(value: Value, lang: str = "da") -> str:
    return format_kroner(value.amount or 0, lang)
