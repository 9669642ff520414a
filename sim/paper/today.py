"""What is known of the scheme a municipality has today: from public sources, from the user, or assumed."""

from datetime import date, timedelta

from sim.report.cells import Json
from sim.report.phrases import elements_words, listed
from tariffs.municipal_choices import load_municipal_choices

OFFERED = {
    "assumed": "At kommunen har flextur, er antaget efter ældre eller senere omtale; administrationen bør bekræfte det.",
    "no": "Efter de kilder, der er læst, har kommunen ikke flextur; beregningen er lavet, som om den har.",
}


def today_words(comparison: Json) -> list[str]:
    """Say whether today's option is what public sources say of the municipality, and how sure they are."""
    today, day = comparison["options"][0], _day_before(comparison)
    published = load_municipal_choices()
    choice, code = published.choices(comparison["municipality"], day), comparison["municipality"]
    known = choice.certainty == "known"
    said = []
    if set(choice.package.elements()) == set(today["elements"]):
        said.append(
            f"At kommunen har denne ordning, er kendt fra offentlige kilder ({_sources(comparison)})."
            if known
            else "At kommunen har denne ordning, er antaget: ingen offentlig kilde bekræfter det hele. Administrationen bør"
            " bekræfte det, før sagen behandles."
        )
    else:
        said.append(
            "Ordningen er oplyst til beregningen. De offentlige kilder, der er læst, tyder på en anden:"
            f" {elements_words(list(choice.package.elements()))} ({'kendt' if known else 'antaget'})."
            " Administrationen bør bekræfte, hvilken der gælder, før sagen behandles."
        )
    offered = OFFERED.get(published.offers("flextur", code, day))
    return [*said, *([offered] if offered else [])]


def source_titles(comparison: Json) -> list[str]:
    """Return the titles of the public sources on today's scheme, each once."""
    choice = load_municipal_choices().choices(comparison["municipality"], _day_before(comparison))
    return list(dict.fromkeys(source.title for source in choice.sources if source.mark in "AB"))


def _sources(comparison: Json) -> str:
    return listed(source_titles(comparison))


def _day_before(comparison: Json) -> date:
    """Return the last day of today's scheme; without a start date the first day of the year."""
    if comparison["start"] is None:
        return date(comparison["year"], 1, 1)
    return date.fromisoformat(comparison["start"]) - timedelta(days=1)
