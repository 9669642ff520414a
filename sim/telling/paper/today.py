"""What is known of the scheme a municipality has today: from public sources, from the user, or assumed."""

from datetime import date, timedelta

from sim.answer.records import Answer
from sim.answer.records.option import OptionAnswer
from sim.telling.report.phrases import elements_words
from sim.words.numbers import listed
from tariffs.municipal_choices import load_municipal_choices

OFFERED = {
    "assumed": "At kommunen har flextur, er antaget efter ældre eller senere omtale.",
    "no": "Efter de kilder, der er læst, har kommunen ikke flextur; beregningen er lavet, som om den havde.",
}
PLUSTUR = {
    ("known", False): "Kommunen har også plustur, som ikke er med i beregningens nuværende ordning.",
    ("assumed", False): "Kommunen antages også at have plustur, som ikke er med i beregningens nuværende ordning.",
    ("assumed", True): "At kommunen har plustur, er antaget.",
    ("no", True): "At kommunen har plustur, er oplyst til beregningen.",
}
"""What is said of plustur, by what is known of it and whether today's option has it."""
CONFIRM = "Administrationen bør bekræfte ordningen, før sagen behandles."


def today_words(comparison: Answer) -> list[str]:
    """Say whether today's option is what public sources say of the municipality, and how sure they are."""
    code, day = comparison.municipality, _day_before(comparison)
    published = load_municipal_choices()
    choice = published.choices(code, day)
    titles = listed([f"»{title}«" for title in source_titles(comparison)])
    stated = set(comparison.options[0].elements)
    if choice.own_fare is not None and f"kommunetakst={choice.own_fare.fare_kr}" in stated:
        return [
            f"Ordningen er {choice.own_fare.text_da} ({listed([f'»{title}«' for title in source_titles(comparison)])}). Den er regnet som"
            " kommunetakst med egen pris; om den også gælder over kommunegrænsen, er ikke oplyst, og der er regnet med grundtakst."
        ]
    if choice.own_fare is not None:
        return [
            f"Ordningen er oplyst til beregningen. {listed([f'»{title}«' for title in source_titles(comparison)])} viser en anden:"
            f" {choice.own_fare.text_da}. Den kan ikke udtrykkes med serviceelementerne.",
            CONFIRM,
        ]
    fares = [element for element in choice.package.elements() if element != "plustur"]
    supposed = listed(
        list(dict.fromkeys(source.note for source in choice.sources if source.mark in "CJ" and source.note))
    )
    if not choice.sources:
        said = ["Ordningen er oplyst til beregningen; der er ikke fundet offentlige kilder på, hvad kommunen har."]
    elif set(fares) != stated - {"plustur"}:
        where = titles or f"Et skøn ({supposed})"
        said = [f"Ordningen er oplyst til beregningen. {where} tyder på en anden: {elements_words(fares)}."]
    elif choice.certainty == "known":
        said = [f"At kommunen har denne ordning, er kendt fra {titles}."]
    else:
        why = supposed or f"{titles} bekræfter ikke det hele"
        said = [f"At kommunen har denne ordning, er antaget: {why}."]
    said.append(PLUSTUR.get((published.offers("plustur", code, day), "plustur" in stated), ""))
    said.append(OFFERED.get(published.offers("flextur", code, day), ""))
    if choice.certainty != "known" or set(fares) != stated - {"plustur"}:
        said.append(CONFIRM)
    return [sentence for sentence in said if sentence]


def is_todays(comparison: Answer, option: OptionAnswer) -> bool:
    """Say whether an option has the same elements as today's, and so is nothing to introduce."""
    return bool(sorted(option.elements) == sorted(comparison.options[0].elements))


def source_titles(comparison: Answer) -> list[str]:
    """Return the titles of the public sources on today's scheme, each once."""
    choice = load_municipal_choices().choices(comparison.municipality, _day_before(comparison))
    return list(dict.fromkeys(source.title for source in choice.sources if source.mark in "AB"))


def _day_before(comparison: Answer) -> date:
    """Return the last day of today's scheme; without a start date the first day of the year."""
    if comparison.start is None:
        return date(comparison.year, 1, 1)
    return comparison.start - timedelta(days=1)
